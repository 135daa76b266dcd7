"""Seals what was recorded of cases, consents and care: of each record the newest row, some records at a time,
so that millions fit into the engine's memory."""

from collections.abc import Mapping
from types import MappingProxyType

from duckdb import DuckDBPyConnection

from warehouse.sql import named, sql

MOST_ROWS = 1_000_000
"""Rows of a type, about, that are looked at together."""

# Source -> how the views of its newest rows are called.
_CALLED: Mapping[str, str] = MappingProxyType(
    {"service_case_record": "service", "care_consent_record": "consent", "care_task_record": "care"}
)


def seal_records(cursor: DuckDBPyConnection, source: str, rows: int) -> None:
    """Count what lies above the mark of the source, so many rows, into its tables. Call it in the transaction
    that moves the mark, before it moves."""
    name = _CALLED[source]
    parts = -(-rows // MOST_ROWS)
    if source == "care_task_record":
        cursor.execute(sql("rollups/seal_care_made"))
    for part in range(parts):
        cursor.execute(sql(f"rollups/{name}_fresh_part"), {"parts": parts, "part": part})
        cursor.execute(sql("rollups/record_gone_part"))
        if source == "care_task_record":
            cursor.execute(sql("rollups/seal_care_day"))
        cursor.execute(named("rollups/erase_gone", table=f"{name}_now_sealed"))
        cursor.execute(named("rollups/seal_newest", table=f"{name}_now_sealed", newest=f"{name}_now_at"))
    cursor.execute(sql(f"rollups/seal_{name}_place"))
    for table in ("record_fresh_part", "record_gone_part"):
        cursor.execute(named("rollups/forget_table", table=table))
