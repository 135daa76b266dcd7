"""Connections handed out one at a time, first come, first served."""

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager

from duckdb import DuckDBPyConnection


class PoolClosed(Exception):
    """The pool gives out nothing any more."""


class Pool:
    """A fixed number of connections, each with one borrower at a time; who waits longest is next.

    One connection object in two threads gives wrong results silently, so a connection never leaves by another
    way.
    """

    def __init__(self, connections: Sequence[DuckDBPyConnection]) -> None:
        self._idle = list(connections)
        self._size = len(connections)
        self._waiting: deque[Future[DuckDBPyConnection]] = deque()
        self._closed = False
        self._changed = threading.Condition()

    @contextmanager
    def borrow(self, timeout: float) -> Iterator[DuckDBPyConnection]:
        """A connection for the block. Raises TimeoutError after `timeout` seconds, PoolClosed when the pool
        closes."""
        connection = self._take(timeout)
        try:
            yield connection
        finally:
            self._give_back(connection)

    def close(self, timeout: float) -> bool:
        """Gives out nothing more and closes each connection; False when some were still out after `timeout`
        seconds.

        Those out are never closed under their borrower (that would crash the process), but when they come
        back.
        """
        with self._changed:
            self._closed = True
            for waiter in self._waiting:
                waiter.set_exception(PoolClosed())
            self._waiting.clear()
            while self._idle:
                self._discard(self._idle.pop())
            return self._changed.wait_for(lambda: self._size == 0, timeout)

    def _take(self, timeout: float) -> DuckDBPyConnection:
        with self._changed:
            if self._closed:
                raise PoolClosed
            if self._idle:
                return self._idle.pop()
            waiter: Future[DuckDBPyConnection] = Future()
            self._waiting.append(waiter)
        try:
            return waiter.result(timeout)
        except BaseException:
            self._leave_queue(waiter)
            raise

    def _leave_queue(self, waiter: Future[DuckDBPyConnection]) -> None:
        with self._changed:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
                return
        # The connection was handed over in the same moment as the wait ended.
        if waiter.exception() is None:
            self._give_back(waiter.result())

    def _give_back(self, connection: DuckDBPyConnection) -> None:
        with self._changed:
            if self._closed:
                self._discard(connection)
            elif self._waiting:
                self._waiting.popleft().set_result(connection)
            else:
                self._idle.append(connection)

    def _discard(self, connection: DuckDBPyConnection) -> None:
        connection.close()
        self._size -= 1
        self._changed.notify_all()
