"""The periods of a contract's term: quarters of its fiscal year, half-open, in days of its own time zone."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` until before `end`.

    `name` is "2026Q3"; where the fiscal year does not begin in January, "FY2026Q1" is the first quarter of
    the fiscal year that begins in 2026.
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


def begins_quarter(day: date, fiscal_start: int) -> bool:
    """Whether a quarter begins on `day` when the fiscal year begins on the first of month `fiscal_start`."""
    return day.day == 1 and (day.month - fiscal_start) % MONTHS_A_QUARTER == 0


def quarter_of(day: date, fiscal_start: int) -> Period:
    """The quarter that contains `day`."""
    month = (day.month - fiscal_start) % 12
    quarter = month // MONTHS_A_QUARTER
    year = day.year if day.month >= fiscal_start else day.year - 1
    start = _month(year, fiscal_start + quarter * MONTHS_A_QUARTER)
    end = _month(year, fiscal_start + (quarter + 1) * MONTHS_A_QUARTER)
    prefix = "" if fiscal_start == 1 else "FY"
    return Period(f"{prefix}{year}Q{quarter + 1}", start, end)


def quarters(start: date, end: date, fiscal_start: int) -> tuple[Period, ...]:
    """The quarters that fill the days from `start` until before `end`.

    Raises ValueError when the term does not divide into whole quarters.
    """
    if start >= end or not begins_quarter(start, fiscal_start) or not begins_quarter(end, fiscal_start):
        raise ValueError(f"{start} to {end} does not divide into whole quarters")
    periods = [quarter_of(start, fiscal_start)]
    while periods[-1].end < end:
        periods.append(quarter_of(periods[-1].end, fiscal_start))
    return tuple(periods)


def _month(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
