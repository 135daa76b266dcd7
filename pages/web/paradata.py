"""Notes for the fieldwork what happens to a form, beside its answers and never in their way."""

from uuid import UUID

import warehouse
from pages.web.body import Posted, only, raw_answers
from pages.web.form_id import shown_id
from pages.web.sheet import Sheet
from survey import Raw, started_at
from warehouse.fieldwork.events import Event, Kind


def note(
    sheet: Sheet, form_id: UUID, kind: Kind, *, question: str | None = None, page: int | None = None
) -> None:
    """One event of the form that was shown under that id; by a personal link, of its one response. Of an
    anonymous survey nothing is noted: the times of events would tell whose answers are whose."""
    if sheet.is_anonymous:
        return
    response_id = sheet.invited.response_id if sheet.invited else form_id
    version, shown_at = sheet.questionnaire.version, started_at(form_id)
    event = Event(sheet.survey.slug, response_id, kind, version, shown_at, sheet.now, question, page)
    warehouse.serving().fieldwork.note(event)


def note_sent(sheet: Sheet, fields: Posted, *, went_on: bool) -> None:
    """A page was sent, script or not: the form is begun, and answered as far as its last answer; the page is
    left when nothing was wrong on it. Going back and changing the language are neither."""
    form_id = shown_id(only(fields, "_id"), sheet.now)
    is_known = only(fields, "_version") == str(sheet.questionnaire.version)
    if form_id is None or not is_known or "_lang" in fields or "_back" in fields:
        return
    note(sheet, form_id, "started")
    answers = raw_answers(fields, sheet.several)
    answered = [item.code for item in sheet.questionnaire.items if _is_answer(answers.get(item.code))]
    if answered:
        note(sheet, form_id, "question", question=answered[-1])
    if went_on and not sheet.kiosk:  # a kiosk's form waits for people: its time says nothing
        note(sheet, form_id, "page", page=_page(sheet, only(fields, "_page")))


def _is_answer(raw: Raw) -> bool:
    given = [raw] if isinstance(raw, str) else list(raw or ())
    return any(text.strip() for text in given)


def _page(sheet: Sheet, text: str) -> int:
    """The page that was sent, from 0; the one page there is has no number."""
    last = len(sheet.questionnaire.pages) - 1
    return min(int(text), last) if text.isascii() and text.isdigit() and len(text) < 8 else 0
