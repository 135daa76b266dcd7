"""The queue of cases: least time left first, what one click records, and who may see what."""

import pytest

import warehouse
from tests.pages.opening import Tab, use_example
from tests.warehouse.records.keeping import keep
from warehouse.access import Role
from warehouse.records.case_queue import open_case, queue
from warehouse.records.catalogue import record_type
from warehouse.records.reading import Asked, find

# Each is open since 2020, so all are late: the older, the later.
CASE = {"subject": "**Li** Wei calls", "category": "complaint", "severity": "high", "channel": "hotline"}
ROWS = (
    {**CASE, "number": "A", "received_at": "2020-03-04 10:00"},
    {**CASE, "number": "B", "received_at": "2020-03-03 10:00"},
    {**CASE, "number": "C", "received_at": "2020-03-02 10:00", "paused_at": "2020-03-02 11:00",
     "first_response_at": "2020-03-02 10:30"},
    {**CASE, "number": "D", "received_at": "2020-03-02 10:00", "resolved_at": "2020-03-02 12:00"},
)  # fmt: skip


def test_the_least_time_left_comes_first_and_who_waits_for_the_customer_last() -> None:
    keep(warehouse.serving(), "service_case", *ROWS)
    found = queue(warehouse.serving(), "operator")
    assert [case.record_id for case in found.cases] == ["B", "A", "C"]
    assert [case.minutes_left is None for case in found.cases] == [False, False, True]
    words = Tab("cases", "operator").words
    assert "3 open, 2 past the limit." in words and "late" in words


def test_a_step_is_confirmed_by_what_the_case_is_about_and_the_list_of_cases_says_it_too() -> None:
    number = "S-01a1d3b2-5c20-70d3-b70f-a24d2efe854b"
    keep(warehouse.serving(), "service_case", {**CASE, "number": number, "received_at": "2020-03-04 10:00"})
    tab = Tab("cases", "party_b")
    assert "1 open, 1 past the limit." in tab.words
    tab.app.selectbox(key="case-chosen").select(number)
    tab.run().app.button(key="case-answer").click()
    assert "**Li** Wei calls · S-01a1d3b2-5c2…: Answered now. It is stored." in tab.run().words
    listed = Tab("records", "party_b", query={"type": "service_case"}).words
    assert "S-01a1d3b2-5c2… **Li** Wei calls Complaint" in listed
    assert "Li" not in Tab("records", "mediator", query={"type": "service_case"}).words


def test_of_more_cases_than_are_shown_each_can_still_be_handled_by_its_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("warehouse.records.case_queue.MOST", 1)
    house = warehouse.serving()
    keep(house, "service_case", *ROWS)
    found = queue(house, "operator")
    assert [case.record_id for case in found.cases] == ["B"]
    assert (found.open, found.late, found.unanswered, found.paused) == (3, 2, 2, 1)
    tab = Tab("cases", "party_b")
    assert "3 open, 2 past the limit." in tab.words and "The first 1 are shown." in tab.words
    assert "late" not in str(open_case(house, "D", "operator")) and open_case(house, "X", "operator") is None
    tab.app.text_input(key="case-number").set_value("A")
    tab.run().app.button(key="case-answer").click()
    tab.run()
    assert "It is stored." in tab.words
    assert [case.next_step for case in [open_case(house, "A", "operator")] if case] == ["resolve"]


@pytest.mark.parametrize(
    ("number", "button", "filled", "emptied"),
    [
        ("A", "answer", {"first_response_at"}, set[str]()),
        ("A", "resolve", {"first_response_at", "resolved_at"}, set[str]()),
        ("A", "pause", {"paused_at"}, set[str]()),
        ("C", "resume", {"paused_minutes", "resolve_by_at"}, {"paused_at"}),
    ],
)
def test_one_click_records_what_happened_now(
    number: str, button: str, filled: set[str], emptied: set[str]
) -> None:
    house, kind = warehouse.serving(), record_type("service_case")
    keep(house, "service_case", *ROWS)

    def values() -> dict[str, object]:
        rows = find(house, kind, "operator", Asked()).rows
        return dict(next(row for row in rows if row.record_id == number).values)

    before = values()
    tab = Tab("cases", "party_b")
    tab.app.selectbox(key="case-chosen").select(number)
    tab.run().app.button(key=f"case-{button}").click()
    tab.run()
    assert f"{number}: " in tab.words and "It is stored." in tab.words
    after = values()
    assert {code for code in after if before[code] is None and after[code] is not None} == filled
    assert {code for code in after if before[code] is not None and after[code] is None} >= emptied
    if "paused_minutes" in filled:
        assert isinstance(after["paused_minutes"], int) and after["paused_minutes"] > 500_000


@pytest.mark.parametrize(
    ("role", "reads", "notes", "knows_who", "acts"),
    [
        ("operator", True, True, True, True),
        ("party_b", True, True, False, True),
        ("party_a", True, False, False, False),
        ("mediator", False, False, False, False),
    ],
)
def test_who_answers_a_case_reads_what_it_is_about_and_not_who_the_customer_is(
    role: Role, reads: bool, notes: bool, knows_who: bool, acts: bool
) -> None:
    rows = [{**row, "member_id": "M-4711", "note": "the parcel was wet"} for row in ROWS]
    keep(warehouse.serving(), "service_case", *rows)
    tab = Tab("cases", role)
    assert ("**Li** Wei calls" in tab.words) == reads and bool(tab.app.button) == acts
    one = Tab("records", role, query={"type": "service_case", "record": "A"})
    said = (one.words, "the parcel was wet", "M-4711")
    assert ("**Li** Wei calls" in one.words) == reads
    assert [each in said[0] for each in said[1:]] == [notes, knows_who]


def test_what_the_role_may_not_read_stays_as_it_is_when_it_corrects_the_rest() -> None:
    house, kind = warehouse.serving(), record_type("service_case")
    keep(house, "service_case", {**ROWS[0], "member_id": "M-4711"})
    tab = Tab("records", "party_b", query={"type": "service_case", "record": "A"})
    tab.app.text_area(key="record-field-service_case-A-note").set_value("called back")
    next(button for button in tab.app.button if button.label == "Save").click()
    assert "It is stored." in tab.run().words
    (row,) = find(house, kind, "operator", Asked()).rows
    assert (row.values["member_id"], row.values["note"]) == ("M-4711", "called back")


def test_the_example_has_cases_open_and_figures_of_every_period() -> None:
    use_example()
    tab = Tab("cases", "party_b", "zh")
    assert "示例数据" in tab.words and "个案及时响应率" in tab.words and "2026Q4" in tab.words
    assert "没有未办结的个案" not in tab.words
