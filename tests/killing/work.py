"""What a warehouse is busy with while it is killed, beside the responses that come in."""

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.warehouse.importing.files import write
from warehouse import Warehouse
from warehouse.checkpointing import checkpoint
from warehouse.importing import load, prepare

ROWS = 40  # of each imported file


def nothing(warehouse: Warehouse, folder: Path, number: int) -> None:
    """Responses alone."""


def checkpoints(warehouse: Warehouse, folder: Path, number: int) -> None:
    """The log is moved into the file, again and again."""
    while True:
        with warehouse._engine.lend("writes") as cursor:
            checkpoint(cursor)


def imports(warehouse: Warehouse, folder: Path, number: int) -> None:
    """Files with rows of their own are loaded one after the other."""
    for part in itertools.count():
        load_rows(warehouse, folder, f"{number}-{part}")


def backups(warehouse: Warehouse, folder: Path, number: int) -> None:
    """Copies are made one after the other."""
    while True:
        warehouse.backup(folder / "backups")


def rollups(warehouse: Warehouse, folder: Path, number: int) -> None:
    """What came is counted into the rollups, and all of them are made anew."""
    while True:
        warehouse.rollups.seal()
        warehouse.rollups.rebuild()


WORK: Mapping[str, Callable[[Warehouse, Path, int], None]] = {
    "nothing": nothing,
    "checkpoints": checkpoints,
    "imports": imports,
    "backups": backups,
    "rollups": rollups,
}


def load_rows(warehouse: Warehouse, folder: Path, name: str) -> None:
    """Load a file of `ROWS` rows that no other name has. The file is left where it was, for a second time."""
    own = folder / "files" / name
    if not own.exists():
        draft = folder / "files" / f".{name}"
        draft.mkdir(parents=True)
        rows = "".join(f"{name}-{row},2026-01-05,5,10\n" for row in range(ROWS))
        write(draft, f"id,day,csat,nps\n{rows}")
        draft.rename(own)
    load(warehouse, prepare(own / "club.csv", own / "club.yaml"))


def load_again(warehouse: Warehouse, folder: Path) -> int:
    """Load every file that a killed process had begun with; how many rows they have together."""
    names = sorted(path.parent.name for path in (folder / "files").glob("[!.]*/club.yaml"))
    for name in names:
        load_rows(warehouse, folder, name)
    return ROWS * len(names)
