"""The light form by a personal link: one response for each invitation, however often it is sent."""

import logging

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import warehouse
from pages.web.body import Posted
from pages.web.form import hand_out, receipt, show, take
from pages.web.notices import notice
from pages.web.sheet import Invited
from warehouse.invitations import Invitation, find
from warehouse.surveys import survey

log = logging.getLogger(__name__)


async def answer(request: Request) -> Response:
    """GET and POST /i/{token}. A GET writes nothing and uses nothing up; `?score=9` only marks an answer.

    After the response is stored the link shows its receipt. A link that is revoked, expired or was never made
    gets one answer, 404, whatever the method: it tells nothing about which links exist.
    """

    def reply(fields: Posted | None) -> Response:
        invitation = _invitation(request)
        if invitation is None:
            return notice(request, 404, "invitation-closed")
        if invitation.standing == "answered":
            return _receipt(request, invitation) if fields is None else _again(request)
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


def _invitation(request: Request) -> Invitation | None:
    """The invitation, unless it is closed; a refusal goes to the log, without the token or the member."""
    found = find(warehouse.serving(), request.path_params.get("token", ""))
    standing = found.standing if found else "unknown"
    if found is None or standing in ("revoked", "expired"):
        log.warning("invitation refused: %s", standing)
        return None
    return found


def _invited(request: Request, invitation: Invitation) -> Invited:
    known = {"id": invitation.member_id, "tier": invitation.tier, "language": invitation.language}
    return Invited(
        path=_path(request),
        response_id=invitation.response_id,
        member_id=invitation.member_id,
        tier=invitation.tier,
        member={name: value for name, value in known.items() if value},
    )


def _path(request: Request) -> str:
    return f"/i/{request.path_params['token']}"


def _receipt(request: Request, invitation: Invitation) -> Response:
    asked = survey(warehouse.serving(), invitation.survey)
    if asked is None:
        return notice(request, 404, "survey-unknown")
    return receipt(request, asked.questionnaire, invitation.response_id)


def _again(request: Request) -> Response:
    """To the receipt of what is stored already; what was sent this time is not looked at."""
    return RedirectResponse(f"{_path(request)}/thanks?again=1", 303, {"Cache-Control": "no-store"})
