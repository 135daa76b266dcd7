"""What a form asks of the warehouse beside storing: is this survey open, is this response here."""

from typing import TYPE_CHECKING
from uuid import UUID

from warehouse.calendar import utc_now
from warehouse.gate import Rules, rules_of

if TYPE_CHECKING:
    from warehouse.database import Warehouse


def rules(warehouse: "Warehouse", survey: str) -> Rules:
    """When the survey takes answers and how many, as it was last said."""
    return rules_of(warehouse.read("life/said", survey=survey))


def takes_answers(warehouse: "Warehouse", survey: str) -> bool:
    """Whether the survey takes answers now or will again: it is not closed.

    A survey made by an import is closed from the start: it is history, not to be added to."""
    return rules(warehouse, survey).state(utc_now())[0] != "closed"


def is_stored(warehouse: "Warehouse", survey: str, response_id: UUID) -> bool:
    """Whether that response is on disk, in that survey."""
    return bool(warehouse.read("core/response_stored", survey=survey, response_id=response_id)[0][0])


def response_content(warehouse: "Warehouse", response_id: UUID) -> str | None:
    """The SHA-256 of the request that a program's response was made from; None when it is not on disk."""
    rows = warehouse.read("api/content", response_id=response_id)
    return str(rows[0][0]) if rows else None
