"""What the form's own script tells: that it was opened, that it was begun, and how far it was filled in.

Nothing of it is trusted: it is checked against the questionnaire, kept apart from responses, and dropped
under load. No address of anybody is looked at.
"""

from collections.abc import Mapping
from pathlib import Path

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from pages.web.allowance import Allowance
from pages.web.body import BodyRefused, Limits, Posted, only, read_form
from pages.web.continuing import continued_by
from pages.web.form_id import shown_id
from pages.web.invitation import invited_by
from pages.web.paradata import note
from pages.web.sheet import Invited, find_sheet
from warehouse.fieldwork.events import Kind

LIMITS = Limits(most_bytes=1024, most_fields=8)
_SCRIPT = (Path(__file__).parent / "static" / "beacon.js").read_text(encoding="utf-8")
_KINDS: Mapping[str, Kind] = {"opened": "opened", "started": "started", "question": "question"}
# Threads of their own, and few: respondents who send their answers must not wait for these.
_THREADS = CapacityLimiter(2)
_ALLOWED = Allowance(rate=200, burst=1_000)


async def script(request: Request) -> Response:
    """GET /form-beacon.js: the script, the same for every form."""
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(_SCRIPT, headers=headers, media_type="text/javascript; charset=utf-8")


async def seen(request: Request) -> Response:
    """POST /s/{slug}/seen, /i/{token}/seen and /c/{token}/seen: 204 when it is understood, kept or not.

    400 for what is no event of that form, 404 where there is no form, 413 over 1 KB, 415 not a form, 429 when
    too many come at once."""
    if not _ALLOWED.take():
        return PlainTextResponse("", 429)
    try:
        fields = await read_form(request, LIMITS)
        return await to_thread.run_sync(_take, request, fields, limiter=_THREADS)
    except BodyRefused as refused:
        return PlainTextResponse("", refused.status)


def _take(request: Request, fields: Posted) -> Response:
    invited: Invited | None = None
    slug = request.path_params.get("slug", "")
    if "token" in request.path_params:
        found = (continued_by if request.url.path.startswith("/c/") else invited_by)(request)
        if found is None:
            return PlainTextResponse("", 404)
        slug, invited = found
    sheet = find_sheet(slug, only(fields, "_version"), invited)
    if sheet is None:
        return PlainTextResponse("", 404)
    kind, question = _KINDS.get(only(fields, "event")), only(fields, "question")
    form_id = shown_id(only(fields, "_id"), sheet.now)
    asked = {item.code for item in sheet.questionnaire.items}
    fits = question in asked if kind == "question" else not question
    is_known = only(fields, "_version") == str(sheet.questionnaire.version)
    if form_id is None or not is_known or kind is None or not fits:
        return PlainTextResponse("", 400)
    note(sheet, form_id, kind, question=question or None)
    return Response(status_code=204)
