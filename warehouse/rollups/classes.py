"""Seals the classes of customers: those of whoever was changed, and everybody's where bars are new."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from warehouse.rollups.gathering import Gathering
from warehouse.rollups.tables import BY_CUSTOMER, CLASSES
from warehouse.sql import named, sql

_MADE = ("tier_spans_made", "tier_flows_made")
_REST = ("tier_history_rest", "tier_version_rest")
_VIEWS = ("tier_history_fresh", "tier_part", "tier_span_fresh", "tier_flow_fresh", "tier_version_fresh")


def begin_classes(cursor: DuckDBPyConnection) -> bool:
    """Take away what is sealed by bars that no longer count: before anybody's classes are asked for. Whether
    classes of anybody are sealed."""
    for table in (*CLASSES, "tier_rules_sealed"):
        cursor.execute(named("rollups/tier_drop_unused", table=table))
    row = cursor.execute(named("rollups/rows", table=BY_CUSTOMER), {"source": BY_CUSTOMER}).fetchone()
    return row is not None and row[0] > 0


def seal_classes(
    cursor: DuckDBPyConnection,
    parts: Sequence[int],
    gathering: Gathering,
    *,
    is_first: bool,
    were_sealed: bool,
    has_others: bool,
) -> None:
    """Count into the tables of CLASSES what changed for the members at hand (member_slice), a part of them at
    a time. `is_first`: nobody was at hand before; `has_others`: some were not changed, but bars are new."""
    # A table that is made anew stays until the transaction ends, a piece of each column in memory.
    for rest in _REST if is_first or has_others else ():
        cursor.execute(sql(f"rollups/{rest}"), {"has_others": has_others})
    for name in (*_MADE, *_VIEWS) if is_first else ():
        cursor.execute(sql(f"rollups/{name}"))
    for part in parts:
        cursor.execute(named("rollups/set_variable", name="tier_part"), {"value": part})
        cursor.execute(sql("rollups/tier_fresh_spans"), {"were_sealed": were_sealed})
        cursor.execute(sql("rollups/tier_fresh_flow"))
        if were_sealed:
            cursor.execute(sql("rollups/erase_tier_spans"))
        for table in CLASSES:
            query = f"rollups/seal_{table.removesuffix('_sealed')}"
            cursor.execute(named(query, into=gathering.into(table)))


def end_classes(cursor: DuckDBPyConnection) -> None:
    """Say by which bars everybody's classes are sealed now."""
    cursor.execute(sql("rollups/seal_tier_rules"))
    for table in (*_MADE, *_REST):
        cursor.execute(named("rollups/forget_table", table=table))
