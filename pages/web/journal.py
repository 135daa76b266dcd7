"""A line of the log for each request: the route, how it ended, how long it took; nothing about who asked."""

import logging
import secrets
import time
from collections.abc import Iterable, MutableMapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.web.log_lines import request_id

log = logging.getLogger(__name__)

HEADER = "X-Request-Id"
OTHER = "other"  # an address of Streamlit's, or of nobody
_CODES = "pactboard.codes"


class Journal:
    """ASGI middleware, the outermost. Names the route by its template, so that no token or id in an address
    is kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._templates: dict[tuple[object, frozenset[str]], str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note it once it is answered."""
        if scope["type"] != "http" or not log.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        number, begun, status = secrets.token_hex(8), time.perf_counter(), 500
        token = request_id.set(number)

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            said: dict[str, object] = {
                "method": scope["method"] if scope["method"].isalpha() else OTHER,
                "route": self._template(scope),
                "status": status,
                "ms": round((time.perf_counter() - begun) * 1000, 1),
            }
            if codes := scope.get(_CODES):
                said["codes"] = codes
            log.info("request", extra=said)
            request_id.reset(token)

    def _template(self, scope: Scope) -> str:
        if not self._templates:
            for route in getattr(scope.get("app"), "routes", ()):
                if isinstance(route, Route):
                    self._templates[route.endpoint, frozenset(route.param_convertors)] = route.path
        key = (scope.get("endpoint"), frozenset(scope.get("path_params", ())))
        return self._templates.get(key, OTHER)


def note_codes(scope: MutableMapping[str, Any], codes: Iterable[str]) -> None:
    """Have the line of this request say why it was refused."""
    scope[_CODES] = [*scope.get(_CODES, ()), *codes]
