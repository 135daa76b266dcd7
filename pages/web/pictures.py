"""Pictures of questions, by what they hold: the same for everybody and for ever, so browsers keep them."""

import re

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

import warehouse
from warehouse.pictures import picture_content

_SHA256 = re.compile("[0-9a-f]{64}")
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_THREADS = CapacityLimiter(4)


async def picture(request: Request) -> Response:
    """GET /picture/{sha256}: 304 for a browser that has it, 404 where there is none."""
    sha256 = request.path_params["sha256"]
    tag = f'"{sha256}"'
    if not _SHA256.fullmatch(sha256):
        return Response(status_code=404)
    if request.headers.get("if-none-match") == tag:  # its address says what it holds
        return Response(status_code=304, headers={"ETag": tag})
    found = await to_thread.run_sync(picture_content, warehouse.serving(), sha256, limiter=_THREADS)
    if found is None:
        return Response(status_code=404)
    media_type, content = found
    return Response(content, media_type=media_type, headers={**_HEADERS, "ETag": tag})
