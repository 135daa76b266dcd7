"""Targets over the term: the ramp against what was counted, verdicts by period, each picture with its CSV."""

import csv
import io
import json
import re

import pytest

import warehouse
from contract import example_source
from pages.ui.kpi import kpi
from tests.pages.agreeing import two_versions, use_contract, without_money
from tests.pages.conftest import Visitor
from tests.pages.opening import Tab, use_example
from tests.warehouse.records.keeping import keep
from warehouse.contracts import current_contract
from warehouse.scorecard import scorecard

METRIC = "csat_top2"


def traces(tab: Tab, number: int = 0) -> dict[str, dict[str, list[float | None]]]:
    return {trace["name"]: trace for trace in json.loads(tab.figures[number])["data"]}


def test_the_chart_shows_the_ramp_of_every_period_and_the_values_of_those_begun() -> None:
    use_example()
    loaded, card = current_contract(warehouse.serving()), scorecard(warehouse.serving())
    assert loaded is not None and card is not None
    found = traces(Tab("targets", query={"metric": METRIC}))
    wanted = [target for period, _ in loaded.periods if (target := loaded.target(METRIC, period.name))]
    assert found["target"]["y"] == [float(each.value) for each in wanted for _ in range(2)]
    assert found["floor"]["y"] == [float(each.floor or 0) for each in wanted for _ in range(2)]
    values = [
        row.verdict.estimate.value for row in card.rows if row.metric.name == METRIC and row.state == "closed"
    ]
    assert found["value"]["y"][: len(values)] == pytest.approx(values)
    assert found["value"]["y"][len(values) :] == [None] * (len(wanted) - len(values) - 1)


def test_how_many_cases_wait_is_said_beside_the_figure_and_of_a_sealed_period_as_it_was_sealed() -> None:
    use_example()
    house, figure = warehouse.serving(), "case_resolved_in_time"
    case = {"subject": "x", "category": "complaint", "severity": "low", "channel": "hotline"}
    card = scorecard(house)
    assert card is not None
    begun = {row.period.name: row for row in card.rows if row.metric.name == figure}
    days = {name: f"{row.period.start} 09:00" for name, row in begun.items()}
    keep(
        house,
        "service_case",
        *({**case, "number": f"W{name}", "received_at": at, "paused_at": at} for name, at in days.items()),
    )
    card = scorecard(house)
    assert card is not None
    rows = {row.period.name: row for row in card.rows if row.metric.name == figure}
    assert {row.left_out for row in rows.values() if row.seal is None} == {1}
    assert {row.left_out for row in rows.values() if row.seal is not None} == {0}
    said = "1 waiting for the customer, not counted yet"
    assert Tab("targets", query={"metric": figure}).words.count(said) == sum(
        row.left_out for row in rows.values()
    )
    running = next(row for row in rows.values() if row.left_out)
    assert kpi(running, card.contract, "zh").left_out == "1 件正在等待客户，暂不计入"


def test_every_target_has_its_picture_table_and_csv_and_one_can_be_chosen() -> None:
    use_example()
    tab = Tab("targets")
    assert len(tab.figures) == 3 == tab.markup.count('href="/export/targets.csv" download')
    tab.app.selectbox(key="metric").select("nps")
    assert len(tab.run().figures) == 1
    assert len(Tab("targets", query={"metric": "<img>"}).figures) == 3


def test_each_verdict_stands_with_its_word_and_reason() -> None:
    use_example()
    card = scorecard(warehouse.serving())
    assert card is not None
    for language, query in (("en", {}), ("zh", {"metric": "incidents"})):
        words = Tab("targets", language=language, query=query).words
        shown = query.values() or [each.metric for each in card.contract.spec.consequences.liable]
        for row in card.rows:
            if row.metric.name in shown:
                assert " ".join(row.verdict.reason_in(language).split()) in words


def test_targets_without_money_stand_in_a_table_and_are_drawn_when_chosen() -> None:
    use_example()
    tab = Tab("targets")
    assert "Other targets" in tab.words and "Data security incidents" in tab.words
    chosen = Tab("targets", query={"metric": "incidents"})
    assert "Other targets" not in chosen.words and len(chosen.figures) == 1


def test_grace_is_marked_in_the_table() -> None:
    use_example()
    assert "2025Q3 grace" in Tab("targets", query={"metric": "nps"}).words
    assert "grace 28" not in Tab("targets", query={"metric": METRIC}).words


def test_a_supplement_s_periods_name_their_version() -> None:
    two_versions()
    words = Tab("targets").words
    assert re.search(r"2026Q4 (still running, )?Version 1 ", words)
    assert re.search(r"2027Q1 (still running, )?Version 2 ", words)


def test_a_stepped_target_is_drawn_in_steps() -> None:
    use_contract(example_source("pool_and_share"))
    found = traces(Tab("targets", query={"metric": METRIC}))
    assert found["target"]["y"] == [82.0] * 8 + [85.0] * 8
    assert "In steps, at least: 82 % from 2026Q1 on, 85 % from 2027Q1 on." in Tab("targets").words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_contract_without_money_and_without_answers_has_its_ramp_all_the_same(language: str) -> None:
    without_money()
    tab = Tab("targets", language=language)
    assert traces(tab)["target"]["y"][0] == 80.0


def test_the_csv_has_every_period_of_the_term(visitor: Visitor) -> None:
    use_example()
    loaded = current_contract(warehouse.serving())
    assert loaded is not None
    text = visitor.sign_in("party_b").get("/export/targets.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    aimed = [
        loaded.target(use.metric, period.name)
        for use in loaded.contract.metrics
        for period, _ in loaded.periods
    ]
    assert len(rows) == sum(target is not None for target in aimed)
    assert {row["state"] for row in rows} == {"closed", "running", "to_come"}
    last = [row for row in rows if row["metric"] == METRIC][-1]
    target = loaded.target(METRIC, last["period"])
    assert target is not None and float(last["target"]) == float(target.value) and last["value"] == ""
