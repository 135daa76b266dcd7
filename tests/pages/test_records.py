"""The page of records: who sees and writes what, and what it says to whoever asks for nothing there is."""

import pytest

import warehouse
from pages.ui.numbers import span
from pages.ui.records.changes import change_table
from tests.pages.opening import Tab, use_example
from tests.warehouse.records.keeping import keep
from warehouse.access import Role
from warehouse.records.catalogue import record_type
from warehouse.records.changing import changes
from warehouse.records.effects import effects
from warehouse.records.reading import history
from warehouse.records.storing import withdraw

HOSTILE = "**x** <img src=x onerror=alert(1)> :red[y]"
TRAINING = {
    "number": "T1",
    "title": HOSTILE,
    "audience": "staff_a",
    "planned_on": "2026-02-03",
    "trainer": "Li Wei",
}
QUERY = {"type": "training", "record": "T1"}


def test_text_from_people_is_text_in_list_and_history() -> None:
    keep(warehouse.serving(), "training", TRAINING)
    for query in ({"type": "training"}, QUERY):
        tab = Tab("records", query=query)
        assert HOSTILE in tab.words and "<img" not in tab.markup


@pytest.mark.parametrize(("role", "sees"), [("operator", True), ("party_b", False), ("mediator", False)])
def test_personal_fields_are_the_operators(role: Role, sees: bool) -> None:
    keep(warehouse.serving(), "training", TRAINING)
    assert ("Li Wei" in Tab("records", role, query=QUERY).words) == sees


@pytest.mark.parametrize(("role", "may"), [("operator", True), ("party_b", True), ("party_a", False)])
def test_only_who_may_write_finds_a_form(role: Role, may: bool) -> None:
    keep(warehouse.serving(), "training", TRAINING)
    for query in ({"type": "training"}, QUERY):
        assert bool(Tab("records", role, query=query).app.button) == may


def test_a_correction_is_stored_and_told_with_who_made_it() -> None:
    keep(warehouse.serving(), "training", TRAINING)
    tab = Tab("records", "party_b", query=QUERY)
    tab.app.text_input(key="record-field-training-T1-title").set_value("Mails")
    tab.app.button[0].click()
    words = tab.run().words
    assert "It is stored." in words and "Party B" in words and "Title: Mails" in words


def test_what_another_entered_while_the_form_was_open_is_kept_and_said_where_both_changed_the_same() -> None:
    house, kind = warehouse.serving(), record_type("training")
    keep(house, "training", {**TRAINING, "note": "old"})
    tab = Tab("records", "party_b", query=QUERY)
    keep(house, "training", {"number": "T1", "held_on": "2026-02-03", "attended": "3", "note": "new"})

    def saved(**entered: str) -> str:
        for code, text in entered.items():
            part = tab.app.text_area if code == "note" else tab.app.text_input
            part(key=f"record-field-training-T1-{code}").set_value(text)
        tab.app.button[0].click()
        return tab.run().words

    assert "Note: Somebody else has changed this" in saved(note="mine") and "“new” now" in tab.words
    assert len(history(house, kind, "operator", "T1")) == 2
    assert "It is stored." in saved(title="Mails")
    values = history(house, kind, "operator", "T1")[-1].values
    assert (values["title"], values["note"], values["attended"]) == ("Mails", "mine", 3)
    # The form begins anew with what the record says by then.
    assert tab.app.text_input(key="record-field-training-T1-attended-1").value == "3"


def test_what_is_wrong_is_said_in_the_readers_language_and_nothing_stored() -> None:
    keep(warehouse.serving(), "training", TRAINING)
    tab = Tab("records", "operator", "zh", QUERY)
    tab.app.text_input(key="record-field-training-T1-invited").set_value("many")
    tab.app.button[0].click()
    words = tab.run().words
    assert "应到人数：“many”不是" in words and "更正 应到人数" not in words


