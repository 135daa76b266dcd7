"""Save and continue later: what was answered so far is kept under a link, then the link is shown."""

import logging
import secrets
from collections.abc import Mapping
from uuid import UUID

from starlette.responses import RedirectResponse, Response

import warehouse
from pages.web.body import printable
from pages.web.sheet import Sheet
from survey import Raw, started_at
from warehouse.saved import Progress, erase_saved, save

log = logging.getLogger(__name__)


def save_for_later(
    sheet: Sheet, shown_id: UUID, language: str, answers: Mapping[str, Raw], page: int | None
) -> Response:
    """Save under the personal link, the link it was continued by, or a new one; then to the page with it.

    Only what the questionnaire asks is kept, as it was typed: it is checked when it is sent. Raises
    WarehouseError when it cannot be stored."""
    known = {item.code for item in sheet.questionnaire.items}
    typed = {code: printable(raw) for code, raw in answers.items() if code in known}
    invited = sheet.invited
    token = invited.token if invited else secrets.token_hex(16)
    save(
        warehouse.serving(),
        token,
        sheet.survey.slug,
        invited.response_id if invited else shown_id,
        started_at(shown_id),
        Progress(sheet.questionnaire.version, page or 0, language, typed),
        invited.until if invited else None,
    )
    path = invited.path if invited else f"/c/{token}"
    return RedirectResponse(f"{path}/saved?lang={language}", 303, {"Cache-Control": "no-store"})


def forget(response_id: UUID) -> None:
    """Erase what was saved on the way to a response that is stored. Where that fails, the daily clean-up does
    it: the respondent is thanked all the same."""
    try:
        erase_saved(warehouse.serving(), response_id)
    except warehouse.WarehouseError as error:
        log.error("what was saved for later is not erased yet: %s", error.problem.code)
