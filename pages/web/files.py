"""Files that answer questions, for those who read raw answers: to be saved, never shown by a browser."""

from hashlib import sha256
from urllib.parse import quote
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

import warehouse
from pages.web.notices import notice
from pages.web.session import role
from warehouse.audit.chain import record
from warehouse.exports import RAW
from warehouse.uploads import stored_file

_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def download(request: Request) -> Response:
    """GET /file/{response_id}/{question}: 401 signed out, 403 another role than operator or mediator, 404
    where no stored response answers so."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "file-locked")
    if visitor not in RAW:
        return notice(request, 403, "file-not-yours")
    try:
        response_id = UUID(request.path_params["response_id"])
    except ValueError:
        return notice(request, 404, "file-unknown")
    found = stored_file(warehouse.serving(), response_id, request.path_params["question"])
    if found is None:
        return notice(request, 404, "file-unknown")
    with warehouse.serving().transaction() as cursor:
        record(
            cursor, "file-opened", request.path_params["question"], sha256=sha256(found.content).hexdigest()
        )
    named = {"Content-Disposition": _attachment(found.name)}
    return Response(found.content, 200, {**_HEADERS, **named}, found.media_type)


def _attachment(name: str) -> str:
    """The header by RFC 6266 and RFC 5987: the name in ASCII for old programs, then the whole one."""
    plain = "".join(sign if sign.isascii() and sign not in '"\\%' else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
