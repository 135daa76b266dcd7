"""Peers of the writer: one thread that takes whatever queued during its last commit, and answers each after
it. What a commit is, the peer says: bytes and an fsync, or a transaction of SQLite."""

import os
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from survey import Response

Commit = Callable[[Sequence[Response]], None]
_BATCH = 512


@contextmanager
def grouped(commit: Commit) -> Iterator[Callable[[Response], None]]:
    """The submit of such a peer: returns when the response is on the disk."""
    queue: deque[tuple[Response, threading.Lock]] = deque()
    changed = threading.Condition()
    closing = threading.Event()

    def submit(response: Response) -> None:
        told = threading.Lock()
        told.acquire()
        with changed:
            queue.append((response, told))
            changed.notify()
        told.acquire()

    def work() -> None:
        while True:
            with changed:
                changed.wait_for(lambda: queue or closing.is_set())
                batch = [queue.popleft() for _ in range(min(len(queue), _BATCH))]
            if not batch:
                return
            commit([response for response, _ in batch])
            for _, told in batch:
                told.release()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield submit
    finally:
        with changed:
            closing.set()
            changed.notify()
        thread.join()


@contextmanager
def bare_disk(folder: Path) -> Iterator[Commit]:
    """Appends the bytes of the responses to a file and has them on the disk: nothing can be less."""
    file = os.open(folder / "bare", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def commit(responses: Sequence[Response]) -> None:
        os.write(file, "".join(map(repr, responses)).encode())
        os.fsync(file)

    try:
        yield commit
    finally:
        os.close(file)


@contextmanager
def sqlite(file: Path) -> Iterator[Commit]:
    """One row a response, by its key, and none twice; nothing is checked, counted or written down beside."""
    connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE response (id TEXT PRIMARY KEY, answers TEXT NOT NULL)")

    def commit(responses: Sequence[Response]) -> None:
        connection.execute("BEGIN")
        rows = [(str(each.response_id), repr(each)) for each in responses]
        connection.executemany("INSERT OR IGNORE INTO response VALUES (?, ?)", rows)
        connection.execute("COMMIT")

    try:
        yield commit
    finally:
        connection.close()
