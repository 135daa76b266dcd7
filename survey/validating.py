"""A whole sheet of raw answers becomes a Response, or the list of everything that is wrong with it."""

import math
from collections.abc import Mapping

from survey.answers import Answer, Raw, check_answer
from survey.definition import Questionnaire
from survey.expression import names, parse
from survey.problems import Problem, problem
from survey.responses import Envelope, Response
from survey.sheet import NOT_SHOWN, Sheet, read_sheet

_MOST_UNKNOWN = 20
_HIDDEN = Answer(missing=NOT_SHOWN)


def validate(
    questionnaire: Questionnaire,
    raw: Mapping[str, Raw],
    envelope: Envelope,
) -> Response | tuple[Problem, ...]:
    """Check raw answers, item code -> what was sent. The caller has removed its own technical keys.

    A question that was not sent counts as blank. An answer to a question that is hidden is a problem, by
    whatever way it came; a form lets `with_kept` take away what was typed before somebody went back. Gives
    every problem at once, in the questionnaire's order, and never raises on what a respondent sent."""
    sheet = read_sheet(questionnaire, raw, envelope.member, envelope.today or envelope.submitted_at.date())
    problems = (
        *sheet.problems,
        *_hidden(questionnaire, sheet, raw),
        *_unknown(questionnaire, raw),
        *_weight(envelope),
    )
    return problems or _response(questionnaire, sheet.answers, envelope)


def check_page(
    questionnaire: Questionnaire, raw: Mapping[str, Raw], page: int, envelope: Envelope
) -> tuple[Problem, ...]:
    """What is wrong on one of `Questionnaire.pages`, from 0, asked before the next one is shown; with answers
    to questions that are hidden, wherever they stand."""
    sheet = read_sheet(questionnaire, raw, envelope.member, envelope.today or envelope.submitted_at.date())
    codes = {question.code for question in questionnaire.pages[page]}
    codes |= {item.code for question in questionnaire.pages[page] for item in question.items}
    wrong = (found for found in sheet.problems if found.where in codes)
    return (*wrong, *_hidden(questionnaire, sheet, raw))


def _hidden(questionnaire: Questionnaire, sheet: Sheet, raw: Mapping[str, Raw]) -> list[Problem]:
    """Answers to questions that are hidden, unless an answer that decides about it is wrong itself."""
    wrong = {found.where for found in sheet.problems}
    return [
        problem("answer-hidden", item.code, condition=question.show_if)
        for question in questionnaire.questions
        if question.show_if and question.code in sheet.hidden
        if not names(parse(question.show_if)) & wrong
        for item in question.items
        if not check_answer(item, raw.get(item.code)).missing
    ]


def _unknown(questionnaire: Questionnaire, raw: Mapping[str, Raw]) -> list[Problem]:
    codes = tuple(item.code for item in questionnaire.items)
    unknown = [key for key in raw if key not in codes][:_MOST_UNKNOWN]
    return [problem("question-unknown", "", key=str(key), allowed=codes) for key in unknown]


def _weight(envelope: Envelope) -> list[Problem]:
    if math.isfinite(envelope.weight) and envelope.weight >= 0:
        return []
    return [problem("weight-invalid", "", weight=envelope.weight)]


def _response(questionnaire: Questionnaire, answers: Mapping[str, Answer], envelope: Envelope) -> Response:
    scored = [answers.get(item.code, _HIDDEN) for item in questionnaire.scored]
    single = {code: (answer.choice,) for code, answer in answers.items() if answer.choice is not None}
    several = {code: answer.choices for code, answer in answers.items() if answer.choices is not None}
    asks_touchpoint = next(
        (question.code for question in questionnaire.questions if question.dimension), None
    )
    touchpoint = answers.get(asks_touchpoint, _HIDDEN).choice if asks_touchpoint else questionnaire.touchpoint
    return Response(
        response_id=envelope.response_id,
        survey=envelope.survey,
        questionnaire=questionnaire.slug,
        version=questionnaire.version,
        channel=envelope.channel,
        language=envelope.language,
        submitted_at=envelope.submitted_at,
        started_at=envelope.started_at,
        weight=envelope.weight,
        member_id=envelope.member_id,
        tier=envelope.tier,
        touchpoint=touchpoint,
        scores=tuple(answer.score for answer in scored),
        missing=tuple(answer.missing for answer in scored),
        choices=single | several,
        texts={code: answer.text for code, answer in answers.items() if answer.text is not None},
        numbers={code: answer.number for code, answer in answers.items() if answer.number is not None},
        dates={code: answer.day for code, answer in answers.items() if answer.day is not None},
        files={code: answer.file for code, answer in answers.items() if answer.file is not None},
    )
