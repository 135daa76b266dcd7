"""Inputs known to have harmed survey software: each is refused by name, or kept as the text it is."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from survey import Envelope, Response, SurveyError, build_form, read_questionnaire, validate

SOURCE = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")
EVERYTHING = read_questionnaire(SOURCE, "everything.yaml")
ENVELOPE = Envelope(
    UUID("019f1d6b-4b00-7000-8000-000000000001"), "club", "web", "zh", datetime(2026, 7, 1, tzinfo=UTC)
)
LEAST = {"overall": "5", "agree": "yes"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("code: overall", "code: 'q1\"; drop table responses; --'", "code-malformed"),
        ("left_on >= joined", "\"regex(comment, '^(a+)+$')\"", "expression-function-unknown"),
        ("left_on >= joined", "^(a+)+$", "expression-character"),
        ("left_on >= joined", "__import__('os')", "expression-function-unknown"),
        ("choices: [{code: before, text: {zh: 前, en: Before}}, ", "choices: [", "choices-too-few"),
        ("code: before, text", "code: after, text", "code-duplicate"),
        ("scale: {min: 1, max: 5, low: {zh: 低, en: low}, high: {zh: 高, en: high}}",
         "scale: {min: 5, max: 1, low: {zh: 高, en: high}, high: {zh: 低, en: low}}", "scale-order"),
        ("rating\n    look: stars\n    measures: csat", "nps\n    measures: nps", "scale-not-nps"),
    ],
)  # fmt: skip
def test_a_definition_that_would_do_harm_is_refused_by_name(old: str, new: str, code: str) -> None:
    assert old in SOURCE
    with pytest.raises(SurveyError) as caught:
        read_questionnaire(SOURCE.replace(old, new, 1), "e.yaml")
    assert code in [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "%{customdata[0]} %{x:$,.2f} <extra></extra>",
        "::red[过期] :material/delete: $\\href{javascript:alert(1)}{x}$",
        "{{ overall }} {{ member.name }} {{",
        "{0} {raw} %s",
        "=1+1",
        "e" + "\u0301" * 200,
        "我的身份证 11010519491231002X 电话 13800138000",
    ],
)
def test_what_looks_like_markup_is_kept_and_shown_as_text(text: str) -> None:
    found = validate(EVERYTHING, {**LEAST, "comment": text, "signed": text}, ENVELOPE)
    assert isinstance(found, Response)
    assert found.texts == {"comment": text, "signed": text}
    form = build_form(EVERYTHING, "en", {**LEAST, "signed": text})
    assert form.thanks == f"Thanks, {' '.join(text.split())[:200]}: 5" or len(text) > 200
    assert EVERYTHING.question("comment").pii is False
    assert EVERYTHING.question("signed").pii is True


@pytest.mark.parametrize(
    ("code", "raw", "refused"),
    [
        ("comment", "a\ud800b", "answer-control-character"),
        ("comment", "a\x00b", "answer-control-character"),
        ("comment", "哈" * 100_000, "answer-too-long"),
        ("overall", "11", "answer-out-of-range"),
        ("overall", "１０", "answer-wide-digits"),
        ("overall", "NaN", "answer-not-a-number"),
        ("overall", "1e309", "answer-not-a-number"),
        ("spent", "NaN", "answer-number-malformed"),
        ("spent", "1e309", "answer-number-malformed"),
        ("spent", "Infinity", "answer-number-malformed"),
        ("shop", "99", "answer-not-offered"),
        ("agree", "false", "answer-not-offered"),
        ("agree", "", "consent-needed"),
    ],
)
def test_an_answer_that_would_do_harm_is_refused_by_name(code: str, raw: str, refused: str) -> None:
    found = validate(EVERYTHING, {**LEAST, code: raw}, ENVELOPE)
    assert isinstance(found, tuple)
    assert [(problem.code, problem.where) for problem in found] == [(refused, code)]


@pytest.mark.parametrize("raw", ["\u200b\u200c\u200d\ufeff", "\u3000" * 5, "\u3164"])
def test_what_shows_nothing_is_blank_in_every_type(raw: str) -> None:
    blank = {item.code: raw for item in EVERYTHING.items if item.code not in LEAST}
    assert validate(EVERYTHING, {**LEAST, **blank}, ENVELOPE) == validate(EVERYTHING, LEAST, ENVELOPE)


def test_a_question_hidden_by_logic_cannot_be_answered_past_it() -> None:
    refused = validate(EVERYTHING, {**LEAST, "why": "x"}, ENVELOPE)
    assert isinstance(refused, tuple)
    assert [(problem.code, problem.where) for problem in refused] == [("answer-hidden", "why")]


def test_a_long_text_is_accepted_where_the_question_allows_it() -> None:
    longer = SOURCE.replace(
        "{code: comment, type: long_text,", "{code: comment, type: long_text, max_length: 40000,"
    )
    found = validate(read_questionnaire(longer, "e.yaml"), {**LEAST, "comment": "字" * 32_768}, ENVELOPE)
    assert isinstance(found, Response)
    assert len(found.texts["comment"]) == 32_768


def test_a_missing_translation_is_shown_in_the_default_language_and_marked() -> None:
    one = read_questionnaire(SOURCE.replace("en: Comment", "en: '-'"), "e.yaml")
    comment = next(field for field in build_form(one, "en").fields if field.code == "comment")
    assert (comment.label, comment.is_fallback) == ("意见", True)


def test_a_code_may_be_a_word_of_sql_or_of_the_expressions() -> None:
    for word in ("select", "in", "count", "date"):
        one = read_questionnaire(SOURCE.replace("code: comment", f"code: {word}"), "e.yaml")
        assert word in [question.code for question in one.questions]


def test_an_edit_makes_another_hash() -> None:
    edited = read_questionnaire(SOURCE.replace("{code: web, text: {zh: 网站, en: Web}}, ", ""), "e.yaml")
    assert edited.sha256 != EVERYTHING.sha256


def test_huge_answers_are_judged_quickly() -> None:
    sent = {item.code: "9" * 60_000 for item in EVERYTHING.items} | {"best": ["x"] * 60_000}
    started = time.perf_counter()
    assert isinstance(validate(EVERYTHING, sent, replace(ENVELOPE, member={"name": "x" * 60_000})), tuple)
    assert time.perf_counter() - started < 1
