"""Overview: the greeting of an empty warehouse, the sentence, the rows, the history."""

import re
from datetime import datetime

import pytest

import warehouse
from contract import example_source
from pages.ui.standing import STANDINGS
from tests.pages.opening import Tab, use_example
from tests.warehouse.making import CONTRACT
from warehouse.contract_loading import load_contract
from warehouse.example import example_loaded, is_empty, start_empty
from warehouse.scorecard import scorecard


def test_the_operator_is_greeted_with_two_choices() -> None:
    tab = Tab("overview", "operator")
    assert "Welcome to Pactboard" in tab.words
    assert [button.label for button in tab.app.button] == ["Load the example", "Start empty"]


def test_a_manager_of_an_empty_warehouse_may_choose_nothing() -> None:
    tab = Tab("overview", "party_b")
    assert "The operator chooses how to start" in tab.words and not tab.app.button


def test_loading_the_example_leads_to_the_scorecard() -> None:
    tab = Tab("overview", "operator")
    tab.app.button(key="load-example").click()
    tab.run()
    assert example_loaded(warehouse.serving())
    assert "These are example data" in tab.words and "targets met" in tab.words


def test_starting_empty_leads_to_what_to_do_next_and_survives_a_reload() -> None:
    tab = Tab("overview", "operator")
    tab.app.button(key="start-empty").click()
    tab.run()
    assert not is_empty(warehouse.serving())
    for shown in (tab, Tab("overview", "operator")):
        assert "No contract is loaded yet" in shown.words
        assert "/s/customer-satisfaction" in shown.markup and "/import_data" in shown.markup


def test_a_manager_without_a_contract_is_not_offered_what_only_the_operator_may_do() -> None:
    start_empty(warehouse.serving())
    tab = Tab("overview", "party_a")
    assert (
        "No contract is loaded yet" in tab.words and "/import_data" not in tab.markup and not tab.app.button
    )


def test_the_operator_loads_a_contract_by_its_file() -> None:
    start_empty(warehouse.serving())
    tab = Tab("overview", "operator")
    tab.app.file_uploader(key="contract-file").upload("contract.yaml", example_source().encode())
    tab.run()
    tab.app.button(key="contract-load").click()
    tab.run()
    assert "Member retention and satisfaction services contract" in tab.words


@pytest.mark.parametrize("content", [b"kind: Contract\n", b"\xff\xfe\x00", b"<b>no</b>: ["])
def test_a_contract_that_is_refused_says_why_and_changes_nothing(content: bytes) -> None:
    start_empty(warehouse.serving())
    tab = Tab("overview", "operator")
    tab.app.file_uploader(key="contract-file").upload("contract.yaml", content)
    tab.run()
    tab.app.button(key="contract-load").click()
    tab.run()
    assert "The contract was not loaded" in tab.words and "<b>" not in tab.markup
    assert scorecard(warehouse.serving()) is None


def test_the_sentence_counts_the_verdicts_of_the_last_closed_and_the_running_period() -> None:
    use_example()
    tab = Tab("overview")
    card = scorecard(warehouse.serving())
    assert card is not None
    closed = [row for row, _ in card.latest if row]
    met = sum(row.verdict.word == "met" for row in closed)
    assert f"{closed[0].period.name}: {met} of {len(closed)} targets met" in tab.words


def test_each_target_has_a_row_for_the_closed_and_for_the_running_period_with_its_verdict_in_a_word() -> None:
    use_example()
    tab = Tab("overview")
    card = scorecard(warehouse.serving())
    assert card is not None
    rows = [row for pair in card.latest for row in pair if row]
    assert tab.markup.count('<article class="pb-kpi">') == len(rows)
    for row in rows:
        assert STANDINGS[row.verdict.word].word in tab.words
        assert row.verdict.reason_in("en") in tab.words


