"""The movement of members as a table: the periods of the contract, then the months."""

from warehouse.database import Warehouse
from warehouse.exporting.table import Table, summary_table
from warehouse.filters import Filters
from warehouse.members import member_movement

COLUMNS = (
    *("span", "name", "start", "end", "state", "opening", "joined", "returned", "left", "closing"),
    *("growth_percent", "target_percent", "as_of"),
)


def members(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a `period` or `month`; days are half-open: `end` is the day after the last. No interval."""
    movement = member_movement(warehouse)
    spans = [("period", each) for each in movement.periods] + [("month", each) for each in movement.months]
    rows = [
        (
            *(span, each.name, each.start, each.end, each.state),
            *(each.opening, each.joined, each.returned, each.left, each.closing),
            *(each.growth, each.target, movement.as_of),
        )
        for span, each in spans
    ]
    return summary_table(warehouse, COLUMNS, rows)
