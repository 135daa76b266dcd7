"""`python -m tests.killing.migrations FOLDER`: kills a migration after each of its statements, and goes on.

One file is brought from the first schema to the newest. Each start is killed one statement later than the one
before, so that every step is interrupted after each of its statements and before its commit, and once between
its commit and the next step; then it is let through. After each step the steps recorded and the row it began
with are looked for. Prints how often it was killed and what did not hold, as JSON.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

import duckdb
import pandas  # noqa: F401 - DuckDB loads it at the first query, each fork would do so anew

from tests.killing.rounds import Summary, make_older, to_end
from warehouse.migrate import FOLDER, migrate, steps


class _Mortal:
    """A connection that kills its process when it has carried out so many statements of steps."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, statements: int) -> None:
        self._connection = connection
        self._left = statements

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    def execute(self, text: str, values: object = None) -> object:
        if text not in {step.text for step in steps()}:
            return self._connection.execute(text, values)
        for statement in self._connection.extract_statements(text):
            self._live()
            self._connection.execute(statement)
        return self._connection

    def commit(self) -> None:
        self._live()
        self._connection.commit()
        self._live()

    def _live(self) -> None:
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1


def main(folder: Path) -> dict[str, object]:
    """Kill it after each statement of each step."""
    file, summary, killed = folder / "w.duckdb", Summary(), 0
    to_end(lambda: make_older(file), summary)
    for number in range(2, len(steps()) + 1):
        so_far = folder / f"steps{number}"
        so_far.mkdir()
        for step in sorted(FOLDER.glob("*.sql"))[:number]:
            shutil.copy(step, so_far)
        for statements in range(1000):
            if not _dies(file, so_far, statements):
                break
            killed += 1
        to_end(lambda number=number: _look(file, number), summary)
    return {"killed": killed, "broken": summary.broken}


def _dies(file: Path, folder: Path, statements: int) -> bool:
    process = os.fork()
    if process == 0:
        connection = duckdb.connect(str(file))
        migrate(_Mortal(connection, statements), str(file), folder)
        connection.close()
        os._exit(0)
    return os.waitpid(process, 0)[1] == signal.SIGKILL


def _look(file: Path, number: int) -> None:
    """Whether each step was carried out once, and the row is there; says what is not so."""
    connection = duckdb.connect(str(file))
    applied = connection.execute("SELECT count(*), max(number) FROM migration").fetchall()
    if applied != [(number, number)]:
        os.write(1, f"{applied} steps instead of {number}\n".encode())
    if connection.execute("SELECT count(*) FROM response").fetchall() != [(1,)]:
        os.write(1, f"the row is gone at step {number}\n".encode())
    connection.close()


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
