"""The clock of working hours: 9:00 to 18:00 on China's workdays, with make-up workdays, without holidays."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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
        passed, day = timedelta(), start.astimezone(self.zone).date()
        last = end.astimezone(self.zone).date()
        while day <= last:
            if is_working_day(day):
                begins, ends = self._hours_of(day)
                passed += max(min(ends, end) - max(begins, start), timedelta())
            day += _DAY
        return passed // _MINUTE

    def _hours_of(self, day: date) -> tuple[datetime, datetime]:
        # Of one zone, datetimes are subtracted by the face of the clock; in UTC by what passes.
        opens, closes = (datetime.combine(day, each, self.zone) for each in (OPENS, CLOSES))
        return opens.astimezone(UTC), closes.astimezone(UTC)
