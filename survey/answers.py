"""One raw value against one question: the one place where an answer becomes a score, a choice or a text."""

import re
from dataclasses import dataclass

from survey.characters import says_nothing, unfit_character, with_plain_newlines
from survey.definition import Question, Scale
from survey.problems import Problem, problem

# A whole number as people and CSV writers put it: "5", "-2" or "5.0"; ASCII digits only, no "1e1", no "05".
_WHOLE = re.compile(r"(0|-?[1-9][0-9]*)(?:\.0+)?")
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Answer:
    """What one raw value means: exactly one of the five is set.

    `score` is in the scale's units, `choice` a code, `text` as written, `missing` the reason there is no
    answer."""

    score: int | None = None
    choice: str | None = None
    text: str | None = None
    missing: str | None = None
    problem: Problem | None = None


def check_answer(question: Question, raw: object) -> Answer:
    """Read one raw value: a str, or None when nothing was sent; anything else is a problem.

    Nothing, white space and zero-width characters are missing ("blank"), then the question's missing codes
    are looked up. Whether an answer is required is asked of the whole sheet, by `validate`."""
    if raw is None:
        return Answer(missing="blank")
    if not isinstance(raw, str):
        return Answer(problem=problem("answer-not-text", question.code, kind=type(raw).__name__))
    if says_nothing(raw):
        return Answer(missing="blank")
    trimmed = raw.strip()
    whole = _WHOLE.fullmatch(trimmed)
    missing = question.missing_codes.get(trimmed) or (question.missing_codes.get(whole[1]) if whole else None)
    if missing:
        return Answer(missing=missing)
    if question.scale:
        return _score(question, question.scale, trimmed, whole[1] if whole else None)
    if question.choices:
        return _choice(question, trimmed)
    return _text(question, raw)


def _score(question: Question, scale: Scale, raw: str, digits: str | None) -> Answer:
    if digits and len(digits) <= _MOST_DIGITS and scale.min <= int(digits) <= scale.max:
        return Answer(score=int(digits))
    code = "answer-out-of-range" if digits else "answer-not-a-number"
    return Answer(problem=problem(code, question.code, raw=raw, min=scale.min, max=scale.max))


def _choice(question: Question, raw: str) -> Answer:
    codes = tuple(choice.code for choice in question.choices)
    if raw in codes:
        return Answer(choice=raw)
    return Answer(problem=problem("answer-not-offered", question.code, raw=raw, allowed=codes))


def _text(question: Question, raw: str) -> Answer:
    text = with_plain_newlines(raw)
    character = unfit_character(text)
    if character:
        return Answer(problem=problem("answer-control-character", question.code, character=character))
    if len(text) > question.max_length:
        limit = question.max_length
        return Answer(problem=problem("answer-too-long", question.code, length=len(text), limit=limit))
    return Answer(text=text)
