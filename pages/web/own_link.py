"""What links of one response each have in common, personal and saved ones: the receipt, and the way to it."""

from collections.abc import Mapping
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import warehouse
from pages.web.form import receipt
from pages.web.notices import notice
from warehouse.surveys import survey


def receipt_of(
    request: Request, slug: str, response_id: UUID, path: str, member: Mapping[str, str] | None = None
) -> Response:
    """The receipt of a response that is known to be stored, given by the link at that path."""
    asked = survey(warehouse.serving(), slug)
    if asked is None:
        return notice(request, 404, "survey-unknown")
    return receipt(request, asked, response_id, path, member=member)


def to_receipt(path: str) -> Response:
    """To the receipt of what is stored already; what was sent this time is not looked at."""
    return RedirectResponse(f"{path}/thanks?again=1", 303, {"Cache-Control": "no-store"})
