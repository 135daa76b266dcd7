"""The one writer of responses: takes whatever queued during the last commit, commits it at once, then answers
each."""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from survey.identifiers import receipt_number
from survey.responses import Response
from warehouse.anonymity import anonymous_surveys, put
from warehouse.audit.acting import VISITOR
from warehouse.audit.counting import AuditCounts
from warehouse.engine import Engine
from warehouse.gate import Gate, NotOpen
from warehouse.measures import Measures
from warehouse.problems import WarehouseError, core_error
from warehouse.recent import RecentIds
from warehouse.responses import store_responses
from warehouse.transactions import transaction

log = logging.getLogger(__name__)

QUEUE_LIMIT = 2_000  # about a second of work; a longer queue would only make people wait for an error
BATCH_LIMIT = 512

BREATH_SECONDS = 0.0005
"""After a batch of `MANY` or more, those just answered get so long to send their next: else half of the
senders queue while the other half is stored, and a batch costs nearly the same however many are in it. With
64 senders batches have 55 instead of 32, and a response costs a third less CPU."""

MANY = 8
_TOLD = {"warehouse-busy": "writer-busy", "warehouse-closed": "warehouse-closed"}  # else "writer-failed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The response is on disk. `stored` is False when it was there already; `number` is for people to
    quote."""

    response_id: UUID
    stored: bool
    number: str


@dataclass(slots=True)
class _Submission:
    """A response, and how its submitter is told: `told` is held until it is known what became of it. A bare
    lock takes a tenth of the time of a Future, which counts with thousands a second."""

    response: Response
    told: threading.Lock = field(default_factory=threading.Lock)
    stored: bool = False
    refused: WarehouseError | None = None


class Writer:
    """Thread-safe. Many submit, one thread of the writer's own stores."""

    def __init__(
        self, engine: Engine, zone: Callable[[], ZoneInfo], measures: Measures, audit: AuditCounts
    ) -> None:
        self._engine = engine
        self._zone = zone
        self._measures = measures
        self._audit = audit
        self._queue: deque[_Submission] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._last_seq = 0
        self._last_size = 0
        self._commits = -1  # at which what is remembered of the tables was true
        self._anonymous: Mapping[str, bool] = {}
        self._recent = RecentIds()
        self.gate = Gate()
        self._thread = threading.Thread(target=self._work, name="warehouse-writer", daemon=True)
        self._thread.start()

    def submit(self, response: Response) -> Receipt:
        """Store one response; returns after the commit. The same response_id twice is stored once.

        Raises WarehouseError: "writer-busy" when too many wait already, "writer-failed" when it is not known
        to be on disk (sending it again is safe), "warehouse-closed". Raises NotOpen when the survey does not
        take it.
        """
        submission = _Submission(response)
        submission.told.acquire()
        with self._changed:
            if self._closing:
                raise core_error("warehouse-closed", str(self._engine.path))
            if len(self._queue) >= QUEUE_LIMIT:
                self._measures.note_refused("writer-busy")
                raise core_error("writer-busy")
            self._queue.append(submission)
            self._changed.notify()
        submission.told.acquire()
        if submission.refused:
            raise submission.refused
        return Receipt(response.response_id, submission.stored, receipt_number(response.response_id))

    @property
    def is_busy(self) -> bool:
        """Whether responses are waiting to be stored."""
        return bool(self._queue)

    @property
    def queue_length(self) -> int:
        """How many responses are waiting to be stored."""
        return len(self._queue)

    def close(self) -> None:
        """Take nothing more, store what is queued, stop."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()

    def _work(self) -> None:
        while batch := self._next_batch():
            self._settle(batch)

    def _next_batch(self) -> list[_Submission]:
        """Whatever is queued, up to the limit; empty when closing and nothing is left."""
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._closing)
        if self._last_size >= MANY:
            time.sleep(BREATH_SECONDS)
        with self._changed:
            self._last_size = min(len(self._queue), BATCH_LIMIT)
            return [self._queue.popleft() for _ in range(self._last_size)]

    def _settle(self, batch: Sequence[_Submission]) -> None:
        """Store the batch and answer each. One that cannot be stored must not fail its neighbours."""
        try:
            stored, refused = self._store(batch)
        except WarehouseError as error:
            log.error("a batch of %d was not stored: %s", len(batch), error.problem.code)
            self._refuse(batch, _TOLD.get(error.problem.code, "writer-failed"))
        except Exception as error:
            # Whatever it is: without an answer those who wait would wait for ever. Only the kind of error is
            # logged, since its message may hold what somebody wrote.
            log.error("a batch of %d was not stored: %s", len(batch), type(error).__name__)
            if len(batch) == 1:
                self._refuse(batch, "writer-failed")
            else:
                for submission in batch:
                    self._settle([submission])
        else:
            self._measures.note_stored(len(stored))
            for reason in refused.values():
                self._measures.note_refused(reason.problem.code)
            _answer(batch, stored, refused)
            self._count(batch, refused)

    def _count(self, batch: Sequence[_Submission], refused: Mapping[int, NotOpen]) -> None:
        """Of each survey that is not anonymous."""
        stored: Counter[str] = Counter()
        for number, submission in enumerate(batch):
            survey = submission.response.survey
            if survey in self._anonymous:
                continue
            if number in refused:
                self._audit.note_refused(refused[number].problem.code, survey, actor=VISITOR)
            elif submission.stored:
                stored[survey] += 1
        self._audit.note_stored(stored)

    def _store(self, batch: Sequence[_Submission]) -> tuple[frozenset[UUID], Mapping[int, NotOpen]]:
        """Store those that their surveys take: the ids that were new, and the others by their place in the
        batch."""
        responses = [each.response for each in batch]
        with self._measures.commits.measured():
            with transaction(self._engine) as cursor:
                commits = self._engine.commits
                is_known = commits == self._commits
                self._commits = -1  # after a commit that failed it is not known what is stored
                if not is_known:
                    self._anonymous = anonymous_surveys(cursor)
                    self._recent.catch_up(cursor)
                refused = self.gate.refusals(cursor, responses, self._zone())
                taken = [each for number, each in enumerate(responses) if number not in refused]
                named, boxed = put(cursor, self._engine.path, taken, self._anonymous)
                stored = store_responses(
                    cursor,
                    named,
                    self._zone(),
                    after_seq=self._last_seq,
                    is_last=is_known,
                    recent=self._recent,
                )
            # Somebody else may have committed between the two: then the next batch looks again.
            self._commits = commits + 1
        self._recent.note(stored.response_ids)
        self._last_seq = stored.last_seq
        return stored.response_ids | boxed, refused

    def _refuse(self, batch: Sequence[_Submission], code: str) -> None:
        self._measures.note_refused(code, len(batch))
        for submission in batch:
            submission.refused = core_error(code)
            submission.told.release()


def _answer(batch: Sequence[_Submission], stored: frozenset[UUID], refused: Mapping[int, NotOpen]) -> None:
    new = set(stored)
    for number, submission in enumerate(batch):
        submission.refused = refused.get(number)
        submission.stored = submission.response.response_id in new
        new.discard(submission.response.response_id)
        submission.told.release()
