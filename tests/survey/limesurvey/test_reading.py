"""What of a survey of LimeSurvey becomes what, in the layout of old and of new versions."""

from typing import Unpack

import pytest

from survey import SurveyError, build_form, read_questionnaire
from survey.file_kinds import FILE_TYPES
from survey.foreign.content import Imported
from survey.limesurvey import read_lss
from survey.question import Question
from survey.yaml_writing import write_questionnaire
from tests.survey.limesurvey.surveys import G, Options, Q, Sub, lss

GOOD = {"en": "good", "zh-Hans": "好"}
BOXES = {"multiflexible_checkbox": "1"}
WHOLE = {"num_value_int_only": "1"}
ROWS = (Sub("SQ001", "Speed"), Sub("SQ002", "Price"))


def read(*parts: G | Q, **options: Unpack[Options]) -> Imported:
    return read_lss(lss(*parts, **options), "a.lss")


def question(imported: Imported, code: str) -> Question:
    return imported.questionnaire.question(code)


def noted(imported: Imported) -> set[str]:
    return {note.code for note in imported.notes}


def told(imported: Imported, code: str) -> str:
    return "\n".join(note.words("en") for note in imported.notes if note.code == code)


@pytest.mark.parametrize("version", [132, 177, 263, 359, 425, 494, 641])
def test_every_version_gives_the_same_questionnaire(version: int) -> None:
    imported = read(
        G({"en": "You", "zh-Hans": "您"}, (Q("Y", "Client", {"en": "A client?", "zh-Hans": "是客户吗？"}),)),
        G(
            "More",
            (Q("F", "Quality", subs=ROWS, answers={"1": "bad", "2": GOOD}),),
        ),
        version=version,
        languages="en zh-Hans",
    )
    found = imported.questionnaire
    assert (found.languages, found.default_language) == (("en", "zh"), "en")
    assert question(imported, "client").text == {"en": "A client?", "zh": "是客户吗？"}
    assert [item.code for item in found.items] == ["client", "quality_sq001", "quality_sq002"]
    scale = question(imported, "quality").scale
    assert scale and scale.high == {"en": "good", "zh": "好"}
    assert [len(page) for page in found.pages] == [2, 2]


