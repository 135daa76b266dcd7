"""Working hours in China: nights, weekends, holidays and make-up workdays, and years not yet announced."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.records.business_time import (
    ANNOUNCED,
    FIRST_YEAR,
    LAST_YEAR,
    Clock,
    Hours,
    is_working_day,
    work_days,
)

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-04 10:00", 240, "2026-03-04 14:00"),
        ("2026-03-04 16:00", 240, "2026-03-05 11:00"),  # over a night
        ("2026-03-04 09:00", 540, "2026-03-04 18:00"),  # a whole day ends in the evening
        ("2026-03-04 03:00", 60, "2026-03-04 10:00"),  # before the doors open
        ("2026-03-06 17:30", 60, "2026-03-09 09:30"),  # over a weekend
        ("2026-02-13 17:00", 120, "2026-02-14 10:00"),  # Saturday 14 February 2026 makes up for the holiday
        ("2026-02-14 17:00", 120, "2026-02-24 10:00"),  # Spring Festival, 15 to 23 February 2026
        ("2026-09-30 18:00", 1, "2026-10-08 09:01"),  # National Day, 1 to 7 October 2026
        ("2026-12-31 17:00", 120, "2027-01-01 10:00"),  # not announced: a Friday like any other
    ],
)
def test_minutes_pass_in_working_hours_only(start: str, minutes: int, end: str) -> None:
    hours = Hours("business", ZONE)
    assert hours.after(at(start), minutes) == at(end)
    assert hours.between(at(start), at(end)) == minutes


def test_day_and_night_count_where_the_clock_never_stops() -> None:
    assert Hours("always", ZONE).after(at("2026-02-14 23:30"), 60) == at("2026-02-15 00:30")


def test_the_years_that_are_known_are_those_of_the_library() -> None:
    assert (FIRST_YEAR, LAST_YEAR) == (2004, 2026)
    assert not ANNOUNCED.knows(date(2027, 1, 1)) and ANNOUNCED.knows(date(2026, 12, 31))
    assert [is_working_day(date(2027, 1, day)) for day in (1, 2, 3, 4)] == [True, False, False, True]
    assert is_working_day(date(2026, 2, 28)) and not is_working_day(date(2026, 10, 1))


def test_days_count_as_they_were_stated_whatever_the_calendar_says() -> None:
    stated = work_days(((date(2027, 1, 1), False), (date(2027, 1, 2), True), (date(2026, 10, 1), True)))
    assert stated.knows(date(2027, 6, 1)) and not stated.knows(date(2028, 1, 1))
    assert [stated.has(date(2027, 1, day)) for day in (1, 2, 3, 4)] == [False, True, False, True]
    assert stated.has(date(2026, 10, 1)) and not stated.has(date(2026, 10, 2))
    hours = Hours("business", ZONE, days=stated)
    assert hours.after(at("2026-12-31 17:00"), 120) == at("2027-01-02 10:00")
    assert hours.between(at("2026-12-31 17:00"), at("2027-01-02 10:00")) == 120


def test_working_hours_are_those_agreed() -> None:
    hours = Hours("business", ZONE, time(8, 30), time(17, 30))
    assert hours.after(at("2026-03-06 17:00"), 60) == at("2026-03-09 09:00")
    assert hours.between(at("2026-03-06 17:00"), at("2026-03-09 09:00")) == 60


def test_a_hotline_of_every_day_works_on_holidays_too() -> None:
    hours = Hours("daily", ZONE, time(8), time(22))
    assert hours.after(at("2026-10-01 21:00"), 120) == at("2026-10-02 09:00")
    assert hours.between(at("2026-10-01 12:00"), at("2026-10-05 12:00")) == 4 * 14 * 60


@given(
    st.sampled_from(["business", "daily", "always"]),
    st.datetimes(datetime.fromisoformat("2025-12-01"), datetime.fromisoformat("2026-12-01")),
    st.integers(0, 3_000),
    st.integers(0, 3_000),
    st.sampled_from([(time(9), time(18)), (time(8, 30), time(17, 30)), (time(0), time(23, 59))]),
)
def test_what_passes_can_be_added_up(
    clock: Clock, start: datetime, first: int, second: int, span: tuple[time, time]
) -> None:
    hours, begins = Hours(clock, ZONE, *span), start.replace(second=0, microsecond=0, tzinfo=ZONE)
    middle = hours.after(begins, first)
    assert hours.between(begins, middle) == first and middle >= begins
    assert hours.after(middle, second) == hours.after(begins, first + second) or second == 0
    assert hours.between(middle, begins - timedelta(0)) == -first


@given(
    st.datetimes(datetime.fromisoformat("2019-01-01"), datetime.fromisoformat("2028-12-01")),
    st.timedeltas(timedelta(), timedelta(days=900)),
    st.sampled_from([ZONE, ZoneInfo("Europe/Berlin")]),
)
def test_years_of_waiting_are_a_sum_of_days(begin: datetime, waited: timedelta, zone: ZoneInfo) -> None:
    hours, start = Hours("business", zone), begin.replace(tzinfo=zone)
    end = (start.astimezone(UTC) + waited).astimezone(zone)
    days = [start.date() + timedelta(days=number) for number in range((end.date() - start.date()).days + 1)]
    passed = timedelta()
    for day in filter(is_working_day, days):
        opens, closes = (datetime(day.year, day.month, day.day, hour, tzinfo=zone) for hour in (9, 18))
        first, last = max(opens.astimezone(UTC), start.astimezone(UTC)), min(closes, end).astimezone(UTC)
        passed += max(last - first, timedelta())
    assert hours.between(start, end) == passed // timedelta(minutes=1) == -hours.between(end, start)
