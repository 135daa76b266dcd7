"""Answers of a file to questions that the questionnaire would not have shown: refused, as in every way in."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from survey import Answer, Question, Questionnaire
from survey.expression import names, parse
from survey.problems import problem
from survey.sheet import hidden_items
from warehouse.importing.checking import CheckedColumn, Meaning

_OF_MEMBERS = {"member.tier": "tier", "member.language": "language"}

Answers = Mapping[str, CheckedColumn[Answer]]


@dataclass(frozen=True, slots=True)
class Known:
    """What the file says beside the answers: when a row was answered, in which language, of which tier."""

    instants: CheckedColumn[datetime]
    zone: str
    members: Mapping[str, CheckedColumn[str]]


def answers_to_hidden(
    questionnaire: Questionnaire, answers: Answers, known: Known, count: int
) -> Mapping[str, Mapping[int, Meaning[Answer]]]:
    """Item -> place of the row -> why its answer is refused. A condition is judged where the file holds all
    that it speaks of, and nothing of that was refused itself."""
    judged = tuple(
        question
        for question in questionnaire.questions
        if is_judged(question, questionnaire, answers)
        and all(_OF_MEMBERS[name] in known.members for name in _of_members(question))
    )
    if not judged:
        return {}
    shown = questionnaire.model_copy(
        update={
            "questions": tuple(
                question if question in judged else question.model_copy(update={"show_if": None})
                for question in questionnaire.questions
            )
        }
    )
    found: dict[str, dict[int, Meaning[Answer]]] = {}
    for place in range(count):
        given = {code: value for code, column in answers.items() if (value := column.meanings[place].value)}
        hidden = hidden_items(shown, given, _member(known, place), _day(known, place)) & given.keys()
        for question in judged if hidden else ():
            if not any(answers[code].meanings[place].problem for code in _asked(question, questionnaire)):
                for item in question.items:
                    if item.code in hidden:
                        wrong = problem("answer-hidden", item.code, condition=question.show_if)
                        found.setdefault(item.code, {})[place] = Meaning(problem=wrong)
    return found


def is_judged(question: Question, questionnaire: Questionnaire, answers: Collection[str]) -> bool:
    """Whether its condition speaks only of these items, and of what of members a file can say."""
    if question.show_if is None or not all(name in _OF_MEMBERS for name in _of_members(question)):
        return False
    return all(code in answers for code in _asked(question, questionnaire))


def _of_members(question: Question) -> set[str]:
    return {name for name in names(parse(question.show_if or "true")) if name.startswith("member.")}


def _asked(question: Question, questionnaire: Questionnaire) -> Iterator[str]:
    """The items that its condition speaks of; the code of a matrix stands for all its rows."""
    spoken_of: Collection[str] = names(parse(question.show_if or "true"))
    for each in questionnaire.questions:
        for item in each.items:
            if item.code in spoken_of or (each.type == "matrix" and each.code in spoken_of):
                yield item.code


def _member(known: Known, place: int) -> Mapping[str, str]:
    found = {use: column.meanings[place].value for use, column in known.members.items()}
    return {use: value for use, value in found.items() if value}


def _day(known: Known, place: int) -> date | None:
    when = known.instants.meanings[place].value
    return when.astimezone(ZoneInfo(known.zone)).date() if when else None
