"""Asks how the cases of a survey's fieldwork stand: of rollups where they can tell, else of the rows."""

from typing import TYPE_CHECKING, Any

from warehouse.anonymity import is_anonymous
from warehouse.metrics import FROM_ROWS

if TYPE_CHECKING:
    from warehouse.database import Warehouse


def case_counts(warehouse: "Warehouse", query: str, survey: str, **values: object) -> list[tuple[Any, ...]]:
    """The rows of the query `folder/name`. An anonymous survey is asked of its rows: its marks are written
    anew with each batch, so that nobody, a rollup neither, can tell which of them are new."""
    folder, _, name = query.rpartition("/")
    place = f"{folder}/{FROM_ROWS}" if is_anonymous(warehouse, survey) else folder
    return warehouse.read(f"{place}/{name}", survey=survey, **values)
