"""The light form: a questionnaire as plain HTML without JavaScript, and the thank-you after the commit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import survey as asking
import warehouse
from pages.ui.texts import LANGUAGE_COOKIE, translate
from pages.web.body import BodyRefused, printable, read_form
from pages.web.language import keep_language, request_language
from pages.web.notices import notice
from pages.web.rendering import page
from warehouse import surveys
from warehouse.receiving import is_stored, takes_answers

_OLDEST = timedelta(days=30)
_CLOCK_SLACK = timedelta(minutes=1)
_RETRY_AFTER_SECONDS = 5

# Respondents have threads of their own: managers' downloads must not make them wait.
_THREADS = CapacityLimiter(64)

_REFUSALS = {400: "form-broken", 413: "form-too-large", 415: "form-unreadable"}


async def answer(request: Request) -> Response:
    """GET and POST /s/{slug}. A GET writes nothing and uses nothing up; `?score=9` only marks an answer."""
    slug = request.path_params["slug"]
    return await hand_out(
        request, lambda fields: show(request, slug) if fields is None else take(request, slug, fields)
    )


async def hand_out(request: Request, reply: Callable[[Mapping[str, str] | None], Response]) -> Response:
    """What `reply` makes of the fields sent, of None for a GET: in one of the respondents' threads."""
    fields = None
    if request.method == "POST":
        try:
            fields = await read_form(request)
        except BodyRefused as refused:
            return notice(request, refused.status, _REFUSALS[refused.status])
    return await to_thread.run_sync(reply, fields, limiter=_THREADS)


async def thanks(request: Request) -> Response:
    """GET /s/{slug}/thanks?r=<response id>: says thank you only for a response that is stored."""
    return await to_thread.run_sync(_thank, request, limiter=_THREADS)


def _thank(request: Request) -> Response:
    asked = surveys.survey(warehouse.serving(), request.path_params["slug"])
    response_id = _time_ordered_id(request.query_params.get("r", ""))
    if asked is None or response_id is None or not is_stored(warehouse.serving(), asked.slug, response_id):
        return notice(request, 404, "response-unknown")
    language = request_language(request, asked.questionnaire)
    return page(
        "thanks.html",
        language,
        form=asking.build_form(asked.questionnaire, language),
        number=asking.receipt_number(response_id),
        again="again" in request.query_params,
    )


@dataclass(frozen=True, slots=True)
class Invited:
    """Who answers by a personal link: the address of the form, the one response it can give, and the member.

    `member` are the fields that texts and conditions of the questionnaire may use, by name."""

    path: str
    response_id: UUID
    member_id: str
    tier: str | None
    member: Mapping[str, str]


def show(request: Request, slug: str, invited: Invited | None = None) -> Response:
    """The form of the survey, nothing answered but what `?score=` marks; writes nothing."""
    sheet = _sheet(slug, invited=invited)
    if sheet is None:
        return notice(request, 404, "survey-unknown")
    language = _shown_language(request, sheet)
    marked = _marked(sheet.questionnaire, request.query_params.get("score", ""))
    return _form_page(sheet, language, asking.new_response_id(), marked)


