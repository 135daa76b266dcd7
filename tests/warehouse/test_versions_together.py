"""Answers to all versions of a questionnaire stay together by code, wherever their scores are stored."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract import NpsCounts, ShareCounts
from survey import Envelope, Questionnaire, Response, library_questionnaire, new_response_id, validate
from tests.warehouse.making import SURVEY, a_warehouse, answer, local, response
from warehouse import Warehouse, WarehouseError
from warehouse.exports import export_rows
from warehouse.filters import Filters, options
from warehouse.satisfaction import satisfaction
from warehouse.scorecard import scorecard
from warehouse.summary import summarise
from warehouse.surveys import next_version, publish, questionnaire, survey

AT = "2026-05-01 12:00"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path)
    yield warehouse
    warehouse.close()


def edited() -> Questionnaire:
    """A rating in front, so that every score moves by a place; the question of ease is gone."""
    first = library_questionnaire(SURVEY)
    overall = first.question("overall")
    arrival = overall.model_copy(update={"code": "arrival", "measures": "none", "required": False})
    kept = tuple(question for question in first.questions if question.code != "ease")
    return first.model_copy(update={"questions": (arrival, *kept)})


def newer(made: Questionnaire, **answers: object) -> Response:
    raw = {code: str(value) for code, value in answers.items()}
    envelope = Envelope(new_response_id(), SURVEY, "light_form", "zh", local("2026-02-02 12:00"))
    found = validate(made, raw, envelope)
    assert isinstance(found, Response), found
    return found


@pytest.fixture
def answered(house: Warehouse) -> Warehouse:
    answer(house, *(response(overall=5, recommend=9, ease=7, touchpoint="after") for _ in range(6)))
    made = next_version(house, SURVEY, edited())
    answer(house, *(newer(made, arrival=1, overall=3, recommend=6, touchpoint="before") for _ in range(5)))
    return house


def test_the_score_s_places_differ_and_the_metrics_count_by_what_was_asked(answered: Warehouse) -> None:
    with answered.transaction() as cursor:
        places = cursor.execute(
            "SELECT version, score_position FROM question WHERE question = 'overall' ORDER BY version"
        ).fetchall()
    assert places == [(1, 1), (2, 2)]
    found = {each.metric.name: each for each in satisfaction(answered, Filters(SURVEY), local(AT)).series}
    assert found["csat_top2"].points[0].counts == ShareCounts(6, 11)
    spread = found["csat_top2"].distribution or {}
    assert {score: n for score, n in spread.items() if n} == {3: 5, 5: 6}
    assert found["nps"].points[0].counts == NpsCounts(5, 0, 6)
    assert found["ces_mean"].n == 6, "a question that is gone keeps its answers"
    card = scorecard(answered, local(AT))
    assert card
    rows = {(row.metric.name, row.period.name): row.counts for row in card.rows}
    assert rows["csat_top2", "2026Q1"] == ShareCounts(6, 11)
    assert rows["nps", "2026Q1"] == NpsCounts(5, 0, 6)


def test_the_summary_has_every_question_ever_asked(answered: Warehouse) -> None:
    found = summarise(answered, SURVEY)
    assert [(each.question.code, each.n) for each in found.figures] == [
        *(("arrival", 5), ("overall", 11), ("recommend", 11), ("ease", 6)),
    ]
    means = {each.question.code: each.mean.value for each in found.figures if each.mean}
    assert means["arrival"] == 1 and means["ease"] == 7
    assert means["overall"] == pytest.approx((6 * 5 + 5 * 3) / 11)
    by = summarise(answered, SURVEY, "touchpoint")
    groups = {(each.question.code, each.group): each.n for each in by.figures}
    assert groups["overall", "after"] == 6 and groups["overall", "before"] == 5


def test_filters_and_exports_take_both_versions(answered: Warehouse) -> None:
    assert set(options(answered, SURVEY)["touchpoint"]) >= {"after", "before"}
    only = satisfaction(answered, Filters(SURVEY, touchpoint="before"), local(AT))
    assert {each.metric.name: each.n for each in only.series}["csat_top2"] == 5
    export = export_rows(answered, "responses", Filters(SURVEY), "en")
    place = {name: export.table.columns.index(name) for name in ("version", "overall", "arrival", "ease")}
    rows = {tuple(row[place[name]] for name in place) for row in export.table.rows}
    assert rows == {(1, 5, None, 7), (2, 3, 1, None)}


def test_the_next_version_gets_its_number_here_and_the_same_text_none(house: Warehouse) -> None:
    first = library_questionnaire(SURVEY)
    assert next_version(house, SURVEY, first.model_copy(update={"version": 900})) == first
    made = next_version(house, SURVEY, edited().model_copy(update={"version": 900}))
    assert made.version == 2 and next_version(house, SURVEY, edited()) == made
    asked = survey(house, SURVEY)
    assert asked and asked.questionnaire == made == questionnaire(house, SURVEY, 2)


def test_a_new_questionnaire_opens_a_survey_as_version_1(house: Warehouse) -> None:
    new = edited().model_copy(update={"slug": "club", "version": 7})
    assert next_version(house, "club", new).version == 1
    found = survey(house, "club")
    assert found and found.questionnaire.version == 1


def test_two_editors_of_one_version_do_not_undo_each_other(house: Warehouse) -> None:
    next_version(house, SURVEY, edited(), replaces=1)
    other = library_questionnaire(SURVEY).model_copy(update={"thanks": {"en": "Bye", "zh": "再见"}})
    with pytest.raises(WarehouseError) as refused:
        next_version(house, SURVEY, other, replaces=1)
    assert refused.value.problem.code == "questionnaire-edited"
    assert questionnaire(house, SURVEY, 3) is None


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_version_that_would_spoil_answers_is_refused_and_names_what_to_do(
    house: Warehouse, by_hand: bool
) -> None:
    first = library_questionnaire(SURVEY)
    overall = first.question("overall")
    longer = overall.model_copy(update={"scale": overall.scale.model_copy(update={"max": 7, "labels": {}})})
    broken = first.model_copy(update={"version": 2, "questions": (longer, *first.questions[1:])})
    with pytest.raises(WarehouseError) as refused:
        if by_hand:
            publish(house, broken, SURVEY, first.title, is_example=False)
        else:
            next_version(house, SURVEY, broken)
    assert refused.value.problem.code == "questionnaire-breaks-answers"
    words = refused.value.problem.words("en")
    assert "overall.scale.max: 5 → 7" in words and "new code" in words
    assert questionnaire(house, SURVEY, 2) is None
    renamed = longer.model_copy(update={"code": "overall_7"})
    kept = first.model_copy(update={"questions": (renamed, *first.questions[1:])})
    assert next_version(house, SURVEY, kept).version == 2


def test_surveys_that_ask_one_questionnaire_go_on_together(house: Warehouse) -> None:
    first = library_questionnaire(SURVEY)
    publish(house, first, "shops", {"en": "Shops"}, is_example=False)
    next_version(house, "shops", edited())
    for slug in ("shops", SURVEY):
        found = survey(house, slug)
        assert found and found.questionnaire.version == 2


def test_a_survey_keeps_its_questionnaire(house: Warehouse) -> None:
    with pytest.raises(WarehouseError) as refused:
        next_version(house, SURVEY, library_questionnaire("website"))
    assert refused.value.problem.code == "survey-name-taken"
