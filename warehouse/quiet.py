"""Work that can wait until nobody sends responses: checkpoints, and whatever else is added.

A commit never starts a checkpoint: whoever sent the response that happened to fill the log would wait for it.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from warehouse.checkpointing import checkpoint as move_log
from warehouse.checkpointing import log_size
from warehouse.engine import Engine
from warehouse.problems import WarehouseError

log = logging.getLogger(__name__)

Work = Callable[[], bool]
"""Does one piece that takes a fraction of a second, and says whether there is more to do now."""

QUIET_SECONDS = 0.5
"""How long nothing may have been committed and nobody may be waiting before work is begun."""

LEAST_LOG = 1_000_000
"""Bytes of the log for which a checkpoint in a quiet moment is worth it."""

MOST_LOG = 64_000_000
"""Bytes of the log after which a checkpoint waits for no quiet moment: it is read when the file is opened
after a crash."""

TURN_SECONDS = 10.0
"""How long a checkpoint that cannot be put off waits for its turn among those who write."""


class QuietMoments:
    """Thread-safe. One thread of its own does the work, a piece at a time, and looks after each piece whether
    it is still quiet."""

    def __init__(self, engine: Engine, busy: Callable[[], bool]) -> None:
        self._engine = engine
        self._busy = busy
        self._works: list[Work] = [lambda: checkpoint(engine, LEAST_LOG, 0.0)]
        self._urgent: list[Work] = [lambda: checkpoint(engine, MOST_LOG, TURN_SECONDS)]
        self._changed = threading.Condition()
        self._committed = False
        self._closing = False
        self._held = 0
        self._thread: threading.Thread | None = None

    def add(self, work: Work, urgent: Work | None = None) -> None:
        """Do this too, after every commit, once it is quiet; `urgent` is tried while it is not: it looks
        whether it can still be put off. What they raise is logged."""
        with self._changed:
            self._works.append(work)
            if urgent:
                self._urgent.append(urgent)

    def note(self) -> None:
        """Something was committed. Never waits and raises nothing."""
        if self._committed:  # told already, and not looked at yet: so that a commit costs next to nothing
            return
        with self._changed:
            self._committed = True
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._work, name="warehouse-quiet", daemon=True)
                self._thread.start()
            self._changed.notify()

    @contextmanager
    def held(self) -> Iterator[None]:
        """It is not quiet during the block, however far apart its commits are: on a slow machine sealing what
        one part of an import brought would take longer than storing the next."""
        with self._changed:
            self._held += 1
        try:
            yield
        finally:
            with self._changed:
                self._held -= 1

    def close(self) -> None:
        """Finish the piece under way, stop. Call it before the engine is closed."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while self._next_commit():
            while not self._is_quiet() and not self._closing:
                for urgent in tuple(self._urgent):
                    _tried(urgent)
            for work in tuple(self._works):
                while not self._closing and _tried(work) and self._is_quiet():
                    pass

    def _next_commit(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._committed or self._closing)
            return not self._closing

    def _is_quiet(self) -> bool:
        """Whether nothing was committed in a while and nobody waits; looks for that long."""
        with self._changed:
            self._committed = False
            self._changed.wait_for(lambda: self._closing, QUIET_SECONDS)
            return not (self._committed or self._closing or self._held or self._busy())


def checkpoint(engine: Engine, least: int, patience: float) -> bool:
    """Move the log into the file when it has that many bytes, unless somebody else is still writing after so
    many seconds: their commit will bring it back. Always False: there is nothing more to do.

    It takes its turn among the writers: beside them DuckDB 1.5 makes each wait at every table all the same.
    Raises as `checkpointing.checkpoint`; an instance that died of it is reopened by whoever comes next."""
    if log_size(engine.path) < least:
        return False
    try:
        # Nor beside a sealing: a block freed by a checkpoint must not be used before its header is written.
        # It is waited for first, so that nobody who writes waits for a sealing under way.
        with engine.lend("rollups", patience), engine.lend("writes", patience) as cursor:
            move_log(cursor)
    except WarehouseError as error:
        if error.problem.code != "warehouse-busy":
            raise
    except duckdb.TransactionException:  # a transaction that made a table is not put away
        return False
    return False


def _tried(work: Work) -> bool:
    try:
        return work()
    except WarehouseError as error:
        log.error("work in a quiet moment was not done: %s", error.problem.code)
    except (duckdb.Error, OSError) as error:
        log.error("work in a quiet moment was not done: %s", type(error).__name__)
    return False
