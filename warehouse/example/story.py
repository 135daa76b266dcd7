"""What happened to the example club, month by month: the truth that members, purchases and answers follow."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

SEED = 20250516
ZONE = ZoneInfo("Asia/Shanghai")
FIRST_DAY = date(2025, 5, 16)
LAST_DAY = date(2026, 11, 15)
OPENING_MEMBERS = 820

# The bad patch: a new warehouse contractor after the Spring Festival, late parcels, an overrun hotline.
PATCH_FIRST = date(2026, 2, 9)
PATCH_LAST = date(2026, 3, 22)


@dataclass(frozen=True, slots=True)
class Month:
    """A month: how many members join, return and leave, trade as a factor, mood in standard deviations."""

    first: date
    last: date
    joined: int
    returned: int
    left: int
    trade: float
    mood: float


def _month(year: int, month: int, joined: int, returned: int, left: int, trade: float, mood: float) -> Month:
    after = date(year + month // 12, month % 12 + 1, 1)
    first = max(date(year, month, 1), FIRST_DAY)
    return Month(first, min(after - timedelta(days=1), LAST_DAY), joined, returned, left, trade, mood)


MONTHS: tuple[Month, ...] = (
    _month(2025, 5, 7, 0, 4, 0.95, -0.05),
    _month(2025, 6, 15, 1, 11, 1.10, 0.00),
    _month(2025, 7, 14, 1, 9, 0.95, 0.06),
    _month(2025, 8, 15, 2, 10, 0.95, 0.03),
    _month(2025, 9, 17, 1, 12, 1.05, 0.06),
    _month(2025, 10, 18, 2, 11, 1.10, -0.04),
    _month(2025, 11, 20, 1, 10, 1.20, -0.16),
    _month(2025, 12, 14, 2, 14, 1.00, -0.10),
    _month(2026, 1, 16, 1, 10, 1.05, -0.06),
    _month(2026, 2, 11, 0, 12, 0.90, -0.30),
    _month(2026, 3, 15, 1, 17, 0.95, -0.42),
    _month(2026, 4, 17, 2, 12, 0.95, -0.06),
    _month(2026, 5, 19, 3, 11, 1.00, -0.06),
    _month(2026, 6, 17, 2, 13, 1.10, 0.00),
    _month(2026, 7, 18, 2, 11, 0.95, -0.02),
    _month(2026, 8, 13, 1, 11, 0.95, -0.03),
    _month(2026, 9, 20, 2, 13, 1.05, -0.03),
    _month(2026, 10, 20, 2, 12, 1.10, -0.04),
    _month(2026, 11, 12, 1, 6, 1.20, -0.08),
)

# Monday to Sunday: people shop at weekends.
WEEKDAY_TRADE = (0.82, 0.80, 0.85, 0.90, 1.05, 1.38, 1.28)

# Days on which China shops more, or is travelling and shops less.
FESTIVALS: tuple[tuple[date, date, float], ...] = (
    (date(2025, 6, 16), date(2025, 6, 18), 1.9),
    (date(2025, 10, 1), date(2025, 10, 8), 1.35),
    (date(2025, 11, 9), date(2025, 11, 11), 2.0),
    (date(2026, 2, 7), date(2026, 2, 13), 1.5),
    (date(2026, 2, 16), date(2026, 2, 22), 0.45),
    (date(2026, 6, 16), date(2026, 6, 18), 1.9),
    (date(2026, 10, 1), date(2026, 10, 8), 1.35),
    (date(2026, 11, 9), date(2026, 11, 11), 2.0),
)


def month_of(day: date) -> Month:
    """The month of the story in which a day lies; days outside are an error of the caller (StopIteration)."""
    return next(month for month in MONTHS if month.first <= day <= month.last)


def trade(day: date) -> float:
    """How busy the club is on a day, as a factor; 1 is an ordinary day."""
    festival = next((factor for first, last, factor in FESTIVALS if first <= day <= last), 1.0)
    return month_of(day).trade * WEEKDAY_TRADE[day.weekday()] * festival


def in_bad_patch(day: date) -> bool:
    """Whether a day lies in the weeks that the customers complained about."""
    return PATCH_FIRST <= day <= PATCH_LAST