@pytest.mark.parametrize(
    ("asked", "types"),
    [
        (Q("5", "Q"), {"q": "rating"}),
        (Q("A", "Q", subs=ROWS), {"q": "matrix"}),
        (Q("B", "Q", subs=ROWS), {"q": "matrix"}),
        (Q("C", "Q", subs=ROWS), {"q": "section", "q_sq001": "single_choice", "q_sq002": "single_choice"}),
        (Q("E", "Q", subs=ROWS[:1]), {"q": "section", "q_sq001": "single_choice"}),
        (Q("H", "Q", subs=ROWS, answers={"A1": "1", "A2": "2"}), {"q": "matrix"}),
        (
            Q("1", "Q", subs=ROWS, answers={"A1": "x", "A2": "y"}, more={"B1": "x", "B2": "y"}),
            {"q_0": "matrix", "q_1": "matrix"},
        ),
        (Q("D", "Q"), {"q": "date"}),
        (Q("N", "Q"), {"q": "number"}),
        (Q("K", "Q", subs=ROWS[:1]), {"q": "section", "q_sq001": "number"}),
        (Q("Q", "Q", subs=ROWS[:1]), {"q": "section", "q_sq001": "short_text"}),
        (Q("S", "Q"), {"q": "short_text"}),
        (Q("S", "Q", attributes={"numbers_only": "1"}), {"q": "number"}),
        (Q("T", "Q"), {"q": "long_text"}),
        (Q("U", "Q"), {"q": "long_text"}),
        (Q("Y", "Q"), {"q": "yes_no"}),
        (Q("G", "Q"), {"q": "single_choice"}),
        (Q("L", "Q", answers={"a": "A", "b": "B"}), {"q": "single_choice"}),
        (Q("!", "Q", answers={"a": "A", "b": "B"}), {"q": "single_choice"}),
        (Q("O", "Q", answers={"a": "A", "b": "B"}), {"q": "single_choice", "q_comment": "long_text"}),
        (Q("M", "Q", subs=ROWS), {"q": "multiple_choice"}),
        (Q("M", "Q", subs=ROWS[:1]), {"q": "consent"}),
        (Q("P", "Q", subs=ROWS), {"q": "multiple_choice"}),
        (Q("R", "Q", answers={"a": "A", "b": "B"}), {"q": "ranking"}),
        (Q("R", "Q", subs=ROWS), {"q": "ranking"}),
        (Q("X", "Q"), {"q": "section"}),
        (Q(":", "Q", subs=(*ROWS[:1], Sub("C1", "Now", 1))), {"q": "section", "q_sq001_c1": "number"}),
        (Q(";", "Q", subs=(*ROWS[:1], Sub("C1", "Now", 1))), {"q": "section", "q_sq001_c1": "short_text"}),
        (
            Q(
                ":",
                "Q",
                subs=(*ROWS[:1], Sub("C1", "Now", 1), Sub("C2", "Then", 1)),
                attributes={"multiflexible_checkbox": "1"},
            ),
            {"q": "section", "q_sq001": "multiple_choice"},
        ),
    ],
    ids=lambda value: value.type if isinstance(value, Q) else "",
)
def test_a_type_there_and_here(asked: Q, types: dict[str, str]) -> None:
    imported = read(asked, Q("Y", "Last"))
    found = {each.code: each.type for each in imported.questionnaire.questions}
    assert found == {"group_1": "section", **types, "last": "yes_no"}
    again = read_questionnaire(write_questionnaire(imported.questionnaire), "a.yaml")
    assert again == imported.questionnaire
    assert len(build_form(again, "en").fields) == len(found)


@pytest.mark.parametrize("letter", ["I", "*", "?"])
def test_a_type_that_cannot_be_asked_is_left_out_aloud(letter: str) -> None:
    imported = read(Q(letter, "Odd"), Q("Y", "Last"))
    assert [each.code for each in imported.questionnaire.items] == ["last"]
    assert "Odd type: A question of type" in told(imported, "import-type-left-out")


def test_an_upload_becomes_a_question_for_one_file_of_the_types_and_size_it_names() -> None:
    allowed = {"allowed_filetypes": "png, jpg,pdf,xyz", "max_filesize": "10240", "max_num_of_files": "3"}
    imported = read(Q("|", "Slip", attributes=allowed), Q("|", "Any", attributes={"max_filesize": "99999"}))
    slip, any_file = question(imported, "slip"), question(imported, "any")
    assert slip.file and slip.file.model_dump() == {"types": ("image", "pdf"), "max_mb": 11}
    assert any_file.file and (any_file.file.types, any_file.file.max_mb) == (FILE_TYPES, 20)
    assert "One file of at most 11 MB can be given here: picture" in told(imported, "import-file")
    assert "max_num_of_files: 3" in told(imported, "import-setting")


def test_options_are_carried_over() -> None:
    imported = read(
        Q(
            "M",
            "Many",
            subs=(*ROWS, Sub("SQ003", "Colour")),
            other="Y",
            mandatory="Y",
            attributes={
                "min_answers": "1",
                "max_answers": "2",
                "random_order": "1",
                "cssclass": "wide",
                "exclude_all_others": "SQ003",
            },
        ),
        Q(
            "N",
            "Age",
            attributes={"min_num_value_n": "18", "max_num_value_n": "99", "num_value_int_only": "1"},
        ),
        Q("D", "Day", attributes={"date_min": "2020", "date_max": "today"}),
        Q("T", "Why", attributes={"maximum_chars": "300", "suffix": "!"}),
    )
    many, age, day = (question(imported, code) for code in ("many", "age", "day"))
    assert many.required and many.other and many.randomise
    assert (many.min_choices, many.max_choices) == (1, 2)
    assert many.exclusive == {"sq003"}
    assert age.number and (age.number.min, age.number.max, age.number.decimals) == ("18", "99", 0)
    assert day.date and (day.date.min, day.date.max) == ("2020-01-01", "today")
    assert question(imported, "why").max_length == 300
    assert "“suffix: !”" in told(imported, "import-setting")
    assert "cssclass" in told(imported, "import-looks")


