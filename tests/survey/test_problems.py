import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.problems import SurveyError, problem

ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)


def test_a_problem_says_where_what_and_what_to_do_in_both_languages() -> None:
    found = problem("answer-out-of-range", "recommend", raw="11", min=0, max=10)
    assert found.words("en") == "recommend: 11 is not on the scale. Give a whole number from 0 to 10."
    assert found.words("zh") == "recommend：11 不在评分范围内。请填写 0 到 10 之间的整数。"
    assert found.advice("en") == "11 is not on the scale. Give a whole number from 0 to 10."


def test_a_problem_without_a_place_starts_with_what_is_wrong() -> None:
    assert problem("questions-empty", "").words("en") == "There are no questions. Write at least one."


def test_foreign_text_is_cut_and_escaped_before_it_is_shown() -> None:
    found = problem("answer-not-a-number", "overall", raw="a\ud800\x00\n" + "哈" * 5000, min=1, max=5)
    shown = found.values["raw"]
    assert isinstance(shown, str)
    assert shown.startswith("a\\ud800\\x00\\n哈哈")
    assert len(shown) < 90


def test_our_own_lists_are_shown_in_full() -> None:
    codes = tuple(f"question_{number}" for number in range(40))
    assert "question_39" in problem("question-unknown", "", key="x", allowed=codes).words("en")


@given(ANY_TEXT, ANY_TEXT)
def test_words_can_always_be_sent_as_utf8(where: str, raw: str) -> None:
    found = problem("answer-not-a-number", where, raw=raw, min=1, max=5)
    assert found.words("zh").encode("utf-8")
    assert "\n" not in found.words("en")


def test_a_survey_error_prints_its_problems() -> None:
    problems = (problem("questions-empty", "a.yaml:1 questions"), problem("answer-required", "overall"))
    error = SurveyError(problems)
    assert str(error) == "\n".join(found.words("en") for found in problems)


def test_a_code_without_words_is_refused() -> None:
    with pytest.raises(KeyError):
        problem("no-such-code", "")
