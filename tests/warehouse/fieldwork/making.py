"""Fieldwork made up by hand, for the tests: cases of one wave that ended in every way."""

from datetime import datetime, timedelta
from uuid import UUID

from survey import Envelope, Questionnaire, Response, library_questionnaire, response_id_at, validate
from tests.warehouse.inviting import SURVEY, response_id_of
from tests.warehouse.making import local
from warehouse import Warehouse
from warehouse.fieldwork.events import Event, Kind, store_events
from warehouse.responses import store_responses

NOON = local("2026-11-02 12:00")


def happened(
    warehouse: Warehouse,
    response_id: UUID,
    *events: tuple[Kind, str | int | None],
    at: datetime = NOON,
    shown_at: datetime | None = None,
    version: int = 1,
    survey: str = SURVEY,
) -> None:
    """Store events of one form: (kind, question or page), a second apart."""
    made = [
        Event(
            survey,
            response_id,
            kind,
            version,
            shown_at or at,
            at + timedelta(seconds=number),
            what if isinstance(what, str) else None,
            what if isinstance(what, int) else None,
        )
        for number, (kind, what) in enumerate(events)
    ]
    with warehouse.transaction() as cursor:
        store_events(cursor, made)


def completed(
    warehouse: Warehouse,
    response_id: UUID | None = None,
    at: datetime = NOON,
    *,
    seconds: float | None = None,
    tier: str | None = None,
    questionnaire: Questionnaire | None = None,
    channel: str = "light_form",
    language: str = "zh",
    **answers: object,
) -> UUID:
    """Store a response that took so many seconds; its id."""
    asked = questionnaire or library_questionnaire(SURVEY)
    number = len(warehouse.read("core/responses_after", after_seq=0))
    envelope = Envelope(
        response_id or response_id_at(at, asked.slug, f"test {number}"),
        asked.slug,
        channel,
        language,
        at,
        started_at=None if seconds is None else at - timedelta(seconds=seconds),
        tier=tier,
    )
    raw = {code: str(value) for code, value in answers.items()}
    if asked.slug == SURVEY:
        raw = {"overall": "5"} | raw
    found = validate(asked, raw, envelope)
    assert isinstance(found, Response), found
    with warehouse.transaction() as cursor:
        store_responses(cursor, [found], warehouse.reporting_zone)
    return found.response_id


def of_member(warehouse: Warehouse, member_id: str) -> UUID:
    """The id of the response that the member invited can give."""
    return response_id_of(warehouse, member_id)
