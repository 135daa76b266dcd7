"""Seals the classes of customers: works out those of whoever was changed, and everybody's where bars are new,
some customers at a time."""

from duckdb import DuckDBPyConnection

from warehouse.rollups.tables import BY_CUSTOMER, CLASSES
from warehouse.sql import named, sql

MOST_CUSTOMERS = 25_000
"""Customers worked out at once: what it takes grows with them, some 6 KB each."""

_ON_THE_WAY = ("tier_flow_fresh", "tier_span_fresh", "tier_part", "tier_who")


def seal_classes(cursor: DuckDBPyConnection) -> bool:
    """Count what changed into the tables of CLASSES, in the caller's transaction and before the marks move.
    Whether it took several parts: those that add up are worth merging then."""
    for table in (*CLASSES, "tier_rules_sealed"):
        cursor.execute(named("rollups/tier_drop_unused", table=table))
    cursor.execute(sql("rollups/tier_who"), {"most": MOST_CUSTOMERS})
    found = cursor.execute(sql("rollups/tier_parts")).fetchone()
    parts, is_changed = (int(found[0]), bool(found[1])) if found else (0, False)
    for part in range(parts):
        _seal_part(cursor, part, is_changed=is_changed)
    cursor.execute(sql("rollups/seal_tier_rules"))
    for table in _ON_THE_WAY:
        cursor.execute(named("rollups/forget_table", table=table))
    return parts > 1


def _seal_part(cursor: DuckDBPyConnection, part: int, *, is_changed: bool) -> None:
    cursor.execute(sql("rollups/tier_part"), {"part": part})
    cursor.execute(sql("rollups/tier_fresh_spans"))
    cursor.execute(sql("rollups/tier_fresh_flow"))
    if is_changed:
        cursor.execute(sql("rollups/erase_tier_spans"))
    for table in CLASSES:
        cursor.execute(sql(f"rollups/seal_{table.removesuffix('_sealed')}"))
    cursor.execute(named("rollups/forget_table", table="tier_flow_fresh"))


def adding_up() -> tuple[str, ...]:
    """The tables of CLASSES whose rows of the same keys can be put together."""
    return tuple(table for table in CLASSES if table != BY_CUSTOMER)
