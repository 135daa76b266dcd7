"""Real forms are taken, with a note on everything left out, or refused with a reason."""

from pathlib import Path

import pytest

from survey import SurveyError
from survey.xlsform import Imported, read_xlsform

FORMS = Path(__file__).parent.parent / "forms"


def read(name: str) -> Imported:
    return read_xlsform((FORMS / name).read_bytes(), name)


def noted(imported: Imported) -> set[tuple[str, str]]:
    return {(note.where, note.code) for note in imported.notes}


def test_a_form_with_two_columns_of_one_name_is_refused_by_name_and_code() -> None:
    with pytest.raises(SurveyError) as refused:
        read("pyxform_bug_duplicate_columns.xlsx")
    (problem,) = refused.value.problems
    assert problem.code == "xlsform-header-twice"
    assert "“label”" in problem.words("en")


def test_a_form_with_every_type_keeps_what_can_be_asked_and_lists_the_rest() -> None:
    imported = read("correlaid_all_types_survey.xlsx")
    questionnaire = imported.questionnaire
    assert (questionnaire.slug, questionnaire.languages) == ("all-types", ("de",))
    types = {question.code: question.type for question in questionnaire.questions}
    assert types["q_integer"] == types["q_decimal"] == "number"
    assert types["q_multiline_text"] == "long_text"
    assert types["q_select_multi"] == "multiple_choice"
    assert types["q_rank"] == "ranking"
    assert types["q_note"] == types["basic_types"] == types["matrix_header"] == "section"
    assert questionnaire.question("q_sel1_other").other
    rule = questionnaire.question("q_constraint").validation
    assert rule and rule.expression == "q_constraint >= 18 and q_constraint <= 120"
    assert rule.message == {"de": "Bitte geben Sie ein gültiges Alter zwischen 18 und 120 ein"}
    assert questionnaire.question("q_relevant").show_if == "answered(q_mandatory)"
    assert {
        ("survey:2 type", "xlsform-metadata"),
        ("survey:7 type", "xlsform-calculation"),
        ("survey:18 type", "xlsform-type-as-text"),
        ("survey:42 type", "xlsform-column"),
        ("survey:48 default", "xlsform-column"),
    } <= noted(imported)


def test_cascading_choices_are_all_offered_and_said_to_be() -> None:
    imported = read("pyxform_choice_filter_test.xlsx")
    county = imported.questionnaire.question("county")
    assert [choice.code for choice in county.choices] == ["king", "pierce", "cameron"]
    assert {
        ("survey:3 choice_filter", "xlsform-choice-filter"),
        ("survey:4 choice_filter", "xlsform-choice-filter"),
        ("choices:6 name", "xlsform-choice-merged"),
    } <= noted(imported)


def test_or_other_becomes_other_and_an_unnamed_language_is_assumed_aloud() -> None:
    imported = read("pyxform_or_other.xlsx")
    assert imported.questionnaire.question("fav_color").other
    assert imported.questionnaire.languages == ("en",)
    assert ("settings default_language", "xlsform-language-assumed") in noted(imported)


def test_the_notes_are_said_in_chinese_too() -> None:
    for note in read("pyxform_choice_filter_test.xlsx").notes:
        assert note.words("zh") != note.words("en")