def test_party_b_asks_to_withdraw_and_party_a_agrees_with_reason_and_time_shown_to_both() -> None:
    case = {"subject": "x", "category": "complaint", "severity": "high", "channel": "hotline"}
    keep(warehouse.serving(), "service_case", {**case, "number": "C1", "received_at": "2026-03-31 09:00"})
    query = {"type": "service_case", "record": "C1"}
    tab = Tab("records", "party_b", query=query)
    tab.app.text_input(key="record-withdraw-reason-C1").set_value(HOSTILE)
    next(button for button in tab.app.button if button.label == "Withdraw this record").click()
    words = tab.run().words
    assert "It counts once Party A agrees." in words and "Waits for consent" in words and HOSTILE in words
    assert not Tab("records", "mediator", query=query).app.button
    client = Tab("records", "party_a", query={"type": "service_case"})
    next(button for button in client.app.button if button.label == "Agree").click()
    client.run()
    for role in ("party_a", "party_b", "mediator"):
        tab = Tab("records", role, "zh", query)
        assert "甲方于" in tab.words and f"理由：{HOSTILE}" in tab.words and "<img" not in tab.markup


def test_an_overspent_budget_and_what_waits_for_consent_stand_on_the_scorecard() -> None:
    use_example()
    house = warehouse.serving()
    line = {"number": "B", "title": HOSTILE, "booked_on": "2026-10-01", "planned": "100", "spent": "150"}
    assert "Overspent" not in Tab("overview").words
    keep(house, "budget_line", line)
    withdraw(house, record_type("budget_line"), "B", "party_b", "party_b", "entered twice")
    said = f"{HOSTILE}: 150.00 spent of 100.00 planned, 50.00 too much."
    for tab in (Tab("overview", "party_a"), Tab("records", "party_a", query={"type": "budget_line"})):
        assert said in tab.words and "<img" not in tab.markup
    assert "有记录变更等待同意" in Tab("overview", "mediator", "zh").words


@pytest.mark.parametrize("query", [{"type": "x", "page": "zero"}, {"type": "training", "record": "none"}])
def test_an_address_of_nothing_says_so(query: dict[str, str]) -> None:
    words = Tab("records", query=query).words
    assert "Nothing has been recorded yet." in words or "There is no record of this number." in words


def test_the_limits_that_count_are_told_also_where_none_is_recorded() -> None:
    words = Tab("records", "party_a", query={"type": "case_limit"}).words
    assert "Normal Of the software Working hours on workdays of China 09:00 – 18:00 9 h 45 h" in words
    limit = {"severity": "normal", "clock": "always", "in_force_on": "2020-01-01"}
    keep(warehouse.serving(), "case_limit", {**limit, "respond_minutes": "90", "resolve_minutes": "400"})
    words = Tab("records", "party_a", query={"type": "case_limit"}).words
    assert "Normal As recorded Day and night – 1 h 30 min 6 h 40 min" in words


def test_figures_and_channels_are_told_in_words_and_a_figure_is_chosen_by_its_name() -> None:
    house, plan = warehouse.serving(), {"type": "improvement_action", "record": "A1"}
    keep(
        house,
        "improvement_action",
        {"number": "A1", "title": "Call", "due_on": "2026-05-31", "metric": "nps"},
    )
    brought = {"title": "Bring a friend", "channel": "referral", "cost": "1", "new_members": "1"}
    keep(house, "campaign", {**brought, "started_on": "2026-05-01", "ended_on": "2026-05-31"})
    for query in (plan, {"type": plan["type"]}):
        tab = Tab("records", query=query)
        assert "Net Promoter Score" in tab.words and ">nps<" not in tab.markup
    assert "会员推荐" in Tab("records", language="zh", query={"type": "campaign"}).words
    sent = {"survey": "customer-satisfaction", "wave": "2026Q2", "due_on": "2026-05-31"}
    keep(house, "survey_plan", sent)
    assert "客户满意度调查 2026Q2" in Tab("records", language="zh", query={"type": "survey_plan"}).words
    tab = Tab("records", "party_b", query=plan)
    field = tab.app.selectbox(key="record-field-improvement_action-A1-metric")
    assert field.value == "nps"
    field.select("csat_top2")
    tab.app.button[0].click()
    assert "Figure it should move Satisfied customers" in tab.run().words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_measure_shows_its_figure_before_and_after_and_that_a_difference_is_no_cause(language: str) -> None:
    use_example()
    row = {"title": HOSTILE, "due_on": "2026-05-31", "done_on": "2026-04-01", "metric": "csat_top2"}
    keep(warehouse.serving(), "improvement_action", row)
    known = effects(warehouse.serving(), "party_a")
    found = next(each for each in known if each.row.values["title"] == HOSTILE)
    assert found.interval is not None
    said = span(found.interval.low, found.interval.high, "points", language)
    tab = Tab("records", language=language, query={"type": "improvement_action"})
    assert said in tab.words and HOSTILE in tab.words and "<img" not in tab.markup
    assert ("A difference is not a cause" if language == "en" else "差异并不等于因果") in tab.words


