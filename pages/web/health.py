"""How the server is: for load balancers, open to all; in figures for Prometheus, by a key or the operator."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

import warehouse
from pages.web.exposition import exposition
from pages.web.session import role
from warehouse.health import health as look
from warehouse.keys import key_name

_NO_STORE = {"Cache-Control": "no-store"}
_TEXT = "text/plain; version=0.0.4; charset=utf-8"
_LONGEST_KEY = 200


def health(request: Request) -> Response:
    """GET /healthz: 200 when the warehouse can be read and written, 503 else; JSON with `ok`, `can_read`,
    `can_write`, `last_backup_at` and `free_disk_bytes`, nothing about people."""
    try:
        found = look(warehouse.serving())
    except warehouse.WarehouseError:
        return JSONResponse({"ok": False, "can_read": False, "can_write": False}, 503, _NO_STORE)
    is_well = found.can_read and found.can_write
    return JSONResponse({"ok": is_well} | asdict(found), 200 if is_well else 503, _NO_STORE)


def metrics(request: Request) -> Response:
    """GET /metrics: Prometheus' text format, for the operator's session or the key of a program."""
    visitor = role(request)
    if visitor is None:
        return _for_program(request)
    if visitor != "operator":
        return PlainTextResponse("403 Only the operator.\n", 403, _NO_STORE)
    return _measured()


def _for_program(request: Request) -> Response:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key_name(warehouse.serving(), key.strip()[:_LONGEST_KEY]):
        challenge = _NO_STORE | {"WWW-Authenticate": "Bearer"}
        return PlainTextResponse("401 This needs the key of a program.\n", 401, challenge)
    return _measured()


def _measured() -> Response:
    return Response(exposition(warehouse.serving()), 200, _NO_STORE, _TEXT)
