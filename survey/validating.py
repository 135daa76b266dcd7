"""A whole sheet of raw answers becomes a Response, or the list of everything that is wrong with it."""

import math
from collections.abc import Mapping

from survey.answers import Answer, check_answer
from survey.definition import Question, Questionnaire
from survey.problems import Problem, problem
from survey.responses import Envelope, Response

_MOST_UNKNOWN = 20


def validate(
    questionnaire: Questionnaire, raw: Mapping[str, str | None], envelope: Envelope
) -> Response | tuple[Problem, ...]:
    """Check raw answers, question code -> what was sent. The caller has removed its own technical keys.

    A question that was not sent counts as blank. Gives every problem at once, in the questionnaire's order,
    and never raises on what a respondent sent."""
    questions = questionnaire.questions
    answers = {question.code: check_answer(question, raw.get(question.code)) for question in questions}
    wrong = (_wrong(question, answers[question.code]) for question in questions)
    problems = (*filter(None, wrong), *_unknown(questionnaire, raw), *_weight(envelope))
    return problems or _response(questionnaire, answers, envelope)


def _wrong(question: Question, answer: Answer) -> Problem | None:
    # A stated reason such as "refused" is an answer to a required question; a blank is not.
    if question.required and answer.missing == "blank":
        return problem("answer-required", question.code)
    return answer.problem


def _unknown(questionnaire: Questionnaire, raw: Mapping[str, str | None]) -> list[Problem]:
    codes = tuple(question.code for question in questionnaire.questions)
    unknown = [key for key in raw if key not in codes][:_MOST_UNKNOWN]
    return [problem("question-unknown", "", key=str(key), allowed=codes) for key in unknown]


def _weight(envelope: Envelope) -> list[Problem]:
    if math.isfinite(envelope.weight) and envelope.weight >= 0:
        return []
    return [problem("weight-invalid", "", weight=envelope.weight)]


def _response(questionnaire: Questionnaire, answers: Mapping[str, Answer], envelope: Envelope) -> Response:
    scored = [answers[question.code] for question in questionnaire.scored]
    choices = {code: (answer.choice,) for code, answer in answers.items() if answer.choice is not None}
    touchpoint = next((question.code for question in questionnaire.questions if question.dimension), None)
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
        touchpoint=answers[touchpoint].choice if touchpoint else None,
        scores=tuple(answer.score for answer in scored),
        missing=tuple(answer.missing for answer in scored),
        choices=choices,
        texts={code: answer.text for code, answer in answers.items() if answer.text is not None},
    )