def test_of_many_records_the_page_says_in_which_a_text_was_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("warehouse.records.reading.MOST_SEARCHED", 1)
    case = {"subject": "Delivery", "category": "question", "severity": "low", "channel": "hotline"}
    keep(
        warehouse.serving(),
        "service_case",
        *({**case, "number": f"D{day}", "received_at": f"2026-03-0{day} 10:00"} for day in (1, 2)),
    )
    for text, there in (("Delivery", True), ("nobody", True), ("D1", False)):
        words = Tab("records", query={"type": "service_case", "text": text}).words
        assert ("Looked for in the latest 1;" in words) == there, text
    assert "最近的 1 条" in Tab("records", "operator", "zh", {"type": "service_case", "text": "nobody"}).words


def test_the_history_of_a_case_says_what_was_done_and_a_correction_names_choices() -> None:
    house = warehouse.serving()
    case = {"number": "C1", "subject": "Late", "category": "complaint", "severity": "low"}
    case |= {"channel": "hotline", "received_at": "2026-03-02 10:00"}
    steps = [
        ({"first_response_at": "2026-03-02 11:00"}, "Responded to", "已响应"),
        ({"paused_at": "2026-03-02 12:00"}, "Waits for the customer", "等待客户"),
        ({"paused_at": "", "paused_minutes": "30", "reason": "went on"}, "Goes on", "继续处理"),
        ({"resolved_at": "2026-03-02 15:00"}, "Resolved", "已办结"),
        ({"reopened_at": "2026-03-03 10:00"}, "Reopened", "重新受理"),
        ({"resolved_again_at": "2026-03-03 11:00"}, "Resolved", "已办结"),
        ({"severity": "high", "reason": "was urgent"}, "Correction", "更正"),
    ]
    keep(house, "service_case", case)
    query = {"type": "service_case", "record": "C1"}
    for step, *words in steps:
        keep(house, "service_case", {**case, **step})
        case |= {code: text for code, text in step.items() if code != "reason"}
        for language, word in zip(("en", "zh"), words, strict=True):
            history = Tab("records", "operator", language, query).words
            newest = history[history.rindex("By whom" if language == "en" else "登记人") :]
            assert newest.index(word) < 60, (word, newest[:90])
    keep(house, "work_day", {"day": "2026-03-02", "is_working": "no"})
    for language, maker, word in (
        ("en", "The clock of time limits", "Time limits worked out anew"),
        ("zh", "时限计时", "时限重新计算"),
    ):
        history = Tab("records", "operator", language, query).words
        newest = history[history.rindex("By whom" if language == "en" else "登记人") :]
        assert newest.index(maker) < newest.index(word) < 100
    made = changes(house, record_type("service_case"), "C1")
    table = change_table(made, "operator", house.reporting_zone, "zh")
    assert "严重程度: 低 → 高" in [row[1].text for row in table.rows]
