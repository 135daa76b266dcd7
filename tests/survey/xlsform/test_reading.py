"""What cells mean, and what is said about those that cannot be carried over."""

from collections.abc import Mapping

import pytest

from survey import Problem, Question, SurveyError
from survey.file_kinds import FILE_TYPES
from survey.uploading import limits
from survey.xlsform import Imported, read_xlsform
from tests.survey.xlsform.sheets import LISTS, form, workbook


def read(*rows: Mapping[str, object], settings: Mapping[str, object] | None = None) -> Imported:
    return read_xlsform(form(*rows, settings=settings), "club.xlsx")


def first(**row: object) -> Question:
    return read({"name": "a", "label": "A", **row}).questionnaire.questions[0]


def codes(imported: Imported) -> list[str]:
    return [note.code for note in imported.notes]


def refused(data: bytes) -> set[str]:
    with pytest.raises(SurveyError) as error:
        read_xlsform(data, "club.xlsx")
    return {problem.code for problem in error.value.problems}


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("text", "short_text"),
        ("Text", "short_text"),
        ("int", "number"),
        ("select_one colour", "single_choice"),
        ("select one from colour", "single_choice"),
        ("select1 colour", "single_choice"),
        ("select_multiple colour", "multiple_choice"),
        ("select all that apply from colour", "multiple_choice"),
        ("rank colour", "ranking"),
        ("acknowledge", "consent"),
        ("date", "date"),
        ("range", "rating"),
    ],
)
def test_a_type_is_known_in_all_its_spellings(written: str, read_as: str) -> None:
    assert first(type=written).type == read_as


@pytest.mark.parametrize(
    "written",
    [
        "geopoint",
        "select_one_from_file a.csv",
        "calculate",
        "nonsense",
        "start",
    ],
)
def test_what_cannot_be_asked_is_left_out_and_listed_with_its_row(written: str) -> None:
    imported = read({"type": "text", "name": "a", "label": "A"}, {"type": written, "name": "b", "label": "B"})
    assert [question.code for question in imported.questionnaire.questions] == ["a"]
    assert "survey:3 type" in [note.where for note in imported.notes]


@pytest.mark.parametrize(
    ("written", "types"),
    [
        ("image", ("image",)),
        ("photo", ("image",)),
        ("audio", ("audio",)),
        ("video", ("video",)),
        ("file", FILE_TYPES),
    ],
)
def test_a_question_for_a_file_takes_its_type_and_the_size_it_takes_is_said(
    written: str, types: tuple[str, ...]
) -> None:
    imported = read({"type": written, "name": "b", "label": "B", "required": "yes"})
    (asked,) = imported.questionnaire.questions
    assert (asked.type, asked.required, limits(asked).types) == ("file", True, types)
    assert ("survey:2 type", "xlsform-file") in [(note.where, note.code) for note in imported.notes]


def test_languages_are_told_by_code_by_tag_and_by_name() -> None:
    imported = read(
        {
            "type": "text",
            "name": "a",
            "label::Chinese (zh)": "甲",
            "label::English (en)": "A",
            "label::Français": "Ah",
            "label::zh-TW": "甲",
            "label::Elvish": "?",
        }
    )
    assert imported.questionnaire.languages == ("zh", "en", "fr")
    assert imported.questionnaire.questions[0].text == {"zh": "甲", "en": "A", "fr": "Ah"}
    assert {"xlsform-language-twice", "xlsform-language-unknown"} <= set(codes(imported))


def test_a_dash_is_no_translation() -> None:
    question = first(type="text", **{"label::English (en)": "A", "label::Chinese (zh)": "-"})
    assert question.text == {"en": "A"}


def test_a_text_that_begins_with_an_equals_sign_is_text() -> None:
    imported = read({"type": "text", "name": "a", "label": "A", "hint": "placeholder"})
    assert imported.questionnaire.questions[0].help == {"en": "placeholder"}
    data = form({"type": "text", "name": "a", "label": "=1+1"})
    found = read_xlsform(data, "club.xlsx")
    assert ("survey:2 C2", "xlsform-formula") in [(note.where, note.code) for note in found.notes]
    assert found.questionnaire.questions[0].text == {"en": "a"}


def test_a_field_list_is_a_page_and_a_label_of_a_group_is_a_section() -> None:
    questions = read(
        {"type": "text", "name": "a", "label": "A"},
        {"type": "begin group", "name": "g", "label": "G", "appearance": "field-list"},
        {"type": "text", "name": "b", "label": "B"},
        {"type": "end group"},
        {"type": "text", "name": "c", "label": "C"},
    ).questionnaire.questions
    assert [(question.code, question.type, question.new_page) for question in questions] == [
        ("a", "short_text", False),
        ("g", "section", True),
        ("b", "short_text", False),
        ("c", "short_text", True),
    ]


