"""One raw value against one item: the one place where it becomes a score, a choice, a text or a day."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from survey.characters import says_nothing, unfit_character, with_plain_newlines
from survey.definition import Question, Scale
from survey.expression import shapes
from survey.parts import DateRange, NumberRange
from survey.problems import Problem, Term, problem
from survey.question import OTHER
from survey.shapes import day_of
from survey.uploading import Upload, read_reference, unfit

Raw = str | Sequence[str] | None
"""What was sent for one name: a text, several texts where several choices may be made, or nothing."""

# A whole number as people and CSV writers put it: "5", "-2" or "5.0"; ASCII digits only, no "1e1", no "05".
_WHOLE = re.compile(r"(0|-?[1-9][0-9]*)(?:\.0+)?")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.([0-9]{1,20}))?")
_MOST_DIGITS = 9
_MOST_SENT = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """What one raw value means: exactly one field is set.

    `score` is in the scale's units, `choice` a code, `choices` several of them as chosen or ranked, `text` as
    written, `number` in the question's unit, `file` what was given, `missing` why there is no answer."""

    score: int | None = None
    choice: str | None = None
    text: str | None = None
    missing: str | None = None
    problem: Problem | None = None
    choices: tuple[str, ...] | None = None
    number: Decimal | None = None
    day: date | None = None
    file: Upload | None = None


def _kind(raw: object) -> Term:
    """What a program sent in place of a text, in words."""
    if isinstance(raw, bool):
        return Term("true or false")
    if isinstance(raw, int | float | Decimal):
        return Term("a number")
    return Term("a list" if isinstance(raw, list | tuple) else "an object")


def check_answer(question: Question, raw: object, today: date | None = None) -> Answer:
    """Read one raw value: a str, or None when nothing was sent; for several choices also a list of str, and a
    str holds codes parted by spaces. Anything else is a problem. `question` is an item: a matrix is checked
    row by row.

    Nothing, white space and zero-width characters are missing ("blank"), then the question's missing codes
    are looked up. Whether an answer is required is asked of the whole sheet, by `validate`."""
    if raw is None:
        return Answer(missing="blank")
    if question.stored == "choices":
        return _several(question, raw)
    if not isinstance(raw, str):
        return Answer(problem=problem("answer-not-text", question.code, kind=_kind(raw)))
    if says_nothing(raw):
        return Answer(missing="blank")
    trimmed = raw.strip()
    whole = _WHOLE.fullmatch(trimmed)
    missing = question.missing_codes.get(trimmed) or (question.missing_codes.get(whole[1]) if whole else None)
    if missing:
        return Answer(missing=missing)
    if question.scale:
        return _score(question, question.scale, trimmed, whole[1] if whole else None)
    if question.stored == "choice":
        return _choice(question, trimmed)
    if question.stored == "number":
        return _number(question, question.number or NumberRange(), trimmed)
    if question.stored == "date":
        return _date(question, question.date or DateRange(), trimmed, today)
    if question.stored == "file":
        return _file(question, trimmed)
    return _text(question, raw)


def _wide(question: Question, raw: str) -> Problem | None:
    """Digits as Chinese and Japanese keyboards write them: asked for again in half width, not guessed."""
    plain = unicodedata.normalize("NFKC", raw)
    if not plain.isascii() or not any("\uff10" <= char <= "\uff19" for char in raw):
        return None
    return problem("answer-wide-digits", question.code, raw=raw, plain=plain)


def _score(question: Question, scale: Scale, raw: str, digits: str | None) -> Answer:
    if digits and len(digits) <= _MOST_DIGITS and scale.min <= int(digits) <= scale.max:
        return Answer(score=int(digits))
    if digits is None and (wide := _wide(question, raw)):
        return Answer(problem=wide)
    code = "answer-out-of-range" if digits else "answer-not-a-number"
    return Answer(problem=problem(code, question.code, raw=raw, min=scale.min, max=scale.max))


def _choice(question: Question, raw: str) -> Answer:
    if raw in question.offered:
        return Answer(choice=raw)
    return Answer(problem=problem("answer-not-offered", question.code, raw=raw, allowed=question.offered))


