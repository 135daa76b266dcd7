"""What of a survey of Qualtrics becomes what."""

from typing import Unpack

import pytest

from survey import build_form, read_questionnaire
from survey.file_kinds import FILE_TYPES
from survey.foreign.content import Imported
from survey.qualtrics import read_qsf
from survey.question import Question
from survey.yaml_writing import write_questionnaire
from tests.survey.qualtrics.surveys import Options, Payload, answers, choices, forced, qsf, question, when

FRUITS = choices("Oranges", "Blueberries", "Other, please specify", k3={"TextEntry": "true"})
LIKED = answers("Dislike", "Neither", "Like")
NPS = {
    "Choices": [{"Display": str(score)} for score in range(11)],
    "ChoiceOrder": [str(score) for score in range(11)],
    "ColumnLabels": [{"Display": "Not at all likely"}, {"Display": "Extremely likely"}],
}
NUMBER = {"Type": "ContentType", "ContentType": "ValidNumber"}
FIRST_FRUIT = when(("", "q://QID1/SelectableChoice/1", "Selected", ""))
LAST = question("QID99", "last", "TE", "SL")


def read(*questions: Payload, **more: Unpack[Options]) -> Imported:
    return read_qsf(qsf(*questions, **more), "a.qsf")


def found(imported: Imported, code: str) -> Question:
    return imported.questionnaire.question(code)


def noted(imported: Imported) -> set[str]:
    return {note.code for note in imported.notes}


def told(imported: Imported, code: str) -> str:
    return "\n".join(note.words("en") for note in imported.notes if note.code == code)


@pytest.mark.parametrize(
    ("asked", "types"),
    [
        (question("QID1", "Q1", "MC", "SAVR", **choices("A", "B")), {"q1": "single_choice"}),
        (question("QID1", "Q1", "MC", "DL", **choices("A", "B")), {"q1": "single_choice"}),
        (question("QID1", "Q1", "MC", "MAHR", **choices("A", "B")), {"q1": "multiple_choice"}),
        (question("QID1", "Q1", "MC", "NPS", **NPS), {"q1": "nps"}),
        (question("QID1", "Q1", "MC", "NPS", **choices("1", "2")), {"q1": "single_choice"}),
        (question("QID1", "Q1", "RO", "DND", **choices("A", "B")), {"q1": "ranking"}),
        (
            question("QID1", "Q1", "Matrix", "Likert", SubSelector="SingleAnswer", **choices("A"), **LIKED),
            {"q1": "matrix"},
        ),
        (
            question("QID1", "Q1", "Matrix", "Likert", SubSelector="MultipleAnswer", **choices("A"), **LIKED),
            {"q1": "section", "q1_1": "multiple_choice"},
        ),
        (
            question("QID1", "Q1", "Matrix", "TE", SubSelector="Short", **choices("A"), **answers("x", "y")),
            {"q1": "section", "q1_1_1": "short_text", "q1_1_2": "short_text"},
        ),
        (question("QID1", "Q1", "TE", "SL"), {"q1": "short_text"}),
        (question("QID1", "Q1", "TE", "ESTB"), {"q1": "long_text"}),
        (
            question("QID1", "Q1", "TE", "FORM", **choices("Name", "Town")),
            {"q1": "section", "q1_1": "short_text", "q1_2": "short_text"},
        ),
        (question("QID1", "Q1", "DB", "TB"), {"q1": "section"}),
        (question("QID1", "Q1", "Slider", "HSLIDER", **choices("A")), {"q1": "section", "q1_1": "number"}),
        (question("QID1", "Q1", "Slider", "STAR", **choices("A")), {"q1": "section", "q1_1": "rating"}),
        (question("QID1", "Q1", "CS", "VRTL", **choices("A")), {"q1": "section", "q1_1": "number"}),
        (question("QID1", "Q1", "Draw", "Signature"), {"q1": "signature"}),
        (
            question(
                "QID1",
                "Q1",
                "SBS",
                "SBSMatrix",
                **choices("A", "B"),
                AdditionalQuestions={
                    "1": question("QID1#1", "Q1#1", "Matrix", "Likert", SubSelector="SingleAnswer", **LIKED),
                },
            ),
            {"q1_1": "matrix"},
        ),
    ],
    ids=lambda value: f"{value['QuestionType']}-{value['Selector']}" if "QuestionType" in value else "",
)
def test_a_type_there_and_here(asked: Payload, types: dict[str, str]) -> None:
    imported = read(asked, LAST)
    kinds = {each.code: each.type for each in imported.questionnaire.questions}
    assert kinds == {**types, "last": "short_text"}
    again = read_questionnaire(write_questionnaire(imported.questionnaire), "a.yaml")
    assert again == imported.questionnaire
    assert len(build_form(again, "en").fields) == len(kinds)


