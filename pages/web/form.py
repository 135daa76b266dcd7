"""The light form: a questionnaire as plain HTML without JavaScript, and the thank-you after the commit.

A questionnaire of several pages is sent page by page; what was answered travels along in the form itself, so
nothing is stored, here or on the disk, before the last page is sent."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode
from uuid import UUID

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import survey as asking
import warehouse
from pages.ui.turned_away import to_writer
from pages.web.body import (
    BodyRefused,
    Posted,
    all_answers,
    only,
    printable,
    raw_answers,
    read_form,
)
from pages.web.drawing import draw
from pages.web.filling import busy, fill, posted_language, posted_page, shown_language
from pages.web.form_id import shown_id, time_ordered_id
from pages.web.framing import framed
from pages.web.keeping import forget, save_for_later
from pages.web.kiosk import SECONDS_THANKED, Kiosk, kiosk_of, kiosk_thanked, start_anew
from pages.web.language import request_language
from pages.web.marking import marked_answers
from pages.web.notices import notice, turned_away_notice, turned_away_status
from pages.web.overload import come_again, is_overloaded
from pages.web.paradata import note_sent
from pages.web.rendering import keep_key, page
from pages.web.sheet import Invited, Sheet, find_sheet, limits
from pages.web.uploads import take_files
from warehouse import surveys
from warehouse.anonymity import is_anonymous
from warehouse.gate import NotOpen
from warehouse.life import turned_away
from warehouse.receiving import is_stored

# Respondents have threads of their own: managers' downloads must not make them wait.
_THREADS = CapacityLimiter(64)

_WRITTEN = ("short_text", "long_text", "signature")
_REFUSALS = {400: "form-broken", 413: "form-too-large", 415: "form-unreadable"}


async def answer(request: Request) -> Response:
    """GET and POST /s/{slug}. A GET writes nothing and uses nothing up; `?score=9` only marks an answer, as
    `?overall=5` does by the question's code."""
    slug = request.path_params["slug"]

    def reply(fields: Posted | None) -> Response:
        return framed(show(request, slug) if fields is None else take(request, slug, fields), slug)

    return await hand_out(request, reply)


async def hand_out(request: Request, reply: Callable[[Posted | None], Response]) -> Response:
    """What `reply` makes of the fields sent, of None for a GET: in one of the respondents' threads, unless
    too many wait for one."""
    try:
        fields, is_busy = None, is_overloaded(_THREADS)
        if request.method == "POST":
            # Who is sent away waits for no respondent's thread first.
            limiter = None if is_busy else _THREADS
            fields = await read_form(request, await to_thread.run_sync(limits, limiter=limiter))
        if is_busy:
            return come_again(request, fields)
        return await to_thread.run_sync(reply, fields, limiter=_THREADS)
    except BodyRefused as refused:
        return notice(request, refused.status, _REFUSALS[refused.status])


async def thanks(request: Request) -> Response:
    """GET /s/{slug}/thanks?r=<response id>: says thank you only for a response that is stored."""
    return await to_thread.run_sync(_thank, request, limiter=_THREADS)


def _thank(request: Request) -> Response:
    slug = request.path_params["slug"]
    asked = surveys.survey(warehouse.serving(), slug)
    response_id = time_ordered_id(request.query_params.get("r", ""))
    if asked is None or response_id is None or not is_stored(warehouse.serving(), asked.slug, response_id):
        return notice(request, 404, "response-unknown")
    kiosk = kiosk_thanked(request, slug)
    return framed(receipt(request, asked, response_id, f"/s/{slug}", kiosk), slug)


def receipt(
    request: Request,
    asked: surveys.Survey,
    response_id: UUID,
    path: str,
    kiosk: Kiosk | None = None,
    member: Mapping[str, str] | None = None,
) -> Response:
    """The thank-you for a response that is known to be stored and was sent from the form at `path`, by the
    member where that is known."""
    language = request_language(request, asked.questionnaire)
    return page(
        "thanks.html",
        language,
        # A header, since what a kiosk's next visitor needs is no part of what this one reads.
        headers={"Refresh": f"{SECONDS_THANKED}; url={kiosk.home}"} if kiosk else None,
        kiosk=kiosk,
        kept_keys=keep_key(path),
        form=asking.build_form(asked.questionnaire, language, member=member),
        is_anonymous=is_anonymous(warehouse.serving(), asked.slug),
        number=asking.receipt_number(response_id),
        again="again" in request.query_params,
    )


def show(request: Request, slug: str, invited: Invited | None = None) -> Response:
    """The form of the survey, nothing answered but what the link marks; writes nothing."""
    left = invited.saved.progress if invited and invited.saved else None
    sheet = find_sheet(slug, str(left.version) if left else "", invited, kiosk_at(request, slug, invited))
    if sheet is None:
        return notice(request, 404, "survey-unknown")
    language = shown_language(request, sheet)
    if refused := turned_away(warehouse.serving(), sheet.survey):
        return turn_away(request, sheet, refused)
    answers = dict(left.answers) if left else {}
    answers |= marked_answers(sheet.questionnaire, request.query_params.multi_items())
    at = sheet.first_page(answers)
    if left and at is not None and left.page < len(sheet.questionnaire.pages):
        at = left.page
    return draw(sheet, language, asking.new_response_id(), answers, at, is_new=True)


def kiosk_at(request: Request, slug: str, invited: Invited | None) -> Kiosk | None:
    """The kiosk that the address asks for: a link of one's own is none."""
    return None if invited else kiosk_of(request, slug)


