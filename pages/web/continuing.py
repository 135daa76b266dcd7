"""A form that was saved for later: it is shown where it was left, on any device, by its link."""

import io
import logging
from datetime import timedelta

import segno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

import warehouse
from pages.ui.numbers import day
from pages.web.body import Posted
from pages.web.form import hand_out, show, take
from pages.web.language import request_language
from pages.web.notices import notice
from pages.web.own_link import receipt_of, to_receipt
from pages.web.rendering import keep_key, page
from pages.web.sheet import Invited
from survey import build_form
from warehouse.calendar import local_day
from warehouse.receiving import is_stored
from warehouse.saved import SavedForm, find_saved
from warehouse.surveys import survey

log = logging.getLogger(__name__)


async def answer(request: Request) -> Response:
    """GET and POST /c/{token}: the form with what was saved. A GET writes nothing.

    After the response is stored the link shows its receipt and no answer. A link past its time or never made
    is answered alike, 404."""

    def reply(fields: Posted | None) -> Response:
        saved = _saved(request)
        if saved is None:
            return notice(request, 404, "saved-unknown")
        if is_stored(warehouse.serving(), saved.survey, saved.response_id):
            return _receipt(request, saved) if fields is None else to_receipt(_path(request))
        invited = _invited(request, saved)
        if fields is None:
            return show(request, saved.survey, invited)
        return take(request, saved.survey, fields, invited)

    return await hand_out(request, reply)


async def thanks(request: Request) -> Response:
    """GET /c/{token}/thanks: the receipt, only for a response that is stored."""

    def reply(fields: Posted | None) -> Response:
        saved = _saved(request)
        if saved is None:
            return notice(request, 404, "saved-unknown")
        if not is_stored(warehouse.serving(), saved.survey, saved.response_id):
            return notice(request, 404, "response-unknown")
        return _receipt(request, saved)

    return await hand_out(request, reply)


async def shown(request: Request) -> Response:
    """GET /c/{token}/saved: the link itself, to be kept."""

    def reply(fields: Posted | None) -> Response:
        saved = _saved(request)
        if saved is None:
            return notice(request, 404, "saved-unknown")
        if is_stored(warehouse.serving(), saved.survey, saved.response_id):
            return to_receipt(_path(request))
        return show_link(request, saved, _path(request), is_personal=False)

    return await hand_out(request, reply)


def show_link(request: Request, saved: SavedForm, path: str, *, is_personal: bool) -> Response:
    """The page that gives the link for later, as text and as a QR code, and says how long it works."""
    asked = survey(warehouse.serving(), saved.survey)
    if asked is None:
        return notice(request, 404, "survey-unknown")
    language = request_language(request, asked.questionnaire)
    last_day = local_day(saved.expires_at - timedelta(seconds=1), warehouse.serving().reporting_zone)
    link = f"{str(request.base_url).rstrip('/')}{path}"
    image = io.BytesIO()
    segno.make(link, error="m").save(
        image, kind="svg", xmldecl=False, svgns=False, omitsize=True, light="#fff", border=4
    )
    return page(
        "saved.html",
        language,
        form=build_form(asked.questionnaire, language),
        link=link,
        path=path,
        qr=Markup(image.getvalue().decode("ascii")),  # noqa: S704 - drawn by segno, of nothing but squares
        until=day(last_day, language),
        is_personal=is_personal,
        kept_keys=" ".join({keep_key(path), keep_key(f"/s/{saved.survey}")}),
    )


def continued_by(request: Request) -> tuple[str, Invited] | None:
    """The survey and the one response of a link that can still be answered."""
    saved = _saved(request)
    if saved is None or is_stored(warehouse.serving(), saved.survey, saved.response_id):
        return None
    return saved.survey, _invited(request, saved)


def _saved(request: Request) -> SavedForm | None:
    found = find_saved(warehouse.serving(), request.path_params.get("token", ""))
    if found is None:
        log.warning("saved form refused: unknown or past its time")
    return found


def _invited(request: Request, saved: SavedForm) -> Invited:
    return Invited(
        path=_path(request),
        token=request.path_params["token"],
        response_id=saved.response_id,
        member_id=None,
        tier=None,
        member={},
        channel="light_form",
        saved=saved,
    )


def _path(request: Request) -> str:
    return f"/c/{request.path_params['token']}"


def _receipt(request: Request, saved: SavedForm) -> Response:
    return receipt_of(request, saved.survey, saved.response_id, _path(request))
