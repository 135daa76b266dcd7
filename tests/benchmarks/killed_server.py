"""The other side of `kills`: loads the product once, then forks a server of it for each round.

Reads commands from standard input, one a line, and answers each by a line of JSON: what is broken.
    start WORK NUMBER     a server over the warehouse of this folder, busy with that work beside its requests
    kill                  kill -9, and wait until it is gone
    migration SECONDS     a file of the first schema, killed so long after its migration began, opened again
    end                   everything that was ever thanked for, imports and backups
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path
from uuid import UUID

import pandas  # noqa: F401 - DuckDB loads it at the first query, each fork would do so anew

import dashboard
import warehouse
from pages.web.starting import serve
from survey import library
from tests.killing.checks import broken, broken_at_last
from tests.killing.rounds import Summary, kill_a_migration, make_older, to_end
from tests.killing.work import WORK

LATEST, ALL, SAID = "latest", "all", "said"


def main(folder: Path) -> None:
    """Answer commands until there are no more."""
    library()
    summary, server = Summary(), 0
    to_end(lambda: make_older(folder / "old.duckdb"), summary)
    for line in sys.stdin:
        command, *values = line.split()
        if command == "start":
            server = os.fork()
            if server == 0:
                _serve(folder, values[0], int(values[1]))
        elif command == "kill":
            os.kill(server, signal.SIGKILL)
            os.waitpid(server, 0)
            summary.broken += _said(folder)
        elif command == "migration":
            kill_a_migration(folder / "old.duckdb", folder / "migrated", float(values[0]), summary)
        else:
            to_end(lambda: _look(folder), summary)
        os.write(1, f"{json.dumps(summary.broken)}\n".encode())
        summary.broken.clear()


def thanked(file: Path) -> list[UUID]:
    """The ids in a file, one a line."""
    return [UUID(line) for line in file.read_text(encoding="ascii").splitlines()] if file.exists() else []


def _serve(folder: Path, work: str, number: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    try:
        house = warehouse.serving()
        with (folder / SAID).open("a", encoding="utf-8") as said:
            said.writelines(f"round {number}: {each}\n" for each in broken(house, thanked(folder / LATEST)))
        threading.Thread(target=WORK[work], args=(house, folder, number), daemon=True).start()
        code = serve(dashboard.app)
        problem = f"the server ended with {code}"
    except warehouse.WarehouseError as error:
        problem = str(error)
    with (folder / SAID).open("a", encoding="utf-8") as said:
        said.write(f"round {number}: {problem}\n")
    os._exit(1)


def _look(folder: Path) -> None:
    house = warehouse.open_warehouse(folder / "pactboard.duckdb")
    for each in broken_at_last(house, folder, thanked(folder / ALL)):
        os.write(1, f"{each}\n".encode())
    house.close()


def _said(folder: Path) -> list[str]:
    file = folder / SAID
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    file.unlink()
    return lines


if __name__ == "__main__":
    main(Path(sys.argv[1]))