def test_the_history_names_a_verdict_for_every_target_and_period() -> None:
    use_example()
    tab = Tab("overview")
    card = scorecard(warehouse.serving())
    assert card is not None
    table = tab.markup.partition("<table")[2].partition("</table>")[0]
    assert table.count("pb-verdict") == len(card.rows)
    assert set(re.findall(r'<th scope="col">(\w+)</th>', table)) == {row.period.name for row in card.rows} | {
        "Target"
    }


def test_a_run_shows_what_was_committed_since_the_one_before_in_both_languages() -> None:
    use_example()
    tab = Tab("overview")
    first = tab.markup
    assert tab.run().markup == first and "达标" in Tab("overview", language="zh").words
    with warehouse.serving().transaction() as cursor:
        cursor.execute("DELETE FROM period_seal")
    assert "answers that arrive late can still change it" in tab.run().words
    assert "迟到的答卷仍可能改变结果" in Tab("overview", language="zh").words


def test_the_figures_go_with_the_minute_although_nothing_is_committed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load_contract(warehouse.serving(), CONTRACT)
    for now, shown in (("10:00:05", "10:00"), ("10:00:59", "10:00"), ("10:01:00", "10:01")):
        instant = datetime.fromisoformat(f"2026-08-03T{now}+08:00")
        monkeypatch.setattr("warehouse.as_of.utc_now", lambda instant=instant: instant)
        assert f"as of 3 Aug 2026, {shown} (Asia/Shanghai)" in Tab("overview").words


def test_the_table_has_its_csv() -> None:
    use_example()
    assert 'href="/export/scorecard.csv" download' in Tab("overview").markup


def test_a_closed_period_s_note_says_whether_late_answers_can_change_it() -> None:
    use_example()
    words = Tab("overview").words
    assert "answers that arrive late do not change it" in words and "As it was sealed at" in words
    with warehouse.serving().transaction() as cursor:
        cursor.execute("DELETE FROM period_seal")
    assert "answers that arrive late can still change it" in Tab("overview").words


def test_value_and_target_have_the_same_number_of_decimals_in_row_and_history() -> None:
    use_example()
    markup = Tab("overview").markup
    rows = re.findall(r'pb-number">−?([\d.]+).*?pb-label"[^>]*>Target −?([\d.]+)', markup, re.DOTALL)
    noted = re.findall(r"<small>−?([\d.]+)\s?%?, target −?([\d.]+)", markup)
    assert len(rows) > 40 and len(noted) > 100
    for value, target in [*rows, *noted]:
        assert len(value.partition(".")[2]) == len(target.partition(".")[2]), (value, target)


def test_the_pace_stands_on_the_track_of_each_running_flow_and_nowhere_else() -> None:
    use_example()
    markup = Tab("overview").markup
    card = scorecard(warehouse.serving())
    assert card is not None
    paces = {row.metric.name: row.verdict.pace for row in card.rows if row.verdict.pace is not None}
    assert markup.count('class="pb-pace"') == len(paces)
    flows = {"member_growth", "budget_spent", "budget_lines_overspent", "incidents", "complaints_per_1000"}
    assert set(paces) == flows
    assert f"Pace by today {paces['member_growth']:.2f}" in markup


def test_what_money_hangs_on_stands_open_and_the_rest_folded_by_section_under_its_worst_word() -> None:
    use_example()
    tab = Tab("overview")
    assert tab.markup.count('<details class="pb-group">') == 2 * 10
    folded = tab.markup.split('<details class="pb-group">')[1:]
    assert "Net Promoter Score" not in "".join(part.partition("</details>\n</div>")[0] for part in folded[:9])
    files = next(part for part in folded if "Customer files" in part.partition("</summary>")[0])
    assert "1 missed, 2 met" in files and "Missed" in files.partition("</summary>")[0]


def test_a_contract_of_few_targets_has_them_all_open() -> None:
    load_contract(warehouse.serving(), CONTRACT)
    markup = Tab("overview").markup
    assert "pb-group" not in markup and markup.count('<article class="pb-kpi">') == 5
