"""The light form by a personal link: one response for each invitation, however often it is sent."""

import logging
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

import warehouse
from pages.ui.texts import translate
from pages.web.body import Posted, only
from pages.web.continuing import show_link
from pages.web.form import hand_out, keep, show, take
from pages.web.form_id import shown_id
from pages.web.notices import notice
from pages.web.own_link import receipt_of, to_receipt
from pages.web.sheet import Invited, find_sheet
from survey import started_at
from warehouse.gate import GRACE
from warehouse.invitations import Invitation, find
from warehouse.saved import find_saved

log = logging.getLogger(__name__)


async def answer(request: Request) -> Response:
    """GET and POST /i/{token}. A GET writes nothing and uses nothing up; `?score=9` only marks an answer.

    After the response is stored the link shows its receipt. A link that is revoked, expired or was never made
    gets one answer, 404, whatever the method: it tells nothing about which links exist. Only who sends a form
    that the link has shown gets it back with all that was written; when the link expired meanwhile, the form
    is taken for half an hour more, as after the closing of a survey.
    """

    def reply(fields: Posted | None) -> Response:
        found = find(warehouse.serving(), request.path_params.get("token", ""))
        shown_at = _shown_at(fields)
        invitation = _open(found, shown_at)
        if invitation is None:
            if found and fields and shown_at and shown_at < found.expires_at:
                return _given_back(request, found, fields)
            return notice(request, 404, "invitation-closed")
        if invitation.standing == "answered":
            return _receipt(request, invitation) if fields is None else to_receipt(_path(request))
        invited = _invited(request, invitation)
        if fields is None:
            return show(request, invitation.survey, invited)
        return take(request, invitation.survey, fields, invited)

    return await hand_out(request, reply)


async def thanks(request: Request) -> Response:
    """GET /i/{token}/thanks: the receipt, only for a response that is stored."""

    def reply(fields: Posted | None) -> Response:
        invitation = _invitation(request)
        if invitation is None or invitation.standing != "answered":
            return notice(request, 404, "response-unknown" if invitation else "invitation-closed")
        return _receipt(request, invitation)

    return await hand_out(request, reply)


def invited_by(request: Request) -> tuple[str, Invited] | None:
    """The survey and the member of a link that can still be answered."""
    invitation = _invitation(request)
    if invitation is None or invitation.standing != "open":
        return None
    return invitation.survey, _invited(request, invitation)


async def saved(request: Request) -> Response:
    """GET /i/{token}/saved: says that the personal link goes on from where the form was left."""

    def reply(fields: Posted | None) -> Response:
        invitation = _invitation(request)
        kept = find_saved(warehouse.serving(), request.path_params["token"]) if invitation else None
        if invitation is None or kept is None:
            return notice(request, 404, "saved-unknown" if invitation else "invitation-closed")
        if invitation.standing == "answered":
            return to_receipt(_path(request))
        return show_link(request, kept, _path(request), is_personal=True)

    return await hand_out(request, reply)


def _invitation(request: Request) -> Invitation | None:
    """The invitation, unless it is closed."""
    return _open(find(warehouse.serving(), request.path_params.get("token", "")))


def _open(found: Invitation | None, shown_at: datetime | None = None) -> Invitation | None:
    """The invitation, unless it is closed to somebody to whom the form was shown then; a refusal goes to the
    log, without the token or the member."""
    standing = found.standing if found else "unknown"
    if found and standing == "expired":
        in_time = shown_at is not None and shown_at < found.expires_at
        if in_time and datetime.now(UTC) < found.expires_at + GRACE:
            return found
    if found is None or standing in ("revoked", "expired"):
        log.warning("invitation refused: %s", standing)
        return None
    return found


def _shown_at(fields: Posted | None) -> datetime | None:
    """When the form that was sent was shown; None when that cannot be."""
    form_id = shown_id(only(fields, "_id"), datetime.now(UTC)) if fields else None
    return started_at(form_id) if form_id else None


def _given_back(request: Request, found: Invitation, fields: Posted) -> Response:
    """The form with what was written on it, which this link cannot store any more."""
    sheet = find_sheet(found.survey, only(fields, "_version"), _invited(request, found))
    if sheet is None:
        return notice(request, 404, "invitation-closed")
    return keep(
        request,
        sheet,
        fields,
        404,
        lambda language: translate(
            "This link has been withdrawn or is past its last day, so your answers are not stored. What you "
            "wrote still stands on this page: ask whoever sent you the link for a new one, and copy it over.",
            language,
        ),
    )


def _invited(request: Request, invitation: Invitation) -> Invited:
    known = {
        **invitation.fields,
        "id": invitation.member_id,
        "tier": invitation.tier,
        "language": invitation.language,
    }
    return Invited(
        path=_path(request),
        token=request.path_params["token"],
        response_id=invitation.response_id,
        member_id=invitation.member_id,
        tier=invitation.tier,
        member={name: value for name, value in known.items() if value},
        saved=find_saved(warehouse.serving(), request.path_params["token"]),
        until=invitation.expires_at,
    )


def _path(request: Request) -> str:
    return f"/i/{request.path_params['token']}"


def _receipt(request: Request, invitation: Invitation) -> Response:
    member = _invited(request, invitation).member
    return receipt_of(request, invitation.survey, invitation.response_id, _path(request), member)
