"""A whole sheet of raw answers read in order: what is shown, what each item says, what names stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from survey.answers import Answer, Raw, check_answer, unfit_together, with_other
from survey.definition import OTHER, Question, Questionnaire
from survey.expression import Value, evaluate, parse
from survey.problems import Problem, problem
from survey.words import spoken

NOT_SHOWN = "not_shown"
"""Why there is no score where the question was hidden by its show_if."""

_NO_ANSWER = Answer(missing="blank")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Raw answers as understood. `answers` is item code -> answer of what is shown, `hidden` the codes of the
    questions that are not; `problems` stand in the questionnaire's order; `values` is what each name of an
    expression stands for."""

    answers: Mapping[str, Answer]
    hidden: frozenset[str]
    problems: tuple[Problem, ...]
    values: Mapping[str, Value]


def read_sheet(
    questionnaire: Questionnaire,
    raw: Mapping[str, Raw],
    member: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Sheet:
    """Read the raw answers, item code -> what was sent. An answer that is refused counts as none for what
    comes after it, so nothing is shown for its sake."""
    values: dict[str, Value] = {f"member.{name}": text for name, text in (member or {}).items()}
    answers: dict[str, Answer] = {}
    hidden: set[str] = set()
    problems: list[Problem] = []
    for question in questionnaire.questions:
        if not _is_shown(question, values, today):
            hidden.add(question.code)
            continue
        given = _answers(question, raw, today)
        answers |= given
        values |= _values(question, given)
        problems += _problems(questionnaire, question, given, values, today)
    return Sheet(answers, frozenset(hidden), tuple(problems), values)


def hidden_items(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    member: Mapping[str, str] | None = None,
    today: date | None = None,
) -> frozenset[str]:
    """The codes of the items that the show_if of their questions hides, by answers that are checked
    already."""
    values: dict[str, Value] = {f"member.{name}": text for name, text in (member or {}).items()}
    hidden: set[str] = set()
    for question in questionnaire.questions:
        codes = [item.code for item in question.items]
        if _is_shown(question, values, today):
            values |= _values(question, {code: answers.get(code, _NO_ANSWER) for code in codes})
        else:
            hidden.update(codes)
    return frozenset(hidden)


def with_kept(
    questionnaire: Questionnaire,
    raw: Mapping[str, Raw],
    kept: Mapping[str, Raw],
    member: Mapping[str, str] | None = None,
    today: date | None = None,
) -> dict[str, Raw]:
    """What was sent, and of the answers that a form has kept for pages further on those still asked for: who
    goes back and changes what had opened a question takes the answer to it back."""
    hidden = read_sheet(questionnaire, {**kept, **raw}, member, today).hidden
    gone = {
        item.code
        for question in questionnaire.questions
        if question.code in hidden
        for item in question.items
    }
    return {**{code: given for code, given in kept.items() if code not in gone}, **raw}


def _is_shown(question: Question, values: Mapping[str, Value], today: date | None) -> bool:
    return question.show_if is None or evaluate(parse(question.show_if), values, today) is True


def _answers(question: Question, raw: Mapping[str, Raw], today: date | None) -> dict[str, Answer]:
    """The answers to a question's items. The text for "other" stands there only when "other" is chosen."""
    given = {item.code: check_answer(item, raw.get(item.code), today) for item in question.items}
    if question.other:
        text = given.pop(f"{question.code}_{OTHER}")
        answer = given[question.code] = with_other(question, given[question.code], text)
        if OTHER in (answer.choice, *(answer.choices or ())):
            given[f"{question.code}_{OTHER}"] = text
    return given


def _values(question: Question, given: Mapping[str, Answer]) -> dict[str, Value]:
    values = {code: _value(answer) for code, answer in given.items()}
    if question.type == "matrix":
        rows = zip(question.rows, question.items, strict=True)
        answered = tuple(row.code for row, item in rows if values[item.code] is not None)
        values[question.code] = answered or None
    return values


def _value(answer: Answer) -> Value:
    if answer.score is not None:
        return Fraction(answer.score)
    if answer.number is not None:
        return Fraction(answer.number)
    if answer.choice is not None:
        return answer.choice
    if answer.choices is not None:
        return answer.choices
    if answer.file is not None:
        return answer.file.name
    return answer.day or answer.text


def _problems(
    questionnaire: Questionnaire,
    question: Question,
    given: Mapping[str, Answer],
    values: Mapping[str, Value],
    today: date | None,
) -> list[Problem]:
    found = [
        wrong for item in question.items if item.code in given for wrong in _wrong(item, given[item.code])
    ]
    rule = question.validation
    if rule is None or found or all(answer.missing for answer in given.values()):
        return found
    if evaluate(parse(rule.expression), values, today) is not False:
        return found
    message = {
        language: spoken(questionnaire, rule.message, language, values, today)[0]
        for language in questionnaire.languages
    }
    return [problem("answer-rule", question.code, message=message)]


def _wrong(item: Question, answer: Answer) -> list[Problem]:
    if answer.problem:
        return [answer.problem]
    if item.required and item.type == "consent" and answer.choice != "yes":
        return [problem("consent-needed", item.code)]
    # A stated reason such as "refused" is an answer to a required question; a blank is not.
    if item.required and answer.missing == "blank":
        return [problem("answer-required", item.code)]
    if answer.choices is not None:
        return [wrong for wrong in (unfit_together(item, answer.choices),) if wrong]
    return []
