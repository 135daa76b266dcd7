"""Periods: whole months, quarters, halves or years of the fiscal year, half-open, in days of the zone."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.periods import MONTHS, Length, Period, begins_period, period_of, periods

lengths = st.sampled_from(list(MONTHS))


@given(st.dates(date(1950, 1, 1), date(2400, 1, 1)), lengths, st.integers(1, 12))
def test_every_day_lies_in_one_period_that_begins_and_ends_where_periods_do(
    day: date, length: Length, fiscal_start: int
) -> None:
    period = period_of(day, length, fiscal_start)
    assert period.start <= day < period.end
    assert begins_period(period.start, length, fiscal_start)
    assert begins_period(period.end, length, fiscal_start)
    assert round((period.end - period.start).days / 30.44) == MONTHS[length]
    assert period_of(period.start, length, fiscal_start) == period


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), lengths, st.integers(1, 12), st.integers(1, 40))
def test_the_periods_of_a_term_follow_each_other_without_gap_or_overlap(
    day: date, length: Length, fiscal_start: int, count: int
) -> None:
    start = end = period_of(day, length, fiscal_start).start
    for _ in range(count):
        end = period_of(end, length, fiscal_start).end
    found = periods(start, end, length, fiscal_start)
    assert len(found) == count
    assert (found[0].start, found[-1].end) == (start, end)
    assert all(one.end == other.start for one, other in pairwise(found))
    assert len({period.name for period in found}) == count


@pytest.mark.parametrize(
    ("day", "length", "fiscal_start", "name"),
    [
        (date(2026, 7, 1), "quarter", 1, "2026Q3"),
        (date(2026, 12, 31), "quarter", 1, "2026Q4"),
        (date(2026, 7, 1), "quarter", 4, "FY2026Q2"),
        (date(2027, 3, 31), "quarter", 4, "FY2026Q4"),
        (date(2026, 12, 15), "quarter", 12, "FY2026Q1"),
        (date(2026, 7, 31), "month", 1, "2026-07"),
        (date(2027, 1, 1), "month", 4, "2027-01"),
        (date(2026, 6, 30), "half_year", 1, "2026H1"),
        (date(2027, 3, 31), "half_year", 4, "FY2026H2"),
        (date(2026, 12, 31), "year", 1, "FY2026"),
        (date(2027, 3, 31), "year", 4, "FY2026"),
    ],
)
def test_a_period_is_named_after_its_fiscal_year(
    day: date, length: Length, fiscal_start: int, name: str
) -> None:
    assert period_of(day, length, fiscal_start).name == name


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 1, 1), date(2026, 5, 1)),
        (date(2026, 1, 2), date(2026, 4, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 4, 1), date(2026, 1, 1)),
    ],
)
def test_a_term_that_does_not_divide_into_whole_periods_is_refused(start: date, end: date) -> None:
    with pytest.raises(ValueError, match="whole periods"):
        periods(start, end, "quarter", 1)


def test_the_elapsed_share_counts_from_midnight_in_the_zone_of_the_contract() -> None:
    quarter = Period("2026Q3", date(2026, 7, 1), date(2026, 10, 1))
    midnight_in_shanghai = datetime(2026, 6, 30, 16, tzinfo=UTC)
    assert quarter.elapsed(midnight_in_shanghai, "Asia/Shanghai") == 0
    assert quarter.elapsed(midnight_in_shanghai.replace(hour=15), "Asia/Shanghai") == 0
    assert quarter.elapsed(datetime(2026, 8, 15, 16, tzinfo=UTC), "Asia/Shanghai") == 0.5
    assert quarter.elapsed(datetime(2026, 9, 30, 16, tzinfo=UTC), "Asia/Shanghai") == 1
    assert quarter.elapsed(datetime(2027, 1, 1, tzinfo=UTC), "Asia/Shanghai") == 1


def test_the_elapsed_share_counts_the_hour_that_clocks_change() -> None:
    spring = Period("2026Q1", date(2026, 1, 1), date(2026, 4, 1))  # an hour short in Berlin
    hours = 90 * 24 - 1
    assert spring.elapsed(datetime(2026, 1, 1, 9, 0, tzinfo=UTC), "Europe/Berlin") == pytest.approx(
        10 / hours
    )