@pytest.mark.parametrize(
    ("relevance", "show_if"),
    [
        ("Client.NAOK == 'Y'", "client = 'yes'"),
        ('((Client.NAOK == "Y"))', "client = 'yes'"),
        ("Client.NAOK != 'Y'", "not answered(client) or client != 'yes'"),
        ("!is_empty(Client)", "answered(client)"),
        ("is_empty(Colour.NAOK) || Colour == 'A2'", "not answered(colour) or colour = 'a2'"),
        ("Colour.NAOK == '-oth-' and !is_empty(Colour_other)", "colour = 'other' and answered(colour_other)"),
        ("Many_SQ001.NAOK == 'Y'", "selected(many, 'sq001')"),
        (
            'Many_SQ001.NAOK == "" and Many_SQ002 != ""',
            "not selected(many, 'sq001') and selected(many, 'sq002')",
        ),
        ("!is_empty(Boxes_SQ001_C2.NAOK)", "selected(boxes_sq001, 'c2')"),
        ("Age.NAOK >= 18 and not_there == 1", None),
        ("Age ge 18 && Age lt 65", "age >= 18 and age < 65"),
        ("(Age + 1) * 2 > 40", "((age + 1) * 2) > 40"),
        ("Rows_SQ001.NAOK <= 2", "rows_sq001 <= 2"),
        ("Rows_SQ001.NAOK == 'A2'", "rows_sq001 = 2"),
        ("strlen(Name) > 3", "length(name) > 3"),
        ("regexMatch('/^[0-9]+$/', Name)", "is_digits(name)"),
        ("TOKEN:ATTRIBUTE_1 == 'gold'", None),
        ("Client.shown == 'Yes'", None),
        ("Client = 'Y'", None),
        ("sum(Age, 1) > 3", None),
        ("Later == 'Y'", None),
        ("Client == 'Y' &&", None),
        ("(" * 5000, None),
    ],
)
def test_a_condition_goes_over_exactly_or_not_at_all(relevance: str, show_if: str | None) -> None:
    imported = read(
        Q("Y", "Client"),
        Q("L", "Colour", answers={"A1": "Red", "A2": "Blue"}, other="Y"),
        Q("M", "Many", subs=ROWS),
        Q("N", "Age"),
        Q("S", "Name"),
        Q("F", "Rows", subs=ROWS, answers={"A1": "bad", "A2": "good"}),
        Q(":", "Boxes", subs=(*ROWS, Sub("C1", "x", 1), Sub("C2", "y", 1)), attributes=BOXES),
        Q("T", "Why", relevance=relevance, mandatory="Y"),
        Q("Y", "Later"),
    )
    why = question(imported, "why")
    assert why.show_if == show_if
    assert why.required is (show_if is not None)
    assert ("import-condition" in noted(imported)) is (show_if is None)


def test_the_table_of_conditions_counts_where_there_is_no_relevance() -> None:
    rows = (("12345X101X102", "==", "A1"), ("12345X101X102", "==", "A2"), ("+12345X101X103SQ001", "==", "Y"))
    imported = read(
        Q("L", "Colour", answers={"A1": "Red", "A2": "Blue", "A3": "Green"}),
        Q("T", "Why", relevance="1", conditions=(rows[0], rows[1])),
        version=142,
    )
    assert question(imported, "why").show_if == "colour = 'a1' or colour = 'a2'"
    imported = read(Q("Y", "Client"), Q("T", "Why", conditions=(("", "RX", "/[/"),)))
    assert question(imported, "why").show_if is None
    assert "import-condition" in noted(imported)


