"""The scorecard says for every target and period what the counts mean, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract import read_contract
from tests.supplements import supplement
from tests.warehouse.making import CONTRACT, a_warehouse, answer, happen, join, local, response, satisfied
from warehouse import Warehouse, WarehouseError
from warehouse.__main__ import main
from warehouse.cli.scorecard import lines
from warehouse.contract_loading import load_contract, store_contract
from warehouse.scorecard import Row, Scorecard, scorecard

CLOSED = "2026-04-10 12:00"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path)
    yield warehouse
    warehouse.close()


def card(house: Warehouse, at: str = CLOSED) -> Scorecard:
    found = scorecard(house, local(at))
    assert found is not None
    return found


def row(house: Warehouse, metric: str, period: str = "2026Q1", at: str = CLOSED) -> Row:
    (found,) = [
        each for each in card(house, at).rows if (each.metric.name, each.period.name) == (metric, period)
    ]
    return found


def test_without_a_contract_there_is_no_scorecard(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    assert scorecard(warehouse) is None
    warehouse.close()


def test_a_share_whose_bound_reaches_the_target_is_met(house: Warehouse) -> None:
    satisfied(house, 95, 100)
    found = row(house, "csat_top2")
    assert (found.verdict.word, found.state, found.clause, found.segment) == ("met", "closed", "2", "")
    assert found.verdict.estimate.value == 95.0
    assert found.verdict.estimate.n == 100


def test_a_share_whose_bound_is_under_the_target_is_missed(house: Warehouse) -> None:
    satisfied(house, 60, 100)
    assert row(house, "csat_top2").verdict.word == "missed"


def test_a_share_too_near_to_the_target_is_not_proven_either_way(house: Warehouse) -> None:
    satisfied(house, 81, 100)
    assert row(house, "csat_top2").verdict.word == "not_proven"


def test_fewer_answers_than_agreed_are_too_few_but_a_proven_miss_stands(house: Warehouse) -> None:
    satisfied(house, 19, 19)
    assert row(house, "csat_top2").verdict.word == "too_few"
    satisfied(house, 1, 15, at="2026-05-01 12:00")
    assert row(house, "csat_top2", "2026Q2", at="2026-07-01 00:00").verdict.word == "missed"


def test_a_period_in_which_fewer_than_five_answered_shows_its_word_and_no_figure(house: Warehouse) -> None:
    satisfied(house, 3, 4)
    found = row(house, "csat_top2")
    assert (found.verdict.word, found.counts, found.verdict.estimate.value) == ("too_few", None, None)
    assert found.verdict.estimate.n is None and found.verdict.bound_high is None
    assert "75" not in found.verdict.reason_in("en")
    assert found.verdict.reason_in("zh") == "回答不足 5 份，不显示数字；样本不足"
    satisfied(house, 1, 1)
    assert row(house, "csat_top2").verdict.estimate.n == 5


def test_figures_are_counted_while_every_download_connection_is_taken(house: Warehouse) -> None:
    satisfied(house, 95, 100)
    downloads = [house.stream("core/responses_after", after_seq=0) for _ in range(4)]
    for download in downloads:
        next(download)
    assert row(house, "csat_top2").verdict.estimate.n == 100
    for download in downloads:
        download.close()


def test_a_period_without_answers_or_members_has_no_cases(house: Warehouse) -> None:
    for metric in ("csat_top2", "nps", "csat_mean", "member_growth"):
        found = row(house, metric).verdict
        assert (found.word, found.kept, found.estimate.value) == ("no_cases", None, None)


def test_nps_is_decided_by_its_bound(house: Warehouse) -> None:
    answer(house, *(response(recommend=score) for score in [10] * 70 + [7] * 20 + [3] * 10))
    found = row(house, "nps")
    assert found.verdict.estimate.value == pytest.approx(60.0)
    assert found.verdict.word == "met"


def test_a_census_is_compared_directly_and_has_no_interval(house: Warehouse) -> None:
    join(house, range(100))
    join(house, range(100, 102), at="2026-02-01 12:00")
    found = row(house, "member_growth").verdict
    assert (found.word, found.estimate.value, found.estimate.low, found.estimate.n) == (
        "met",
        2.0,
        None,
        None,
    )
    happen(house, ("M00000", "left", "2026-03-31 23:59:59"))
    assert row(house, "member_growth").verdict.word == "missed"


def test_a_running_period_is_never_met_or_missed(house: Warehouse) -> None:
    satisfied(house, 3, 5)
    found = row(house, "csat_top2", at="2026-02-10 12:00")
    assert (found.state, found.verdict.word, found.verdict.final) == ("running", "undecided", False)
    satisfied(house, 995, 1000)
    assert row(house, "csat_top2", at="2026-02-10 12:00").verdict.word == "on_course"
    satisfied(house, 0, 1000)
    assert row(house, "csat_top2", at="2026-02-10 12:00").verdict.word == "at_risk"


def test_a_period_is_closed_at_its_last_midnight_and_not_a_moment_before(house: Warehouse) -> None:
    assert row(house, "nps", at="2026-03-31 23:59:59.999999").state == "running"
    assert row(house, "nps", at="2026-04-01 00:00").state == "closed"
    periods = {each.period.name for each in card(house, "2026-04-01 00:00").rows}
    assert periods == {"2026Q1"}
    periods = {each.period.name for each in card(house, "2026-04-01 00:00:00.000001").rows}
    assert periods == {"2026Q1", "2026Q2"}


def test_before_the_term_there_are_no_rows(house: Warehouse) -> None:
    assert card(house, "2025-12-31 23:00").rows == ()


def test_what_happened_after_the_day_of_the_figures_is_not_in_them(house: Warehouse) -> None:
    satisfied(house, 95, 100)
    satisfied(house, 0, 100, at="2026-02-20 12:00")
    assert row(house, "csat_top2", at="2026-02-10 12:00").verdict.estimate.n == 100


def test_a_target_is_shown_only_from_where_its_ramp_begins(house: Warehouse) -> None:
    rows = card(house).rows
    assert [each.period.name for each in rows if each.metric.name == "ces_mean"] == ["2026Q2"]
    targets = {
        each.period.name: each.verdict.target.value for each in rows if each.metric.name == "csat_top2"
    }
    assert targets == {"2026Q1": 80, "2026Q2": 82}


def test_rows_keep_the_order_of_the_contract(house: Warehouse) -> None:
    names = list(dict.fromkeys(each.metric.name for each in card(house).rows))
    assert names == ["member_growth", "csat_top2", "nps", "csat_mean", "ces_mean"]


def test_latest_gives_the_last_closed_and_the_running_row_of_each_metric(house: Warehouse) -> None:
    pairs = card(house).latest
    assert [
        (closed and closed.period.name, running and running.period.name) for closed, running in pairs
    ] == [
        *[("2026Q1", "2026Q2")] * 4,
        (None, "2026Q2"),
    ]


def test_small_tiers_are_suppressed_with_the_next_smallest(house: Warehouse) -> None:
    tiers = ["vip"] * 3 + ["new"] * 7 + ["returning"] * 20
    answer(house, *(response(tier=tier) for tier in tiers))
    found = {each.tier: each.estimate for each in card(house).tiers if each.metric.name == "csat_top2"}
    assert found["vip"] is None
    assert found["new"] is None
    assert found["returning"] is not None
    assert found["returning"].n == 20


def test_few_customers_without_a_tier_are_not_what_the_tiers_leave_of_everybody(house: Warehouse) -> None:
    tiers = ["vip"] * 7 + ["new"] * 20 + [None] * 3
    answer(house, *(response(tier=tier) for tier in tiers))
    assert row(house, "csat_top2").verdict.estimate.n == 30
    found = {each.tier: each.estimate for each in card(house).tiers if each.metric.name == "csat_top2"}
    assert found["vip"] is None
    assert found["new"] is not None


def loaded_before_the_metric_changed(warehouse: Warehouse, text: str) -> None:
    with warehouse.transaction() as cursor:
        store_contract(cursor, read_contract(text, "contract.yaml"), text)


def test_the_kind_and_the_direction_that_the_contract_states_must_be_those_of_the_metric(
    tmp_path: Path,
) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    loaded_before_the_metric_changed(warehouse, CONTRACT.replace("id: nps, kind: nps", "id: nps, kind: mean"))
    with pytest.raises(WarehouseError) as refused:
        scorecard(warehouse)
    assert refused.value.problem.code == "metric-kind"
    assert "指标 nps" in refused.value.problem.words("zh")
    warehouse.close()


def test_a_metric_that_is_not_in_the_catalogue_is_refused(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    text = CONTRACT.replace("id: nps,", "id: loyalty,").replace("metric: nps", "metric: loyalty")
    loaded_before_the_metric_changed(warehouse, text)
    with pytest.raises(WarehouseError) as refused:
        scorecard(warehouse)
    assert refused.value.problem.code == "metric-unknown"
    warehouse.close()


def test_the_command_prints_each_target_with_value_interval_n_target_and_verdict(house: Warehouse) -> None:
    satisfied(house, 95, 100)
    text = "\n".join(lines(card(house, "2026-04-01 00:00"), "en"))
    assert "Small contract (small-001, version 1)" in text
    assert "As of 2026-04-01 00:00 (Asia/Shanghai)" in text
    (line,) = [line for line in text.splitlines() if line.startswith("2026Q1") and "95.0 %" in line]
    assert line.split("  ")[:2] == ["2026Q1", "95.0 %"]
    assert "…" in line
    assert "80.0 %  met" in line


def test_figure_and_reason_are_written_with_the_same_decimals(house: Warehouse) -> None:
    satisfied(house, 79_96 // 4, 2500)  # 79.96 against 80: one decimal would show it on the target
    text = "\n".join(lines(card(house, "2026-04-01 00:00"), "en"))
    (line,) = [line for line in text.splitlines() if line.startswith("2026Q1") and "79.96 %" in line]
    assert line.split("  ")[1] == "79.96 %" and "79.96 % of 2,500" in line and "80.00 %" in line


def test_the_command_speaks_chinese(house: Warehouse) -> None:
    satisfied(house, 95, 100)
    text = "\n".join(lines(card(house), "zh"))
    assert "小合同（small-001，第 1 版）" in text
    assert "第 2 条：客户满意度（前两档占比）" in text
    assert "达标" in text


def test_the_command_without_a_contract_or_for_a_day_to_come_says_what_to_do(
    warehouse_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_warehouse(warehouse_folder, contract=False).close()
    assert main(["scorecard", "--language", "en"]) != 0
    assert "No contract is loaded." in capsys.readouterr().err
    warehouse = a_warehouse(warehouse_folder)
    warehouse.close()
    assert main(["scorecard", "--language", "en", "--as-of", "2999-01-01"]) != 0
    assert "This day is not over yet." in capsys.readouterr().err
    assert main(["scorecard", "--language", "en", "--as-of", "2026-03-31"]) == 0
    assert "As of 2026-04-01 00:00" in capsys.readouterr().out


INDEX = CONTRACT.replace(
    "  targets:\n",
    """    - id: whole
      kind: index
      title: {zh: 综合得分, en: Score}
      direction: higher
      clause: "2"
      components:
        - {metric: csat_top2, weight: 0.75, worst: 50, best: 100}
        - {metric: nps, weight: 0.25, worst: -50, best: 50}
  targets:
    - metric: whole
      ramp: {interpolate: step, points: [{at: 2026Q1, value: 40}]}
      decision: {rule: simple}