def test_a_condition_of_a_group_holds_for_all_in_it() -> None:
    questions = read(
        {"type": "select_one colour", "name": "a", "label": "A"},
        {"type": "begin_group", "name": "g", "relevant": "${a} = 'red'"},
        {"type": "integer", "name": "b", "label": "B"},
        {"type": "text", "name": "c", "label": "C", "relevant": "${b} > 1 or ${b} < 0"},
        {"type": "end_group"},
    ).questionnaire.questions
    assert [question.show_if for question in questions] == [
        None,
        "a = 'red'",
        "(a = 'red') and (b > 1 or b < 0)",
    ]


def test_a_condition_that_cannot_be_said_asks_everyone_and_demands_nothing() -> None:
    imported = read(
        {"type": "text", "name": "a", "label": "A"},
        {"type": "text", "name": "b", "label": "B", "required": "yes", "relevant": "pulldata('x', ${a}) = 1"},
    )
    question = imported.questionnaire.question("b")
    assert (question.show_if, question.required) == (None, False)
    assert ("survey:3 relevant", "xlsform-condition") in [(note.where, note.code) for note in imported.notes]


def test_a_repeat_is_left_out_whole() -> None:
    imported = read(
        {"type": "text", "name": "a", "label": "A"},
        {"type": "begin repeat", "name": "r", "label": "R"},
        {"type": "begin group", "name": "g", "label": "G"},
        {"type": "text", "name": "b", "label": "B"},
        {"type": "end group"},
        {"type": "end repeat"},
        {"type": "text", "name": "c", "label": "${b} and ${a}"},
    )
    assert [question.code for question in imported.questionnaire.questions] == ["a", "c"]
    assert imported.questionnaire.question("c").text == {"en": "… and {{ a }}"}
    assert {"xlsform-repeat", "xlsform-piping"} <= set(codes(imported))


def test_names_become_codes_and_conditions_follow() -> None:
    imported = read(
        {"type": "select_one colour", "name": "Fav-Colour", "label": "A"},
        {"type": "text", "name": "b", "label": "B", "relevant": "selected(${Fav-Colour}, 'Dark Blue')"},
    )
    assert imported.questionnaire.questions[0].code == "fav_colour"
    assert imported.questionnaire.questions[1].show_if == "selected(fav_colour, 'dark_blue')"
    assert codes(imported).count("xlsform-name-changed") == 2


def test_nothing_is_measured_unless_our_column_says_so() -> None:
    assert first(type="select_one five").type == "single_choice"
    question = first(type="select_one five", pactboard_measures="csat")
    assert (question.type, question.measures) == ("rating", "csat")
    assert question.scale and question.scale.labels["2"] == {"en": "poor"}
    nps = first(type="range", parameters="start=0 end=10 step=1", pactboard_measures="nps")
    assert (nps.type, nps.measures) == ("nps", "nps")
    assert first(type="range", parameters="start=0 end=10 step=1").measures == "none"


def test_a_range_that_is_no_scale_keeps_its_limits() -> None:
    asked = first(type="range", parameters="start=0 end=5 step=0.5")
    assert asked.type == "number" and asked.number
    assert (asked.number.min, asked.number.max, asked.number.decimals) == ("0", "5", 1)
    backwards = first(type="range", parameters="start=5 end=0 step=1")
    assert backwards.number and (backwards.number.min, backwards.number.max) == (None, None)


def test_a_scale_that_is_no_nps_is_refused_as_nps_with_its_row() -> None:
    data = form({"type": "select_one five", "name": "a", "label": "A", "pactboard_measures": "nps"})
    with pytest.raises(SurveyError) as error:
        read_xlsform(data, "club.xlsx")
    assert [(problem.code, problem.where[:11]) for problem in error.value.problems] == [
        ("scale-not-nps", "club.xlsx:2")
    ]


def test_braces_of_a_stranger_are_not_read_as_piping() -> None:
    imported = read({"type": "text", "name": "a", "label": "{{ member.name }}"})
    assert imported.questionnaire.questions[0].text == {"en": "{ { member.name }}"}
    assert "xlsform-braces" in codes(imported)


def test_what_is_ambiguous_or_incomplete_is_refused() -> None:
    text = {"type": "text", "name": "a", "label": "A"}
    assert refused(form(text, text)) == {"xlsform-name-twice"}
    assert refused(form(text, {"type": "select_one no_list", "name": "b", "label": "B"})) == {
        "xlsform-list-missing"
    }
    assert refused(form(text, {"type": "begin group", "name": "g"})) == {"xlsform-group-open"}
    assert refused(form(text, {"type": "end group"})) == {"xlsform-group-unopened"}
    assert "xlsform-nothing" in refused(form({"type": "note", "name": "a", "label": "A"}))
    assert refused(workbook(other=[["x"], ["y"]], choices=LISTS)) == {"xlsform-no-survey"}
    twice = workbook(
        survey=[["type", "name", "label"], ["select_one l", "a", "A"]],
        choices=[["list_name", "name", "label"], ["l", "x", "X"], ["l", "x", "Y"]],
    )
    assert refused(twice) == {"xlsform-choice-twice"}


