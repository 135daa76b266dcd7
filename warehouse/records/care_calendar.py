"""On which days occasions fall: birthdays, festivals by the sun and by the moon of China's calendar."""

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lunardate import LunarDate

Occasion = Literal["birthday", "solar", "lunar"]


@dataclass(frozen=True, slots=True)
class Plan:
    """An occasion on which care is given, in force from a day on until before another. `month` and `day` are
    those of its calendar; None for birthdays."""

    record_id: str
    title: str
    occasion: Occasion
    month: int | None
    day: int | None
    channel: str
    since: date
    until: date | None

    def falls_on(self, day: date) -> bool:
        """Whether the occasion may be due on the day; a birthday may on every one."""
        if day < self.since or (self.until is not None and day >= self.until):
            return False
        if self.occasion == "birthday":
            return True
        if self.month is None or self.day is None:
            return False
        if self.occasion == "solar":
            return (day.month, day.day) == (self.month, min(self.day, monthrange(day.year, self.month)[1]))
        # The lunar year begins in January or February: its last weeks lie in the next year.
        return day in {lunar_day(year, self.month, self.day) for year in (day.year - 1, day.year)}


def lunar_day(year: int, month: int, day: int) -> date | None:
    """The day on which a day of a lunar year falls, None for years that are not known (before 1900, from 2100
    on). The 30th of a month of 29 days is its last, as New Year's Eve is; a leap month, which repeats one,
    has no festivals of its own."""
    for last in (day, day - 1):
        try:
            found: date = LunarDate(year, month, last).to_solar_date()
        except ValueError:
            if day < 30:
                return None
        else:
            return found
    return None


def birthdays_of(day: date) -> list[str]:
    """The birthdays, as month and day, that are kept on the day: those of 29 February on the 28th in years
    without it."""
    kept = [f"{day:%m-%d}"]
    if (day.month, day.day) == (2, 28) and not isleap(day.year):
        kept.append("02-29")
    return kept
