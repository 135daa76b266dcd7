"""`python -m tests.killing.rounds FOLDER ROUNDS SEED`: kills a writer again and again over one file.

Each round is a new process that opens the file, checks what the round before was thanked for, takes
responses from eight submitters while it does one of `WORK`, and gets kill -9 at a random moment: in one round
of five while it is still opening, in one of five just after, in the others after its first thanks. Every
twentieth kill hits a migration instead. The processes are forks of this one, which never opens the file
itself: what Python and its packages cost to load is paid once. Prints a summary as JSON.
"""

import json
import os
import random
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID

import pandas  # noqa: F401 - DuckDB loads it at the first query, each fork would do so anew

from survey import library, new_response_id
from tests.killing.checks import broken, broken_at_last
from tests.killing.work import WORK
from tests.warehouse.answering import a_response
from warehouse import open_warehouse

SUBMITTERS = 8
RESENT = 2  # of those thanked for, sent again by the next round: a submitter who saw no thanks does so
# The clock runs from the start, from the first line that is said, or from the second.
SECONDS = {"opening": 0.1, "open": 0.05, "thanking": 0.05}
MIGRATING_SECONDS = 0.4
MIGRATIONS_EACH = 20  # rounds from one killed migration to the next


@dataclass(slots=True)
class Summary:
    """How often it was killed, at what, how many responses were thanked for, and what did not hold."""

    killed: dict[str, int] = field(default_factory=dict)
    while_opening: int = 0
    thanked: int = 0
    broken: list[str] = field(default_factory=list)

    def count(self, work: str) -> None:
        self.killed[work] = self.killed.get(work, 0) + 1


def main(folder: Path, rounds: int, seed: int) -> Summary:
    """Kill that often."""
    library()  # read once, before the forks
    chance = random.Random(seed)
    path, summary = folder / "w.duckdb", Summary()
    old = folder / "old.duckdb"
    to_end(lambda: make_older(old), summary)
    thanked: dict[UUID, None] = {}
    latest: list[UUID] = []
    for number in range(rounds):
        if number % MIGRATIONS_EACH == MIGRATIONS_EACH - 1:
            kill_a_migration(old, folder / "migrated", chance.uniform(0, MIGRATING_SECONDS), summary)
            continue
        work = chance.choice(list(WORK))
        moment = chance.choice(["opening", "open", "thanking", "thanking", "thanking"])
        seconds = chance.uniform(0, SECONDS[moment])
        before = latest

        def serve(work: str = work, number: int = number, before: list[UUID] = before) -> None:
            _serve(path, folder, work, number, before)

        told = _killed(serve, seconds, lines=list(SECONDS).index(moment))
        summary.count(work)
        summary.while_opening += moment == "opening"
        summary.broken += [f"round {number}, {work}: {line}" for line in told if not _is_id(line)]
        found = [UUID(line) for line in told if _is_id(line)]
        latest = found or latest
        thanked |= dict.fromkeys(found)
    summary.thanked = len(thanked)
    to_end(lambda: _look(path, folder, list(thanked)), summary)
    return summary


def _serve(path: Path, folder: Path, work: str, number: int, latest: list[UUID]) -> None:
    """Take responses until killed; says "open", what is broken, and the id of each that is thanked for."""
    warehouse = open_warehouse(path)
    for line in broken(warehouse, latest):
        _say(line)
    _say("open")
    again = latest[-RESENT:]

    def submit() -> None:
        while True:
            key = again.pop() if again else new_response_id()
            warehouse.writer.submit(a_response(key))
            _say(str(key))

    def do() -> None:
        WORK[work](warehouse, folder, number)

    for task in [submit] * SUBMITTERS + [do]:
        threading.Thread(target=_told(task)).start()
    threading.Event().wait()


def kill_a_migration(old: Path, folder: Path, seconds: float, summary: Summary) -> None:
    """A file of the first schema is brought up to date, killed meanwhile, and opened again."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    file = folder / "w.duckdb"
    shutil.copy(old, file)
    told = _killed(lambda: open_warehouse(file), seconds, lines=0)
    summary.count("migration")
    summary.broken += [f"migration: {line}" for line in told]
    to_end(lambda: _look(file, folder, [OLD]), summary)


OLD = UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001)


def make_older(file: Path) -> None:
    """A file of the first schema with one response."""
    import duckdb

    from warehouse.migrate import FOLDER, migrate

    steps = file.with_suffix(".steps")
    steps.mkdir()
    for step in sorted(FOLDER.glob("*.sql"))[:1]:
        shutil.copy(step, steps)
    connection = duckdb.connect(str(file))
    migrate(connection, str(file), steps)
    connection.execute(
        "INSERT INTO response BY NAME SELECT $key AS response_id, 1 AS ingest_seq, 's' AS survey, "
        "'customer-satisfaction' AS questionnaire, 1 AS version, 'web' AS channel, 'zh' AS language, "
        "TIMESTAMP '2026-01-01' AS submitted_at, TIMESTAMP '2026-01-01' AS recorded_at, DATE '2026-01-01' AS "
        "day, DATE '2026-01-01' AS month, 1.0 AS weight, [5, 9, NULL] AS scores, [NULL, NULL, 'blank'] AS "
        "missing",
        {"key": OLD},
    )
    connection.execute("INSERT INTO response_text VALUES ($key, 'comment', 'x')", {"key": OLD})
    connection.execute("INSERT INTO response_choice VALUES ($key, 'touchpoint', 'after')", {"key": OLD})
    connection.close()


def _look(path: Path, folder: Path, thanked: list[UUID]) -> None:
    warehouse = open_warehouse(path)
    for line in broken_at_last(warehouse, folder, thanked):
        _say(line)
    warehouse.close()


def _killed(work: Callable[[], object], seconds: float, *, lines: int) -> list[str]:
    """Do it in a fork that is killed after that long, counted from when it has said so many lines; what it
    said, but for "open"."""
    process, pipe = _fork(work)
    said = [pipe.readline() for _ in range(lines)]
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    said += pipe.read().splitlines(keepends=True)
    pipe.close()
    # A line without its end was cut off by the kill: nobody has read it.
    whole = [line.decode().strip() for line in said if line.endswith(b"\n")]
    return [line for line in whole if line != "open"]


def to_end(work: Callable[[], object], summary: Summary) -> None:
    process, pipe = _fork(work)
    with pipe:
        summary.broken += pipe.read().decode().splitlines()
    os.waitpid(process, 0)


def _fork(work: Callable[[], object]) -> tuple[int, object]:
    ends = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(ends[0])
        os.dup2(ends[1], 1)
        _told(work)()
        os._exit(0)
    os.close(ends[1])
    return process, os.fdopen(ends[0], "rb")


def _told(work: Callable[[], object]) -> Callable[[], None]:
    """The work with what it raises said as one more thing that is broken."""

    def tell() -> None:
        try:
            work()
        except Exception:
            _say("raised " + traceback.format_exc().strip().replace("\n", " | "))

    return tell


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def _is_id(line: str) -> bool:
    return len(line) == 36 and line.count("-") == 4


if __name__ == "__main__":
    print(json.dumps(asdict(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))))
