"""What a form asks of the warehouse beside storing: is this survey open, is this response here."""

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from warehouse.database import Warehouse


def takes_answers(warehouse: "Warehouse", survey: str) -> bool:
    """Whether the survey's form is open. One that a file was imported into is history, not to be added to."""
    return not warehouse.read("core/survey_imports", survey=survey)[0][0]


def is_stored(warehouse: "Warehouse", survey: str, response_id: UUID) -> bool:
    """Whether that response is on disk, in that survey."""
    return bool(warehouse.read("core/response_stored", survey=survey, response_id=response_id)[0][0])
