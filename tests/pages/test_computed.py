"""How it is computed: made from the metric's own file and the contract, for every metric there is."""

import html
import re

import pytest

import warehouse
from contract import example_source
from contract.methods import METHODS
from pages.ui.computation import tables_read
from tests.pages.agreeing import use_contract
from tests.pages.opening import Tab, use_example
from warehouse.metrics import catalogue
from warehouse.scorecard import scorecard
from warehouse.surveys import responses_of


@pytest.mark.parametrize("metric", ["csat_top2", "nps", "member_growth"])
def test_a_metric_shows_its_clause_its_statistics_and_the_sql_that_runs(metric: str) -> None:
    use_example()
    tab = Tab("computed", query={"metric": metric})
    card = scorecard(warehouse.serving())
    assert card is not None
    row = next(row for row in card.rows if row.metric.name == metric)
    clause = card.contract.clause(row.clause)
    assert f"Clause {clause.id}" in tab.words and " ".join(clause.text["en"].split()) in tab.words
    shown = re.findall(r"<pre[^>]*>(.*?)</pre>", tab.markup, re.S)
    assert [html.unescape(text) for text in shown] == [row.metric.sql, row.metric.from_rows]
    assert METHODS[row.metric.kind].decision.words("en") in tab.words
    assert METHODS[row.metric.kind].source in tab.words


def test_the_inputs_name_survey_and_how_many_responses_it_has() -> None:
    use_example()
    words = Tab("computed", query={"metric": "nps"}).words
    n = responses_of(warehouse.serving(), "customer-satisfaction")
    assert n > 100 and f"customer-satisfaction, {n:,} responses stored" in words
    assert "answer" in words and "Touchpoint all" in words


def test_the_counts_of_every_period_are_those_that_were_judged() -> None:
    use_example()
    card = scorecard(warehouse.serving())
    assert card is not None
    words = Tab("computed", query={"metric": "csat_top2"}).words
    for row in card.rows:
        if row.metric.name == "csat_top2" and not row.segment:
            assert f"{row.counts.successes:,} of {row.counts.n:,}" in words


def test_an_index_shows_its_components() -> None:
    use_contract(example_source("score_to_pay"))
    tab = Tab("computed", query={"metric": "service_index"})
    assert "0 points at" in tab.words and "<pre" not in tab.markup
    assert 'href="/computed?metric=csat_top2"' in tab.markup and "−20.0" in tab.words


def test_a_metric_that_does_not_exist_is_ignored() -> None:
    use_example()
    assert "Member growth" in Tab("computed", query={"metric": "<img src=x>"}).words


def test_each_tile_of_the_overview_leads_to_how_it_is_computed() -> None:
    use_example()
    markup = Tab("overview").markup
    for metric in ("csat_top2", "nps", "member_growth"):
        assert f'href="/computed?metric={metric}"' in markup and f'href="/targets?metric={metric}"' in markup


def test_every_metric_file_reads_tables_that_there_are() -> None:
    house = warehouse.serving()
    for metric in catalogue():
        read = tables_read(metric.sql)
        assert read and "contract_period" in read, metric.name
        with house.transaction() as cursor:
            for table in read:
                assert cursor.table(table).columns
