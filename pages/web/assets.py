"""Our own scripts, each at an address that holds the hash of its content, so that it can be kept for ever."""

import hashlib
from pathlib import Path
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_FOLDER = Path(__file__).parent / "static"
_SCRIPTS = {name: (_FOLDER / f"{name}.js").read_bytes() for name in ("form", "kiosk")}

ADDRESSES = MappingProxyType(
    {
        name: f"/assets/{name}-{hashlib.sha256(script).hexdigest()[:16]}.js"
        for name, script in _SCRIPTS.items()
    }
)
"""Name of a script without its ending -> where it is served."""

_SERVED = {address: _SCRIPTS[name] for name, address in ADDRESSES.items()}
_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable"}


def asset(request: Request) -> Response:
    """GET /assets/{name}: one of our scripts, by its full name with the hash; nothing else is there."""
    script = _SERVED.get(request.url.path)
    if script is None:
        return PlainTextResponse("404 There is no such file.\n", 404, {"Cache-Control": "no-store"})
    return Response(script, 200, _HEADERS, "text/javascript; charset=utf-8")
