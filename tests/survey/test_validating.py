from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import Envelope, Problem, Response, library_questionnaire, validate

QUESTIONNAIRE = library_questionnaire("customer-satisfaction")
ENVELOPE = Envelope(
    response_id=UUID("019f1d6b-4b00-7000-8000-000000000001"),
    survey="club",
    channel="web",
    language="zh",
    submitted_at=datetime(2026, 7, 1, 8, 30, tzinfo=UTC),
    started_at=datetime(2026, 7, 1, 8, 29, tzinfo=UTC),
    weight=0.5,
    member_id="M001",
    tier="gold",
)
FULL = {"overall": "5", "recommend": "10", "ease": "7", "touchpoint": "during", "comment": "很好\r\n谢谢"}


def accepted(raw: Mapping[str, str | None]) -> Response:
    found = validate(QUESTIONNAIRE, raw, ENVELOPE)
    assert isinstance(found, Response), found
    return found


def refused(raw: Mapping[str, str | None]) -> list[tuple[str, str]]:
    found = validate(QUESTIONNAIRE, raw, ENVELOPE)
    assert isinstance(found, tuple)
    return [(problem.code, problem.where) for problem in found]


def test_a_full_sheet_becomes_a_response_with_all_that_is_known_about_it() -> None:
    assert accepted(FULL) == Response(
        response_id=ENVELOPE.response_id,
        survey="club",
        questionnaire="customer-satisfaction",
        version=1,
        channel="web",
        language="zh",
        submitted_at=ENVELOPE.submitted_at,
        started_at=ENVELOPE.started_at,
        weight=0.5,
        member_id="M001",
        tier="gold",
        touchpoint="during",
        scores=(5, 10, 7),
        missing=(None, None, None),
        choices={"touchpoint": ("during",)},
        texts={"comment": "很好\n谢谢"},
    )


def test_a_question_not_sent_is_the_same_as_one_left_blank() -> None:
    blank = {"overall": "3", "recommend": "", "ease": None, "touchpoint": " ", "comment": "\u3000"}
    assert accepted({"overall": "3"}) == accepted(blank)
    found = accepted(blank)
    assert found.scores == (3, None, None)
    assert found.missing == (None, "blank", "blank")
    assert (found.touchpoint, found.choices, found.texts) == (None, {}, {})


@pytest.mark.parametrize("raw", [{}, {"overall": ""}, {"overall": " \u200b"}, {"overall": None}])
def test_a_blank_answer_to_a_required_question_is_a_problem_that_names_the_question(
    raw: Mapping[str, str | None],
) -> None:
    assert refused(raw) == [("answer-required", "overall")]


def test_a_stated_reason_satisfies_a_required_question_and_a_blank_code_does_not() -> None:
    questions = [
        question.model_copy(update={"missing_codes": {"0": "blank", "8": "refused"}})
        if question.code == "overall"
        else question
        for question in QUESTIONNAIRE.questions
    ]
    coded = QUESTIONNAIRE.model_copy(update={"questions": tuple(questions)})
    found = validate(coded, {"overall": "8"}, ENVELOPE)
    assert isinstance(found, Response)
    assert found.missing[0] == "refused"
    blank = validate(coded, {"overall": "0"}, ENVELOPE)
    assert isinstance(blank, tuple)
    assert [problem.code for problem in blank] == ["answer-required"]


def test_every_problem_is_told_at_once_in_the_order_of_the_questionnaire() -> None:
    raw = {"comment": "\x00", "touchpoint": "sometime", "recommend": "11", "overall": "4.5", "extra": "1"}
    assert refused(raw) == [
        ("answer-not-a-number", "overall"),
        ("answer-out-of-range", "recommend"),
        ("answer-not-offered", "touchpoint"),
        ("answer-control-character", "comment"),
        ("question-unknown", ""),
    ]


def test_a_questionnaire_of_one_touchpoint_gives_it_to_every_response() -> None:
    after = library_questionnaire("csat-after-sale")
    found = validate(after, {"overall": "5"}, ENVELOPE)
    assert isinstance(found, Response)
    assert (found.touchpoint, found.choices) == ("after", {})


def test_a_question_for_the_touchpoint_says_more_than_the_questionnaire() -> None:
    both = QUESTIONNAIRE.model_copy(update={"touchpoint": "before"})
    for raw, touchpoint in ((FULL, "during"), ({"overall": "5"}, None)):
        found = validate(both, raw, ENVELOPE)
        assert isinstance(found, Response)
        assert found.touchpoint == touchpoint


def test_an_unknown_key_is_refused_by_name() -> None:
    found = validate(QUESTIONNAIRE, {**FULL, "q1; drop table": "1"}, ENVELOPE)
    assert isinstance(found, tuple)
    assert "q1; drop table" in found[0].words("en")
    assert "overall, recommend, ease" in found[0].words("zh")


def test_ten_thousand_unknown_keys_are_not_ten_thousand_problems() -> None:
    assert len(refused({**FULL, **{f"x{number}": "1" for number in range(10_000)}})) == 20


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), -0.5])
def test_a_weight_that_would_spoil_every_mean_is_refused(weight: float) -> None:
    found = validate(QUESTIONNAIRE, FULL, replace(ENVELOPE, weight=weight))
    assert isinstance(found, tuple)
    assert [problem.code for problem in found] == ["weight-invalid"]


def test_an_envelope_without_a_time_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(ENVELOPE, submitted_at=datetime(2026, 7, 1))  # noqa: DTZ001 the refused case
    with pytest.raises(ValueError, match="time zone"):
        replace(ENVELOPE, started_at=datetime(2026, 7, 1))  # noqa: DTZ001 the refused case


ANY = st.text(alphabet=st.characters(), max_size=30)
CODES = st.sampled_from([question.code for question in QUESTIONNAIRE.questions])
VALUES = st.one_of(st.none(), ANY, st.integers(-2, 12).map(str), st.sampled_from(["before", "after", "5.0"]))


@given(st.dictionaries(st.one_of(CODES, ANY), VALUES, max_size=8))
def test_whatever_is_sent_ends_in_a_storable_response_or_in_words(raw: dict[str, str | None]) -> None:
    found = validate(QUESTIONNAIRE, raw, ENVELOPE)
    if isinstance(found, Response):
        assert len(found.scores) == len(found.missing) == len(QUESTIONNAIRE.scored)
        for question, score, missing in zip(QUESTIONNAIRE.scored, found.scores, found.missing, strict=True):
            assert (score is None) is (missing is not None)
            assert question.scale is not None
            assert score is None or question.scale.min <= score <= question.scale.max
        assert found.scores[0] is not None
        assert "\n".join(found.texts.values()).encode("utf-8") is not None
    else:
        assert found
        assert all(isinstance(problem, Problem) and problem.words("zh").encode("utf-8") for problem in found)
