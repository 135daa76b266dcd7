"""Fast and straight-lined responses are flagged by the published rules, counted, and never deleted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey import Choice, Question, Questionnaire, library_questionnaire
from tests.pages.web.surveys import every_type
from tests.warehouse.fieldwork.making import completed, of_member
from tests.warehouse.inviting import SURVEY, WAVE, links
from tests.warehouse.making import a_warehouse
from warehouse import Warehouse, open_warehouse
from warehouse.batteries import batteries
from warehouse.fieldwork.flags import Flag, flags
from warehouse.invitees import Invitee
from warehouse.surveys import publish

LOYALTY = "member-satisfaction-index"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path, contract=False)
    yield warehouse
    warehouse.close()


def flag(house: Warehouse, kind: str, survey: str = SURVEY) -> Flag:
    return next(each for each in flags(house, survey).waves[None] if each.kind == kind)


def test_less_than_half_the_median_of_the_same_version_and_language_is_too_fast(house: Warehouse) -> None:
    for number in range(19):
        completed(house, seconds=60 + number)  # the median of the 20 is 68.5 s, its half 34.25 s
    assert flag(house, "fast").judged == 0  # 19 times make no median
    completed(house, seconds=34, overall=1)
    found = flag(house, "fast")
    assert (found.judged, found.flagged) == (20, 1)
    completed(house, seconds=10, language="en")  # the only one in English: not judged
    completed(house)  # no time is known of it
    found = flag(house, "fast")
    assert (found.judged, found.flagged) == (20, 1)
    assert len(house.read("core/responses_after", after_seq=0)) == 22


def test_exactly_half_the_median_is_not_too_fast(house: Warehouse) -> None:
    for _ in range(20):
        completed(house, seconds=60)
    completed(house, seconds=30)
    assert flag(house, "fast").flagged == 0
    completed(house, seconds=29.9)
    assert flag(house, "fast").flagged == 1


def test_the_figures_are_shown_with_and_without_those_flagged(house: Warehouse) -> None:
    for _ in range(20):
        completed(house, seconds=60, overall=5, recommend=9)
    for _ in range(5):
        completed(house, seconds=5, overall=1, recommend=0)
    csat, nps = flags(house, SURVEY).effects["fast"]
    assert csat.measures == "csat" and csat.everybody is not None and csat.without is not None
    assert (csat.everybody.value, csat.everybody.n) == (pytest.approx(80.0), 25)
    assert (csat.without.value, csat.without.n) == (pytest.approx(100.0), 20)
    assert nps.everybody is not None and nps.without is not None
    assert (nps.everybody.value, nps.without.value) == (pytest.approx(60.0), pytest.approx(100.0))


def test_what_one_to_four_flagged_people_answered_cannot_be_worked_out(house: Warehouse) -> None:
    for _ in range(20):
        completed(house, seconds=60)
    for _ in range(4):
        completed(house, seconds=5, overall=1)
    assert flag(house, "fast").flagged == 4
    effects = flags(house, SURVEY).effects["fast"]
    assert [(bool(each.everybody), each.without) for each in effects] == [(True, None)]


def test_waves_have_flags_of_their_own_and_programs_count_with_the_whole_survey_only(
    house: Warehouse,
) -> None:
    links(house, Invitee("M1"))
    for _ in range(20):
        completed(house, seconds=60)
    completed(house, of_member(house, "M1"), seconds=5)
    completed(house, channel="api")
    found = flags(house, SURVEY)
    counts = {wave: (fast.judged, fast.flagged) for wave, (fast, *_) in found.waves.items()}
    assert counts == {None: (20, 0), WAVE: (1, 1)}
    assert (found.whole[0].judged, found.whole[0].flagged) == (21, 1)
    everybody = found.effects["fast"][0].everybody
    assert everybody is not None and everybody.n == 22


def test_the_same_score_for_a_whole_battery_is_straight_lined(house: Warehouse) -> None:
    definition = library_questionnaire(LOYALTY)
    publish(house, definition, LOYALTY, definition.title, is_example=False)
    assert batteries(definition) == (tuple(range(1, 16)),)  # fifteen ratings in a row, from 1 to 10
    codes = [item.code for item in definition.scored]
    same: dict[str, object] = dict.fromkeys(codes, 7) | {"complaint_made": "yes"}
    completed(house, questionnaire=definition, **same | {codes[3]: 8})
    assert (flag(house, "straight", LOYALTY).judged, flag(house, "straight", LOYALTY).flagged) == (1, 0)
    completed(house, questionnaire=definition, **same)
    assert (flag(house, "straight", LOYALTY).judged, flag(house, "straight", LOYALTY).flagged) == (2, 1)
    assert flag(house, "either", LOYALTY).flagged == 1


def test_a_matrix_of_four_rows_is_a_battery_and_one_of_three_is_none() -> None:
    definition = every_type()
    matrix = next(question for question in definition.questions if question.type == "matrix")
    assert len(matrix.rows) == 3 and batteries(definition) == ()
    rows = (*matrix.rows, Choice(code="more", text=matrix.rows[0].text))
    longer = Question.model_validate(matrix.model_dump() | {"rows": rows})
    questions = tuple(longer if each is matrix else each for each in definition.questions)
    changed = Questionnaire.model_validate(definition.model_dump() | {"questions": questions})
    (battery,) = batteries(changed)
    assert [changed.scored[place - 1].code for place in battery] == [item.code for item in longer.items]


def test_a_questionnaire_without_a_battery_of_four_cannot_be_judged_for_straight_lines(
    house: Warehouse,
) -> None:
    assert batteries(library_questionnaire(SURVEY)) == ()
    completed(house)
    assert (flag(house, "straight").judged, flag(house, "straight").flagged) == (0, 0)


def test_batteries_of_versions_published_before_they_were_kept_are_found_at_the_next_start(
    tmp_path: Path,
) -> None:
    house = a_warehouse(tmp_path, contract=False)
    definition = library_questionnaire(LOYALTY)
    publish(house, definition, LOYALTY, definition.title, is_example=False)
    same: dict[str, object] = dict.fromkeys((item.code for item in definition.scored), 7)
    completed(house, seconds=60, questionnaire=definition, **same | {"complaint_made": "yes"})
    house.quiet.close()
    house.rollups.seal()
    told = flags(house, LOYALTY)
    with house.transaction() as cursor:  # as a file is that was written before
        for table in ("battery", "pace_sealed", "pace_exact_sealed"):
            cursor.execute(f"DELETE FROM {table}")
    house.close()
    house = open_warehouse(tmp_path / "pactboard.duckdb")
    try:
        assert flags(house, LOYALTY) == told and flag(house, "straight", LOYALTY).flagged == 1
        assert house.read("rollups/differing") == []
    finally:
        house.close()
