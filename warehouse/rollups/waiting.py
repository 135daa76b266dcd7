"""Who waits to be sealed in the register, as long as they are few: their rows are looked up where they lie.
Of many, all rows are read (the step “few or many” of the schema)."""

from collections.abc import Mapping

from duckdb import DuckDBPyConnection

from warehouse.rollups.tables import MOST_TAIL
from warehouse.sql import named, sql

Few = Mapping[str, object]
"""Variable of a connection -> what it is while few wait."""

MANY: Few = dict.fromkeys(("few_events", "few_files", "few_members"))


def few_waiting(cursor: DuckDBPyConnection) -> Few:
    """Within a transaction: those above the marks that it sees; MANY where they are not few."""
    row = cursor.execute(sql("rollups/few"), {"most": MOST_TAIL}).fetchone()
    return dict(zip(MANY, row, strict=True)) if row else MANY


def tell(cursor: DuckDBPyConnection, few: Few) -> None:
    """Tell the tails on this connection, until MANY is told: the next transaction sees others."""
    for name, value in few.items():
        cursor.execute(named("rollups/set_variable", name=name), {"value": value})
