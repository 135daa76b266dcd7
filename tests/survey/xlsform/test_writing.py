"""A questionnaire written as a workbook is read again as it was, and other tools can open it."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from survey import Questionnaire, SurveyError, library, read_questionnaire
from survey.languages import is_missing
from survey.xlsform import read_xlsform, write_xlsform
from survey.yaml_writing import write_questionnaire

EVERYTHING = read_questionnaire(
    (Path(__file__).parent.parent / "everything.yaml").read_text(encoding="utf-8"), "everything.yaml"
)
ALL = [*library(), EVERYTHING]
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs")), min_size=1, max_size=40
).filter(lambda text: not is_missing(text) and "{{" not in text and "${" not in text and text == text.strip())


@pytest.mark.parametrize("questionnaire", ALL, ids=lambda each: each.slug)
def test_a_questionnaire_comes_back_from_a_workbook_and_from_yaml_as_it_was(
    questionnaire: Questionnaire,
) -> None:
    imported = read_xlsform(write_xlsform(questionnaire).data, "a.xlsx")
    assert imported.questionnaire == questionnaire
    assert imported.notes == ()
    again = read_questionnaire(write_questionnaire(imported.questionnaire), "a.yaml")
    assert again.sha256 == questionnaire.sha256


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(ALL), TEXTS, st.data())
def test_whatever_its_texts_say_it_comes_back(
    questionnaire: Questionnaire, text: str, data: st.DataObject
) -> None:
    language = data.draw(st.sampled_from(questionnaire.languages))
    place = data.draw(st.integers(0, len(questionnaire.questions) - 1))
    question = questionnaire.questions[place]
    said = question.model_copy(update={"text": {**question.text, language: text}, "required": False})
    changed = questionnaire.model_copy(
        update={
            "title": {**questionnaire.title, language: text},
            "questions": (*questionnaire.questions[:place], said, *questionnaire.questions[place + 1 :]),
        }
    )
    assert read_xlsform(write_xlsform(changed).data, "a.xlsx").questionnaire == changed
    assert read_questionnaire(write_questionnaire(changed), "a.yaml") == changed


@pytest.mark.parametrize("questionnaire", ALL, ids=lambda each: each.slug)
def test_pyxform_makes_an_xform_of_every_workbook(questionnaire: Questionnaire) -> None:
    made = convert(io.BytesIO(write_xlsform(questionnaire).data))
    for question in questionnaire.questions:
        assert f"/{question.code}" in made.xform


def test_a_text_like_a_formula_stays_text() -> None:
    title = {"zh": "=1+1", "en": "+SUM(A1)"}
    changed = EVERYTHING.model_copy(update={"title": title})
    data = write_xlsform(changed).data
    cells = [cell for sheet in load_workbook(io.BytesIO(data)) for row in sheet.rows for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert read_xlsform(data, "a.xlsx").questionnaire.title == title


def test_a_condition_edited_in_the_workbook_wins_over_the_one_that_was_written() -> None:
    book = load_workbook(io.BytesIO(write_xlsform(EVERYTHING).data))
    sheet = book["survey"]
    headings = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.rows if row[headings.index("name")].value == "why")
    assert row[headings.index("relevant")].value == "${overall} <= 2"
    row[headings.index("relevant")].value = "${overall} <= 3"
    packed = io.BytesIO()
    book.save(packed)
    assert read_xlsform(packed.getvalue(), "a.xlsx").questionnaire.question("why").show_if == "overall <= 3"


def test_what_other_tools_will_not_heed_is_listed() -> None:
    notes = {(note.where, note.code) for note in write_xlsform(EVERYTHING).notes}
    assert ("survey:4 type", "xlsform-only-here") in notes
    assert ("survey:17 relevant", "xlsform-unsayable") in notes


def test_a_text_longer_than_a_cell_is_refused_not_cut() -> None:
    changed = EVERYTHING.model_copy(update={"intro": {"zh": "长" * 32_768}})
    with pytest.raises(SurveyError) as error:
        write_xlsform(changed)
    assert [problem.code for problem in error.value.problems] == ["xlsform-cell-long"]
