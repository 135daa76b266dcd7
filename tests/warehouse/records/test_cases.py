"""Cases by their clock, and their figures worked out by hand; periods of Asia/Shanghai, 2026Q1 and 2026Q2."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.warehouse.making import answer, happen, join, local, response
from tests.warehouse.records.keeping import a_house, counts, keep
from warehouse import Warehouse
from warehouse.as_of import as_of
from warehouse.calendar import from_stored
from warehouse.contracts import current_contract
from warehouse.left_out import left_out
from warehouse.metrics import metric
from warehouse.records.case_opening import open_cases
from warehouse.records.case_queue import take_step
from warehouse.records.catalogue import record_type
from warehouse.records.problems import RecordRefusedError
from warehouse.records.reading import Asked, Row, find
from warehouse.records.storing import Stored

CASE = {"subject": "x", "category": "complaint", "severity": "high", "channel": "hotline"}
NONE = {"2026Q1": (0, 0, None), "2026Q2": (0, 0, None)}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with a_house(tmp_path) as house:
        yield house


def cases(house: Warehouse) -> dict[str, Row]:
    rows = find(house, record_type("service_case"), "operator", Asked()).rows
    return {row.record_id: row for row in rows}


def due(house: Warehouse, number: str = "1") -> tuple[str, str]:
    """Local times until which the case is to be answered and resolved, "" for none."""
    values = cases(house)[number].values
    found = []
    for code in ("respond_by_at", "resolve_by_at"):
        stored = values[code]
        is_set = isinstance(stored, datetime)
        local = from_stored(stored).astimezone(ZoneInfo("Asia/Shanghai")) if is_set else None
        found.append(f"{local:%Y-%m-%d %H:%M}" if local else "")
    return found[0], found[1]


@pytest.mark.parametrize(
    ("severity", "respond_by", "resolve_by"),
    [
        ("low", "2026-02-25 17:00", "2026-03-06 17:00"),
        ("normal", "2026-02-24 17:00", "2026-02-28 17:00"),
        ("high", "2026-02-24 12:00", "2026-02-25 17:00"),
        ("critical", "2026-02-14 18:00", "2026-02-15 17:00"),
    ],
)
def test_a_case_of_the_day_before_the_holiday_is_due_by_its_severity(
    house: Warehouse, severity: str, respond_by: str, resolve_by: str
) -> None:
    # A Saturday that makes up for the Spring Festival, which lasts until 23 February; so does the 28th.
    keep(house, "service_case", {**CASE, "severity": severity, "received_at": "2026-02-14 17:00"})
    assert due(house) == (respond_by, resolve_by)


def test_recorded_limits_count_from_their_day_on(house: Warehouse) -> None:
    limit = {"severity": "high", "clock": "always", "respond_minutes": "30", "resolve_minutes": "60"}
    keep(house, "case_limit", {**limit, "in_force_on": "2026-03-03"})
    before, after = "2026-03-02 17:59", "2026-03-03 00:00"
    keep(house, "service_case", {**CASE, "received_at": before}, {**CASE, "received_at": after})
    assert due(house, "1")[0] == "2026-03-03 12:59"
    assert due(house, "2") == ("2026-03-03 00:30", "2026-03-03 01:00")


def test_waiting_for_the_customer_stops_the_clock_unless_it_had_run_out(house: Warehouse) -> None:
    received = {**CASE, "received_at": "2026-03-03 09:00"}  # to be resolved until the end of the 4th
    keep(house, "service_case", {**received, "paused_at": "2026-03-04 10:00"})
    assert due(house) == ("2026-03-03 13:00", "")
    keep(house, "service_case", {"paused_at": "", "paused_minutes": "120"})
    assert due(house)[1] == "2026-03-05 11:00"
    keep(house, "service_case", {"paused_at": "2026-03-06 09:00"})
    assert due(house)[1] == "2026-03-05 11:00"


def test_a_wait_said_to_have_begun_while_the_case_was_resolved_begins_when_it_came_back(
    house: Warehouse,
) -> None:
    # Resolved a day late; what it waited cannot make up for that.
    case = {**CASE, "received_at": "2026-03-03 09:00", "resolved_at": "2026-03-05 18:00"}
    again = {"reopened_at": "2026-03-16 09:00", "resolved_again_at": "2026-03-16 12:00"}
    keep(house, "service_case", {**case, **again, "paused_at": "2026-03-06 09:00"})
    assert due(house)[1] == "2026-03-12 18:00"
    assert counts(house, "case_resolved_in_time")["2026Q1"] == (1, 0, 0.0)


def test_of_two_who_say_that_a_case_waits_the_first_counts(house: Warehouse) -> None:
    keep(house, "service_case", {**CASE, "received_at": "2026-03-03 09:00", "paused_at": "2026-03-03 10:00"})
    assert take_step(house, "1", "pause", "party_b") == Stored(known=1)


@pytest.mark.parametrize(
    ("wait", "resolve_by"),
    [
        ({"paused_at": "2026-03-04 10:00"}, "2026-03-05 18:00"),
        ({"paused_at": "2026-03-04 10:00", "paused_minutes": "300"}, "2026-03-05 18:00"),
        ({"paused_minutes": "300"}, "2026-03-05 14:00"),
        ({"paused_minutes": "3000"}, "2026-03-05 18:00"),
        ({"paused_at": "2026-03-04 10:00", "resolved_at": "2026-03-09 10:00"}, "2026-03-05 18:00"),
        ({"paused_at": "2026-03-04 10:00", "resolved_at": "2026-03-04 12:00"}, "2026-03-05 11:00"),
    ],
)
def test_the_time_of_a_case_runs_on_after_the_longest_wait_agreed(
    house: Warehouse, wait: dict[str, str], resolve_by: str
) -> None:
    limit = {"severity": "high", "clock": "business", "respond_minutes": "240", "resolve_minutes": "1080"}
    keep(house, "case_limit", {**limit, "wait_minutes": "540", "in_force_on": "2026-01-01"})
    keep(house, "service_case", {**CASE, "received_at": "2026-03-03 09:00", **wait})
    assert due(house)[1] == resolve_by


def test_cases_that_wait_are_told_beside_the_figure_that_does_not_count_them_yet(house: Warehouse) -> None:
    limit = {"severity": "low", "clock": "business", "respond_minutes": "1", "resolve_minutes": "1080"}
    keep(house, "case_limit", {**limit, "wait_minutes": "540", "in_force_on": "2026-01-01"})
    received = {**CASE, "received_at": "2026-03-03 09:00"}  # to be resolved until the end of the 4th
    capped = {
        **received,
        "severity": "low",
        "paused_at": "2026-03-04 10:00",
    }  # waits until the end of the 5th
    waits = {**received, "paused_at": "2026-03-04 10:00"}
    back = {**waits, "resolved_at": "2026-03-04 12:00", "reopened_at": "2026-03-05 09:00"}
    keep(
        house,
        "service_case",
        waits,
        {**waits, "paused_at": "2026-03-05 10:00"},  # its time was over before it waited
        {**waits, "resolved_at": "2026-03-04 12:00"},
        back,
        {**back, "paused_at": "2026-03-05 10:00"},
        capped,
        received,
    )

    def aside(at: str) -> Mapping[str, int]:
        loaded = current_contract(house)
        assert loaded is not None
        figure = metric("case_resolved_in_time")
        return left_out(house, figure, loaded.contract.sha256, as_of(house, local(at)), {})

    assert aside("2026-03-05 10:00") == aside("2026-03-05 17:59") == {"2026Q1": 3}
    assert aside("2026-03-06 09:00") == {"2026Q1": 2}


def test_without_cases_there_is_no_figure(house: Warehouse) -> None:
    for name in ("case_answered_in_time", "case_resolved_in_time", "case_reopened"):
        assert counts(house, name) == NONE
    assert counts(house, "complaints_per_1000") == NONE


def test_answered_in_time_counts_late_and_overdue_ones_as_missed(house: Warehouse) -> None:
    keep(
        house,
        "service_case",
        {**CASE, "received_at": "2026-01-05 09:00", "first_response_at": "2026-01-05 13:00"},
        {**CASE, "received_at": "2026-01-05 09:00", "first_response_at": "2026-01-05 13:01"},
        {**CASE, "received_at": "2026-01-05 09:00"},
        # The last minute of the quarter, answered in the next one: it belongs to when it came in.
        {**CASE, "received_at": "2026-03-31 23:59", "first_response_at": "2026-04-01 09:00"},
        {**CASE, "received_at": "2026-04-01 00:00"},
    )
    assert counts(house, "case_answered_in_time") == {"2026Q1": (4, 2, 50.0), "2026Q2": (1, 0, 0.0)}
    # At the end of the quarter the one of the last minute is neither answered nor due.
    assert counts(house, "case_answered_in_time", "2026-04-01") == {"2026Q1": (3, 1, 33.333333)}
    # The one of 1 April is due that day at 13:00 and missed when the day is over.
    assert counts(house, "case_answered_in_time", "2026-04-02")["2026Q2"] == (1, 0, 0.0)


def test_resolved_in_time_is_for_good_without_waits_and_idle_times(house: Warehouse) -> None:
    received = {**CASE, "received_at": "2026-03-03 09:00"}  # to be resolved until 2026-03-04 18:00
    again = {**received, "resolved_at": "2026-03-03 18:00", "reopened_at": "2026-03-06 09:00"}
    keep(
        house,
        "service_case",
        {**received, "resolved_at": "2026-03-04 18:00"},
        {**received, "resolved_at": "2026-03-04 18:01"},
        {**received, "paused_at": "2026-03-04 10:00"},
        {**again, "resolved_again_at": "2026-03-06 18:00"},
        {**again, "resolved_again_at": "2026-03-09 09:01"},
        again,
    )
    # Of six, one waits; in time are the first, and the fourth: its two days are those of work on it.
    assert counts(house, "case_resolved_in_time") == {"2026Q1": (5, 2, 40.0), "2026Q2": (0, 0, None)}
    assert counts(house, "case_reopened")["2026Q1"] == (5, 3, 60.0)
    # Before anything came back, three of the four resolved by then were so in time, and nothing was due yet.
    assert counts(house, "case_resolved_in_time", "2026-03-04")["2026Q1"] == (3, 3, 100.0)
    assert counts(house, "case_reopened", "2026-03-06")["2026Q1"] == (5, 0, 0.0)


def test_complaints_are_counted_for_the_members_at_the_start(house: Warehouse) -> None:
    join(house, range(40))
    happen(house, ("M00001", "left", "2026-01-02 10:00"))
    keep(
        house,
        "service_case",
        {**CASE, "received_at": "2026-01-01 00:00"},
        {**CASE, "category": "crisis", "received_at": "2026-03-31 23:59"},
        {**CASE, "category": "question", "received_at": "2026-02-01 10:00"},
        {**CASE, "received_at": "2025-12-31 23:59"},
    )
    assert counts(house, "complaints_per_1000") == {"2026Q1": (40, 2, 50.0), "2026Q2": (39, 0, 0.0)}


def test_a_low_score_opens_one_case_by_the_rule_and_no_other_does(house: Warehouse) -> None:
    rule = {"survey": "customer-satisfaction", "question": "overall", "at_most": "2", "severity": "high"}
    keep(house, "case_rule", {**rule, "in_force_on": "2026-02-01"})
    low = response("2026-02-01 12:00", overall=2)
    answer(house, low, response("2026-02-01 12:00", overall=3), response("2026-01-31 23:59", overall=1))
    assert [open_cases(house), open_cases(house)] == [1, 0]
    ((number, row),) = cases(house).items()
    assert number == f"S-{low.response_id}" and row.recorded_by == "rule"
    assert (row.values["channel"], row.values["severity"]) == ("survey", "high")
    assert row.values["subject"] == "2 / 5 · 总的来说，您对我们的服务满意吗？"
    assert due(house, number)[0] == "2026-02-02 13:00"  # a Sunday, so four hours of Monday


def test_a_later_answer_is_looked_at_once_and_by_a_later_rule_all_are(house: Warehouse) -> None:
    rule = {"survey": "customer-satisfaction", "question": "overall", "severity": "high"}
    keep(house, "case_rule", {**rule, "at_most": "1", "in_force_on": "2026-02-01"})
    answer(house, response("2026-02-01 12:00", overall=1), response("2026-02-02 12:00", overall=2))
    assert [open_cases(house), open_cases(house)] == [1, 0]
    answer(house, response("2026-02-01 13:00", overall=1), response("2026-02-03 12:00", overall=2))
    assert [open_cases(house), open_cases(house)] == [1, 0]
    keep(house, "case_rule", {**rule, "number": "two", "at_most": "2", "in_force_on": "2026-02-03"})
    assert [open_cases(house), open_cases(house)] == [1, 0]


def test_a_case_waits_no_longer_than_it_was_open(house: Warehouse) -> None:
    open_for_a_day = {**CASE, "received_at": "2026-03-03 09:00", "resolved_at": "2026-03-04 09:00"}
    keep(house, "service_case", {**open_for_a_day, "paused_minutes": "99999"})
    keep(house, "service_case", {**open_for_a_day, "number": "2", "paused_minutes": "540"})
    assert due(house, "1") == due(house, "2") != ("", "")


def test_a_wait_of_a_case_that_came_back_is_measured_by_all_the_time_it_was_open(house: Warehouse) -> None:
    # Resolved after an hour, back a day later and then waiting for a day: 18 + 9 + 8 working hours.
    back = {**CASE, "received_at": "2026-11-02 09:00", "resolved_at": "2026-11-02 10:00"}
    back |= {"reopened_at": "2026-11-03 09:00", "paused_minutes": "540"}
    keep(house, "service_case", back, {**back, "resolved_again_at": "2026-11-05 16:00"})
    assert due(house, "2")[1] == "2026-11-05 17:00"


@pytest.mark.parametrize(
    ("paused_at", "resolved_at", "resolve_by"),
    [
        ("2026-03-04 10:00", "2026-03-04 18:01", "2026-03-05 17:00"),
        ("2026-03-05 10:00", "2026-03-09 10:00", "2026-03-04 18:00"),
    ],
)
def test_a_wait_that_nobody_ended_is_over_when_the_case_is(
    house: Warehouse, paused_at: str, resolved_at: str, resolve_by: str
) -> None:
    case = {**CASE, "received_at": "2026-03-03 09:00", "paused_at": paused_at, "resolved_at": resolved_at}
    keep(house, "service_case", case)
    assert counts(house, "case_resolved_in_time")["2026Q1"][0] == 1
    assert due(house)[1] == resolve_by


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"reopened_at": "2026-03-05 09:00"}, ["record-needs"]),
        (
            {"resolved_at": "2026-03-04 09:00", "resolved_again_at": "2026-03-05 09:00"},
            ["record-needs"],
        ),
        ({"resolved_at": "soon", "reopened_at": "2026-03-05 09:00"}, ["record-instant"]),
    ],
)
def test_nothing_comes_back_that_was_not_resolved(
    house: Warehouse, said: dict[str, str], codes: list[str]
) -> None:
    with pytest.raises(RecordRefusedError) as caught:
        keep(house, "service_case", {**CASE, "received_at": "2026-03-03 09:00", **said})
    assert [problem.code for problem in caught.value.problems] == codes
