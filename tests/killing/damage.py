"""A warehouse with its log, damaged in one place, and whether that is found or harmless."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from survey import Response
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.anchor import anchor_path
from warehouse.backup.contents import Contents, TableContents, contents, database_name
from warehouse.checkpointing import checkpoint, log_path
from warehouse.responses import store_responses
from warehouse.rollups.tables import DERIVED

Damage = Callable[[Path], None]
FOUND = {"rows-missing", "rows-changed", "warehouse-unreadable", "migration-failed"}
READ = "read"
"""The engine refuses to read a block: the doctor, a backup and whoever reads it find it."""
HARMLESS = "harmless"
"""It opens, every table has the same rows, and the rollups agree with them."""
SILENT = "SILENT"


def filled(folder: Path, responses: Sequence[Response], batch: int = 1) -> Warehouse:
    """A warehouse with these, so many a commit, of which the first half lies in the file, the second in the
    log."""
    house = open_warehouse(folder / "w.duckdb")
    half = len(responses) // 2
    for part in (responses[:half], responses[half:]):
        for first in range(0, len(part), batch):
            with house.transaction() as cursor:
                store_responses(cursor, part[first : first + batch], house.reporting_zone)
        if part == responses[:half]:
            with house._engine.lend("writes") as cursor:
                checkpoint(cursor)
    return house


def image_of(house: Warehouse, folder: Path) -> Path:
    """The files as a sudden end of the process would leave them now, with the anchor written."""
    house._anchor._write()
    return copied(house.path, folder)


def copied(file: Path, folder: Path) -> Path:
    """The warehouse with all that belongs to it, in another folder."""
    folder.mkdir(parents=True)
    for part in (file, log_path(file), anchor_path(file)):
        if part.exists():
            shutil.copy(part, folder / part.name)
    return folder / file.name


def held(file: Path) -> Contents:
    """Every table, read anew: how many rows, and the sum of their hashes. Of the rollups, which quiet
    moments seal at any time, how many say something else than the rows."""
    house = open_warehouse(file)
    try:
        with house.transaction() as cursor:
            found = contents(cursor, database_name(cursor))
        rollups = TableContents(len(house.read("rollups/differing")), "")
        return {name: rows for name, rows in found.items() if name not in DERIVED} | {"rollups": rollups}
    finally:
        house.close()


def outcome(image: Path, folder: Path, damage: Damage, true: Contents) -> str:
    """How it ends when a copy is damaged: the code of the refusal, `READ`, `HARMLESS` or `SILENT`."""
    file = copied(image, folder)
    damage(file)
    try:
        found = held(file)
    except WarehouseError as error:
        return error.problem.code
    except duckdb.Error:
        return READ
    finally:
        shutil.rmtree(folder)
    same = all(found.get(table) == rows for table, rows in true.items())
    return HARMLESS if same else SILENT


def cut(part: Callable[[Path], Path], end: int) -> Damage:
    """The file or its log ends there."""
    return lambda file: os.truncate(part(file), end)


def flip(part: Callable[[Path], Path], place: int, bit: int) -> Damage:
    """One bit of the file or its log is another."""

    def change(file: Path) -> None:
        with part(file).open("r+b") as opened:
            opened.seek(place)
            (was,) = opened.read(1)
            opened.seek(place)
            opened.write(bytes([was ^ (1 << bit)]))

    return change


def itself(file: Path) -> Path:
    """The file of the warehouse, where `log_path` is its log."""
    return file
