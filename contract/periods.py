"""The periods of a contract's term: months, quarters, halves or years of its fiscal year, half-open, in days
of its own time zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

Length = Literal["month", "quarter", "half_year", "year"]
MONTHS: Mapping[Length, int] = MappingProxyType({"month": 1, "quarter": 3, "half_year": 6, "year": 12})


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` until before `end`.

    `name` is "2026-07" for a month, "2026Q3" for a quarter, "2026H2" for a half year. Where the fiscal year
    does not begin in January, "FY2026Q1" is the first quarter of the fiscal year that begins in 2026. A year
    is always "FY2026": a bare 2026 would be a number.
    """

    name: str
    start: date
    end: date

    def elapsed(self, instant: datetime, timezone: str) -> float:
        """The share of the period (0..1) that is over at `instant`, an aware datetime."""
        zone = ZoneInfo(timezone)
        # Timestamps, not local differences: two aware datetimes of one zone subtract without clock changes.
        start = datetime.combine(self.start, time(), zone).timestamp()
        end = datetime.combine(self.end, time(), zone).timestamp()
        return min(1.0, max(0.0, (instant.timestamp() - start) / (end - start)))


def begins_period(day: date, length: Length, fiscal_start: int) -> bool:
    """Whether a period begins on `day` when the fiscal year begins on the first of month `fiscal_start`."""
    return day.day == 1 and (day.month - fiscal_start) % MONTHS[length] == 0


def period_of(day: date, length: Length, fiscal_start: int) -> Period:
    """The period that contains `day`."""
    months = MONTHS[length]
    number = (day.month - fiscal_start) % 12 // months
    year = day.year if day.month >= fiscal_start else day.year - 1
    start = _month(year, fiscal_start + number * months)
    end = _month(year, fiscal_start + (number + 1) * months)
    return Period(_name(start, year, number + 1, length, fiscal_start), start, end)


def periods(start: date, end: date, length: Length, fiscal_start: int) -> tuple[Period, ...]:
    """The periods that fill the days from `start` until before `end`.

    Raises ValueError when the term does not divide into whole periods.
    """
    whole = all(begins_period(day, length, fiscal_start) for day in (start, end))
    if start >= end or not whole:
        raise ValueError(f"{start} to {end} does not divide into whole periods ({length})")
    found = [period_of(start, length, fiscal_start)]
    while found[-1].end < end:
        found.append(period_of(found[-1].end, length, fiscal_start))
    return tuple(found)


def _name(start: date, year: int, number: int, length: Length, fiscal_start: int) -> str:
    if length == "month":
        return f"{start:%Y-%m}"
    if length == "year":
        return f"FY{year}"
    return f"{'' if fiscal_start == 1 else 'FY'}{year}{'Q' if length == 'quarter' else 'H'}{number}"


def _month(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
