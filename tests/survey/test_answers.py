from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import Answer, Choice, Question, Scale, check_answer

TEXT = {"en": "?"}
RATING = Question(
    code="overall",
    type="rating",
    text=TEXT,
    scale=Scale(min=1, max=5, low=TEXT, high=TEXT),
    missing_codes={"0": "blank", "6": "not_applicable", "R": "refused"},
    measures="csat",
)
NPS = Question(
    code="recommend", type="nps", text=TEXT, scale=Scale(min=0, max=10, low=TEXT, high=TEXT), measures="nps"
)
BALANCE = Question(code="balance", type="rating", text=TEXT, scale=Scale(min=-3, max=3, low=TEXT, high=TEXT))
CHOICE = Question(
    code="touchpoint",
    type="single_choice",
    text=TEXT,
    choices=(Choice(code="before", text=TEXT), Choice(code="after", text=TEXT)),
    missing_codes={"99": "refused"},
)
COMMENT = Question(code="comment", type="long_text", text=TEXT, max_length=20)
ALL = (RATING, NPS, BALANCE, CHOICE, COMMENT)


def refusal(question: Question, raw: object) -> str:
    """The code of the problem; fails when there is none or something else is set too."""
    answer = check_answer(question, raw)
    assert answer.problem is not None
    assert answer == Answer(problem=answer.problem)
    assert answer.problem.where == question.code
    return answer.problem.code


@pytest.mark.parametrize("raw", ["4", " 4 ", "4.0", "4.000", "\t4\n", "\u30004\u3000"])
def test_a_whole_number_is_a_score_also_as_csv_files_write_it(raw: str) -> None:
    assert check_answer(RATING, raw) == Answer(score=4)


@pytest.mark.parametrize(
    "raw",
    [
        "4.5",
        "1e1",
        "1e309",
        "NaN",
        "inf",
        "٤",
        "05",
        "+4",
        "4.",
        ".4",
        "4,0",
        "4 5",
        "0x4",
        "-0",
        "①",
    ],
)
def test_what_is_not_a_plain_whole_number_is_refused_and_not_guessed(raw: str) -> None:
    assert refusal(NPS, raw) == "answer-not-a-number"


@pytest.mark.parametrize("raw", ["11", "-1", "1000000000", "9" * 5000, "11.0"])
def test_a_score_off_the_scale_is_refused_with_the_scale_in_the_words(raw: str) -> None:
    assert refusal(NPS, raw) == "answer-out-of-range"
    problem = check_answer(NPS, raw).problem
    assert problem is not None
    assert "from 0 to 10" in problem.words("en")
    assert "0 到 10" in problem.words("zh")


@given(st.integers(min_value=-400, max_value=400))
def test_exactly_the_numbers_of_the_scale_are_scores(number: int) -> None:
    for question, low, high in ((NPS, 0, 10), (BALANCE, -3, 3)):
        answer = check_answer(question, str(number))
        assert (answer.score == number) is (low <= number <= high)
        assert (answer.problem is None) is (low <= number <= high)


@pytest.mark.parametrize(
    "raw", [None, "", " ", "\n\t", "\u3000\u3000", "\u200b\u200c\u200d\ufeff", "\u3164", "\u2800"]
)
@pytest.mark.parametrize("question", ALL, ids=lambda question: question.code)
def test_nothing_visible_is_a_blank_whatever_is_asked(question: Question, raw: str | None) -> None:
    assert check_answer(question, raw) == Answer(missing="blank")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [("0", "blank"), ("6", "not_applicable"), ("6.0", "not_applicable"), (" R ", "refused")],
)
def test_a_missing_code_gives_its_reason(raw: str, reason: str) -> None:
    assert check_answer(RATING, raw) == Answer(missing=reason)


def test_the_missing_codes_of_one_question_mean_nothing_for_another() -> None:
    assert check_answer(CHOICE, "99") == Answer(missing="refused")
    assert refusal(NPS, "99") == "answer-out-of-range"


def test_a_choice_is_taken_by_its_code_alone() -> None:
    assert check_answer(CHOICE, " after ") == Answer(choice="after")
    for raw in ("After", "2", "before,after", "during"):
        assert refusal(CHOICE, raw) == "answer-not-offered"
    problem = check_answer(CHOICE, "during").problem
    assert problem is not None
    assert "before, after" in problem.words("en")


@pytest.mark.parametrize(
    "raw", ["<b>好</b>", "=1+1", "  kept  ", "a\tb", "👨‍👩‍👧 ok", "{0} %s", "e" + "\u0301" * 10]
)
def test_a_text_is_kept_as_it_was_written(raw: str) -> None:
    assert check_answer(COMMENT, raw) == Answer(text=raw)


def test_line_ends_are_kept_as_one_line_feed() -> None:
    assert check_answer(COMMENT, "a\r\nb\rc\nd") == Answer(text="a\nb\nc\nd")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("a\ud800b", "U+D800"),
        ("a\x00", "U+0000"),
        ("\x1b[31m", "U+001B"),
        ("a\x85b", "U+0085"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_a_character_that_cannot_be_stored_is_named(raw: str, name: str) -> None:
    assert refusal(COMMENT, raw) == "answer-control-character"
    problem = check_answer(COMMENT, raw).problem
    assert problem is not None
    assert name in problem.words("zh")


@pytest.mark.parametrize(
    ("question", "raw", "plain"),
    [
        (RATING, "\uff15", "5"),
        (NPS, "\uff11\uff10", "10"),
        (Question(code="spent", type="number", text=TEXT), "\uff11\uff12", "12"),
        (Question(code="day", type="date", text=TEXT), "\uff12\uff10\uff12\uff16-07-01", "2026-07-01"),
    ],
)
def test_full_width_digits_are_asked_for_again_in_half_width(
    question: Question, raw: str, plain: str
) -> None:
    problem = check_answer(question, raw).problem
    assert problem is not None and problem.code == "answer-wide-digits"
    assert f"请改用半角数字填写：{plain}。" in problem.words("zh")


def test_a_text_is_measured_in_characters_after_line_ends_are_made_one() -> None:
    assert check_answer(COMMENT, "字" * 20) == Answer(text="字" * 20)
    assert check_answer(COMMENT, "\r\n".join("abcdefghij")) == Answer(text="\n".join("abcdefghij"))
    assert refusal(COMMENT, "字" * 21) == "answer-too-long"
    problem = check_answer(COMMENT, "字" * 100_000).problem
    assert problem is not None
    assert problem.words("en") == (
        "comment: The text has 100000 characters. Shorten it to 20 characters or fewer."
    )


@pytest.mark.parametrize("raw", [5, 5.0, True, ["5"], b"5", BytesIO(b"5")])
def test_what_is_not_text_is_refused_even_when_it_looks_right(raw: object) -> None:
    assert refusal(RATING, raw) == "answer-not-text"


@given(
    st.sampled_from(ALL),
    st.one_of(st.none(), st.text(alphabet=st.characters()), st.from_regex(r"-?[0-9.]{1,8}")),
)
def test_any_value_has_exactly_one_meaning(question: Question, raw: str | None) -> None:
    answer = check_answer(question, raw)
    meanings = [answer.score, answer.choice, answer.text, answer.missing, answer.problem]
    assert len([meaning for meaning in meanings if meaning is not None]) == 1
    if answer.text is not None:
        assert answer.text.encode("utf-8").decode() == answer.text