def test_of_two_questions_of_one_title_a_condition_means_the_one_it_names() -> None:
    asked = (Q("K", "K", subs=(Sub("1", "x"),)), Q("K", "K", subs=(Sub("1", "y"),)))
    imported = read(
        *asked,
        Q("T", "One", conditions=(("12345X101X1021", ">", "3"),)),
        Q("T", "Two", conditions=(("12345X101X1041", ">", "3"),)),
    )
    assert question(imported, "one").show_if == "k_1 > 3"
    assert question(imported, "two").show_if == "k_2_1 > 3"


def test_the_relevance_of_a_group_holds_for_all_of_it() -> None:
    imported = read(
        G("One", (Q("Y", "Client"),)),
        G("Two", (Q("T", "Why", relevance="!is_empty(Client)"),), relevance="Client == 'Y'"),
        G("Three", (Q("T", "Never"),), relevance="0"),
        G("Four", (Q("T", "All", mandatory="Y"),), relevance="odd(Client)"),
    )
    assert question(imported, "group_2").show_if == "client = 'yes'"
    assert question(imported, "why").show_if == "(client = 'yes') and (answered(client))"
    codes = [each.code for each in imported.questionnaire.questions]
    assert "never" not in codes and "import-hidden" in noted(imported)
    assert not question(imported, "all").required


def test_texts_lose_their_markup_and_nothing_else() -> None:
    imported = read(
        Q(
            "T",
            "Why",
            "<p>Dear&nbsp;{TOKEN:FIRSTNAME},</p><ul><li>one</li></ul><style>p{x:y}</style>"
            "<img src='x.png' alt='a shop'><a href='https://example.org'>terms</a> {Odd} 1 < 2 {{x}}",
        ),
        Q("T", "After", "<![if !vml]>You said {Why}, {INSERTANS:12345X101X102} or {Why.shown}<br/>Really?"),
    )
    assert question(imported, "why").text["en"] == (
        "Dear {{ member.name }},\n\n- one\n[a shop]terms (https://example.org) … 1 < 2 {…}"
    )
    assert question(imported, "after").text["en"] == "You said {{ why }}, {{ why }} or {{ why }}\nReally?"
    assert {"import-markup", "import-markup-lost", "import-piping"} <= noted(imported)


def test_a_text_that_another_language_must_lend_is_told() -> None:
    imported = read(Q("T", "Why", {"zh-Hans": "为什么？", "de": "Warum?"}), languages="en zh-Hans de")
    assert question(imported, "why").text == {"en": "为什么？", "zh": "为什么？", "de": "Warum?"}
    assert {"import-text-borrowed", "import-language-other"} <= noted(imported)


def test_two_names_for_one_language_cannot_both_stay() -> None:
    imported = read(Q("T", "Why", {"zh-Hans": "为何", "zh-Hant-TW": "為何"}), languages="zh-Hans zh-Hant-TW")
    assert question(imported, "why").text == {"zh": "为何"}
    assert "“zh-Hant-TW”" in told(imported, "import-language-twice")


def test_answers_of_an_array_are_points_by_what_they_say() -> None:
    answers = {"TL1": "3 - very much", "TL2": "2", "TL3": "1 - not at all"}
    imported = read(Q("F", "Like", subs=ROWS, answers=answers))
    scale = question(imported, "like").scale
    assert scale and scale.high == {"en": "3 - very much"}
    assert "TL1 = 3, TL2 = 2, TL3 = 1" in told(imported, "import-points")
    imported = read(Q("F", "Like", subs=ROWS, answers={"1": "bad", "2": "good", "99": "no idea"}))
    assert question(imported, "like_sq001").type == "single_choice"
    assert "import-rowwise" in noted(imported)


