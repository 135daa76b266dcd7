"""As of when figures are: which days count, and which periods have begun or are closed by then."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from warehouse.calendar import from_stored, utc_now
from warehouse.database import Warehouse
from warehouse.surveys import EXAMPLE_SETTING

State = Literal["closed", "running"]


@dataclass(frozen=True, slots=True)
class AsOf:
    """An instant in the reporting zone, and `until`: the first local day that has not begun by then."""

    instant: datetime
    until: date

    @property
    def moment(self) -> tuple[datetime, date]:
        """To the minute: figures change with it although nothing is committed, since cases fall due."""
        return self.instant.replace(second=0, microsecond=0), self.until

    def begun(self, start: date) -> bool:
        """Whether the period that starts on a local day has begun."""
        return start < self.until

    def state(self, end: date) -> State:
        """Whether the period that ends before a local day is over: whether that day has begun."""
        return "closed" if self.instant.date() >= end else "running"


def as_of(warehouse: Warehouse, instant: datetime | None = None) -> AsOf:
    """That instant, or now. In an example warehouse now is the end of the example's last day or, when
    somebody has answered since, just after the latest answer: time alone would let it run dry.

    Raises ValueError for an instant without a time zone.
    """
    if instant is not None and instant.tzinfo is None:
        raise ValueError("an instant without a time zone")
    local = (instant or _latest(warehouse)).astimezone(warehouse.reporting_zone)
    midnight = local.time() == time()
    return AsOf(local, local.date() if midnight else local.date() + timedelta(days=1))


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a local day is over."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def _latest(warehouse: Warehouse) -> datetime:
    return warehouse.while_unchanged("latest", lambda: _latest_of_example(warehouse)) or utc_now()


def _latest_of_example(warehouse: Warehouse) -> datetime | None:
    example_until = warehouse.read("core/setting", name=EXAMPLE_SETTING)
    if not example_until:
        return None
    end = datetime.fromisoformat(example_until[0][0])
    ((latest,),) = warehouse.read("example/latest_answer")
    # Just after it: an answer of midnight belongs to the day that begins then.
    return max(end, from_stored(latest) + timedelta(microseconds=1)) if latest else end