@pytest.mark.parametrize("kind", ["Timing", "Meta", "Captcha", "HotSpot", "PGR", "", "New"])
def test_a_type_that_cannot_be_asked_is_left_out_aloud(kind: str) -> None:
    imported = read(question("QID1", "Odd", kind), LAST)
    assert [each.code for each in imported.questionnaire.items] == ["last"]
    assert "QID1 (Odd) QuestionType: A question of type" in told(imported, "import-type-left-out")


def test_an_upload_becomes_a_question_for_a_file_and_what_it_takes_is_said() -> None:
    imported = read(question("QID1", "Slip", "FileUpload", **forced()))
    asked = found(imported, "slip")
    assert (asked.type, asked.required) == ("file", True)
    assert asked.file and (asked.file.types, asked.file.max_mb) == (FILE_TYPES, 5)
    assert "One file of at most 5 MB can be given here" in told(imported, "import-file")


def test_nps_is_told_by_its_type_and_measures_itself() -> None:
    asked = found(read(question("QID1", "Q1", "MC", "NPS", **NPS, **forced())), "q1")
    assert (asked.measures, asked.required) == ("nps", True)
    assert asked.scale and asked.scale.low == {"en": "Not at all likely"}


def test_choices_keep_their_codes_other_exclusion_order_and_limits() -> None:
    listed = choices(
        "Red",
        "Blue, namely",
        "Andere",
        "None",
        k2={"TextEntry": "true"},
        k3={"TextEntry": True},
        k4={"ExclusiveAnswer": True},
    )
    asked = question(
        "QID1",
        "Colours",
        "MC",
        "MAVR",
        **listed,
        RecodeValues={"1": "10", "2": "20", "3": "30", "4": "99"},
        Randomization={"Type": "Advanced", "Advanced": {"RandomizeAll": ["1", "2"], "FixedOrder": ["4"]}},
        Validation={
            "Settings": {"ForceResponse": "ON", "Type": "ChoiceRange", "MaxChoices": "2", "MinChoices": 1}
        },
    )
    imported = read(asked, LAST)
    colours = found(imported, "colours")
    assert [choice.code for choice in colours.choices] == ["10", "20", "99"]
    assert colours.other and colours.required and colours.randomise
    assert (colours.min_choices, colours.max_choices) == (1, 2)
    assert colours.choices[2].exclusive and colours.choices[2].stay_last
    assert found(imported, "colours_20_text").show_if == "selected(colours, '20')"
    assert {"qualtrics-other", "qualtrics-text-beside"} <= noted(imported)


def test_a_matrix_has_the_points_that_exports_show() -> None:
    asked = question(
        "QID1", "Q1", "Matrix", "Likert", SubSelector="SingleAnswer", **choices("Speed", "Price"), **LIKED
    )
    scale = found(read(asked), "q1").scale
    assert scale and (scale.min, scale.max, scale.high) == (1, 3, {"en": "Like"})
    scale = found(read({**asked, "RecodeValues": {"1": "0", "2": 1, "3": "2"}}), "q1").scale
    assert scale and (scale.min, scale.max) == (0, 2)
    imported = read({**asked, "RecodeValues": {"1": "1", "2": "10", "3": "100"}})
    assert found(imported, "q1_1").type == "single_choice"
    assert [choice.code for choice in found(imported, "q1_1").choices] == ["1", "10", "100"]
    named = read({**asked, "ChoiceDataExportTags": {"1": "Q1_speed", "2": "Q1_price"}})
    assert [item.code for item in named.questionnaire.items] == ["q1_speed", "q1_price"]


