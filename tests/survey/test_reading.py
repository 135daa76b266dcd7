"""The definitions that are refused, and how: each by a code, a line and a key."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import Questionnaire, SurveyError, read_questionnaire

GOOD = """\
slug: club
version: 1
languages: [zh, en]
default_language: zh
title: {zh: 标题, en: Title}
intro: {zh: 您好, en: Hello}
thanks: {zh: 谢谢, en: Thanks}
questions:
  - code: overall
    type: rating
    measures: csat
    text: {zh: 满意吗, en: Satisfied}
    scale: {min: 1, max: 5, low: {zh: 低}, high: {zh: 高}}
    missing_codes: {0: blank, "6": not_applicable}
  - code: recommend
    type: nps
    measures: nps
    text: {zh: 推荐吗}
    scale:
      min: 0
      max: 10
      low: {zh: 低}
      high: {zh: 高}
  - code: touchpoint
    type: single_choice
    dimension: touchpoint
    text: {zh: 环节}
    choices:
      - {code: before, text: {zh: 售前}}
      - {code: after, text: {zh: 售后}}
  - code: comment
    type: long_text
    text: {zh: 意见}
"""


def refusals(source: str) -> list[tuple[str, str]]:
    with pytest.raises(SurveyError) as caught:
        read_questionnaire(source, "club.yaml")
    assert all(problem.words("zh") and problem.words("en") for problem in caught.value.problems)
    return [(problem.code, problem.where) for problem in caught.value.problems]


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_good_definition_is_read() -> None:
    questionnaire = read_questionnaire(GOOD, "club.yaml")
    assert questionnaire.slug == "club"
    assert [question.code for question in questionnaire.scored] == ["overall", "recommend"]
    assert questionnaire.question("overall").missing_codes == {"0": "blank", "6": "not_applicable"}
    assert questionnaire.question("touchpoint").choices[1].text == {"zh": "售后"}


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("version: 1", "version: 1\ncolour: red", "key-unknown", "3 colour"),
        ("version: 1", 'version: "1"', "value-not-integer", "2 version"),
        ("version: 1", "version: true", "value-not-integer", "2 version"),
        ("version: 1", "version: 1.0", "value-not-integer", "2 version"),
        ("version: 1", "version: 0", "value-out-of-range", "2 version"),
        ("version: 1", f"version: {'9' * 5000}", "value-not-integer", "2 version"),
        ("slug: club", "slug: ../club", "slug-malformed", "1 slug"),
        ("slug: club", "slug: " + "a" * 61, "slug-malformed", "1 slug"),
        ("[zh, en]", "zh", "value-not-list", "3 languages"),
        ("[zh, en]", "[zh, en, zh-CN]", "language-duplicate", "3 languages"),
        ("[zh, en]", "[zh, english]", "language-malformed", "3 languages[1]"),
        ("default_language: zh", "default_language: fr", "language-undeclared", "4 default_language"),
        ("{zh: 标题, en: Title}", "标题", "value-not-mapping", "5 title"),
        ("{zh: 标题, en: Title}", "{zh: 1}", "value-not-text", "5 title.zh"),
        ("{zh: 标题, en: Title}", "{en: Title}", "text-unwritten", "5 title.zh"),
        ("{zh: 标题, en: Title}", "{zh: '-', en: Title}", "text-unwritten", "5 title.zh"),
        ("{zh: 标题, en: Title}", "{zh: 标题, zn: x}", "language-undeclared", "5 title.zn"),
        ("{zh: 标题, en: Title}", "{zh: 标题, zh-CN: x}", "language-duplicate", "5 title.zh-CN"),
        ("{zh: 标题, en: Title}", "{zh: 标题, e: x}", "language-malformed", "5 title"),
        ("code: overall", "code: Overall", "code-malformed", "9 questions[0].code"),
        ("code: overall", 'code: q1"; drop table responses; --', "code-malformed", "9 questions[0].code"),
        ("code: overall", "code: _overall", "code-malformed", "9 questions[0].code"),
        ("code: overall", "code: " + "a" * 41, "code-malformed", "9 questions[0].code"),
        ("code: overall", "code: 1", "value-not-text", "9 questions[0].code"),
        ("code: recommend", "code: overall", "code-duplicate", "15 questions[1].code"),
        ("type: rating", "type: stars", "value-not-offered", "10 questions[0].type"),
        ("measures: csat", "measures: nps", "measure-unfitting", "11 questions[0].measures"),
        ("measures: nps", "measures: none", "measure-unfitting", "17 questions[1].measures"),
        ("{min: 1, max: 5,", "{min: 5, max: 5,", "scale-order", "13 questions[0].scale.min"),
        ("{min: 1, max: 5,", "{min: 1, max: 500,", "value-out-of-range", "13 questions[0].scale.max"),
        ("{min: 1, max: 5,", "{min: 1, max: '5',", "value-not-integer", "13 questions[0].scale.max"),
        ("{min: 1, max: 5,", "{min: 1,", "key-missing", "13 questions[0].scale.max"),
        ("{min: 1, max: 5,", "{min: 1, max: 5, step: 1,", "key-unknown", "13 questions[0].scale.step"),
        ("      min: 0\n", "      min: 1\n", "scale-not-nps", "19 questions[1].scale"),
        ("{0: blank,", "{5: blank,", "missing-code-taken", "14 questions[0].missing_codes.5"),
        ("{0: blank,", "{' ': blank,", "missing-code-blank", "14 questions[0].missing_codes."),
        ("{0: blank,", "{0: Not There,", "reason-malformed", "14 questions[0].missing_codes.0"),
        ("code: after", "code: before", "code-duplicate", "30 questions[2].choices[1].code"),
        ("      - {code: after, text: {zh: 售后}}\n", "", "choices-too-few", "28 questions[2].choices"),
        ("code: after", "code: After", "choice-code-malformed", "30 questions[2].choices[1].code"),
        ("售前}}\n", "售前}, cod: 1}\n", "key-misspelt", "29 questions[2].choices[0].cod"),
        ("type: long_text", "type: rating", "scale-needed", "31 questions[3]"),
        ("type: long_text", "type: single_choice", "choices-too-few", "31 questions[3].choices"),
    ],
)
def test_a_fault_is_refused_by_code_line_and_key(old: str, new: str, code: str, where: str) -> None:
    assert refusals(changed(old, new)) == [(code, f"club.yaml:{where}")]


@pytest.mark.parametrize(
    ("extra", "code", "where"),
    [
        ("max_length: 0", "value-out-of-range", "max_length"),
        ("pii: yes", "value-not-boolean", "pii"),
        ("required: 1", "value-not-boolean", "required"),
        ("help: {en: x}", "text-unwritten", "help.zh"),
        ("dimension: touchpoint", "dimension-unfitting", "dimension"),
        ("dimension: place", "value-not-offered", "dimension"),
        ("choices: [{code: a, text: {zh: a}}]", "choices-unneeded", "choices"),
        ("scale: {min: 0, max: 1, low: {zh: a}, high: {zh: b}}", "scale-unneeded", "scale"),
    ],
)
def test_a_key_that_does_not_fit_a_long_text_is_refused(extra: str, code: str, where: str) -> None:
    source = changed("type: long_text", f"type: long_text\n    {extra}")
    assert refusals(source) == [(code, f"club.yaml:33 questions[3].{where}")]


def test_a_misspelt_key_is_both_unknown_and_missing() -> None:
    found = refusals(changed("version: 1", "versoin: 1"))
    assert found == [("key-missing", "club.yaml:1 version"), ("key-misspelt", "club.yaml:2 versoin")]


def test_two_questions_cannot_be_the_same_dimension() -> None:
    second = GOOD[GOOD.index("  - code: touchpoint") :].replace("code: touchpoint", "code: place")
    assert refusals(GOOD + second.split("  - code: comment")[0]) == [
        ("dimension-duplicate", "club.yaml:8 questions")
    ]


@pytest.mark.parametrize(
    ("questions", "code"),
    [
        ("[]", "questions-empty"),
        ("", "value-not-list"),
        ("{}", "value-not-list"),
        ("[1]", "value-not-mapping"),
    ],
)
def test_questions_are_a_list_of_at_least_one(questions: str, code: str) -> None:
    assert [
        found for found, _ in refusals(GOOD[: GOOD.index("questions:")] + f"questions: {questions}\n")
    ] == [code]


def test_the_key_meant_by_a_misspelt_one_is_suggested() -> None:
    with pytest.raises(SurveyError, match="Did you mean “required”"):
        read_questionnaire(changed("type: rating", "type: rating\n    requird: true"), "club.yaml")


def test_all_faults_are_told_at_once_by_line() -> None:
    source = (
        changed("version: 1", "colour: red\nversion: x")
        .replace("type: nps", "type: stars")
        .replace("zh: 意见", "zh: 1")
    )
    assert refusals(source) == [
        ("key-unknown", "club.yaml:2 colour"),
        ("value-not-integer", "club.yaml:3 version"),
        ("value-not-offered", "club.yaml:17 questions[1].type"),
        ("value-not-text", "club.yaml:34 questions[3].text.zh"),
    ]


@pytest.mark.parametrize("source", ["", "# only a comment\n", "just words", "[1, 2]", "~"])
def test_a_file_that_is_no_mapping_is_refused(source: str) -> None:
    assert refusals(source) == [("value-not-mapping", "club.yaml:1")]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("slug: a\nslug: b\n", "key-duplicate"),
        ("slug: &a club\n", "yaml-alias"),
        ("questions: " + "[" * 5000 + "]" * 5000, "yaml-too-deep"),
    ],
)
def test_what_strict_yaml_refuses_is_a_problem_with_words(source: str, code: str) -> None:
    assert [found for found, _ in refusals(source)] == [code]


def test_markup_in_a_title_is_text() -> None:
    questionnaire = read_questionnaire(changed("zh: 标题", "zh: '<img src=x onerror=alert(1)>'"), "club.yaml")
    assert questionnaire.title["zh"] == "<img src=x onerror=alert(1)>"


def test_a_code_may_be_a_word_of_python_or_sql() -> None:
    assert (
        read_questionnaire(changed("code: overall", "code: select"), "club.yaml").questions[0].code
        == "select"
    )


def test_spellings_of_a_language_are_made_one() -> None:
    source = changed("[zh, en]", "[zh-Hans-CN, en]").replace(
        "default_language: zh", "default_language: zh_CN"
    )
    assert read_questionnaire(source, "a.yaml") == read_questionnaire(GOOD, "b.yaml")


def test_comments_order_of_keys_and_quotes_do_not_change_the_hash() -> None:
    plain = read_questionnaire(GOOD, "a.yaml")
    lines = GOOD.splitlines()
    other = "\n".join(["# a comment", *lines[1:4], "slug: 'club'  # first", *lines[4:]])
    assert read_questionnaire(other, "b.yaml").sha256 == plain.sha256
    assert read_questionnaire(changed("满意吗", "满意吗？"), "c.yaml").sha256 != plain.sha256


TREES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-200, 200), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from([*Questionnaire.model_fields, "code", "zh", "scale", "?"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)


@given(st.sampled_from(sorted(Questionnaire.model_fields)), TREES)
def test_any_wrong_shape_of_any_key_is_refused_in_words(key: str, tree: object) -> None:
    content = json.loads(read_questionnaire(GOOD, "club.yaml").model_dump_json(exclude_defaults=True)) | {
        key: tree
    }
    try:
        read_questionnaire(json.dumps(content), "club.yaml")
    except SurveyError as error:
        assert all(problem.words("zh").startswith("club.yaml:") for problem in error.problems)


def test_every_fault_of_a_question_is_told_at_once() -> None:
    source = changed("      min: 0\n", "      min: 1\n").replace("measures: nps", "measures: none")
    assert {code for code, _ in refusals(source)} == {"measure-unfitting", "scale-not-nps"}


def test_a_text_of_more_characters_than_anybody_reads_is_refused() -> None:
    assert [code for code, _ in refusals(changed("售前", "售" * 20_001))] == ["text-too-long"]
