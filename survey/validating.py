"""A whole sheet of raw answers becomes a Response, or the list of everything that is wrong with it."""

import math
from collections.abc import Mapping

from survey.answers import Answer, Raw
from survey.definition import Questionnaire
from survey.problems import Problem, problem
from survey.responses import Envelope, Response
from survey.sheet import NOT_SHOWN, Sheet, read_sheet

_MOST_UNKNOWN = 20
_HIDDEN = Answer(missing=NOT_SHOWN)


def validate(
    questionnaire: Questionnaire,
    raw: Mapping[str, Raw],
    envelope: Envelope,
    *,
    refuse_hidden: bool = False,
) -> Response | tuple[Problem, ...]:
    """Check raw answers, item code -> what was sent. The caller has removed its own technical keys.

    A question that was not sent counts as blank. What was sent for a hidden question is not stored: in a form
    people go back and change what had opened it. With `refuse_hidden` it is a problem, for ways in where
    nobody goes back. Gives every problem at once, in the questionnaire's order, and never raises on what a
    respondent sent."""
    sheet = read_sheet(questionnaire, raw, envelope.member, envelope.today or envelope.submitted_at.date())
    hidden = _hidden(questionnaire, sheet, raw) if refuse_hidden else []
    problems = (*sheet.problems, *hidden, *_unknown(questionnaire, raw), *_weight(envelope))
    return problems or _response(questionnaire, sheet.answers, envelope)


def check_page(
    questionnaire: Questionnaire, raw: Mapping[str, Raw], page: int, envelope: Envelope
) -> tuple[Problem, ...]:
    """What is wrong on one of `Questionnaire.pages`, from 0: asked before the next one is shown."""
    sheet = read_sheet(questionnaire, raw, envelope.member, envelope.today or envelope.submitted_at.date())
    codes = {question.code for question in questionnaire.pages[page]}
    codes |= {item.code for question in questionnaire.pages[page] for item in question.items}
    return tuple(found for found in sheet.problems if found.where in codes)


def _hidden(questionnaire: Questionnaire, sheet: Sheet, raw: Mapping[str, Raw]) -> list[Problem]:
    return [
        problem("answer-hidden", item.code, condition=question.show_if)
        for question in questionnaire.questions
        if question.code in sheet.hidden
        for item in question.items
        if raw.get(item.code)
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
