"""Periods: whole quarters of the fiscal year, half-open, in days of the contract's zone."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.periods import Period, begins_quarter, quarter_of, quarters


@given(st.dates(date(1950, 1, 1), date(2400, 1, 1)), st.integers(1, 12))
def test_every_day_lies_in_one_quarter_that_begins_and_ends_where_quarters_do(
    day: date, fiscal_start: int
) -> None:
    period = quarter_of(day, fiscal_start)
    assert period.start <= day < period.end
    assert begins_quarter(period.start, fiscal_start)
    assert begins_quarter(period.end, fiscal_start)
    assert 89 <= (period.end - period.start).days <= 92


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 12), st.integers(1, 40))
def test_the_quarters_of_a_term_follow_each_other_without_gap_or_overlap(
    day: date, fiscal_start: int, count: int
) -> None:
    start = end = quarter_of(day, fiscal_start).start
    for _ in range(count):
        end = quarter_of(end, fiscal_start).end
    periods = quarters(start, end, fiscal_start)
    assert len(periods) == count
    assert (periods[0].start, periods[-1].end) == (start, end)
    assert all(one.end == other.start for one, other in pairwise(periods))
    assert len({period.name for period in periods}) == count


@pytest.mark.parametrize(
    ("day", "fiscal_start", "name"),
    [
        (date(2026, 7, 1), 1, "2026Q3"),
        (date(2026, 12, 31), 1, "2026Q4"),
        (date(2026, 7, 1), 4, "FY2026Q2"),
        (date(2027, 3, 31), 4, "FY2026Q4"),
        (date(2026, 12, 15), 12, "FY2026Q1"),
    ],
)
def test_a_quarter_is_named_after_its_fiscal_year(day: date, fiscal_start: int, name: str) -> None:
    assert quarter_of(day, fiscal_start).name == name


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 1, 1), date(2026, 5, 1)),
        (date(2026, 1, 2), date(2026, 4, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 4, 1), date(2026, 1, 1)),
    ],
)
def test_a_term_that_does_not_divide_into_whole_quarters_is_refused(start: date, end: date) -> None:
    with pytest.raises(ValueError, match="whole quarters"):
        quarters(start, end, 1)


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
