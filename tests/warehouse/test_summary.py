"""The figures of a survey: from counts of scores, with the intervals of the contract's statistics."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.statistics import mean_interval, nps_interval, share_interval
from survey import Response, library_questionnaire, new_response_id
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.responses import store_responses
from warehouse.summary import Figures, summarise
from warehouse.surveys import publish


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path / "summary.duckdb")
    yield warehouse
    warehouse.close()


def answered(
    survey: str,
    scores: tuple[int | None, int | None, int | None],
    language: str = "zh",
    weight: float = 1.0,
    tier: str | None = None,
) -> Response:
    return Response(
        response_id=new_response_id(),
        survey=survey,
        questionnaire="customer-satisfaction",
        version=1,
        channel="web",
        language=language,
        submitted_at=datetime(2026, 1, 5, tzinfo=UTC),
        started_at=None,
        weight=weight,
        member_id=None,
        tier=tier,
        touchpoint=None,
        scores=scores,
        missing=tuple("blank" if score is None else None for score in scores),
        choices={},
        texts={},
    )


def store(warehouse: Warehouse, responses: Sequence[Response]) -> None:
    with warehouse.transaction() as cursor:
        store_responses(cursor, responses, warehouse.reporting_zone)


def of(figures: Sequence[Figures], question: str, group: str | None = None) -> Figures:
    return next(each for each in figures if (each.question.code, each.group) == (question, group))


SURVEY = "customer-satisfaction"


def test_each_question_has_its_figures_with_intervals(opened: Warehouse) -> None:
    csat, nps = [5] * 6 + [4] * 2 + [3] * 2, [10] * 4 + [8] * 3 + [6] * 3
    store(opened, [answered(SURVEY, (a, b, None)) for a, b in zip(csat, nps, strict=True)])
    found = summarise(opened, SURVEY)
    assert found.responses == 10
    assert [each.question.code for each in found.figures] == ["overall", "recommend"]
    overall, recommend = found.figures
    share = share_interval(8, 10)
    assert overall.top_two and overall.mean and recommend.nps and share.low and share.high
    assert overall.top_two.value == 80.0
    assert (overall.top_two.low, overall.top_two.high) == pytest.approx((100 * share.low, 100 * share.high))
    assert overall.mean == mean_interval({5: 6, 4: 2, 3: 2, 2: 0, 1: 0}, method="gaffke")
    assert overall.nps is None
    assert recommend.nps == nps_interval(3, 3, 4)
    assert overall.weighted is None


@settings(deadline=None, max_examples=25)  # the machine may be busy
@given(
    st.lists(st.tuples(st.integers(0, 10), st.sampled_from([0.25, 0.5, 1.0, 3.0])), min_size=5, max_size=40)
)
def test_weighted_figures_are_those_of_the_answers_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, answers: list[tuple[int, float]]
) -> None:
    warehouse = open_warehouse(tmp_path_factory.mktemp("weighted") / "w.duckdb")
    try:
        store(warehouse, [answered(SURVEY, (None, score, None), weight=weight) for score, weight in answers])
        found = of(summarise(warehouse, SURVEY).figures, "recommend")
    finally:
        warehouse.close()
    weights = [weight for _, weight in answers]
    total = sum(weights)
    if len(set(weights)) == 1:
        assert found.weighted is None
        return
    assert found.weighted
    promoters = sum(weight for score, weight in answers if score >= 9)
    detractors = sum(weight for score, weight in answers if score <= 6)
    assert found.weighted.nps == pytest.approx(100 * (promoters - detractors) / total)
    assert found.weighted.top_two == pytest.approx(100 * promoters / total)
    assert found.weighted.effective_n == pytest.approx(total**2 / sum(weight**2 for weight in weights))
    assert found.weighted.effective_n < len(answers)


def test_groups_follow_their_whole_and_add_up_to_it(opened: Warehouse) -> None:
    tiers = ["gold"] * 7 + ["standard"] * 9 + [None] * 6
    store(opened, [answered(SURVEY, (5, 9, 7), tier=tier) for tier in tiers])
    found = [each for each in summarise(opened, SURVEY, "tier").figures if each.question.code == "overall"]
    assert [(each.group, each.n) for each in found] == [(None, 22), ("", 6), ("gold", 7), ("standard", 9)]


def test_a_small_group_is_hidden_with_the_one_it_could_be_worked_out_from(opened: Warehouse) -> None:
    languages = ["en"] * 20 + ["ja"] * 3 + ["zh"] * 6
    store(opened, [answered(SURVEY, (5, 9, 7), language) for language in languages])
    figures = summarise(opened, SURVEY, "language").figures
    hidden = {each.group: each for each in figures if each.question.code == "overall" and each.suppressed}
    assert set(hidden) == {"ja", "zh"}
    assert {(each.n, each.mean, each.top_two, each.weighted) for each in hidden.values()} == {
        (None, None, None, None)
    }
    assert of(figures, "overall", "en").n == 20


def test_surveys_are_counted_apart(opened: Warehouse) -> None:
    publish(
        opened,
        library_questionnaire("customer-satisfaction"),
        "other",
        {"en": "Other", "zh": "另一个"},
        False,
    )
    store(opened, [answered(SURVEY, (5, 9, 7)), *(answered("other", (1, 1, 1)) for _ in range(6))])
    assert (summarise(opened, SURVEY).responses, summarise(opened, "other").responses) == (1, 6)
    assert of(summarise(opened, "other").figures, "overall").n == 6


def test_a_survey_without_answers_has_no_figures(opened: Warehouse) -> None:
    found = summarise(opened, SURVEY, "language")
    assert (found.responses, found.figures) == (0, ())


def test_a_survey_there_is_not_is_refused_with_those_there_are(opened: Warehouse) -> None:
    with pytest.raises(WarehouseError) as caught:
        summarise(opened, "nope")
    assert caught.value.problem.code == "survey-unknown"
    assert "customer-satisfaction" in caught.value.problem.words("en")


def test_a_survey_with_fewer_than_five_answers_to_a_question_shows_no_figure_of_it(opened: Warehouse) -> None:
    store(opened, [answered(SURVEY, (5, 9, 7)) for _ in range(4)])
    assert {(each.suppressed, each.n, each.mean) for each in summarise(opened, SURVEY).figures} == {
        (True, None, None)
    }
