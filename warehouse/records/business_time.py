"""The clock of working hours: 9:00 to 18:00 or those agreed, on China's workdays, with make-up workdays,
without holidays; days that were stated otherwise count as stated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from chinese_calendar import is_workday
from chinese_calendar.constants import holidays, workdays

Clock = Literal["business", "daily", "always"]
OPENS, CLOSES = time(9), time(18)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)

# The years whose holidays the State Council had announced when the library was made.
FIRST_YEAR: int = min(day.year for day in (*holidays, *workdays))
LAST_YEAR: int = max(day.year for day in (*holidays, *workdays))


class WorkDays:
    """Days that were stated to be worked on or not, whatever the calendar says. Immutable; made by
    `work_days`, the same for the same days, so that years are reckoned once."""

    def __init__(self, stated: Sequence[tuple[date, bool]]) -> None:
        self._stated = dict(stated)
        self._years = {day.year for day in self._stated}

    def knows(self, day: date) -> bool:
        """Whether the holidays of that day's year are known, or some were stated; where not, Monday to
        Friday count as workdays."""
        return FIRST_YEAR <= day.year <= LAST_YEAR or day.year in self._years

    def has(self, day: date) -> bool:
        """Whether people work on that day."""
        stated = self._stated.get(day)
        return is_working_day(day) if stated is None else stated


@lru_cache(maxsize=20)
def work_days(stated: tuple[tuple[date, bool], ...]) -> WorkDays:
    """The workdays where these days were stated."""
    return WorkDays(stated)


ANNOUNCED = work_days(())


@lru_cache(maxsize=10_000)  # the library looks for its first and last year at each call
def is_working_day(day: date) -> bool:
    """Whether people work on that day in China, as the library knows it."""
    return bool(is_workday(day)) if FIRST_YEAR <= day.year <= LAST_YEAR else day.weekday() < 5


@dataclass(frozen=True, slots=True)
class Hours:
    """Counts minutes of a clock in a zone; all instants are aware, minutes are whole and rounded down.
    `opens` is before `closes`; the clock that never stops heeds neither, the daily one no days off."""

    clock: Clock
    zone: ZoneInfo
    opens: time = OPENS
    closes: time = CLOSES
    days: WorkDays = ANNOUNCED

    def after(self, start: datetime, minutes: int) -> datetime:
        """The instant at which so many minutes have passed: rather the end of a day than a beginning."""
        left = minutes * _MINUTE
        if self.clock == "always":
            return start + left
        day = start.astimezone(self.zone).date()
        while True:
            if self._works(day):
                begins, ends = self._hours_of(day)
                begins = max(begins, start)
                room = max(ends - begins, timedelta())
                if room and left <= room:
                    return begins + left
                left -= room
            day += _DAY

    def between(self, start: datetime, end: datetime) -> int:
        """How many minutes passed from one instant to another; negative when the second is earlier."""
        if end < start:
            return -self.between(end, start)
        if self.clock == "always":
            return (end - start) // _MINUTE
        first, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        passed = self._worked_on(first, start, end)
        if first < last:
            passed += self._worked(first + _DAY, last)
            passed += self._worked_on(last, start, end)
        return passed // _MINUTE

    def _works(self, day: date) -> bool:
        return self.clock == "daily" or self.days.has(day)

    def _hours_of(self, day: date) -> tuple[datetime, datetime]:
        return _hours_of(self.zone, day, self.opens, self.closes)

    def _worked_on(self, day: date, start: datetime, end: datetime) -> timedelta:
        """How much of a day's hours lies between the two."""
        if not self._works(day):
            return timedelta()
        begins, ends = self._hours_of(day)
        return max(min(ends, end) - max(begins, start), timedelta())

    def _worked(self, first: date, last: date) -> timedelta:
        """The hours of the working days from the first day until before the last."""
        whole = sum((_year(self, year)[-1] for year in range(first.year, last.year)), timedelta())
        return whole + _year(self, last.year)[_place(last)] - _year(self, first.year)[_place(first)]


@lru_cache(maxsize=10_000)
def _hours_of(zone: ZoneInfo, day: date, opens: time, closes: time) -> tuple[datetime, datetime]:
    # Of one zone, datetimes are subtracted by the face of the clock; in UTC by what passes.
    begins, ends = (datetime.combine(day, each, zone) for each in (opens, closes))
    return begins.astimezone(UTC), ends.astimezone(UTC)


def _place(day: date) -> int:
    return day.timetuple().tm_yday - 1


@lru_cache(maxsize=400)
def _year(hours: Hours, year: int) -> tuple[timedelta, ...]:
    """The hours of a year until before each of its days and, at the end, of all of it."""
    day, worked = date(year, 1, 1), [timedelta()]
    while day.year == year:
        begins, ends = hours._hours_of(day)
        worked.append(worked[-1] + (ends - begins if hours._works(day) else timedelta()))
        day += _DAY
    return tuple(worked)
