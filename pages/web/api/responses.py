"""POST /api/v1/surveys/{slug}/responses: one response of a program, stored once however often it is sent."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import survey as asking
import warehouse
from pages.web.api.endpoint import Endpoint, in_thread, key_holder
from pages.web.api.model import Stored, Submission, read_submission
from pages.web.api.problems import Fault, Refused
from pages.web.api.reading import read_json
from warehouse import surveys
from warehouse.anonymity import is_anonymous
from warehouse.anonymity_problems import problem
from warehouse.calendar import local_day
from warehouse.life import turned_away
from warehouse.receiving import is_stored, response_content
from warehouse.requests import response_id_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,200}")


class Responses(Endpoint):
    """POST: 201 after the commit, 200 when the response was there already."""

    async def post(self, request: Request) -> Response:
        """Store the response, once."""
        program = await key_holder(request)
        sent = request.headers.getlist("idempotency-key")
        if len(sent) != 1 or not _IDEMPOTENCY_KEY.fullmatch(sent[0]):
            raise Refused(400, Fault("idempotency-key-missing", "Idempotency-Key"))
        content = await read_json(request)
        return await in_thread(_take, request.path_params["slug"], program, sent[0], content)


def _take(slug: str, program: str, idempotency_key: str, content: object) -> Response:
    house = warehouse.serving()
    survey = known_survey(slug)
    response_id = _response_id(house, slug, program, idempotency_key)
    sha256 = _sha256(idempotency_key, content)
    if known := response_content(house, response_id):
        return _repeated(response_id, known == sha256)
    if is_anonymous(house, slug):  # a program knows who sends what, and when
        raise Refused(409, problem("anonymous-import", survey=slug))
    if refused := turned_away(house, survey):
        raise refused
    latest = survey.questionnaire
    submission = read_submission(content, latest)
    questionnaire = _version(house, latest, submission.version)
    response = _checked(house, survey.slug, questionnaire, submission, response_id)
    request = _request_sha256(slug, program, idempotency_key)
    receipt = house.writer.submit(replace(response, content_sha256=sha256, request_sha256=request))
    if not receipt.stored:  # another request with the same key came first, in the same moment
        return _repeated(response_id, response_content(house, response_id) == sha256)
    return _told(response_id, 201)


def known_survey(slug: str) -> surveys.Survey:
    """The survey of that name. Raises Refused(404)."""
    survey = surveys.survey(warehouse.serving(), slug)
    if survey is None:
        raise Refused(404, Fault("survey-unknown", "", {"slug": slug[:100]}))
    return survey


def _version(
    house: warehouse.Warehouse, latest: asking.Questionnaire, version: int | None
) -> asking.Questionnaire:
    """The version in which the questions were asked, the latest when the program does not say. Raises
    Refused(422)."""
    if version is None:
        return latest
    found = surveys.questionnaire(house, latest.slug, version)
    if found is None:
        raise Refused(422, Fault("version-invalid", "version", {"version": latest.version}))
    return found


def _checked(
    house: warehouse.Warehouse,
    survey: str,
    questionnaire: asking.Questionnaire,
    submission: Submission,
    response_id: UUID,
) -> asking.Response:
    """The response, checked as the form's are. Raises Refused(422) with everything that is wrong."""
    language = asking.normalise_language(submission.language)
    faults = []
    if language not in questionnaire.languages:
        languages = ", ".join(questionnaire.languages)
        faults.append(Fault("language-invalid", "language", {"languages": languages}))
    submitted_at = submission.submitted_at or datetime.now(UTC)
    envelope = asking.Envelope(
        response_id=response_id,
        survey=survey,
        channel=submission.channel,
        language=language,
        submitted_at=submitted_at,
        weight=submission.weight,
        member_id=submission.member_id,
        tier=submission.tier,
        member={"language": language} | ({"tier": submission.tier} if submission.tier else {}),
        today=local_day(submitted_at, house.reporting_zone),
    )
    faults += [
        Fault("answer-file", item.code)
        for item in questionnaire.items
        if item.stored == "file" and submission.answers.get(item.code) is not None
    ]
    found = asking.validate(questionnaire, _raw(questionnaire, submission.answers), envelope)
    if isinstance(found, asking.Response) and not faults:
        return found
    wrong = found if isinstance(found, tuple) else ()
    raise Refused(422, *faults, *(_at_its_key(each) for each in wrong))


def _at_its_key(wrong: asking.Problem) -> asking.Problem:
    """A form has no place for the answer to a question there is not; a program has sent it under a key."""
    if wrong.code != "question-unknown":
        return wrong
    return replace(wrong, where=str(wrong.values["key"]))


def _raw(questionnaire: asking.Questionnaire, answers: dict[str, object]) -> dict[str, asking.Raw]:
    """The answers as a form would send them: numbers in digits where a number is asked for. All else is for
    the validator to take or refuse."""
    numeric = {item.code for item in questionnaire.items if item.stored in ("score", "number")}
    sent: dict[str, Any] = dict(answers)
    files = {item.code for item in questionnaire.items if item.stored == "file"}
    kept = {code: value for code, value in sent.items() if code not in files}
    return {code: _digits(value) if code in numeric else value for code, value in kept.items()}


def _digits(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _response_id(house: warehouse.Warehouse, slug: str, program: str, idempotency_key: str) -> UUID:
    """The id that this program's key always gives, with a time, so that ids sort by it: that of the key where
    it is a UUID of version 7, else that of its first arrival, which is kept with the response."""
    row = f"api\0{program}\0{idempotency_key}"
    try:
        return asking.response_id_at(asking.started_at(UUID(idempotency_key)), slug, row)
    except (ValueError, OverflowError):
        # Before a request was kept with its response, all of these had the time 0.
        timeless = asking.response_id_at(_EPOCH, slug, row)
        if is_stored(house, slug, timeless):
            return timeless
        return response_id_of(house, _request_sha256(slug, program, idempotency_key))


def _request_sha256(slug: str, program: str, idempotency_key: str) -> str:
    return hashlib.sha256(f"{slug}\0{program}\0{idempotency_key}".encode()).hexdigest()


def _sha256(idempotency_key: str, content: object) -> str:
    """The hash of what was sent, whatever its white space and order of keys. The idempotency key is stored
    nowhere, so the hash does not give away what a short answer was."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(f"{idempotency_key}\0{text}".encode()).hexdigest()


def _repeated(response_id: UUID, is_same: bool) -> Response:
    if not is_same:
        raise Refused(409, Fault("idempotency-key-reused", "Idempotency-Key"))
    return _told(response_id, 200)


def _told(response_id: UUID, status: int) -> Response:
    stored = Stored(response_id=response_id, receipt=asking.receipt_number(response_id))
    return JSONResponse(stored.model_dump(mode="json"), status)
