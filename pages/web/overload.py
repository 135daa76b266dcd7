"""When more people wait than can be answered soon: said at once, with all that was filled in and a button to
send it again."""

from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response

import warehouse
from pages.ui.texts import LANGUAGES
from pages.web.body import Posted, only
from pages.web.language import request_language
from pages.web.rendering import page
from warehouse.audit.acting import VISITOR

MOST_WAITING = 400
"""Requests that wait for a thread: a few seconds of work. Behind them a wait would only end in an error."""

RETRY_AFTER_SECONDS = 5


def is_overloaded(threads: CapacityLimiter) -> bool:
    """Whether so many requests wait for these threads that the next is better sent again later."""
    return threads.statistics().tasks_waiting >= MOST_WAITING


def come_again(request: Request, fields: Posted | None) -> Response:
    """503 in the respondent's language. The fields sent, hidden in the page, are sent again by its button;
    files are not among them. Cheap on purpose: no survey is looked up."""
    wished = only(fields, "_language") if fields else ""
    language = wished if wished in LANGUAGES else request_language(request)
    warehouse.serving().audit.note_refused("server-busy", actor=VISITOR)
    return page(
        "busy.html",
        language,
        503,
        {"Retry-After": str(RETRY_AFTER_SECONDS)},
        path=request.url.path,
        fields=[(name, value) for name, values in (fields or {}).items() for value in values],
        has_files=bool(fields and fields.files),
    )
