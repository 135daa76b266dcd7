"""Cases follow limits, working hours and days off that are recorded after them; by hand, in Asia/Shanghai."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.warehouse.records.keeping import a_house, counts, keep
from warehouse import Warehouse
from warehouse.calendar import from_stored
from warehouse.records.case_reworking import BY_CLOCK, rework_cases
from warehouse.records.catalogue import record_type
from warehouse.records.problems import RecordRefusedError
from warehouse.records.reading import Asked, find, history
from warehouse.records.storing import withdraw

CASE = {"subject": "x", "category": "complaint", "severity": "high", "channel": "hotline"}
LIMIT = {"severity": "high", "clock": "business", "respond_minutes": "240", "resolve_minutes": "1080"}
FROM = {"in_force_on": "2026-01-01"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with a_house(tmp_path) as house:
        yield house


def due(house: Warehouse, number: str = "1") -> tuple[str, str]:
    rows = find(house, record_type("service_case"), "operator", Asked()).rows
    values = next(row.values for row in rows if row.record_id == number)
    found = []
    for code in ("respond_by_at", "resolve_by_at"):
        stored = values[code]
        assert isinstance(stored, datetime)
        found.append(f"{from_stored(stored).astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}")
    return found[0], found[1]


def written_by(house: Warehouse, number: str = "1") -> list[str]:
    return [row.recorded_by for row in history(house, record_type("service_case"), "operator", number)]


def test_a_holiday_announced_later_puts_off_what_is_due_after_it(house: Warehouse) -> None:
    over, before = {**CASE, "received_at": "2026-03-05 17:00"}, {**CASE, "received_at": "2026-03-03 09:00"}
    keep(house, "service_case", over, before)
    assert due(house) == ("2026-03-06 12:00", "2026-03-09 17:00")
    keep(house, "work_day", {"day": "2026-03-06", "is_working": "no"})
    assert due(house) == ("2026-03-09 12:00", "2026-03-10 17:00")
    assert due(house, "2") == ("2026-03-03 13:00", "2026-03-04 18:00")
    assert [len(written_by(house, number)) for number in "12"] == [2, 1]
    assert written_by(house)[-1] == BY_CLOCK and rework_cases(house) == 0


def test_what_was_late_is_in_time_once_its_day_off_is_known(house: Warehouse) -> None:
    case = {**CASE, "received_at": "2026-03-05 17:00", "first_response_at": "2026-03-09 11:00"}
    keep(house, "service_case", case)
    assert counts(house, "case_answered_in_time")["2026Q1"] == (1, 0, 0.0)
    keep(house, "work_day", {"day": "2026-03-06", "is_working": "no"})
    assert counts(house, "case_answered_in_time")["2026Q1"] == (1, 1, 100.0)
    assert withdraw(house, record_type("work_day"), "1", "operator", "operator", "a mistake")
    assert counts(house, "case_answered_in_time")["2026Q1"] == (1, 0, 0.0)


def test_the_last_word_on_a_day_counts(house: Warehouse) -> None:
    keep(house, "service_case", {**CASE, "received_at": "2026-03-05 17:00"})
    keep(house, "work_day", {"day": "2026-03-06", "is_working": "no"})
    keep(house, "work_day", {"number": "2", "day": "2026-03-06", "is_working": "yes"})
    assert due(house) == ("2026-03-06 12:00", "2026-03-09 17:00")


def test_a_limit_recorded_late_counts_for_cases_since_its_day(house: Warehouse) -> None:
    keep(
        house,
        "service_case",
        {**CASE, "received_at": "2026-03-02 10:00"},
        {**CASE, "received_at": "2026-03-03 10:00"},
        {**CASE, "severity": "normal", "received_at": "2026-03-03 10:00"},
    )
    keep(house, "case_limit", {**LIMIT, "respond_minutes": "60", "in_force_on": "2026-03-03"})
    assert [due(house, number)[0][-5:] for number in "123"] == ["14:00", "11:00", "10:00"]
    keep(house, "case_limit", {"number": "1", "respond_minutes": "30"})
    assert due(house, "2")[0] == "2026-03-03 10:30"


def test_a_limit_that_begins_later_than_it_did_gives_back_what_it_had_taken(house: Warehouse) -> None:
    keep(house, "service_case", {**CASE, "received_at": "2026-03-03 10:00"})
    keep(house, "case_limit", {**LIMIT, "respond_minutes": "60", "in_force_on": "2026-03-01"})
    keep(house, "case_limit", {"number": "1", "in_force_on": "2026-03-04"})
    assert due(house)[0] == "2026-03-03 14:00"


def test_of_two_limits_from_the_same_day_the_one_recorded_last_counts(house: Warehouse) -> None:
    keep(house, "service_case", {**CASE, "received_at": "2026-03-03 10:00"})
    keep(house, "case_limit", {**LIMIT, **FROM, "respond_minutes": "60"})
    keep(house, "case_limit", {**LIMIT, **FROM, "number": "2", "respond_minutes": "30"})
    assert due(house)[0] == "2026-03-03 10:30"
    keep(house, "case_limit", {"number": "1", "respond_minutes": "90"})
    assert due(house)[0] == "2026-03-03 11:30"


def test_working_hours_are_those_of_the_limit(house: Warehouse) -> None:
    keep(house, "case_limit", {**LIMIT, **FROM, "opens": "8:30", "closes": "17:30"})
    keep(house, "service_case", {**CASE, "received_at": "2026-03-05 17:00"})
    assert due(house) == ("2026-03-06 12:00", "2026-03-09 17:00")
    keep(house, "case_limit", {"number": "1", "clock": "daily", "opens": "8:00", "closes": "20:00"})
    assert due(house) == ("2026-03-06 09:00", "2026-03-07 11:00")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"opens": "18:00", "closes": "8:00"}, "record-order"),
        ({"opens": "9:00", "closes": "9:00"}, "record-order"),
        ({"opens": "19:00"}, "record-needs"),
        ({"closes": "8:00"}, "record-needs"),
        ({"opens": "9", "closes": "18:00"}, "record-time"),
    ],
)
def test_hours_that_are_none_are_refused(house: Warehouse, said: dict[str, str], code: str) -> None:
    with pytest.raises(RecordRefusedError) as caught:
        keep(house, "case_limit", {**LIMIT, **FROM, **said})
    assert [problem.code for problem in caught.value.problems] == [code]


def test_waiting_and_coming_back_are_measured_by_the_days_now_known(house: Warehouse) -> None:
    waits = {**CASE, "received_at": "2026-03-05 09:00", "paused_at": "2026-03-05 10:00"}
    back = {
        **CASE,
        "received_at": "2026-03-05 09:00",
        "resolved_at": "2026-03-05 12:00",
        "reopened_at": "2026-03-09 10:00",
    }
    keep(house, "service_case", waits, back)
    assert due(house, "2")[1] == "2026-03-10 16:00"
    keep(house, "work_day", {"day": "2026-03-09", "is_working": "no"})
    assert due(house, "2")[1] == "2026-03-11 15:00"
    assert written_by(house)[-1] != BY_CLOCK  # there is no end of it either way
