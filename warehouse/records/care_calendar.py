"""On which days occasions fall: birthdays and festivals, by the sun and by the moon of China's calendar."""

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from lunardate import LunarDate

Occasion = Literal["birthday", "lunar_birthday", "solar", "lunar"]
_YEARS = range(1900, 2100)  # the lunar years that are known; the first begins on 31 January
# Months that began a day later or earlier than `lunardate` says, by year, month and whether it is a leap one;
# so they, and the months before, have a 30th where it has none, or none where it has one.
_BEGAN_LATER = {(1933, 6, False): 1, (1954, 11, False): -1, (1978, 8, False): 1}
_THIRTIETH = {
    (1933, 5, True): date(1933, 7, 22),
    (1933, 6, False): None,
    (1954, 10, False): None,
    (1954, 11, False): date(1954, 12, 24),
    (1978, 7, False): date(1978, 9, 2),
    (1978, 8, False): None,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """An occasion on which care is given, in force from a day on until before another. `month` and `day` are
    those of its calendar; None for birthdays. `tier` is the class of customers that it is for; None
    for all."""

    record_id: str
    title: str
    occasion: Occasion
    month: int | None
    day: int | None
    channel: str
    since: date
    until: date | None
    tier: str | None = None

    @property
    def is_birthday(self) -> bool:
        """Whether it is another day for each member."""
        return self.occasion in ("birthday", "lunar_birthday")

    def falls_on(self, day: date) -> bool:
        """Whether the occasion may be due on the day; a birthday may on every one."""
        if day < self.since or (self.until is not None and day >= self.until):
            return False
        if self.is_birthday:
            return True
        if self.month is None or self.day is None:
            return False
        if self.occasion == "solar":
            return (day.month, day.day) == (self.month, min(self.day, monthrange(day.year, self.month)[1]))
        # The lunar year begins in January or February: its last weeks lie in the next year.
        # No lunar month has 31 days: that is the last one, as of a solar month of 30.
        return day in {lunar_day(year, self.month, min(self.day, 30)) for year in (day.year - 1, day.year)}


def lunar_day(year: int, month: int, day: int) -> date | None:
    """The day on which a day of a lunar year falls, None for years that are not known (before 1900, from 2100
    on). The 30th of a month of 29 days is its last, as New Year's Eve is; a leap month, which repeats one,
    has no festivals of its own."""
    found = _in_year(year, month, day, False)
    return _in_year(year, month, 29, False) if found is None and day == 30 else found


def birthdays_of(day: date) -> list[str]:
    """The birthdays, as month and day, that are kept on the day: those of 29 February on the 28th in years
    without it."""
    kept = [f"{day:%m-%d}"]
    if (day.month, day.day) == (2, 28) and not isleap(day.year):
        kept.append("02-29")
    return kept


def births_of(day: date) -> list[str]:
    """The days of birth, as ISO writes them, whose lunar birthday is kept on the day: those of its lunar
    month and day in every year, and of the 30th where the month ends on the 29th. Who was born in a leap
    month keeps the ordinary month of that number, so nothing is kept in a leap month."""
    kept = LunarDate.from_solar_date(day.year, day.month, day.day)
    days = [each for each in (kept.day, 30) if lunar_day(kept.year, kept.month, each) == day]
    births = [born for each in dict.fromkeys(days) for born in _in_every_year(kept.month, each)]
    return [born.isoformat() for born in births if born <= day]


@cache
def _in_every_year(month: int, day: int) -> tuple[date, ...]:
    found = [_in_year(year, month, day, is_leap) for year in _YEARS for is_leap in (False, True)]
    return tuple(each for each in found if each is not None)


def _in_year(year: int, month: int, day: int, is_leap: bool) -> date | None:
    """The day as the sun counts it; None where the year has no such day."""
    place = (year, month, is_leap)
    if day == 30 and place in _THIRTIETH:
        return _THIRTIETH[place]
    try:
        found: date = LunarDate(year, month, day, is_leap).to_solar_date()
    except ValueError:
        return None
    return found + timedelta(days=_BEGAN_LATER.get(place, 0))