def take(request: Request, slug: str, fields: Posted, invited: Invited | None = None) -> Response:
    """Go on to the next page, or store what was sent and lead to the receipt, or say what is wrong.

    Raises BodyRefused, 400, when a name has two values that can have only one."""
    sheet = find_sheet(slug, only(fields, "_version"), invited, kiosk_at(request, slug, invited))
    if sheet is None:
        return notice(request, 404, "survey-unknown")
    form_id = shown_id(only(fields, "_id"), sheet.now, sheet.oldest)
    if sheet.kiosk and form_id is None:
        return start_anew(sheet.kiosk)
    is_saving = sheet.savable and "_save" in fields
    if form_id and (sheet.kiosk or is_saving) and is_stored(warehouse.serving(), slug, form_id):
        return _thanked(sheet, form_id, posted_language(request, sheet, fields), again=True)
    try:
        fields, not_taken = take_files(sheet, form_id, fields)
    except warehouse.WarehouseError as error:
        return busy(keep(request, sheet, fields, 503, error.problem.words))
    if is_saving and (refused := _refused_early(sheet, fields)):
        return turn_away(request, sheet, refused, fields)
    if is_saving and not not_taken:
        note_sent(sheet, fields, went_on=False)
        return _save(request, sheet, fields, form_id or asking.new_response_id())
    filled = fill(request, sheet, fields, not_taken)
    if isinstance(filled, Response):
        refused = _refused_early(sheet, fields) if filled.status_code < 400 else None
        if refused:
            return turn_away(request, sheet, refused, fields)
        note_sent(sheet, fields, went_on=filled.status_code < 400)
        return filled
    response, again = filled
    try:
        stored = warehouse.serving().writer.submit(response)
    except NotOpen as refused:
        return turn_away(request, sheet, refused, fields)
    except warehouse.WarehouseError as error:
        return again(error.problem.words(response.language))
    note_sent(sheet, fields, went_on=True)
    if sheet.invited and sheet.invited.saved:
        forget(response.response_id)
    return _thanked(sheet, stored.response_id, response.language, again=not stored.stored)


def _thanked(sheet: Sheet, response_id: UUID, language: str, *, again: bool) -> Response:
    """To the receipt."""
    query = {"r": str(response_id), "lang": language} | ({"again": "1"} if again else {})
    query |= sheet.kiosk.thanked if sheet.kiosk else {}
    return RedirectResponse(f"{sheet.path}/thanks?{urlencode(query)}", 303, {"Cache-Control": "no-store"})


def turn_away(request: Request, sheet: Sheet, refused: NotOpen, fields: Posted | None = None) -> Response:
    """Says why the survey takes no answers; what was written stays on the page. Where there are enough it can
    never be sent: then only the texts are given back."""
    zone = warehouse.serving().reporting_zone.key
    if fields is None or refused.state == "full":
        language = posted_language(request, sheet, fields) if fields else shown_language(request, sheet)
        title = asking.build_form(sheet.questionnaire, language, member=sheet.member).title
        written = _texts(sheet, fields, language) if fields and not sheet.kiosk else ()
        return turned_away_notice(refused, title, zone, language, written)
    status = turned_away_status(refused)
    return keep(request, sheet, fields, status, lambda language: to_writer(refused, zone, language))


def _texts(sheet: Sheet, fields: Posted, language: str) -> tuple[tuple[str, str], ...]:
    """The questions that were answered in words, with the words."""
    answers = {code: printable(raw) for code, raw in all_answers(fields, sheet.several).items()}
    asked = asking.build_form(
        sheet.questionnaire, language, answers, member=sheet.member, today=sheet.today
    ).fields
    typed = [(each.label, each.value if each.type in _WRITTEN else each.other_value) for each in asked]
    return tuple((label, text) for label, text in typed if text and text.strip())


def keep(request: Request, sheet: Sheet, fields: Posted, status: int, said: Callable[[str], str]) -> Response:
    """The page that was sent once more, with everything written on it and what is `said` in a language."""
    language, answers = posted_language(request, sheet, fields), all_answers(fields, sheet.several)
    here = posted_page(sheet, fields)
    return draw(
        sheet,
        language,
        shown_id(only(fields, "_id"), sheet.now) or asking.new_response_id(),
        answers,
        sheet.first_page(answers) if here is None else here,
        status,
        said=said(language),
    )


def _refused_early(sheet: Sheet, fields: Posted) -> NotOpen | None:
    """Why it is of no use to go on to the next page: told at once, not when all has been filled in.

    A pause may be over by then; to go back or to change the language harms nobody."""
    form_id = shown_id(only(fields, "_id"), sheet.now)
    if form_id is None or "_lang" in fields or "_back" in fields:
        return None
    answers = raw_answers(fields, sheet.several)
    refused = turned_away(warehouse.serving(), sheet.survey, asking.started_at(form_id), answers)
    return refused if refused and refused.state in ("closed", "full") else None


def _save(request: Request, sheet: Sheet, fields: Posted, form_id: UUID) -> Response:
    """Keep what was typed, whole or not, right or wrong, and lead to the link to go on by."""
    language = posted_language(request, sheet, fields)
    answers = all_answers(fields, sheet.several)
    here = posted_page(sheet, fields)
    try:
        return save_for_later(sheet, form_id, language, answers, here)
    except warehouse.WarehouseError as error:
        problem = error.problem
        return busy(keep(request, sheet, fields, 503, problem.words))