def _several(question: Question, raw: object) -> Answer:
    sent = raw.split(" ") if isinstance(raw, str) else raw
    if not isinstance(sent, (list, tuple)) or not all(isinstance(code, str) for code in sent):
        return Answer(problem=problem("answer-not-text", question.code, kind=_kind(raw)))
    codes = [code.strip() for code in sent[:_MOST_SENT]]
    while codes and says_nothing(codes[-1]):
        codes.pop()
    if question.type == "ranking" and any(says_nothing(code) for code in codes):
        return Answer(problem=problem("answer-rank-gap", question.code))
    codes = [code for code in codes if not says_nothing(code)]
    if not codes:
        return Answer(missing="blank")
    if len(codes) == 1 and codes[0] in question.missing_codes:
        return Answer(missing=question.missing_codes[codes[0]])
    for place, code in enumerate(codes):
        if code not in question.offered:
            found = problem("answer-not-offered", question.code, raw=code, allowed=question.offered)
            return Answer(problem=found)
        if code in codes[:place]:
            return Answer(problem=problem("answer-repeated", question.code, raw=code))
    return Answer(choices=tuple(codes))


def unfit_together(question: Question, choices: tuple[str, ...]) -> Problem | None:
    """What is wrong with the choices taken together, "other" among them: too few, too many, or one that
    excludes the others. Made alone, that one is enough."""
    alone = next((code for code in choices if code in question.exclusive), None)
    if alone is not None:
        return problem("answer-exclusive", question.code, raw=alone) if len(choices) > 1 else None
    count, least, most = len(choices), question.min_choices or 1, question.most_choices
    if count < least:
        return problem("answer-too-few-choices", question.code, count=count, min=least)
    if count > most:
        return problem("answer-too-many-choices", question.code, count=count, max=most)
    return None


def with_other(question: Question, answer: Answer, text: Answer) -> Answer:
    """The answer, with "other" counted as chosen where its text was written and nothing speaks against it:
    in a single choice nothing else was chosen."""
    if text.missing or not question.other or answer.problem:
        return answer
    if question.stored == "choice":
        return Answer(choice=OTHER) if answer.missing == "blank" else answer
    chosen = answer.choices or ()
    if OTHER in chosen or (answer.missing and answer.missing != "blank"):
        return answer
    return Answer(choices=(*chosen, OTHER))


def _number(question: Question, allowed: NumberRange, raw: str) -> Answer:
    found = _NUMBER.fullmatch(raw)
    if found is None or len((found[1] or "").rstrip("0")) > allowed.decimals:
        refused = problem("answer-number-malformed", question.code, raw=raw, decimals=allowed.decimals)
        return Answer(problem=_wide(question, raw) or refused)
    number = Decimal(raw).quantize(Decimal(1).scaleb(-allowed.decimals))
    number = abs(number) if number == 0 else number
    if allowed.least is not None and number < allowed.least:
        return Answer(problem=problem("answer-too-small", question.code, raw=raw, min=allowed.min))
    if allowed.most is not None and number > allowed.most:
        return Answer(problem=problem("answer-too-large", question.code, raw=raw, max=allowed.max))
    return Answer(number=number)


def _date(question: Question, allowed: DateRange, raw: str, today: date | None) -> Answer:
    found = shapes.day(raw)
    if found is None:
        return Answer(problem=_wide(question, raw) or problem("answer-not-a-date", question.code, raw=raw))
    # Without a day of answering, "today" bounds nothing.
    first, last = (
        None if today is None and end == "today" else day_of(end, today or found)
        for end in (allowed.min, allowed.max)
    )
    if first and found < first:
        return Answer(problem=problem("answer-too-early", question.code, raw=raw, min=str(first)))
    if last and found > last:
        return Answer(problem=problem("answer-too-late", question.code, raw=raw, max=str(last)))
    return Answer(day=found)


def _file(question: Question, raw: str) -> Answer:
    upload = read_reference(raw)
    if upload is None:
        return Answer(problem=problem("upload-gone", question.code))
    refused = unfit(question, upload)
    return Answer(problem=refused) if refused else Answer(file=upload)


def _text(question: Question, raw: str) -> Answer:
    text = with_plain_newlines(raw)
    character = unfit_character(text)
    if character:
        return Answer(problem=problem("answer-control-character", question.code, character=character))
    if len(text) > question.max_length:
        limit = question.max_length
        return Answer(problem=problem("answer-too-long", question.code, length=len(text), limit=limit))
    if question.type != "long_text" and "\n" in text.strip():
        return Answer(problem=problem("answer-many-lines", question.code))
    return Answer(text=text)