def take(request: Request, slug: str, fields: Mapping[str, str], invited: Invited | None = None) -> Response:
    """Store what was sent and lead to the receipt, or show the form again with what is wrong."""
    sheet = _sheet(slug, fields.get("_version", ""), invited)
    if sheet is None:
        return notice(request, 404, "survey-unknown")
    language = _posted_language(request, sheet, fields)
    answers = {name: value for name, value in fields.items() if not name.startswith("_")}
    now = datetime.now(UTC)
    response_id = _shown_id(fields.get("_id", ""), now)
    if "_lang" in fields:
        switched = _form_page(sheet, language, response_id or asking.new_response_id(), answers)
        keep_language(switched, language)
        return switched
    if response_id is None or fields.get("_version") != str(sheet.questionnaire.version):
        stale = translate(
            "This page had been open for too long, or the questionnaire has changed since. "
            "Please look through your answers and send them again.",
            language,
        )
        return _form_page(sheet, language, asking.new_response_id(), answers, 422, said=stale)
    envelope = asking.Envelope(
        response_id=invited.response_id if invited else response_id,
        survey=slug,
        channel="invitation" if invited else "light_form",
        language=language,
        submitted_at=now,
        started_at=asking.started_at(response_id),
        member_id=invited.member_id if invited else None,
        tier=invited.tier if invited else None,
        member=invited.member if invited else {},
    )
    response = asking.validate(sheet.questionnaire, answers, envelope)
    if isinstance(response, tuple):
        return _form_page(sheet, language, response_id, answers, 422, problems=response)
    try:
        receipt = warehouse.serving().writer.submit(response)
    except warehouse.WarehouseError as error:
        busy = _form_page(sheet, language, response_id, answers, 503, said=error.problem.words(language))
        busy.headers["Retry-After"] = str(_RETRY_AFTER_SECONDS)
        return busy
    query = {"r": str(receipt.response_id), "lang": language} | ({} if receipt.stored else {"again": "1"})
    return RedirectResponse(f"{sheet.path}/thanks?{urlencode(query)}", 303, {"Cache-Control": "no-store"})


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A survey that takes answers, with the version of its questionnaire that the respondent sees."""

    survey: surveys.Survey
    questionnaire: asking.Questionnaire
    invited: Invited | None

    @property
    def path(self) -> str:
        """Where this form is shown and sent to."""
        return self.invited.path if self.invited else f"/s/{self.survey.slug}"


def _sheet(slug: str, version: str = "", invited: Invited | None = None) -> _Sheet | None:
    """The survey's sheet in the version the form was shown in, else in the latest."""
    serving = warehouse.serving()
    survey = surveys.survey(serving, slug)
    if survey is None or not takes_answers(serving, slug):
        return None
    latest = survey.questionnaire
    shown = None
    if version.isascii() and version.isdigit() and len(version) < 8:
        shown = surveys.questionnaire(serving, latest.slug, int(version))
    return _Sheet(survey, shown or latest, invited)


def _form_page(
    sheet: _Sheet,
    language: str,
    response_id: UUID,
    answers: Mapping[str, str],
    status: int = 200,
    *,
    problems: Sequence[asking.Problem] = (),
    said: str = "",
) -> Response:
    """The form with these answers in it; `said` is a complaint about the sheet as a whole, in words."""
    values = {code: printable(value) for code, value in answers.items()}
    form = asking.build_form(
        sheet.questionnaire,
        language,
        values,
        problems,
        response_id=sheet.invited.response_id if sheet.invited else response_id,
        member=sheet.invited.member if sheet.invited else None,
    )
    return page(
        "form.html",
        form.language,
        status,
        form=form,
        fallback_language=sheet.questionnaire.default_language,
        path=sheet.path,
        response_id=str(response_id),
        is_example=sheet.survey.is_example,
        complaints=_complaints(form, said),
    )


@dataclass(frozen=True, slots=True)
class _Complaint:
    """A line of the list above the form: the field to go to and its question, both "" for the whole sheet."""

    code: str
    label: str
    words: str


def _complaints(form: asking.Form, said: str) -> tuple[_Complaint, ...]:
    whole = (said, *(problem.words for problem in form.problems if not problem.code))
    return (
        *(_Complaint("", "", words) for words in whole if words),
        *(_Complaint(field.code, field.label, field.problem) for field in form.fields if field.problem),
    )


def _shown_language(request: Request, sheet: _Sheet) -> str:
    """The link's, else the one kept, else that of the member invited, else the browser's."""
    known = sheet.invited.member.get("language") if sheet.invited else None
    kept = "lang" in request.query_params or LANGUAGE_COOKIE in request.cookies
    if known in sheet.questionnaire.languages and not kept:
        return str(known)
    return request_language(request, sheet.questionnaire)


def _posted_language(request: Request, sheet: _Sheet, fields: Mapping[str, str]) -> str:
    """The language switched to, else the one the form was shown in, else what a GET would show."""
    wishes = (fields.get("_lang"), fields.get("_language"))
    offered = (code for code in wishes if code in sheet.questionnaire.languages)
    return next(offered, _shown_language(request, sheet))


def _marked(questionnaire: asking.Questionnaire, score: str) -> dict[str, str]:
    """The recommendation question's answer from a link in an e-mail, when it is one it offers."""
    question = next((question for question in questionnaire.questions if question.type == "nps"), None)
    if question is None or asking.check_answer(question, score).score is None:
        return {}
    return {question.code: score}


def _time_ordered_id(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if found.version == 7 and str(found) == text else None


def _shown_id(text: str, now: datetime) -> UUID | None:
    """The id made when the form was shown; None when its time cannot be that of a page still open."""
    found = _time_ordered_id(text)
    try:
        plausible = found is not None and now - _OLDEST <= asking.started_at(found) <= now + _CLOCK_SLACK
    except OverflowError:  # 48 bits of milliseconds reach beyond the year 9999
        return None
    return found if plausible else None
