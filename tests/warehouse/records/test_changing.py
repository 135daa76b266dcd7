"""What counts against party B is withdrawn or moved with a reason, and only once party A agrees."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from tests.warehouse.making import local
from tests.warehouse.records.keeping import a_house, counts, keep
from warehouse import Warehouse, WarehouseError
from warehouse.access import Role
from warehouse.calendar import utc_now
from warehouse.records.catalogue import record_type
from warehouse.records.changing import Change, changes
from warehouse.records.importing import import_records
from warehouse.records.problems import RecordRefusedError
from warehouse.records.reading import history
from warehouse.records.storing import Stored, answer_change, withdraw

CASES = record_type("service_case")
# High: to be answered within four working hours, so by 13:00; it was by 15:00.
LATE = {
    "subject": "x",
    "category": "complaint",
    "severity": "high",
    "channel": "hotline",
    "received_at": "2026-03-31 09:00",
    "first_response_at": "2026-03-31 15:00",
    "resolved_at": "2026-03-31 16:00",
}
ZERO, HUNDRED, NONE = (1, 0, 0.0), (1, 1, 100.0), (0, 0, None)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with a_house(tmp_path) as house:
        yield house


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the clock to a local minute."""

    def set_clock(minute: str) -> None:
        monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local(minute).astimezone(UTC))

    return set_clock


def in_time(house: Warehouse, period: str = "2026Q1") -> tuple[int, int, float | None]:
    return counts(house, "case_answered_in_time")[period]


def the_change(house: Warehouse) -> Change:
    (found,) = changes(house, CASES)
    return found


