"""Who waits to be sealed in the register, as long as they are few: their rows are looked up where they lie.
Of many, all rows are read (the step “few or many” of the schema), and of very many nothing is told."""

from collections.abc import Mapping, Set

from duckdb import DuckDBPyConnection

from warehouse.problems import core_error
from warehouse.rollups.tables import MOST_TAIL, RECORDS, REGISTER
from warehouse.sql import named, sql

Few = Mapping[str, object]
"""Variable of a connection -> what it is while few wait."""

MOST_WAITING = 200_000
"""Rows of the register: among five million members pages take twenty seconds beside so many, and beside all
of them there is no room in the memory of the engine."""

MOST_RECORDS_WAITING = 1_000_000
"""Rows of cases, consents and care: beside half a million a list of nine million takes 1.4 seconds."""

MANY: Few = dict.fromkeys(("few_events", "few_files", "few_members"))


def few_waiting(cursor: DuckDBPyConnection) -> Few:
    """Within a transaction: those above the marks that it sees; MANY where they are not few."""
    row = cursor.execute(sql("rollups/few"), {"most": MOST_TAIL}).fetchone()
    return dict(zip(MANY, row, strict=True)) if row else MANY


def tell(cursor: DuckDBPyConnection, few: Few) -> None:
    """Tell the tails on this connection, until MANY is told: the next transaction sees others."""
    for name, value in few.items():
        cursor.execute(named("rollups/set_variable", name=name), {"value": value})


def check_waiting(cursor: DuckDBPyConnection, waiting: Mapping[str, int], sources: Set[str]) -> None:
    """Within a transaction, of a question of these sources. `waiting`: how many rows lie above the marks.

    Raises WarehouseError: "still-counted", "records-still-counted" where they are too many to be counted
    while somebody waits."""
    many = sum(rows for source, rows in waiting.items() if source in sources & REGISTER)
    if "contract_tier" in sources & waiting.keys():
        row = cursor.execute(sql("rollups/bars_wait")).fetchone()
        many += row[0] if row else 0
    recorded = sum(rows for source, rows in waiting.items() if source in sources & RECORDS)
    if recorded > MOST_RECORDS_WAITING:
        raise core_error("records-still-counted", rows=f"{recorded:,}")
    if many > MOST_WAITING:
        raise core_error("still-counted", rows=f"{many:,}")
