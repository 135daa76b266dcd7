"""What happens too often for a row each: responses stored and requests refused, counted and written down once
a minute at most, when nobody waits.

Nothing of anonymous surveys is counted: when somebody answered would say who.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Literal

from duckdb import DuckDBPyConnection

from contract import ContractError
from survey import SurveyError
from warehouse.audit.acting import VISITOR, acting, acting_as
from warehouse.audit.chain import record
from warehouse.calendar import utc_now
from warehouse.problems import WarehouseError

log = logging.getLogger(__name__)

PAUSE_SECONDS = 60.0
MOST_KINDS = 500
"""Different things counted before they are written down; all others are counted together."""

Kind = tuple[str, Literal["stored", "refused"], str, str]
"""Who, what, to what, and the code of the reason."""

_OTHER: Kind = (VISITOR, "refused", "", "other")


class AuditCounts:
    """Thread-safe. Of one open warehouse; what was counted since the last writing is lost when the process is
    killed."""

    def __init__(self, write: Callable[[], AbstractContextManager[DuckDBPyConnection]]) -> None:
        self._write = write
        self._lock = threading.Lock()
        self._counts: Counter[Kind] = Counter()
        self._since: datetime | None = None
        self._written = time.monotonic()
        self.on_count: Callable[[], None] = lambda: None

    def note_stored(self, numbers: Mapping[str, int]) -> None:
        """So many responses of each survey were committed."""
        for survey, number in numbers.items():
            self._note((VISITOR, "stored", survey, ""), number)

    def note_refused(self, code: str, subject: str = "", number: int = 1, actor: str | None = None) -> None:
        """Somebody was refused, for the reason with that code; `subject` names what is there, never what
        somebody sent."""
        self._note((actor or acting(), "refused", subject, code), number)

    def flush(self) -> bool:
        """Write down what was counted, unless that was done within the last minute. Always False, as work of
        quiet moments: there is no more to do."""
        if time.monotonic() - self._written >= PAUSE_SECONDS:
            self.write()
        return False

    def write(self) -> None:
        """Write down what was counted. A failure is logged, and the counts stay for the next time."""
        with self._lock:
            counts, since, self._counts = self._counts, self._since, Counter()
            self._written = time.monotonic()
        if not counts or since is None:
            return
        try:
            with self._write() as cursor:
                for (actor, event, subject, code), number in sorted(counts.items()):
                    details: dict[str, str | int] = {"count": number, "since": f"{since:%Y-%m-%d %H:%M}"}
                    if code:
                        details["code"] = code
                    with acting_as(actor):
                        record(cursor, event, subject, **details)
        except WarehouseError as error:
            log.error("the audit's counts were not written: %s", error.problem.code)
            with self._lock:
                self._counts += counts

    def _note(self, kind: Kind, number: int) -> None:
        with self._lock:
            if not self._counts:
                self._since = utc_now()
            known = kind in self._counts or len(self._counts) < MOST_KINDS
            self._counts[kind if known else _OTHER] += number
        self.on_count()

    @contextmanager
    def refusals(self, subject: str) -> Iterator[None]:
        """Count what the block refuses of what somebody brings: a contract, a file, a questionnaire."""
        try:
            yield
        except WarehouseError as error:
            self.note_refused(error.problem.code, subject)
            raise
        except (ContractError, SurveyError) as error:
            self.note_refused(error.problems[0].code, subject)
            raise