def code(caught: pytest.ExceptionInfo[RecordRefusedError]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_a_late_case_that_party_b_withdraws_counts_as_missed_until_party_a_agrees(house: Warehouse) -> None:
    keep(house, "service_case", LATE)
    assert withdraw(house, CASES, "1", "party_b", "party_b", "a test call") is False
    assert in_time(house) == ZERO and len(history(house, CASES, "party_b", "1")) == 1
    change = the_change(house)
    assert (change.reason, change.asked_by, change.state, change.day) == (
        *("a test call", "party_b", "asked"),
        date(2026, 3, 31),
    )
    with pytest.raises(WarehouseError, match="record-change-waits"):
        withdraw(house, CASES, "1", "party_b", "party_b", "once more")
    answer_change(house, CASES, change.change_id, "agreed", "party_a")
    assert in_time(house) == NONE
    done = the_change(house)
    assert (done.state, done.answered_by, done.revision) == ("agreed", "party_a", 2)
    assert done.answered_at is not None and utc_now() - done.answered_at < timedelta(minutes=5)


@pytest.mark.parametrize(("say", "role"), [("refused", "party_a"), ("taken_back", "party_b")])
def test_what_is_refused_or_taken_back_changes_nothing_and_can_be_asked_for_anew(
    house: Warehouse, say: str, role: Role
) -> None:
    keep(house, "service_case", LATE)
    withdraw(house, CASES, "1", "party_b", "party_b", "a test call")
    change_id = the_change(house).change_id
    if say == "refused":
        with pytest.raises(WarehouseError, match="record-reason"):
            answer_change(house, CASES, change_id, "refused", role)
        answer_change(house, CASES, change_id, "refused", role, "the customer was real")
    else:
        answer_change(house, CASES, change_id, "taken_back", role)
    assert in_time(house) == ZERO and the_change(house).revision is None
    with pytest.raises(WarehouseError, match="record-change-none"):
        answer_change(house, CASES, change_id, "agreed", "party_a")
    assert withdraw(house, CASES, "1", "party_b", "party_b", "look at the recording") is False


@pytest.mark.parametrize(
    ("say", "role"), [("agreed", "party_b"), ("agreed", "mediator"), ("taken_back", "party_a")]
)
def test_nobody_agrees_to_what_they_asked_for_themselves_or_for_another(
    house: Warehouse, say: str, role: Role
) -> None:
    keep(house, "service_case", LATE)
    withdraw(house, CASES, "1", "party_b", "party_b", "a test call")
    change_id = the_change(house).change_id
    with pytest.raises(WarehouseError, match="record-not-yours"):
        answer_change(house, CASES, change_id, "agreed" if say == "agreed" else "taken_back", role)
    assert the_change(house).state == "asked"


def test_a_time_of_a_case_is_moved_with_a_reason_and_counts_once_party_a_agrees(house: Warehouse) -> None:
    keep(house, "service_case", LATE)
    moved = {"first_response_at": "2026-03-31 12:00"}
    with pytest.raises(RecordRefusedError) as caught:
        keep(house, "service_case", moved, role="party_b")
    assert code(caught) == ["record-reason"]
    assert keep(house, "service_case", {**moved, "reason": "typed wrong"}, role="party_b") == Stored(asked=1)
    assert in_time(house) == ZERO
    with pytest.raises(RecordRefusedError) as caught:
        keep(house, "service_case", {"category": "question", "reason": "x"}, role="party_b")
    assert code(caught) == ["record-change-waits"]
    assert keep(house, "service_case", {"handling_score": "5"}, role="party_b").corrected == 1
    change = the_change(house)
    assert change.fields == {"first_response_at": ("2026-03-31 15:00", "2026-03-31 12:00")}
    answer_change(house, CASES, change.change_id, "agreed", "party_a")
    assert in_time(house) == HUNDRED
    assert history(house, CASES, "party_a", "1")[-1].values["handling_score"] == 5


def test_a_case_moved_over_the_end_of_a_period_stays_in_it_until_agreed(house: Warehouse) -> None:
    keep(house, "service_case", LATE)
    times = ("received_at", "first_response_at", "resolved_at")
    moved = {each: LATE[each].replace("03-31", "04-01") for each in times}
    keep(house, "service_case", {**moved, "reason": "it was the next day"}, role="party_b")
    assert (in_time(house), in_time(house, "2026Q2")) == (ZERO, NONE)
    answer_change(house, CASES, the_change(house).change_id, "agreed", "operator")
    assert (in_time(house), in_time(house, "2026Q2")) == (NONE, ZERO)


def test_what_was_agreed_is_not_made_over_what_the_operator_changed_since(house: Warehouse) -> None:
    keep(house, "service_case", LATE)
    keep(house, "service_case", {"severity": "low", "reason": "no harm done"}, role="party_b")
    keep(house, "service_case", {"severity": "normal", "reason": "agreed by telephone"})
    waiting = next(change for change in changes(house, CASES) if change.state == "asked")
    with pytest.raises(WarehouseError, match="record-change-stale"):
        answer_change(house, CASES, waiting.change_id, "agreed", "party_a")
    made = next(change for change in changes(house, CASES) if change.state == "made")
    assert (made.revision, made.recorded_by, made.reason) == (2, "operator", "agreed by telephone")


def test_what_was_blank_is_filled_and_words_are_changed_without_asking(
    house: Warehouse, at: Callable[[str], None]
) -> None:
    row = {code: text for code, text in LATE.items() if code != "resolved_at"}
    keep(house, "service_case", row, role="party_b")
    at("2026-04-04 18:00")  # due at the end of 1 April, and then it may wait three days to be entered
    assert keep(house, "service_case", {"resolved_at": "2026-03-31 16:00"}, role="party_b").corrected == 1
    assert keep(house, "service_case", {"note": "called back"}, role="party_b").corrected == 1
    assert changes(house) == ()


def test_what_is_said_days_later_to_have_been_in_time_counts_once_party_a_agrees(
    house: Warehouse, at: Callable[[str], None]
) -> None:
    row = {code: text for code, text in LATE.items() if not code.endswith(("response_at", "resolved_at"))}
    keep(house, "service_case", row, row, row, role="party_b")
    at("2026-04-03 13:01")
    said = {"first_response_at": "2026-03-31 13:00"}
    with pytest.raises(RecordRefusedError) as caught:
        keep(house, "service_case", said, role="party_b")
    assert code(caught) == ["record-late"]
    assert keep(house, "service_case", {**said, "reason": "on paper"}, role="party_b") == Stored(asked=1)
    late = {"number": "2", "first_response_at": "2026-03-31 13:01"}
    assert keep(house, "service_case", late, role="party_b").corrected == 1
    # Nobody judges the operator, who also takes in files.
    assert keep(house, "service_case", {"number": "3", **said}).corrected == 1
    assert in_time(house) == (3, 1, 33.333333)
    answer_change(house, CASES, the_change(house).change_id, "agreed", "party_a")
    assert in_time(house) == (3, 2, 66.666667)


def test_a_new_case_entered_days_late_counts_as_missed_until_party_a_agrees_that_it_was_in_time(
    house: Warehouse, at: Callable[[str], None]
) -> None:
    at("2026-04-10 09:00")
    said = {code: text for code, text in LATE.items() if not code.endswith(("response_at", "resolved_at"))}
    said |= {"first_response_at": "2026-03-31 13:00", "resolved_at": "2026-03-31 16:00"}
    back = {"reopened_at": "2026-04-01 09:00", "resolved_again_at": "2026-04-01 10:00"}
    with pytest.raises(RecordRefusedError) as caught:
        keep(house, "service_case", said | back, role="party_b")
    assert code(caught) == ["record-late"]
    stored = keep(house, "service_case", said | back | {"reason": "on paper"}, role="party_b")
    assert stored == Stored(added=1, asked=1)
    assert in_time(house) == (1, 0, 0.0)
    asked = the_change(house)
    assert set(asked.fields) == {"first_response_at", "resolved_at", *back}
    answer_change(house, CASES, asked.change_id, "agreed", "party_a")
    assert in_time(house) == (1, 1, 100.0)
    assert counts(house, "case_reopened")["2026Q1"] == (1, 1, 100.0)


def test_a_new_record_that_the_operator_enters_late_or_that_says_it_was_late_waits_for_nobody(
    house: Warehouse, at: Callable[[str], None]
) -> None:
    at("2026-04-10 09:00")
    said = LATE | {"first_response_at": "2026-03-31 13:00"}
    assert keep(house, "service_case", said) == Stored(added=1)
    times = {"first_response_at": "2026-04-09 13:00", "resolved_at": "2026-04-09 16:00"}
    missed = LATE | times | {"number": "2"}
    assert keep(house, "service_case", missed, role="party_b") == Stored(added=1)
    assert in_time(house) == (2, 1, 50.0)


def test_days_after_the_hours_of_the_contract_an_incident_told_in_time_takes_consent(
    house: Warehouse, at: Callable[[str], None]
) -> None:
    found = {"title": "lost laptop", "severity": "low", "found_at": "2026-03-25 09:00"}
    told = found | {"told_at": "2026-03-26 09:00"}
    at("2026-03-31 09:00")  # 72 hours and three days later
    assert keep(house, "security_incident", told, found | {"number": "2"}, role="party_b").added == 2
    at("2026-03-31 09:01")
    again = {"number": "2", "told_at": "2026-03-26 09:00", "reason": "by telephone"}
    assert keep(house, "security_incident", again, role="party_b") == Stored(asked=1)
    new = told | {"number": "3", "reason": "by telephone"}
    assert keep(house, "security_incident", new, role="party_b") == Stored(added=1, asked=1)
    assert counts(house, "incident_told_in_time")["2026Q1"][:2] == (3, 1)


def test_what_was_withdrawn_by_consent_is_brought_back_by_the_operator_alone(house: Warehouse) -> None:
    kind, check = (
        record_type("service_check"),
        {"standard": "x", "checked_on": "2026-03-31", "result": "failed"},
    )
    keep(house, "service_check", check, role="party_a")
    withdraw(house, kind, "1", "party_a", "party_a", "wrong shop")
    (change,) = changes(house, kind)
    answer_change(house, kind, change.change_id, "agreed", "party_b")
    for role in ("party_a", "party_b"):
        with pytest.raises(RecordRefusedError) as caught:
            keep(house, "service_check", {**check, "result": "passed"}, role=role)
        assert code(caught) == ["record-withdrawn"]
    assert counts(house, "standards_passed")["2026Q1"] == NONE
    assert keep(house, "service_check", check).added == 1
    assert counts(house, "standards_passed")["2026Q1"] == ZERO


def test_a_day_is_over_when_it_ends_and_a_plan_nobody_approved_judges_nobody(
    house: Warehouse, at: Callable[[str], None]
) -> None:
    item = {"title": "x", "due_on": "2026-03-31"}
    keep(
        house,
        "plan_item",
        item,
        item,
        {**item, "approved_by": "Gu Cheng"},
        {**item, "approved_by": "Gu Cheng"},
    )
    said = {"delivered_on": "2026-03-31"}
    at("2026-04-04 00:00")
    assert keep(house, "plan_item", said, {**said, "number": "3"}, role="party_b").corrected == 2
    at("2026-04-04 00:01")
    assert keep(house, "plan_item", {**said, "number": "2"}, role="party_b").corrected == 1
    with pytest.raises(RecordRefusedError) as caught:
        keep(house, "plan_item", {**said, "number": "4"}, role="party_b")
    assert code(caught) == ["record-late"]


def test_how_long_a_case_waited_is_measured_and_not_entered_by_party_b(house: Warehouse) -> None:
    keep(house, "service_case", LATE)
    with pytest.raises(RecordRefusedError) as caught:
        keep(house, "service_case", {"paused_minutes": "600"}, role="party_b")
    assert code(caught) == ["record-not-yours"]


def test_what_both_parties_enter_needs_the_other_one_and_what_judges_neither_a_reason_alone(
    house: Warehouse,
) -> None:
    check = {"standard": "x", "checked_on": "2026-03-31", "result": "failed"}
    keep(house, "service_check", check, {**check, "result": "passed"}, role="party_a")
    kind = record_type("service_check")
    assert withdraw(house, kind, "1", "party_b", "party_b", "wrong shop") is False
    assert withdraw(house, kind, "2", "party_a", "party_a", "wrong shop") is False
    assert counts(house, "standards_passed")["2026Q1"] == (2, 1, 50.0)
    first, second = sorted(changes(house, kind), key=lambda change: change.record_id)
    with pytest.raises(WarehouseError, match="record-not-yours"):
        answer_change(house, kind, second.change_id, "agreed", "party_a")
    answer_change(house, kind, second.change_id, "agreed", "party_b")
    answer_change(house, kind, first.change_id, "agreed", "party_a")
    assert counts(house, "standards_passed")["2026Q1"] == NONE
    keep(
        house,
        "care_plan",
        {"title": "x", "occasion": "birthday", "channel": "call", "in_force_on": "2026-01-01"},
    )
    assert withdraw(house, record_type("care_plan"), "1", "party_b", "party_b", "once is enough") is True


def test_a_file_that_changes_what_stood_says_why_in_a_column(house: Warehouse) -> None:
    keep(house, "service_case", LATE)
    file = "record_id,severity{0}\n1,low{1}\n"
    with pytest.raises(RecordRefusedError) as caught:
        import_records(house, CASES, file.format("", "").encode(), "cases.csv")
    assert code(caught) == ["record-reason"]
    import_records(house, CASES, file.format(",理由", ",录入错误").encode(), "cases.csv")
    assert (the_change(house).reason, the_change(house).recorded_by) == ("录入错误", "operator: cases.csv")


def test_an_approved_item_of_the_plan_is_changed_or_given_up_only_by_both(house: Warehouse) -> None:
    item = {"title": "x", "due_on": "2026-03-01"}
    kind = record_type("plan_item")
    keep(house, "plan_item", item, role="party_b")
    assert keep(house, "plan_item", {"due_on": "2026-03-31"}, role="party_b").corrected == 1  # only proposed
    keep(house, "plan_item", {"approved_by": "顾澄"}, role="party_a")
    assert keep(house, "plan_item", {"due_on": "2026-06-30", "reason": "later"}, role="party_b").asked == 1
    (change,) = changes(house, kind)
    answer_change(house, kind, change.change_id, "refused", "party_a", "we need it in March")
    assert (
        keep(house, "plan_item", {"approved_by": "", "reason": "changed our mind"}, role="party_a").asked == 1
    )
    assert history(house, kind, "party_a", "1")[-1].values["approved_by"] == "顾澄"


@pytest.mark.parametrize(
    ("name", "row", "moved"),
    [
        (
            "campaign",
            {
                "title": "x",
                "started_on": "2026-03-01",
                "ended_on": "2026-03-31",
                "cost": "9",
                "new_members": "1",
            },
            {"ended_on": "2026-04-01"},
        ),
        (
            "survey_plan",
            {"survey": "x", "wave": "1", "due_on": "2026-03-31", "rest_days": "90"},
            {"rest_days": "0"},
        ),
        (
            "payment",
            {"title": "x", "what": "refund", "payer": "party_b", "amount": "9", "due_on": "2026-03-31"},
            {"what": "added_service"},
        ),
    ],
)
def test_what_decides_to_which_figure_and_period_a_record_belongs_is_not_moved_alone(
    house: Warehouse, name: str, row: dict[str, str], moved: dict[str, str]
) -> None:
    keep(house, name, row, role="party_b")
    with pytest.raises(RecordRefusedError) as caught:
        keep(house, name, moved, role="party_b")
    assert code(caught) == ["record-reason"]
    assert keep(house, name, {**moved, "reason": "x"}, role="party_b") == Stored(asked=1)


def test_what_was_spent_grows_without_asking_and_becomes_less_by_consent_alone(house: Warehouse) -> None:
    line = {"title": "x", "booked_on": "2026-03-31", "planned": "100", "spent": "80"}
    keep(house, "budget_line", line, role="party_b")
    assert keep(house, "budget_line", {"spent": "90.5"}, role="party_b") == Stored(corrected=1)
    for less in ("90", ""):
        with pytest.raises(RecordRefusedError) as caught:
            keep(house, "budget_line", {"spent": less}, role="party_b")
        assert code(caught) == ["record-reason"]
    assert keep(house, "budget_line", {"spent": "90", "reason": "x"}, role="party_b") == Stored(asked=1)