def test_content_types_become_types_or_rules() -> None:
    def typed(**settings_: object) -> Imported:
        return read(question("QID1", "Q1", "TE", "SL", Validation={"Settings": settings_}), LAST)

    number = typed(
        Type="ContentType",
        ContentType="ValidNumber",
        ValidNumber={"Min": "0", "Max": "99.5", "NumDecimals": "1"},
    )
    limits = found(number, "q1").number
    assert limits and (limits.min, limits.max, limits.decimals) == ("0", "99.5", 1)
    assert found(typed(Type="ContentType", ContentType="ValidDate"), "q1").type == "date"
    rule = found(typed(Type="ContentType", ContentType="ValidEmail"), "q1").validation
    assert rule and rule.expression == "is_email(q1)"
    assert found(typed(Type="TotalChar", MaxChars="20"), "q1").max_length == 20
    assert "import-constraint" in noted(typed(Type="ContentType", ContentType="ValidZip"))
    assert "import-constraint" in noted(typed(Type="CustomValidation", CustomValidation={"Logic": {}}))
    assert "qualtrics-request" in noted(typed(ForceResponse="RequestResponse"))


@pytest.mark.parametrize(
    ("logic", "show_if"),
    [
        (when(("", "q://QID1/SelectableChoice/1", "Selected", "")), "selected(fruit, '1')"),
        (when(("", "q://QID1/SelectableChoice/3", "NotSelected", "")), "not selected(fruit, 'other')"),
        (
            when(
                ("", "q://QID1/SelectableChoice/1", "Selected", ""),
                ("Or", "q://QID2/SelectableChoice/2", "Selected", ""),
            ),
            "selected(fruit, '1') or selected(many, '2')",
        ),
        (
            when(
                ("", "q://QID1/SelectableChoice/1", "Selected", ""),
                ("And", "q://QID3/ChoiceTextEntryValue", "GreaterThanOrEqual", "18"),
            ),
            "selected(fruit, '1') and age >= 18",
        ),
        (when(("", "q://QID3/ChoiceTextEntryValue", "NotEmpty", "")), "answered(age)"),
        (when(("", "q://QID4/SelectableChoice/9", "Selected", "")), "recommend = 9"),
        (when(("", "q://QID2/SelectedChoicesCount", "GreaterThan", "1")), "count(many) > 1"),
        (when(("", "q://QID1/ChoiceTextEntryValue/3", "NotEmpty", "")), "answered(fruit_other)"),
        (when(("", "q://QID1/ChoiceDisplayed/1", "Displayed", "")), None),
        (when(("", "q://QID1/SelectableChoice/7", "Selected", "")), None),
        (when(("", "q://QID77/SelectableChoice/1", "Selected", "")), None),
        (when(("", "q://QID5/SelectableAnswer/3", "Selected", "")), None),
        (
            when(
                ("", "q://QID1/SelectableChoice/1", "Selected", ""),
                ("Or", "q://QID1/SelectableChoice/2", "Selected", ""),
                ("And", "q://QID2/SelectableChoice/2", "Selected", ""),
            ),
            None,
        ),
        ({"0": {"0": {"LogicType": "DeviceType", "Operator": "Is"}, "Type": "If"}}, None),
        ({"0": {"0": {"LogicType": "EmbeddedField", "LeftOperand": "tier"}, "Type": "If"}}, None),
        ({"Type": "BooleanExpression"}, None),
    ],
)
def test_display_logic_goes_over_exactly_or_not_at_all(logic: Payload, show_if: str | None) -> None:
    imported = read(
        question("QID1", "fruit", "MC", "SAVR", **FRUITS),
        question("QID2", "many", "MC", "MAVR", **choices("A", "B")),
        question(
            "QID3",
            "age",
            "TE",
            "SL",
            Validation={"Settings": {"Type": "ContentType", "ContentType": "ValidNumber"}},
        ),
        question("QID4", "recommend", "MC", "NPS", **NPS),
        question("QID5", "why", "TE", "ML", DisplayLogic=logic, **forced()),
    )
    why = found(imported, "why")
    assert why.show_if == show_if
    assert why.required is (show_if is not None)
    assert ("import-condition" in noted(imported)) is (show_if is None)


