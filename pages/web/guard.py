"""Around every request, Streamlit's included: known hosts, security headers, plain words at startup."""

import asyncio
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from pages.web.journal import Journal
from pages.web.session import role
from pages.web.terminal import warehouse_refusal
from warehouse import WarehouseError
from warehouse.audit.acting import VISITOR, act_as

_UPLOADS = "/_stcore/upload_file/"
_PORTS = {"http": 80, "https": 443}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")

# Streamlit's own pages may frame their components; our HTML pages send a stricter policy of their own.
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "frame-ancestors 'self'; base-uri 'self'; object-src 'none'",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """ASGI middleware. Refuses foreign names in the Host header (DNS rebinding), for websockets too,
    websockets of foreign pages, and files from anybody but the operator."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._run(scope, receive, send)
        elif not host_allowed(_host(scope)):
            await _refuse(scope, receive, send)
        elif scope["type"] == "websocket" and not origin_allowed(scope):
            # Cookies go along with a websocket that any site's script opens: it must be a page of ours.
            await send({"type": "websocket.close", "code": 1008})
        elif _UPLOADS in scope["path"] and role(HTTPConnection(scope)) != "operator":
            # Streamlit takes files into memory from anyone with a tab open; the import page alone needs one.
            await PlainTextResponse("403 Only the operator sends files.\n", 403)(
                scope, receive, _with_headers(send)
            )
        else:
            act_as(VISITOR)  # until somebody is found to be signed in
            await self._app(scope, receive, _with_headers(send) if scope["type"] == "http" else send)

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start and stop the app; a failure that people can mend is said in words, not as a traceback."""
        failed: list[Message] = []

        async def hold(message: Message) -> None:
            if message["type"].endswith(".failed"):
                failed.append(message)
            else:
                await send(message)

        try:
            await self._app(scope, receive, hold)
        except WarehouseError as error:
            failed = [{**message, "message": warehouse_refusal(error)} for message in failed]
        except asyncio.CancelledError:  # Ctrl-C twice
            failed = [{**message, "message": ""} for message in failed]
            raise
        finally:
            for message in failed:
                await send(message)


def middleware() -> list[Middleware]:
    """The middleware, for `st.App` or a Starlette application."""
    return [Middleware(Journal), Middleware(Guard)]


def host_allowed(header: str) -> bool:
    """Whether a Host header names this machine's loopback or one of the setting `server.allowedHosts`, where
    "*.example.com" stands for its subdomains and "*" for any name."""
    try:
        parts = urlsplit(f"//{header}")
        parts.port  # noqa: B018 - reading it is the check: a port that is no number raises
    except ValueError:
        return False
    name = (parts.hostname or "").rstrip(".")
    if not name or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        return False
    allowed = [*_LOOPBACK, *config.get_option("server.allowedHosts")]
    return any(_fits(name, pattern.strip().lower().rstrip(".")) for pattern in allowed)


def origin_allowed(scope: Scope) -> bool:
    """Whether a websocket was opened by a page of this server, of `server.corsAllowedOrigins`, or of the name
    in `browser.serverAddress`; programs that are no browser send no Origin and are let through."""
    origins = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
    if not origins:
        return True
    origin = _place(origins[0]) if len(origins) == 1 else None
    if origin is None:
        return False
    # A proxy may end TLS: the scheme is the page's, host and port say that it is the same place.
    own = _place(f"{origin.scheme}://{_host(scope)}")
    named = config.is_manually_set("browser.serverAddress")
    public = str(config.get_option("browser.serverAddress")).lower() if named else ""
    allowed = [_place(each) for each in config.get_option("server.corsAllowedOrigins")]
    return origin in (own, *allowed) or origin.host == public


class _Place(NamedTuple):
    scheme: str
    host: str
    port: int


def _place(origin: str) -> _Place | None:
    """The parts of an origin; None for what is none, such as "null"."""
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    return _Place(parts.scheme, parts.hostname.rstrip("."), port or _PORTS[parts.scheme])


def _fits(name: str, pattern: str) -> bool:
    return pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:]))


def _host(scope: Scope) -> str:
    found = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    return found[0] if len(found) == 1 else ""


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    text = (
        "400 This server does not answer to that name: see server.allowedHosts in .streamlit/config.toml.\n"
    )
    await PlainTextResponse(text, 400)(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            has_policy = "Content-Security-Policy" in headers
            for name, value in _HEADERS.items():
                # A page's own policy says who may frame it; the older header cannot name hosts.
                if not (has_policy and name == "X-Frame-Options"):
                    headers.setdefault(name, value)
        await send(message)

    return sending
