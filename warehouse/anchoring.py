"""Keeps the anchor up to date, about a second behind the commits and never in their way."""

import logging
import threading

import duckdb

from warehouse.anchor import anchor_path, take, write_anchor
from warehouse.engine import Engine
from warehouse.migrate import undo
from warehouse.problems import WarehouseError

log = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0


class AnchorKeeper:
    """Thread-safe. Told of each commit, it writes one anchor for all of about a second."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._changed = threading.Condition()
        self._behind = False
        self._closing = False
        self._thread: threading.Thread | None = None
        self._writing = threading.Lock()  # else an older count could come to lie over a newer one
        if not anchor_path(engine.path).exists():
            self._write()

    def note(self) -> None:
        """Something was committed. Never waits for the disk and raises nothing."""
        with self._changed:
            if self._behind or self._closing:
                self._behind = True
                return
            self._behind = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="warehouse-anchor", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Write what is still to be written, stop. Call it when nobody writes any more, before the engine is
        closed."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
        if self._behind:
            self._write()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._behind or self._closing)
                self._changed.wait_for(lambda: self._closing, PAUSE_SECONDS)
                if self._closing:
                    return
                self._behind = False  # what is committed from here on needs another one
            self._write()

    def _write(self) -> None:
        """A failure is logged: the anchor stays behind the warehouse, which is harmless, until the next
        commit."""
        try:
            with self._writing:
                with self._engine.lend("reads") as cursor:
                    cursor.begin()
                    try:
                        anchor = take(cursor)
                    finally:
                        undo(cursor)
                write_anchor(self._engine.path, anchor)
        except WarehouseError as error:
            log.error("the anchor was not written: %s", error.problem.code)
        except (duckdb.Error, OSError) as error:
            log.error("the anchor was not written: %s", type(error).__name__)
