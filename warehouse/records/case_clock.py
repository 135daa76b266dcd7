"""When a case has to be answered and resolved: the limits of its severity, on their clock, with its waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from warehouse.calendar import from_stored, local_day, to_stored, utc_now
from warehouse.records.business_time import ANNOUNCED, CLOSES, OPENS, Clock, Hours, WorkDays, work_days
from warehouse.records.values import Value
from warehouse.sql import sql


@dataclass(frozen=True, slots=True)
class Limit:
    """Minutes of a clock until the first response and until the case is resolved; `wait_minutes` is the most
    by which waits for the customer put that off, None for no end. `opens` and `closes` are the working
    hours."""

    clock: Clock
    respond_minutes: int
    resolve_minutes: int
    wait_minutes: int | None = None
    opens: time = OPENS
    closes: time = CLOSES


_HOUR, _WORKDAY = 60, 540
# What counts while nobody has recorded limits of their own.
LIMITS: Mapping[str, Limit] = {
    "low": Limit("business", 2 * _WORKDAY, 10 * _WORKDAY),
    "normal": Limit("business", _WORKDAY, 5 * _WORKDAY),
    "high": Limit("business", 4 * _HOUR, 2 * _WORKDAY),
    "critical": Limit("always", _HOUR, 24 * _HOUR),
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """The limits recorded: severity, first day in force, limit; in the order in which they were recorded. And
    the days on which people work."""

    rows: Sequence[tuple[str, date, Limit]] = ()
    days: WorkDays = ANNOUNCED

    def of(self, severity: str, day: date) -> Limit:
        """The limit of the severity that came into force last by the day; of several, the last recorded."""
        mine = [(since, limit) for name, since, limit in self.rows if name == severity and since <= day]
        # Of equals max gives the first, so the last recorded stand first.
        return max(reversed(mine), key=lambda each: each[0])[1] if mine else LIMITS[severity]


def agreed_by(cursor: DuckDBPyConnection) -> Agreed:
    """What was recorded about limits and days by now."""
    rows = cursor.execute(sql("records/case_limits")).fetchall()
    days = cursor.execute(sql("records/work_days")).fetchall()
    return Agreed([(name, since, _limit(*limit)) for name, since, *limit in rows], work_days(tuple(days)))


def _limit(
    clock: Clock, respond: int, resolve: int, wait: int | None, opens: time | None, closes: time | None
) -> Limit:
    return Limit(clock, respond, resolve, wait, opens or OPENS, closes or CLOSES)


def hours_of(values: Mapping[str, Value], zone: ZoneInfo, agreed: Agreed) -> tuple[Hours, Limit]:
    """The clock that a case goes by, and its limit."""
    received_at = _instant(values["received_at"])
    if received_at is None:
        raise ValueError("a case that nobody received")
    limit = agreed.of(str(values["severity"]), local_day(received_at, zone))
    return Hours(limit.clock, zone, limit.opens, limit.closes, agreed.days), limit


def due_times(values: Mapping[str, Value], zone: ZoneInfo, agreed: Agreed) -> dict[str, Value]:
    """`respond_by_at` and `resolve_by_at` of a case, as stored.

    The time for the first response never stands still. That to resolve it is longer by what the case waited,
    and by the time between being resolved and reopened; while it waits there is no end of it, unless the end
    had passed when the wait began, or a longest wait was agreed: then it runs on after that. A wait that
    nobody ended is over when the case is.
    """
    hours, limit = hours_of(values, zone, agreed)
    received_at = from_stored(_stored(values["received_at"]))
    resolved_at, reopened_at = _instant(values.get("resolved_at")), _instant(values.get("reopened_at"))
    is_back = resolved_at is not None and reopened_at is not None
    over_at = _instant(values.get("resolved_again_at")) if is_back else resolved_at
    idle = hours.between(resolved_at, reopened_at) if resolved_at and reopened_at else 0
    paused_at, stated = _instant(values.get("paused_at")), values.get("paused_minutes")
    if paused_at and resolved_at and reopened_at and resolved_at < paused_at < reopened_at:
        paused_at = reopened_at  # the time before is idle already
    waited = stated if isinstance(stated, int) else 0
    passed = 0
    if waited or paused_at:  # looks at every day, so not for nothing
        passed = hours.between(received_at, max(received_at, over_at or utc_now())) - idle
    # No case waited longer than it was open: a number too large would put its end off for years.
    waited = min(waited, passed)
    longest = limit.wait_minutes

    def put_off(minutes: int) -> datetime:
        counted = minutes if longest is None else min(minutes, longest)
        return hours.after(received_at, limit.resolve_minutes + counted + idle)

    resolve_by: datetime | None = put_off(waited)
    if paused_at and resolve_by and paused_at < resolve_by:
        is_before = resolved_at is not None and paused_at <= resolved_at
        waited_until = resolved_at if is_before else over_at
        if waited_until is None:
            resolve_by = None if longest is None else put_off(longest)
        else:
            resolve_by = put_off(min(waited + max(hours.between(paused_at, waited_until), 0), passed))
    return {
        "respond_by_at": to_stored(hours.after(received_at, limit.respond_minutes)),
        "resolve_by_at": to_stored(resolve_by) if resolve_by else None,
    }


def _instant(value: Value) -> datetime | None:
    return from_stored(value) if isinstance(value, datetime) else None


def _stored(value: Value) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError("an instant is missing")
    return value
