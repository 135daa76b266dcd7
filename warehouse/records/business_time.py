"""The clock of working hours: 9:00 to 18:00 on China's workdays, with make-up workdays, without holidays."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from chinese_calendar import is_workday
from chinese_calendar.constants import holidays, workdays

Clock = Literal["business", "always"]
OPENS, CLOSES = time(9), time(18)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)

# The years whose holidays the State Council had announced when the library was made.
FIRST_YEAR: int = min(day.year for day in (*holidays, *workdays))
LAST_YEAR: int = max(day.year for day in (*holidays, *workdays))


def is_known(day: date) -> bool:
    """Whether the holidays of that day's year are known; where not, Monday to Friday count as workdays."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


@lru_cache(maxsize=10_000)  # the library looks for its first and last year at each call
def is_working_day(day: date) -> bool:
    """Whether people work on that day in China."""
    return bool(is_workday(day)) if is_known(day) else day.weekday() < 5


@dataclass(frozen=True, slots=True)
class Hours:
    """Counts minutes of a clock in a zone; all instants are aware, minutes are whole and rounded down."""

    clock: Clock
    zone: ZoneInfo

    def after(self, start: datetime, minutes: int) -> datetime:
        """The instant at which so many minutes have passed: rather the end of a day than a beginning."""
        left = minutes * _MINUTE
        if self.clock == "always":
            return start + left
        day = start.astimezone(self.zone).date()
        while True:
            if is_working_day(day):
                begins, ends = _hours_of(self.zone, day)
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
            passed += _worked(self.zone, first + _DAY, last)
            passed += self._worked_on(last, start, end)
        return passed // _MINUTE

    def _worked_on(self, day: date, start: datetime, end: datetime) -> timedelta:
        """How much of a day's hours lies between the two."""
        if not is_working_day(day):
            return timedelta()
        begins, ends = _hours_of(self.zone, day)
        return max(min(ends, end) - max(begins, start), timedelta())


@lru_cache(maxsize=10_000)
def _hours_of(zone: ZoneInfo, day: date) -> tuple[datetime, datetime]:
    # Of one zone, datetimes are subtracted by the face of the clock; in UTC by what passes.
    opens, closes = (datetime.combine(day, each, zone) for each in (OPENS, CLOSES))
    return opens.astimezone(UTC), closes.astimezone(UTC)


def _worked(zone: ZoneInfo, first: date, last: date) -> timedelta:
    """The hours of the working days from the first day until before the last."""
    whole = sum((_year(zone, year)[-1] for year in range(first.year, last.year)), timedelta())
    return whole + _year(zone, last.year)[_place(last)] - _year(zone, first.year)[_place(first)]


def _place(day: date) -> int:
    return day.timetuple().tm_yday - 1


@lru_cache(maxsize=400)
def _year(zone: ZoneInfo, year: int) -> tuple[timedelta, ...]:
    """The hours of a year until before each of its days and, at the end, of all of it."""
    day, worked = date(year, 1, 1), [timedelta()]
    while day.year == year:
        begins, ends = _hours_of(zone, day)
        worked.append(worked[-1] + (ends - begins if is_working_day(day) else timedelta()))
        day += _DAY
    return tuple(worked)
