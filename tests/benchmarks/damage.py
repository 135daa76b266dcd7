"""`python -m tests.benchmarks.damage --rounds 1000`: cuts and flipped bits in the file and the log of a
warehouse with 4,000 responses, a quarter of each; says how each ends, and 1 when one is neither found nor
harmless.

Each try is a process of its own, so that one that crashes the engine is counted too.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas  # noqa: F401 - DuckDB loads it at the first query, each fork would do so anew

from survey import library
from tests.killing.damage import SILENT, Damage, copied, cut, filled, flip, held, image_of, itself, outcome
from tests.warehouse.answering import a_response
from warehouse.backup.contents import Contents, TableContents
from warehouse.checkpointing import log_path

RESPONSES = 4_000


def main() -> int:
    """Damage it, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = parser.parse_args()
    chance, begun = random.Random(asked.seed), time.monotonic()
    library()
    ends: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory(prefix="pactboard-damage-") as name:
        folder = Path(name)
        _in_a_fork(lambda: _make(folder))
        image = folder / "image" / "w.duckdb"
        true = _read(_in_a_fork(lambda: _written(held(copied(image, folder / "true")))))
        for number in range(asked.rounds):
            kind, damage = _damage(image, number, chance)
            end = _in_a_fork(lambda damage=damage: outcome(image, folder / "tried", damage, true))
            ends[kind, end or "crashed"] += 1
    print(f"Seed {asked.seed}, {asked.rounds} damages in {time.monotonic() - begun:,.0f} s")
    for (kind, end), number in sorted(ends.items()):
        print(f"| {kind} | {end} | {number} |")
    return 1 if any(end in (SILENT, "crashed") for _, end in ends) else 0


def _make(folder: Path) -> str:
    responses = [a_response(texts={"comment": f"{number}" * 20}) for number in range(RESPONSES)]
    house = filled(folder / "live", responses, batch=200)
    image_of(house, folder / "image")
    house.close()
    return "made"


def _damage(image: Path, number: int, chance: random.Random) -> tuple[str, Damage]:
    name, part = (("log", log_path), ("file", itself))[number % 2]
    place = chance.randrange(part(image).stat().st_size)
    if number % 4 < 2:
        return f"{name} cut", cut(part, place)
    return f"{name} flipped", flip(part, place, chance.randrange(8))


def _written(found: Contents) -> str:
    return "\n".join(f"{name} {each.rows} {each.digest}" for name, each in found.items())


def _read(text: str) -> Contents:
    parts = (line.split(" ") for line in text.splitlines())
    return {name: TableContents(int(rows), digest) for name, rows, digest in parts}


def _in_a_fork(work: Callable[[], str]) -> str:
    """What the work said; "" when its process died of it."""
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(read)
        os.write(write, work().encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as pipe:
        said = pipe.read()
    os.waitpid(process, 0)
    return said


if __name__ == "__main__":
    sys.exit(main())