def test_texts_come_in_every_language_without_markup_and_with_earlier_answers() -> None:
    translated = {
        "ZH-S": {"QuestionText": "为什么？", "Choices": {"1": {"Display": "是"}, "2": {"Display": "否"}}},
        "ZH-T": {"QuestionText": "為什麼？"},
    }
    imported = read(
        question("QID1", "name", "TE", "SL", QuestionText="<b>Name</b>&nbsp;<br />please<script>x</script>"),
        question("QID2", "yes", "MC", "SAVR", **choices("Yes", "No"), Language=translated),
        question(
            "QID3",
            "hello",
            "DB",
            "TB",
            QuestionText="${m://FirstName}: ${q://QID1/ChoiceTextEntryValue}, "
            "${q://QID2/ChoiceGroup/SelectedChoices}, ${e://Field/tier}",
        ),
    )
    assert imported.questionnaire.languages == ("en", "zh")
    assert found(imported, "name").text == {"en": "Name\nplease"}
    assert found(imported, "yes").text["zh"] == "为什么？"
    assert found(imported, "yes").choices[0].text == {"en": "Yes", "zh": "是"}
    assert found(imported, "hello").text["en"] == "{{ member.name }}: {{ name }}, {{ yes }}, …"
    assert {"import-language-twice", "import-markup-lost", "import-piping"} <= noted(imported)


def test_the_flow_says_what_is_asked_in_which_order_and_when() -> None:
    def block(name: str, *elements: str, **more: object) -> Payload:
        listed = [
            {"Type": "Page Break"} if each == "-" else {"Type": "Question", "QuestionID": each}
            for each in elements
        ]
        return {"Type": "Standard", "ID": name, "Description": name, "BlockElements": listed, **more}

    asked = [
        question(f"QID{number}", f"Q{number}", "MC", "SAVR", **choices("A", "B")) for number in range(1, 7)
    ]
    imported = read(
        *asked,
        blocks=[
            block("BL_1", "QID1", "-", "QID2"),
            block("BL_2", "QID3"),
            block("BL_3", "QID4"),
            block("BL_4", "QID5"),
            {**block("BL_5", "QID6"), "Type": "Trash"},
        ],
        flow=[
            {"Type": "EmbeddedData", "FlowID": "FL_2"},
            {"Type": "Block", "ID": "BL_2", "FlowID": "FL_3"},
            {"Type": "Standard", "ID": "BL_1", "FlowID": "FL_4"},
            {
                "Type": "Branch",
                "FlowID": "FL_5",
                "BranchLogic": when(("", "q://QID1/SelectableChoice/1", "Selected", "")),
                "Flow": [
                    {"Type": "Block", "ID": "BL_3", "FlowID": "FL_6"},
                    {"Type": "EndSurvey", "FlowID": "FL_7"},
                ],
            },
            {"Type": "Block", "ID": "BL_2", "FlowID": "FL_8"},
        ],
    )
    assert [each.code for each in imported.questionnaire.questions] == ["q3", "q1", "q2", "q4"]
    assert [len(page) for page in imported.questionnaire.pages] == [1, 1, 1, 1]
    assert found(imported, "q4").show_if == "selected(q1, '1')"
    assert "EmbeddedData" in told(imported, "qualtrics-flow")
    assert "EndSurvey" in told(imported, "qualtrics-flow")
    assert {"qualtrics-block-unreached", "qualtrics-block-twice"} <= noted(imported)


def test_skipping_is_told_since_everyone_is_asked() -> None:
    skip = [{"Description": "If <b>A</b> Is Selected, Then Skip To <b>End of Survey</b>"}]
    listed = [{"Type": "Question", "QuestionID": "QID99", "SkipLogic": skip}]
    imported = read(LAST, blocks=[{"Type": "Default", "ID": "BL_1", "BlockElements": listed}])
    assert "If A Is Selected, Then Skip To End of Survey" in told(imported, "qualtrics-skip")


def test_the_notes_are_said_in_chinese_too() -> None:
    imported = read(question("QID1", "Odd", "Timing"), question("QID2", "Sum", "CS", "VRTL", **FRUITS), LAST)
    for note in imported.notes:
        assert note.words("zh") != note.words("en")
