"""The open DuckDB instance: its connections, what they may do, and its rebirth after a fatal error."""

import itertools
import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.checkpointing import checkpoint, let_go
from warehouse.opening import connect, set_up
from warehouse.pool import Pool, PoolClosed
from warehouse.problems import WarehouseError, core_error
from warehouse.sql import sql

log = logging.getLogger(__name__)

Kind = Literal["reads", "streams", "writes", "rollups"]
# Streams are apart from reads: a slow download keeps its connection for as long as it takes.
# Rollups are sealed beside the writer: they append to tables of their own.
CONNECTIONS: Mapping[Kind, int] = {
    "reads": max(4, os.cpu_count() or 1),
    "streams": 4,
    "writes": 1,
    "rollups": 1,
}
WAIT_SECONDS = 30.0
DRAIN_SECONDS = 5.0


class _Instance:
    """One life of the database: a root connection and the pools; dead after a fatal error."""

    def __init__(self, root: DuckDBPyConnection) -> None:
        self.root = root
        # Every connection is made and set up here: nothing can be set once the configuration is locked.
        self.pools: dict[Kind, Pool] = {
            kind: Pool([set_up(root.cursor()) for _ in range(count)]) for kind, count in CONNECTIONS.items()
        }
        root.execute(sql("core/lock_configuration"))
        self.dead = False

    def close(self, seconds: float) -> bool:
        """Close every connection; False when some were still lent out after that many seconds, by kind."""
        closed = [pool.close(seconds) for pool in self.pools.values()]
        if not self.dead:
            try:
                checkpoint(self.root)
            except (WarehouseError, duckdb.Error, OSError) as error:  # the next start reads the log
                log.warning("closed with the log not moved into the file: %s", type(error).__name__)
        self.root.close()
        return all(closed)


class Engine:
    """One DuckDB file, open in this process alone, with a bounded number of connections for each kind of
    work."""

    def __init__(self, path: Path, prepare: Callable[[DuckDBPyConnection], None]) -> None:
        """Open the file and `prepare` it (migrations) before it is locked down. Raises WarehouseError."""
        self.path = path
        self._prepare = prepare
        self._lock = threading.Lock()
        self._closed = False
        self.on_commit: Callable[[], None] = lambda: None
        # Changed by who holds the writing connection alone; none is under way while the last two are equal.
        self.commits = self.commits_begun = self.commits_ended = 0
        self.state = 0
        self._states = itertools.count(1)
        self._instance = self._open()

    def note_change(self) -> None:
        """What a read gives may be different from now on: `state` is another number than ever before."""
        self.state = next(self._states)

    @contextmanager
    def lend(self, kind: Kind, timeout: float = WAIT_SECONDS) -> Iterator[DuckDBPyConnection]:
        """A connection of this kind for the block; first come, first served.

        Raises WarehouseError("warehouse-busy") when none came free in `timeout` seconds,
        "warehouse-reopening" and "warehouse-closed". After a FatalException in the block the next borrower
        gets a reopened instance.
        """
        with ExitStack() as held:
            instance, connection = self._borrow(held, kind, timeout)
            try:
                yield connection
            except duckdb.FatalException as error:
                if not instance.dead:
                    log.error("fatal error of the database, it will be reopened: %s", type(error).__name__)
                instance.dead = True
                raise

    def close(self) -> None:
        """Give out nothing more, wait for what is under way, move the log into the file and close it."""
        with self._lock:
            self._closed = True
            if not self._instance.close(DRAIN_SECONDS):
                log.warning("closed with readers still at work; the file is freed when they are done")
            else:
                let_go(self.path)

    def _borrow(self, held: ExitStack, kind: Kind, timeout: float) -> tuple[_Instance, DuckDBPyConnection]:
        while True:
            instance = self._alive()
            try:
                return instance, held.enter_context(instance.pools[kind].borrow(timeout))
            except PoolClosed:
                continue
            except TimeoutError:
                raise core_error("warehouse-busy", str(self.path)) from None

    def _alive(self) -> _Instance:
        with self._lock:
            if self._closed:
                raise core_error("warehouse-closed", str(self.path))
            if self._instance.dead:
                # DuckDB keeps the dead instance for as long as one connection to it lives.
                if not self._instance.close(DRAIN_SECONDS):
                    raise core_error("warehouse-reopening", str(self.path))
                let_go(self.path)
                self._instance = self._open()
                self.commits += 1  # nobody holds the writing connection now
                self.note_change()  # a commit that was told to have failed may be there after all
                log.warning("the database is open again")
            return self._instance

    def _open(self) -> _Instance:
        root = connect(self.path)
        try:
            self._prepare(root)
            return _Instance(root)
        except BaseException:
            root.close()
            let_go(self.path)
            raise
