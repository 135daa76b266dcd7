"""Care: the days of the lunar calendar, whom a day's list holds, and the share given on time."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.making import happen, join
from tests.warehouse.records.keeping import a_house, counts, keep
from warehouse import Warehouse, WarehouseError
from warehouse.calendar import utc_now
from warehouse.membership.merging import merge
from warehouse.records import care_making
from warehouse.records.care_calendar import Plan, birthdays_of, births_of, lunar_day
from warehouse.records.care_making import drop_care, give_day, make_care, make_tasks
from warehouse.records.caring import care_list, care_today
from warehouse.records.catalogue import record_type
from warehouse.records.checking import Record
from warehouse.records.exporting import care_table
from warehouse.records.problems import RecordRefusedError
from warehouse.records.reading import history
from warehouse.records.storing import append, withdraw
from warehouse.records.values import Value

FESTIVAL = {"title": "元宵节", "occasion": "lunar", "month": "1", "day_of_month": "15", "channel": "call"}
LANTERNS = date(2026, 3, 3)
BEGIN = "2025-01-01"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with a_house(tmp_path) as house:
        yield house


def make(house: Warehouse, first: date, last: date) -> None:
    with house.transaction() as cursor:
        make_tasks(cursor, first, last, first)


@pytest.mark.parametrize(
    ("year", "month", "day", "falls_on"),
    [
        (2026, 1, 1, "2026-02-17"),  # Spring Festival
        (2025, 12, 30, "2026-02-16"),  # New Year's Eve: the twelfth month has 29 days
        (2024, 12, 30, "2025-01-28"),
        (2025, 8, 15, "2025-10-06"),  # Mid-Autumn after a leap sixth month
        (2025, 6, 1, "2025-06-25"),  # of the sixth month itself, not of the leap one, which begins on 25 July
        (2023, 2, 2, "2023-02-21"),  # as in the second month before its leap one
        (2033, 8, 15, "2033-09-08"),
        (2026, 9, 9, "2026-10-18"),
        (2100, 1, 1, None),
        (1899, 1, 1, None),
    ],
)
def test_a_lunar_day_falls_where_the_calendar_says(
    year: int, month: int, day: int, falls_on: str | None
) -> None:
    assert lunar_day(year, month, day) == (falls_on and date.fromisoformat(falls_on))


@given(st.integers(1, 12), st.integers(1, 31))
def test_a_lunar_festival_falls_once_in_every_lunar_year(month: int, day: int) -> None:
    plan = Plan("P", "x", "lunar", month, day, "call", date(2000, 1, 1), None)
    days = [
        date(2024, 2, 10) + timedelta(days=number) for number in range(354 + 384)
    ]  # the years 2024 and 2025
    assert len([each for each in days if plan.falls_on(each)]) == 2


def test_a_day_that_a_month_has_not_is_its_last_and_plans_begin_and_end() -> None:
    plan = Plan("P", "x", "solar", 2, 29, "call", date(2026, 1, 1), date(2028, 1, 1))
    days = ("2024-02-29", "2026-02-28", "2027-02-28", "2028-02-29")
    assert [plan.falls_on(date.fromisoformat(each)) for each in days] == [False, True, True, False]
    assert birthdays_of(date(2026, 2, 28)) == ["02-28", "02-29"]
    assert birthdays_of(date(2028, 2, 28)) == ["02-28"] and birthdays_of(date(2028, 2, 29)) == ["02-29"]


@pytest.mark.parametrize(
    ("born", "kept"),
    [
        ("1990-01-27", ["2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"]),  # on New Year's Day
        ("1976-10-01", ["2024-09-10", "2025-09-29", "2026-09-18"]),  # 8th of the leap 8th month
        ("2023-04-05", ["2024-03-24", "2025-03-14", "2026-04-02", "2027-03-22"]),  # 15th of the leap 2nd
        ("2023-03-06", ["2024-03-24", "2025-03-14", "2026-04-02", "2027-03-22"]),  # 15th of the 2nd itself
        ("1964-08-01", ["2024-07-29", "2025-07-18", "2026-08-06"]),  # once in 2025, of two sixth months
        ("1961-02-14", ["2024-02-08", "2025-01-28", "2026-02-16", "2027-02-05"]),  # New Year's Eve of 29 days
        ("1962-02-04", ["2024-02-09", "2025-01-28", "2026-02-16", "2027-02-05"]),  # New Year's Eve of 30 days
        ("1933-07-22", ["2024-07-05", "2025-06-24", "2026-07-13"]),  # the 30th of the leap 5th month
        ("1954-11-25", ["2024-12-01", "2025-12-20", "2026-12-09"]),  # the 1st of the 11th
        ("1978-09-17", ["2024-09-17", "2025-10-06", "2026-09-25"]),  # at Mid-Autumn
        ("1900-01-31", ["2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"]),
        ("1900-01-30", []),
        ("2026-02-17", ["2026-02-17", "2027-02-06"]),
    ],
)
def test_a_lunar_birthday_is_kept_on_the_lunar_day_of_birth(born: str, kept: list[str]) -> None:
    days = [date(2024, 2, 1) + timedelta(days=number) for number in range(1_200)]
    assert [each.isoformat() for each in days if born in births_of(each)] == kept


@given(st.dates(date(1900, 1, 31), date(2010, 12, 31)), st.integers(2011, 2099))
@settings(deadline=None)
def test_a_lunar_birthday_is_kept_once_in_every_lunar_year(born: date, year: int) -> None:
    first, ends = lunar_day(year, 1, 1), lunar_day(year, 12, 30)
    assert first is not None and ends is not None
    days = [first + timedelta(days=number) for number in range((ends - first).days + 1)]
    assert len([each for each in days if born.isoformat() in births_of(each)]) == 1


@pytest.mark.parametrize("day", [date(1899, 6, 1), date(2100, 2, 9), date(2150, 6, 1)])
def test_no_lunar_birthday_is_kept_in_years_that_no_calendar_here_knows(day: date) -> None:
    assert births_of(day) == []


@pytest.mark.parametrize("occasion", ["lunar", "solar"])
def test_a_festival_of_no_month_and_day_is_refused_since_it_would_never_be_due(
    house: Warehouse, occasion: str
) -> None:
    plan = {"title": "x", "occasion": occasion, "channel": "call", "in_force_on": BEGIN}
    with pytest.raises(RecordRefusedError) as caught:
        keep(house, "care_plan", {**plan, "day_of_month": "15"})
    assert [(each.code, each.where) for each in caught.value.problems] == [("record-required", "Month")]
    keep(house, "care_plan", {**plan, "occasion": "birthday"})


def test_only_members_of_the_day_who_agreed_by_then_are_on_the_list(house: Warehouse) -> None:
    join(house, range(1, 7))
    happen(house, ("M00002", "left", "2026-03-02 10:00"))
    said = {"said_on": "2026-01-01", "agrees": "yes"}
    keep(house, "care_plan", {**FESTIVAL, "number": "LANTERN", "in_force_on": BEGIN})
    keep(
        house,
        "care_consent",
        {**said, "member_id": "M00001"},
        {**said, "member_id": "M00002"},
        {**said, "member_id": "M00003", "agrees": "no"},
        {**said, "member_id": "M00004"},
        {**said, "member_id": "M00004", "agrees": "no", "said_on": "2026-02-01"},
        {**said, "member_id": "M00005", "said_on": "2026-03-04"},
        {**said, "member_id": "stranger"},
    )
    for _ in range(2):
        make(house, date(2026, 2, 1), date(2026, 3, 31))
    assert [(one.member_id, one.occasion) for one in care_list(house, LANTERNS)] == [("M00001", "元宵节")]
    assert len(list(care_table(house, LANTERNS).rows)) == 1 and care_list(house, date(2026, 3, 4)) == ()


def test_who_takes_the_consent_back_leaves_the_lists_ahead(house: Warehouse) -> None:
    join(house, [1, 2])
    keep(house, "care_plan", {**FESTIVAL, "number": "LANTERN", "in_force_on": BEGIN})
    agrees = [{"member_id": f"M0000{n}", "agrees": "yes", "said_on": "2026-01-01"} for n in (1, 2)]
    keep(house, "care_consent", *agrees)
    make(house, LANTERNS, LANTERNS)
    keep(
        house, "care_consent", {"number": "3", "member_id": "M00001", "agrees": "no", "said_on": "2026-03-02"}
    )
    gone = next(one.record_id for one in care_list(house, LANTERNS) if one.member_id == "M00001")
    drop_care(house, date(2026, 3, 2))
    make(house, LANTERNS, LANTERNS)
    assert [one.member_id for one in care_list(house, LANTERNS)] == ["M00002"]
    assert [row.withdrawn for row in history(house, record_type("care_task"), "operator", gone)] == [
        False,
        True,
    ]


def test_what_is_due_is_looked_for_again_when_anything_came_that_it_follows_from_and_else_not(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.records.care_making.care_today", lambda house: LANTERNS)
    monkeypatch.setattr("warehouse.records.care_making.AHEAD", 0)
    looks: list[object] = []
    original = care_making._due
    monkeypatch.setattr(
        "warehouse.records.care_making._due", lambda *values: looks.append(values) or original(*values)
    )
    join(house, [1, 2])
    keep(house, "care_plan", {**FESTIVAL, "number": "LANTERN", "in_force_on": BEGIN})

    def looked() -> tuple[int, list[str]]:
        looks.clear()
        make_care(house)
        make_care(house)
        return len(looks), [one.member_id for one in care_list(house, LANTERNS)]

    assert looked() == (1, [])
    keep(house, "care_consent", {"member_id": "M00001", "agrees": "yes", "said_on": BEGIN})
    assert looked() == (1, ["M00001"])
    by_hand = {"plan": "LANTERN", "occasion": "x", "member_id": "M00002", "channel": "call"}
    keep(house, "care_task", {**by_hand, "due_on": LANTERNS.isoformat()})
    assert looked() == (1, ["M00001"])  # nobody may greet M00002
    happen(house, ("M00001", "left", "2026-03-02 10:00"))
    assert looked() == (1, []) and looked() == (0, [])


def test_consent_of_a_duplicate_is_that_of_the_member_it_is_kept_as(house: Warehouse) -> None:
    join(house, [1, 2, 3, 4])
    keep(house, "care_plan", {**FESTIVAL, "number": "LANTERN", "in_force_on": BEGIN})
    yes, no = {"agrees": "yes", "said_on": BEGIN}, {"agrees": "no", "said_on": BEGIN}
    said = [{**yes, "member_id": f"M0000{n}"} for n in (1, 3, 4)]
    keep(house, "care_consent", *said, {**no, "member_id": "M00004"})
    make(house, LANTERNS, LANTERNS)
    # Of one who is said to agree and not to on one day and in one file, nobody knows that they do.
    assert [one.member_id for one in care_list(house, LANTERNS)] == ["M00001", "M00003"]
    merge(house, "M00001", "M00002", "one person", "operator")
    merge(house, "M00004", "M00003", "one person", "operator")
    make(house, LANTERNS, LANTERNS)
    drop_care(house, LANTERNS)
    assert [one.member_id for one in care_list(house, LANTERNS)] == ["M00002"]


def test_nothing_is_due_of_a_member_who_leaves_before_the_day(house: Warehouse) -> None:
    join(house, [1, 2, 3])
    keep(house, "care_plan", {**FESTIVAL, "number": "LANTERN", "in_force_on": BEGIN})
    agrees = [{"member_id": f"M0000{n}", "agrees": "yes", "said_on": BEGIN} for n in (1, 2, 3)]
    keep(house, "care_consent", *agrees)
    make(house, LANTERNS, LANTERNS)
    leaves, is_back = ("M00001", "left", "2026-03-02 10:00"), ("M00002", "returned", "2026-03-02 10:00")
    happen(
        house, leaves, ("M00002", "left", "2026-03-02 10:00"), is_back, ("M00003", "left", "2026-03-04 10:00")
    )
    drop_care(house, date(2026, 3, 2))
    assert [one.member_id for one in care_list(house, LANTERNS)] == ["M00002", "M00003"]


def test_birthdays_come_from_the_register_and_words_name_the_member(house: Warehouse) -> None:
    join(house, [1, 2])
    with house.transaction() as cursor:
        cursor.execute("UPDATE member SET name = '李伟', birthday = 'May'")
        cursor.execute("UPDATE member SET birthday = '1990-05-02' WHERE member_id = 'M00001'")
    birthday = {"title": "生日", "occasion": "birthday", "channel": "gift", "greeting": "{name}，生日快乐"}
    keep(house, "care_plan", {**birthday, "number": "BIRTHDAY", "in_force_on": BEGIN})
    keep(
        house,
        "care_consent",
        *({"member_id": f"M0000{n}", "agrees": "yes", "said_on": BEGIN} for n in (1, 2)),
    )
    make(house, date(2026, 5, 1), date(2026, 5, 3))
    (one,) = care_list(house, date(2026, 5, 2))
    assert (one.member_id, one.greeting) == ("M00001", "李伟，生日快乐")


def test_lunar_birthdays_come_from_the_register_beside_those_of_the_sun(house: Warehouse) -> None:
    join(house, [1, 2, 3, 4])
    born = {"M00001": "1990-01-27", "M00002": "1990-02-17", "M00003": "1890-02-17", "M00004": "spring"}
    with house.transaction() as cursor:
        cursor.executemany(
            "UPDATE member SET birthday = ? WHERE member_id = ?",
            [[day, number] for number, day in born.items()],
        )
    plan = {"channel": "gift", "in_force_on": BEGIN}
    keep(
        house,
        "care_plan",
        {**plan, "number": "SUN", "title": "生日", "occasion": "birthday"},
        {**plan, "number": "MOON", "title": "农历生日", "occasion": "会员农历生日"},
    )
    keep(house, "care_consent", *({"member_id": each, "agrees": "yes", "said_on": BEGIN} for each in born))
    make(house, date(2026, 1, 20), date(2026, 2, 20))
    due = [
        (day.isoformat(), one.member_id, one.occasion)
        for day in (date(2026, 1, 27), date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 18))
        for one in care_list(house, day)
    ]
    assert due == [
        ("2026-01-27", "M00001", "生日"),
        ("2026-02-17", "M00001", "农历生日"),
        ("2026-02-17", "M00002", "生日"),
        ("2026-02-17", "M00003", "生日"),
    ]


def test_on_time_is_on_the_day_or_before_and_forgotten_is_missed(house: Warehouse) -> None:
    assert counts(house, "care_on_time") == {"2026Q1": (0, 0, None), "2026Q2": (0, 0, None)}
    task = {"plan": "P", "occasion": "x", "member_id": "M1", "channel": "call"}
    keep(
        house,
        "care_task",
        {**task, "due_on": "2026-01-01", "given_on": "2025-12-31"},
        {**task, "due_on": "2026-03-31", "given_on": "2026-03-31"},
        {**task, "due_on": "2026-03-31", "given_on": "2026-04-01"},
        {**task, "due_on": "2026-03-31"},
        {**task, "due_on": "2026-04-01", "given_on": "2026-04-01"},
    )
    assert counts(house, "care_on_time") == {"2026Q1": (4, 2, 50.0), "2026Q2": (1, 1, 100.0)}
    assert counts(house, "care_on_time", "2026-03-31") == {"2026Q1": (1, 1, 100.0)}


def test_what_was_due_while_the_server_stood_still_is_missed_however_long_that_was(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(house, [1])
    keep(house, "care_consent", {"member_id": "M00001", "agrees": "yes", "said_on": BEGIN})
    plan = {"title": "x", "occasion": "solar", "day_of_month": "1", "channel": "call", "in_force_on": BEGIN}
    keep(house, "care_plan", *({**plan, "number": month, "month": month} for month in ("2", "3", "5")))
    due = (date(2026, 2, 1), date(2026, 3, 1), date(2026, 5, 1))
    for today, made in ((date(2026, 3, 6), (0, 1, 0)), (date(2026, 7, 20), (0, 1, 1))):
        monkeypatch.setattr("warehouse.records.care_making.care_today", lambda house, today=today: today)
        make_care(house)
        assert tuple(len(care_list(house, day)) for day in due) == made
    assert counts(house, "care_on_time")["2026Q2"] == (1, 0, 0.0)


def test_a_day_is_marked_as_given_in_parts_but_what_was_given_meanwhile(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, parts = record_type("care_task"), []
    task = {"plan": "P", "occasion": "x", "channel": "call", "due_on": "2026-03-31"}
    keep(house, "care_task", *({**task, "member_id": f"M{n}"} for n in range(2_500)))  # numbers from 1 on
    keep(
        house,
        "care_task",
        {"number": "2", "given_on": "2026-03-30"},
        {"number": "3", "due_on": "2026-04-01", "reason": "moved"},
    )
    withdraw(house, kind, "4", "operator", "operator", "no member any more")
    monkeypatch.setattr("warehouse.records.care_making.PART", 500)
    store = care_making._insert

    def meanwhile(cursor: DuckDBPyConnection, part: pa.Table, place: int, recorded_by: str) -> int:
        if not parts:
            rows = [Record("1", {**values_of(house, "1"), "given_on": date(2026, 3, 29)})]
            append(cursor, kind, rows, "party_b", utc_now())
        parts.append(part.num_rows)
        return store(cursor, part, place, recorded_by)

    monkeypatch.setattr(care_making, "_insert", meanwhile)
    assert give_day(house, date(2026, 3, 31), "party_b") == 2_500 - 4 and len(parts) > 1
    given = {one.record_id: one.given_on for one in care_list(house, date(2026, 3, 31))}
    assert (given["1"], given["2"]) == (date(2026, 3, 29), date(2026, 3, 30)) and {"3", "4"}.isdisjoint(given)
    assert set(given.values()) - {given["1"], given["2"]} == {care_today(house)} and len(given) == 2_498
    assert [row.recorded_by for row in history(house, kind, "operator", "5")] == ["operator", "party_b"]
    assert give_day(house, date(2026, 3, 31), "operator") == 0
    with pytest.raises(WarehouseError, match="record-not-yours"):
        give_day(house, date(2026, 3, 31), "party_a")


def test_a_past_day_of_which_a_part_was_made_when_the_server_ended_is_made_whole_the_next_time(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(house, range(1, 7))
    plan = {"title": "x", "occasion": "solar", "channel": "call", "in_force_on": BEGIN}
    keep(house, "care_plan", {**plan, "number": "MARCH", "month": "3", "day_of_month": "1"})
    agrees = [{"member_id": f"M0000{n}", "agrees": "yes", "said_on": BEGIN} for n in range(1, 7)]
    keep(house, "care_consent", *agrees[:5])
    monkeypatch.setattr(care_making, "care_today", lambda house: date(2026, 3, 20))
    store = care_making._insert

    def ends(cursor: DuckDBPyConnection, part: pa.Table, place: int, recorded_by: str) -> int:
        store(cursor, part.slice(0, 2), place, recorded_by)
        cursor.commit()
        cursor.begin()
        raise KeyboardInterrupt

    monkeypatch.setattr(care_making, "_insert", ends)
    with pytest.raises(KeyboardInterrupt):
        make_care(house)
    monkeypatch.setattr(care_making, "_insert", store)
    assert len(care_list(house, date(2026, 3, 1))) == 2
    make_care(house)
    assert len(care_list(house, date(2026, 3, 1))) == 5
    keep(house, "care_consent", {**agrees[5], "number": "6"})
    make_care(house)
    assert len(care_list(house, date(2026, 3, 1))) == 5  # who agrees later is not greeted late


def values_of(house: Warehouse, number: str) -> dict[str, Value]:
    return dict(history(house, record_type("care_task"), "operator", number)[-1].values)
