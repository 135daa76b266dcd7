"""What each type of question may say, what it is stored as, and how a definition with a fault is refused."""

from pathlib import Path
from typing import get_args

import pytest

from survey import Questionnaire, SurveyError, read_questionnaire
from survey.question_types import TYPES, QuestionType

SOURCE = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")
EVERYTHING = read_questionnaire(SOURCE, "everything.yaml")


def refusals(old: str, new: str) -> list[tuple[str, str]]:
    """The codes and keys of all that is wrong with the file after a change."""
    assert old in SOURCE
    with pytest.raises(SurveyError) as caught:
        read_questionnaire(SOURCE.replace(old, new, 1), "e.yaml")
    for problem in caught.value.problems:
        assert problem.words("zh").startswith("e.yaml:")
        assert "{" not in problem.words("en") + problem.words("zh") or "{{" in problem.words("en")
    return [(problem.code, problem.where.partition(" ")[2]) for problem in caught.value.problems]


def test_every_type_is_asked_in_it() -> None:
    asked = {question.type for question in EVERYTHING.questions} | {"nps"}
    assert asked == set(TYPES) == set(get_args(QuestionType))


def test_items_are_what_is_stored_each_under_a_code_of_its_own() -> None:
    codes = [item.code for item in EVERYTHING.items]
    assert codes == [
        *("overall", "why", "channels", "channels_other", "best", "grid_staff", "grid_range", "spent"),
        *("joined", "left_on", "again", "shop", "shop_other", "agree", "signed", "comment", "photo"),
    ]
    assert [item.code for item in EVERYTHING.scored] == ["overall", "grid_staff", "grid_range"]


def test_a_row_of_a_matrix_is_a_rating_with_the_scale_and_measure_of_the_matrix() -> None:
    grid, row = EVERYTHING.question("grid"), EVERYTHING.question("grid_range")
    assert (row.type, row.scale, row.measures) == ("rating", grid.scale, "csat")
    assert row.text == {"zh": "商品", "en": "Range"}
    assert not grid.scored
    assert row.scored


def test_a_changed_copy_does_not_remember_the_items_of_the_original() -> None:
    assert len(EVERYTHING.items) == 17
    copy = EVERYTHING.model_copy(update={"questions": EVERYTHING.questions[:2]})
    assert [item.code for item in copy.items] == ["overall"]
    grid = EVERYTHING.question("grid")
    assert [i.code for i in grid.model_copy(update={"code": "g"}).items] == ["g_staff", "g_range"]


def test_the_definition_survives_its_canonical_json() -> None:
    again = Questionnaire.model_validate_json(EVERYTHING.canonical_json())
    assert again == EVERYTHING
    assert again.sha256 == EVERYTHING.sha256


def test_one_number_has_one_spelling_in_the_hash() -> None:
    for spelling in ('"99999.50"', "99999.5", '"99999.500"'):
        changed = SOURCE.replace('"99999.5"', spelling)
        assert read_questionnaire(changed, "e.yaml").sha256 == EVERYTHING.sha256


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ("look: stars", "look: hearts", "value-not-offered", "questions[1].look"),
        (
            "type: short_text",
            "type: short_text\n    look: stars",
            "question-key-unneeded",
            "questions[2].look",
        ),
        ("5: {zh: 很好, en: great}", "6: {zh: 很好, en: great}", "scale-labels", "questions[1].scale.labels"),
        ("    rows: [", "    choices: [", "question-key-needed", "questions[5].rows"),
        ("type: matrix", "type: rating", "question-key-unneeded", "questions[5].rows"),
        ("code: range,", "code: staff,", "code-duplicate", "questions[5].rows[1].code"),
        ("code: spent,", "code: grid_staff,", "code-duplicate", "questions[5]"),
        ("code: spent,", "code: channels_other,", "code-duplicate", "questions[3]"),
        ("code: phone,", "code: other,", "code-duplicate", "questions[3].choices[3].code"),
        ("code: range,", f"code: {'r' * 36},", "row-code-long", "questions[5].rows[1].code"),
        (
            "    max_choices: 2\n    new_page",
            "    max_choices: 5\n    new_page",
            "choices-bounds",
            "questions[3].min_choices",
        ),
        ("min_choices: 1", "min_choices: 3", "choices-bounds", "questions[3].min_choices"),
        ("min_choices: 1", "min_choices: 0", "value-out-of-range", "questions[3].min_choices"),
        ('min: 0, max: "99999.5"', "min: 9, max: 8", "range-order", "questions[6].number.min"),
        ('min: 0, max: "99999.5"', "min: much", "number-malformed", "questions[6].number.min"),
        ('min: 0, max: "99999.5"', "min: 1e3", "number-malformed", "questions[6].number.min"),
        ("decimals: 2", "decimals: 9", "value-out-of-range", "questions[6].number.decimals"),
        ("decimals: 2", "digits: 2", "key-unknown", "questions[6].number.digits"),
        ("max: today}", "max: tomorrow}", "day-malformed", "questions[7].date.max"),
        ("max: today}", 'max: "1999-12-31"}', "range-order", "questions[7].date.min"),
        ("max: today}", 'max: "2026-02-30"}', "day-malformed", "questions[7].date.max"),
        ("pii: true, text: {zh: 签名", "text: {zh: 签名", "signature-not-pii", "questions[13].type"),
        ("image: shop.png, ", "", "question-key-needed", "questions[11].image"),
        ("image: shop.png", "image: ../shop.png", "picture-malformed", "questions[11].image"),
        ("image: shop.png", "image: shop.svg", "picture-malformed", "questions[11].image"),
        (
            "image: shop.png",
            "required: true, image: shop.png",
            "question-key-unneeded",
            "questions[11].required",
        ),
        ("type: section,", "type: section, measures: csat,", "measure-unfitting", "questions[0].measures"),
        (
            "type: consent,",
            "type: consent, missing_codes: {n: refused},",
            "question-key-unneeded",
            "questions[12].missing_codes",
        ),
        (
            "type: yes_no,",
            "type: yes_no, missing_codes: {no: refused},",
            "missing-code-taken",
            "questions[9].missing_codes.no",
        ),
        (
            "type: number,",
            "type: number, missing_codes: {999: refused},",
            "missing-code-taken",
            "questions[6].missing_codes.999",
        ),
        ("type: image", "type: upload", "value-not-offered", "questions[11].type"),
    ],
)
def test_a_fault_of_a_question_is_refused_by_code_and_key(old: str, new: str, code: str, key: str) -> None:
    assert (code, key) in refusals(old, new)


def test_a_questionnaire_of_sections_alone_asks_nothing() -> None:
    start = SOURCE.index("  - code: overall")
    head = SOURCE[:start].replace(": {{ overall }}", "").replace("{{ signed }}", "")
    with pytest.raises(SurveyError, match="There are no questions"):
        read_questionnaire(head, "e.yaml")
