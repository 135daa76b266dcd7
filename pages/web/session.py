"""Signing in by link and signing out: the cookie is a random value, the warehouse knows if it counts."""

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from pages.ui.access import SESSION_COOKIE
from pages.ui.texts import translate
from pages.web.language import local_path, request_language
from pages.web.notices import Action, notice
from warehouse.access import SESSION_LIFE, Role, end_session, link_role, open_session, session_role
from warehouse.audit.acting import VISITOR, act_as


def role(request: HTTPConnection) -> Role | None:
    """The role of whoever sent the request, None when not signed in; what is done from here on is theirs."""
    value = request.cookies.get(SESSION_COOKIE)
    found = session_role(value) if value else None
    act_as(found or VISITOR)
    return found


def sign_in(request: Request) -> Response:
    """GET /signin?key=…&next=/overview: opens a session for the link's role and leaves the key behind."""
    keys = request.query_params.getlist("key")
    found = link_role(keys[0]) if len(keys) == 1 else None
    act_as(found or VISITOR)
    if found is None:
        return notice(request, 403, "key-refused")
    response = RedirectResponse(
        local_path(request.query_params.get("next")),
        303,
        {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
    )
    if request.method == "GET":  # a HEAD looks, it does not enter
        response.set_cookie(
            SESSION_COOKIE,
            open_session(found),
            max_age=int(SESSION_LIFE.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    return response


def sign_out(request: Request) -> Response:
    """POST /signout ends the session for good, in every open tab; GET asks first."""
    if request.method != "POST":
        label = translate("Sign out", request_language(request))
        return notice(request, 200, "sign-out", Action("post", "/signout", label))
    value = request.cookies.get(SESSION_COOKIE)
    if value:
        end_session(value)
    response = notice(request, 200, "signed-out")
    response.delete_cookie(SESSION_COOKIE)
    return response