""",
).replace("small-001", "small-002")


def test_an_index_is_the_weighted_sum_of_its_parts_and_has_the_contracts_title(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    load_contract(warehouse, INDEX)
    answer(warehouse, *(response(overall=4 if number < 8 else 3, recommend=9) for number in range(10)))
    # 80 % is 60 of 100 points between 50 and 100 %; an NPS of 100 is cut off at its best, 100 points.
    found = row(warehouse, "whole")
    assert found.verdict.estimate.value == 0.75 * 60 + 0.25 * 100
    assert (found.verdict.word, found.metric.title["en"], found.metric.sql) == ("met", "Score", "")
    assert row(warehouse, "whole", "2026Q2", "2026-07-02 12:00").verdict.word == "no_cases"
    warehouse.close()


def test_an_index_of_fewer_answers_than_may_be_shown_has_no_figure(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    load_contract(warehouse, INDEX)
    answer(warehouse, *(response(recommend=9) for _ in range(4)))
    assert row(warehouse, "whole").verdict.estimate.value is None
    warehouse.close()


def test_two_touchpoints_of_one_metric_have_a_target_each(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    text = CONTRACT.replace("- {id: nps,", "- {id: care, metric: csat_top2, touchpoint: after,").replace(
        "kind: nps, direction", "kind: share, direction"
    )
    load_contract(warehouse, text.replace("- metric: nps", "- metric: care"))
    answer(warehouse, *(response(overall=5, touchpoint="after") for _ in range(6)))
    answer(warehouse, *(response(overall=1, touchpoint="before") for _ in range(6)))
    assert row(warehouse, "care").verdict.estimate.value == 100.0
    assert row(warehouse, "csat_top2").verdict.estimate.value == 50.0
    warehouse.close()


def test_each_period_is_judged_by_the_version_in_force_on_its_first_day(house: Warehouse) -> None:
    satisfied(house, 60, 100)
    satisfied(house, 60, 100, at="2026-05-01 12:00")
    load_contract(
        house,
        supplement(
            CONTRACT,
            "2026-04-01",
            ("{at: 2026Q1, value: 80.0}, {at: 2026Q2, value: 82.0}", "{at: 2026Q1, value: 45}"),
        ),
    )
    found = card(house, "2026-07-01 00:00")
    words = {each.period.name: each.verdict.word for each in found.rows if each.metric.name == "csat_top2"}
    assert (words["2026Q1"], words["2026Q2"]) == ("missed", "met")
    assert found.contract.version == 2
    assert card(house, "2026-03-31 12:00").contract.version == 1
