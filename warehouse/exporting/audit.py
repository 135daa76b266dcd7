"""The audit, as it is stored: with both hashes, so that whoever has the file can follow the chain."""

from warehouse.database import Warehouse
from warehouse.exporting.raw import as_stored
from warehouse.exporting.table import Table
from warehouse.filters import Filters


def audit(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row an action, the oldest first; instants are UTC, details JSON."""
    warehouse.audit.write()
    return as_stored(warehouse, "audit/all", {})
