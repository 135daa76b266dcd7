"""What happens to a form before it is sent, kept beside the responses and never in their way."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.calendar import to_stored
from warehouse.engine import Engine
from warehouse.problems import WarehouseError
from warehouse.sql import sql
from warehouse.transactions import transaction

log = logging.getLogger(__name__)

Kind = Literal["opened", "started", "question", "page"]
Key = tuple[str, UUID, Kind, int | None, str | None, datetime | None]

QUEUE_LIMIT = 5_000
BATCH_LIMIT = 1_000
PAUSE_SECONDS = 1.0
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the form of one response; instants are aware.

    `question` is the item's code, of the furthest answered so far; `page`, from 0, the one that was left;
    `shown_at` when the sheet was handed out. Nothing of an answer is in it.
    """

    survey: str
    response_id: UUID
    kind: Kind
    version: int
    shown_at: datetime
    happened_at: datetime
    question: str | None = None
    page: int | None = None

    @property
    def key(self) -> Key:
        """What makes it the same event, however often it is told; of two tabs each leaves its own pages."""
        shown_at = self.shown_at if self.kind == "page" else None
        return self.survey, self.response_id, self.kind, self.page, self.question, shown_at


class EventLog:
    """Thread-safe. Takes events at once and stores them about once a second, when no response is waiting.

    Events are a help, responses are the truth: when too many wait, or the disk refuses, events are dropped.
    """

    def __init__(self, engine: Engine, busy: Callable[[], bool]) -> None:
        self._engine = engine
        self._busy = busy
        self._queue: deque[Event] = deque()
        self._told: dict[Key, None] = {}  # the latest keys, the oldest first
        self._changed = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None

    def note(self, event: Event) -> bool:
        """Keep the event soon; False when it is dropped. Never waits for the disk and raises nothing."""
        with self._changed:
            if event.key in self._told:
                return True
            if self._closing or len(self._queue) >= QUEUE_LIMIT:
                return False
            self._told[event.key] = None
            if len(self._told) > _REMEMBERED:
                del self._told[next(iter(self._told))]
            self._queue.append(event)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="fieldwork-events", daemon=True)
                self._thread.start()
            self._changed.notify()
            return True

    def close(self) -> None:
        """Take nothing more, store what is queued, stop."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while batch := self._next_batch():
            self._store(batch)

    def _next_batch(self) -> list[Event]:
        """What gathered in a pause, once no response is waiting; empty when closing and nothing is left."""
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._closing)
            self._changed.wait_for(lambda: self._closing, PAUSE_SECONDS)
            while self._busy() and not self._closing:
                self._changed.wait(PAUSE_SECONDS)
            return [self._queue.popleft() for _ in range(min(len(self._queue), BATCH_LIMIT))]

    def _store(self, batch: Sequence[Event]) -> None:
        try:
            with transaction(self._engine) as cursor:
                store_events(cursor, batch)
        except WarehouseError as error:
            log.warning("%d events of the fieldwork were dropped: %s", len(batch), error.problem.code)
        except (
            duckdb.Error,
            ValueError,
            RuntimeError,
        ) as error:  # the last two: half characters
            log.warning("%d events of the fieldwork were dropped: %s", len(batch), type(error).__name__)


def store_events(cursor: DuckDBPyConnection, events: Sequence[Event]) -> None:
    """Insert those that are not there yet. Call it with the cursor of `Warehouse.transaction()`; no event may
    be among them twice."""
    columns = {
        "survey": [each.survey for each in events],
        "response_id": [each.response_id for each in events],
        "event": [each.kind for each in events],
        "version": [each.version for each in events],
        "page": [each.page for each in events],
        "question": [each.question for each in events],
        "shown_at": [to_stored(each.shown_at) for each in events],
        "happened_at": [to_stored(each.happened_at) for each in events],
    }
    cursor.execute(sql("fieldwork/insert_events"), columns)
