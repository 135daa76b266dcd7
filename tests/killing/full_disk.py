"""`python -m tests.killing.full_disk FOLDER POINTS`: fills the small disk that the folder is,
at that many points.

At each point some room is left, from none to enough for a few batches; responses are sent until several are
refused, checkpoints are tried, then room is made again and what was refused is sent once more. Prints what it
found as JSON. It runs in a mount namespace of its own (`tests/warehouse/test_disk_full.py`).
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import duckdb

from survey import Response, new_response_id
from tests.warehouse.answering import a_response
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.quiet import checkpoint
from warehouse.sql import sql

MOST_ROOM = 150_000
REFUSALS = 3
KILLS_EACH = 10  # points from one checkpoint that is made although there is no room, to the next


def main(folder: Path, points: int) -> dict[str, object]:
    """Fill it; how many were thanked for and refused, by code, and what did not hold."""
    chance = random.Random(3)
    house = open_warehouse(folder / "w.duckdb")
    stored: set[object] = set()
    codes: Counter[str] = Counter()
    broken: list[str] = []
    for point in range(points):
        for _ in range(3):
            stored.add(house.writer.submit(sheet(chance)).response_id)
        filler = fill(folder, MOST_ROOM * point // points)
        refused: list[Response] = []
        while len(refused) < REFUSALS:
            response = sheet(chance)
            try:
                stored.add(house.writer.submit(response).response_id)
            except WarehouseError as error:
                codes[error.problem.code] += 1
                refused.append(response)
        if point % KILLS_EACH == 0:
            with suppress(duckdb.Error), house._engine.lend("writes") as cursor:
                cursor.execute(sql("core/checkpoint"))
        else:
            with suppress(WarehouseError, duckdb.Error):
                checkpoint(house._engine, 1, 1.0)
        if not stored <= ids(house):
            broken.append(f"point {point}: something earlier cannot be read while the disk is full")
        filler.unlink()
        for response in refused:
            try:
                stored.add(house.writer.submit(response).response_id)
            except WarehouseError as error:
                broken.append(f"point {point}: with room again: {error.problem.code}")
        if len(ids(house)) != len(stored):
            broken.append(f"point {point}: {len(ids(house))} stored, {len(stored)} thanked for")
    house.close()
    house = open_warehouse(folder / "w.duckdb")
    if ids(house) != stored:
        broken.append("at last something is missing or there without thanks")
    house.close()
    return {"thanked": len(stored), "refused": codes, "broken": broken} | starts(folder)


def starts(folder: Path) -> dict[str, object]:
    """The codes of starts on a full and on a read-only disk."""
    filler = fill(folder, 0)
    full = {
        "an old warehouse on a full disk": code(folder / "w.duckdb"),
        "a new warehouse on a full disk": code(folder / "new" / "w.duckdb"),
    }
    filler.unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    return full | {
        "an old warehouse on a read-only disk": code(folder / "w.duckdb"),
        "a new warehouse on a read-only disk": code(folder / "other" / "w.duckdb"),
    }


def code(path: Path) -> str:
    """Of the refusal to open it; "opened" when there is none."""
    try:
        open_warehouse(path).close()
    except WarehouseError as error:
        return error.problem.code
    return "opened"


def sheet(chance: random.Random) -> Response:
    """A response with a comment of 10,000 characters."""
    return a_response(new_response_id(), texts={"comment": chance.randbytes(5_000).hex()})


def ids(house: Warehouse) -> set[object]:
    """All that is stored."""
    return {row[0] for row in house.read("core/responses_after", after_seq=0)}


def fill(folder: Path, left: int) -> Path:
    """Take all room of the disk but so many bytes."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(1 << 16))
    size = filler.stat().st_size
    os.truncate(filler, max(0, size - left))
    return filler


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
