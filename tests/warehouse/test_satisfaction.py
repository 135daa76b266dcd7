"""Satisfaction over time, for everybody and for some, without what is too small to show."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from contract import MeanCounts, NpsCounts, ShareCounts
from survey import library_questionnaire
from tests.warehouse.making import SURVEY, a_warehouse, answer, local, response
from warehouse import Warehouse
from warehouse.filters import Filters
from warehouse.satisfaction import Satisfaction, Series, satisfaction
from warehouse.scorecard import scorecard
from warehouse.summary import summarise
from warehouse.surveys import publish

AT = "2026-05-01 12:00"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path)
    yield warehouse
    warehouse.close()


def found(house: Warehouse, at: str = AT, **filters: object) -> Satisfaction:
    return satisfaction(house, Filters(SURVEY, **filters), local(at))


def series(house: Warehouse, metric: str, **filters: object) -> Series:
    (one,) = [each for each in found(house, **filters).series if each.metric.name == metric]
    return one


def answers(house: Warehouse, n: int, at: str = "2026-02-01 12:00", **fields: object) -> None:
    answer(house, *(response(at, **fields) for _ in range(n)))


def test_the_series_follow_the_periods_of_the_contract_with_their_targets(house: Warehouse) -> None:
    answers(house, 6, overall=5, recommend=9, ease=7)
    answers(house, 4, overall=3, recommend=6, ease=5)
    answers(house, 5, "2026-04-01 00:00", overall=4, recommend=8)
    shown = found(house)
    assert shown.by == "period"
    assert [each.metric.name for each in shown.series] == ["csat_top2", "nps", "ces_mean"]
    first, second = series(house, "csat_top2").points
    assert (first.name, first.state, first.counts, first.target) == (
        "2026Q1",
        "closed",
        ShareCounts(6, 10),
        80,
    )
    assert (second.name, second.state, second.counts, second.target) == (
        "2026Q2",
        "running",
        ShareCounts(5, 5),
        82,
    )
    assert first.estimate is not None
    assert first.estimate.value == 60.0
    assert series(house, "nps").points[0].counts == NpsCounts(4, 0, 6)
    ease = series(house, "ces_mean").points[0].counts
    assert ease == MeanCounts({1: 0, 2: 0, 3: 0, 4: 0, 5: 4, 6: 0, 7: 6})


def test_the_figures_agree_with_the_scorecard(house: Warehouse) -> None:
    answers(house, 9, overall=5, recommend=9, ease=7)
    answers(house, 8, overall=2, recommend=7, ease=3, tier="vip")
    card = scorecard(house, local(AT))
    assert card is not None
    counts = {(row.metric.name, row.period.name): row.counts for row in card.rows}
    for each in found(house).series:
        for point in each.points:
            if (each.metric.name, point.name) in counts:
                assert point.counts == counts[each.metric.name, point.name]


def test_a_touchpoint_shows_its_own_answers_and_no_target(house: Warehouse) -> None:
    answers(house, 7, touchpoint="after", overall=2)
    answers(house, 3, touchpoint="after", overall=4)
    answers(house, 20, touchpoint="before", overall=5)
    (first, _) = series(house, "csat_top2", touchpoint="after").points
    assert (first.counts, first.n, first.target) == (ShareCounts(3, 10), 10, None)


@pytest.mark.parametrize("dimension", ["tier", "channel", "language"])
def test_each_dimension_narrows(house: Warehouse, dimension: str) -> None:
    values = {"tier": ("vip", "new"), "channel": ("page", "light_form"), "language": ("en", "zh")}[dimension]
    for value, n in zip(values, (6, 9), strict=True):
        answers(house, n, **{dimension: value})
    assert [series(house, "csat_top2", **{dimension: value}).n for value in values] == [6, 9]


def test_days_narrow_and_take_the_target_of_a_cut_period_away(house: Warehouse) -> None:
    answers(house, 6, "2026-01-31 23:59")
    answers(house, 7, "2026-02-01 00:00")
    answers(house, 8, "2026-04-10 12:00")
    points = series(house, "csat_top2", start=date(2026, 2, 1)).points
    assert [(each.name, each.n, each.target) for each in points] == [("2026Q1", 7, None), ("2026Q2", 8, 82)]
    points = series(house, "csat_top2", end=date(2026, 4, 1)).points
    assert [(each.name, each.n, each.target) for each in points] == [("2026Q1", 13, 80)]
    points = series(house, "csat_top2", end=date(2026, 3, 1)).points
    assert [(each.name, each.n, each.target) for each in points] == [("2026Q1", 13, None)]


def test_the_distribution_names_every_score_of_the_scale(house: Warehouse) -> None:
    answers(house, 4, overall=5)
    answers(house, 2, overall=3)
    one = series(house, "csat_top2")
    assert one.question.code == "overall"
    assert (one.n, one.distribution) == (6, {1: 0, 2: 0, 3: 2, 4: 0, 5: 4})


def test_a_period_without_answers_is_shown_empty(house: Warehouse) -> None:
    answers(house, 6)
    point = series(house, "csat_top2").points[1]
    assert (point.n, point.counts, point.suppressed) == (0, ShareCounts(0, 0), False)
    assert point.estimate is not None
    assert point.estimate.value is None


def test_fewer_than_five_answers_are_suppressed_with_the_period_that_would_tell_them(
    house: Warehouse,
) -> None:
    answers(house, 4)
    answers(house, 9, "2026-04-10 12:00")
    points = series(house, "csat_top2").points
    assert [(each.suppressed, each.n, each.counts, each.estimate) for each in points] == [
        (True, None, None, None)
    ] * 2
    assert series(house, "csat_top2").n == 13


def test_four_answers_in_all_show_no_distribution(house: Warehouse) -> None:
    answers(house, 4)
    one = series(house, "csat_top2")
    assert (one.suppressed, one.n, one.distribution) == (True, None, None)


def test_a_filter_that_leaves_out_fewer_than_five_is_suppressed_since_the_whole_is_shown_elsewhere(
    house: Warehouse,
) -> None:
    answers(house, 30, language="zh")
    answers(house, 2, language="en")
    one = series(house, "csat_top2", language="zh")
    assert [each.suppressed for each in one.points] == [True, True]
    assert one.suppressed


def test_a_filter_on_top_of_another_is_hidden_where_it_leaves_out_fewer_than_five_of_that(
    house: Warehouse,
) -> None:
    answers(house, 30, tier="vip", touchpoint="after")
    answers(house, 3, tier="vip", touchpoint="before")
    answers(house, 40, tier="new", touchpoint="before")
    answers(house, 40, tier="new", touchpoint="after")
    assert series(house, "csat_top2", touchpoint="after").n == 70
    assert series(house, "csat_top2", tier="vip").n == 33
    assert series(house, "csat_top2", tier="vip", touchpoint="after").suppressed


def test_months_are_shown_only_where_none_of_the_survey_has_fewer_than_five(house: Warehouse) -> None:
    answers(house, 20, "2026-01-10 12:00")
    answers(house, 20, "2026-02-10 12:00")
    assert series(house, "csat_top2", end=date(2026, 2, 1)).n == 20
    answers(house, 3, "2026-03-10 12:00")
    assert series(house, "csat_top2", end=date(2026, 2, 1)).suppressed
    assert series(house, "csat_top2").n == 43


def test_answers_outside_the_term_are_counted_apart(house: Warehouse) -> None:
    answers(house, 20, "2026-02-10 12:00")
    assert series(house, "csat_top2").outside == 0
    answers(house, 6, "2025-12-31 23:59")
    one = series(house, "csat_top2")
    assert (one.n, one.outside) == (20, 6)
    assert summarise(house, SURVEY).figures[0].n == 26
    after = series(house, "csat_top2", start=date(2026, 1, 1))
    before = series(house, "csat_top2", end=date(2026, 1, 1))
    assert (after.n, after.outside, before.n, before.outside) == (20, 0, 0, 6)


def test_few_answers_outside_the_term_hide_what_the_whole_survey_could_be_compared_with(
    house: Warehouse,
) -> None:
    answers(house, 20, "2026-02-10 12:00")
    answers(house, 30, "2026-04-10 12:00")
    answers(house, 2, "2025-12-31 23:59")
    one = series(house, "csat_top2")
    assert (one.n, one.distribution, one.outside, one.suppressed) == (None, None, None, False)
    assert [(each.name, each.n) for each in one.points] == [("2026Q1", None), ("2026Q2", 30)]


def test_an_answer_after_the_term_is_outside_of_it(house: Warehouse) -> None:
    answers(house, 5, "2026-07-01 00:00")
    (one, _, _) = found(house, "2026-08-01 12:00").series
    assert (one.n, one.outside) == (0, 5)


def test_a_survey_of_another_contract_is_shown_by_month(house: Warehouse) -> None:
    questionnaire = library_questionnaire("airport-passengers")
    publish(house, questionnaire, "airport", questionnaire.title, is_example=False)
    empty = satisfaction(house, Filters("airport"), local(AT))
    assert (empty.by, [each.points for each in empty.series]) == ("month", [(), ()])


def test_without_a_contract_the_series_run_by_month_from_the_first_answer(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    answers(warehouse, 6, "2026-03-31 23:59")
    points = series(warehouse, "csat_top2").points
    assert [(each.name, each.n, each.target) for each in points] == [
        ("2026-03", 6, None),
        ("2026-04", 0, None),
        ("2026-05", 0, None),
    ]
    warehouse.close()


def test_a_survey_that_does_not_exist_is_a_mistake_of_the_caller(house: Warehouse) -> None:
    with pytest.raises(ValueError, match="no survey 'none'"):
        satisfaction(house, Filters("none"))