@pytest.mark.parametrize(
    "column", ["default", "read_only", "calculation", "trigger", "image", "audio::English (en)"]
)
def test_a_cell_that_has_no_place_here_is_listed_with_row_and_column(column: str) -> None:
    imported = read({"type": "text", "name": "a", "label": "A", column: "something"})
    assert (f"survey:2 {column}", "xlsform-column") in [(note.where, note.code) for note in imported.notes]


def test_a_column_of_the_authors_own_is_named_once() -> None:
    imported = read(
        {"type": "text", "name": "a", "label": "A", "remarks": "x"},
        {"type": "text", "name": "b", "label": "B", "remarks": "y"},
    )
    assert codes(imported).count("xlsform-column-unknown") == 1


def test_columns_of_the_choices_that_have_no_place_here_are_named_once() -> None:
    book = workbook(
        survey=[["type", "name", "label"], ["select_one l", "a", "A"]],
        choices=[
            ["list_name", "name", "label", "media::image", "geometry"],
            ["l", "x", "X", "x.png", None],
            ["l", "y", "Y", "y.png", "1 2"],
        ],
    )
    told = [(note.where, note.code) for note in read_xlsform(book, "a.xlsx").notes]
    assert ("choices:2 media::image", "xlsform-column") in told
    assert ("choices:3 geometry", "xlsform-column-unknown") in told


def waiting(problems: tuple[Problem, ...]) -> list[tuple[str, object]]:
    return [(problem.where, problem.values["raw"]) for problem in problems if problem.code == "xlsform-cycle"]


@pytest.mark.parametrize(
    ("rows", "circles"),
    [
        ([("text", "a", "${b} = 'x'"), ("text", "b", "${a} = 'x'")], [("survey:2 relevant", "a → b → a")]),
        ([("text", "a", "${a} = 'x'")], [("survey:2 relevant", "a → a")]),
        (
            [("text", "a", "${c} = 'x'"), ("calculate", "b", ""), ("text", "c", "${b} = 'x'")],
            [("survey:2 relevant", "a → c → b → a")],
        ),
        (
            [("begin group", "g", "${a} = 'x'"), ("text", "a", ""), ("end group", "", "")],
            [("survey:3 relevant", "a → a")],
        ),
        (
            [("text", "a", "${a} = 'x'"), ("text", "c", "${d} = '1'"), ("text", "d", "${c} = '1'")],
            [("survey:2 relevant", "a → a"), ("survey:3 relevant", "c → d → c")],
        ),
    ],
)  # fmt: skip
def test_conditions_that_wait_for_each_other_are_refused_with_the_circle(
    rows: list[tuple[str, str, str]], circles: list[tuple[str, str]]
) -> None:
    sheet = [
        {"type": what, "name": name, "label": "L", "relevant": relevant}
        | ({"calculation": "${a} + 1"} if what == "calculate" else {})
        for what, name, relevant in rows
    ]
    with pytest.raises(SurveyError) as error:
        read(*sheet)
    assert waiting(error.value.problems) == circles
    assert "相互等待" in error.value.problems[0].words("zh")


def test_an_answer_kept_from_before_and_a_later_question_make_no_circle() -> None:
    later = {"type": "text", "name": "b", "label": "B"}
    found = read({"type": "text", "name": "a", "label": "A", "relevant": "${last-saved#a} = ''"}, later)
    assert codes(found).count("xlsform-condition") == 1
    assert read({"type": "text", "name": "a", "label": "A", "relevant": "${b} = 'x'"}, later)


def test_an_unknown_type_is_named_first_when_nothing_else_is_there() -> None:
    with pytest.raises(SurveyError) as error:
        read({"type": "texxt", "name": "a", "label": "A"})
    assert error.value.problems[0].words("en") == (
        "survey:2 type: The type “texxt” is not known; the row was left out. Did you mean “text”? "
        "Correct the type."
    )


@pytest.mark.parametrize("column", ["relevant", "constraint"])
def test_a_condition_on_a_question_that_there_is_not_is_refused_with_the_name(column: str) -> None:
    rows = ({"type": "integer", "name": "a", "label": "A"}, {"type": "text", "name": "b", "label": "B"})
    read(rows[0], {**rows[1], column: "${a} > 1"})
    with pytest.raises(SurveyError) as error:
        read(rows[0], {**rows[1], column: "${zz} > 1 and ${ a } > 2"})
    (problem,) = error.value.problems
    assert (problem.code, problem.where.split()[-1]) == ("xlsform-reference", column)
    assert "“zz”" in problem.words("en")