def test_names_become_codes_that_are_free() -> None:
    imported = read(
        Q("M", "Q1", subs=(Sub("a", "A"), Sub("A", "Other A"))),
        Q("T", "q1"),
        Q("F", "and", subs=(Sub("1", "One"), Sub("", "Two")), answers={"1": "x", "2": "y"}),
        Q("T", "Q1_other_very_long_name_that_no_code_of_ours_can_hold"),
    )
    codes = [item.code for item in imported.questionnaire.items]
    assert codes[:4] == ["q1", "q1_2", "q_and_1", "q_and_choice_2"]
    assert len(set(codes)) == len(codes) == 5
    assert "import-name-changed" in noted(imported)


@pytest.mark.parametrize(
    ("settings", "pages"), [({"format": "A"}, [3]), ({"format": "G"}, [2, 1]), ({"format": "S"}, [1, 1, 1])]
)
def test_pages_are_those_of_the_survey(settings: dict[str, str], pages: list[int]) -> None:
    imported = read(G("", (Q("Y", "One"), Q("Y", "Two"))), G("", (Q("Y", "Three"),)), settings=settings)
    assert [len(page) for page in imported.questionnaire.pages] == pages


def test_the_head_comes_from_the_texts_of_the_survey() -> None:
    imported = read(
        Q("Y", "One"),
        languages="en zh-Hans",
        texts={
            "surveyls_title": {"en": "Club survey", "zh-Hans": "会员调查"},
            "surveyls_description": "About us",
            "surveyls_welcometext": "<p>Welcome!</p>",
            "surveyls_endtext": "Bye",
            "surveyls_policy_notice": "We keep all",
        },
        settings={"expires": "2030-01-01 00:00:00", "anonymized": "Y"},
    )
    found = imported.questionnaire
    assert (found.slug, found.title["zh"]) == ("club-survey", "会员调查")
    assert found.intro["en"] == "About us\n\nWelcome!"
    assert found.thanks["en"] == "Bye"
    said = told(imported, "import-survey-setting")
    assert "expires: 2030" in said and "anonymized: Y" in said and "We keep all" in said


def test_a_validation_that_can_be_said_is_kept_with_its_message() -> None:
    imported = read(
        Q("S", "Zip", preg="/^[0-9]{5}$/"),
        Q("S", "Mail", preg="/^[^@]+@[^@]+$/"),
        Q("S", "Plate", preg="/^[A-Z]+-[0-9]+$/"),
        Q(
            "N",
            "Age",
            attributes={"em_validation_q": "Age > 17 and this < 100", "em_validation_q_tip": "Adults only"},
        ),
    )
    zip_code, age = question(imported, "zip").validation, question(imported, "age").validation
    assert zip_code and zip_code.expression == "is_digits(zip) and length(zip) = 5"
    assert age and age.expression == "age > 17 and age < 100"
    assert age.message == {"en": "Adults only"}
    mail = question(imported, "mail").validation
    assert mail and mail.expression == "is_email(mail)" and "Mail preg" in told(imported, "import-email")
    assert "Plate preg" in told(imported, "import-constraint")


def test_a_survey_without_anything_to_ask_is_refused_with_the_list() -> None:
    with pytest.raises(SurveyError) as refused:
        read(Q("*", "Sum"), Q("X", "Text"))
    codes = [problem.code for problem in refused.value.problems]
    assert codes[0] == "import-nothing" and "import-type-left-out" in codes


def test_the_notes_are_said_in_chinese_too() -> None:
    imported = read(Q("|", "File"), Q("F", "Like", subs=ROWS, answers={"A1": "x", "A2": "y"}), Q("Y", "One"))
    for note in imported.notes:
        assert note.words("zh") != note.words("en")


def test_a_row_with_a_condition_of_its_own_keeps_it_where_it_became_a_question() -> None:
    rows = (Sub("SQ001", "Always"), Sub("SQ002", "Sometimes", relevance="Age > 17"))
    imported = read(
        Q("N", "Age"), Q("C", "Uses", subs=rows), Q("A", "Rates", subs=rows), Q("M", "Has", subs=rows)
    )
    assert question(imported, "uses_sq001").show_if is None
    assert question(imported, "uses_sq002").show_if == "age > 17"
    assert told(imported, "import-part-condition").count("“Age > 17”") == 2
