"""Seals the rollups of the register for whoever was changed, some members at a time: all of millions of them
at once would need gigabytes."""

from collections.abc import Set

from duckdb import DuckDBPyConnection

from warehouse.rollups.classes import begin_classes, end_classes, seal_classes
from warehouse.rollups.gathering import Gathering
from warehouse.rollups.tables import BY_CUSTOMER, BY_MEMBER, CLASSES, OF_MEMBERS, SOURCES
from warehouse.sql import named, sql

MOST_MEMBERS = 25_000
"""Members whose classes are worked out at once: what it takes grows with them, some 6 KB each."""

TOGETHER = 8
"""So many parts of them are looked up in the register at once, at most: each look reads all of it."""

MOST_EVENTS = 2_000_000
"""Events, about, of those looked up at once: what is made of them needs some 300 bytes of each."""

_HISTORY = "member_history_fresh"
_LOOKED_UP = (
    "member_slice",
    "member_changed_fresh",
    _HISTORY,
    "member_history_now_fresh",
    "member_step_fresh",
    "file_version_fresh",
)
_ON_THE_WAY = ("member_step_fresh", "file_version_fresh", _HISTORY, "member_slice")


def seal_members(cursor: DuckDBPyConnection, changed: Set[str]) -> None:
    """Count into the tables of OF_MEMBERS and CLASSES what came from the `changed` sources, in the caller's
    transaction and before the marks move."""
    tables = [table for table in OF_MEMBERS if SOURCES[table] & changed]
    were_sealed = begin_classes(cursor)
    cursor.execute(sql("rollups/member_asked"))
    most, together = _shares(cursor)
    cursor.execute(sql("rollups/member_who"), {"most": most})
    cursor.execute(named("rollups/forget_table", table="member_asked"))
    for table in BY_MEMBER:
        cursor.execute(named("rollups/erase_changed", table=table))
    found = cursor.execute(sql("rollups/member_parts")).fetchone()
    parts, has_others = (int(found[0]), bool(found[1])) if found else (0, False)
    gathering = Gathering(cursor, _adding_up() if parts > 1 else ())
    for first in range(0, parts, together):
        span = {"first": first, "last": first + together}
        for name in _LOOKED_UP:
            query = f"{name}_few" if name == _HISTORY and parts == 1 else name
            cursor.execute(sql(f"rollups/{query}"), span if name == "member_slice" else None)
        for table in tables:
            query = f"rollups/seal_{table.removesuffix('_sealed')}"
            cursor.execute(named(query, into=gathering.into(table)))
        within = range(first, min(first + together, parts))
        is_first = first == 0
        seal_classes(
            cursor, within, gathering, is_first=is_first, were_sealed=were_sealed, has_others=has_others
        )
        for name in _ON_THE_WAY:
            cursor.execute(named("rollups/forget_table", table=name))
        gathering.merge()
    gathering.end()
    end_classes(cursor)
    cursor.execute(named("rollups/forget_table", table="member_who"))


def _shares(cursor: DuckDBPyConnection) -> tuple[int, int]:
    """How many members a part may have, and how many parts are looked up at once: fewer where each has many
    events."""
    ((is_more,),) = cursor.execute(sql("rollups/member_many"), {"most": MOST_MEMBERS}).fetchall()
    if not is_more:
        return MOST_MEMBERS, TOGETHER
    ((events,),) = cursor.execute(sql("rollups/member_load")).fetchall()
    at_once = max(1, int(MOST_EVENTS / max(events, 1)))
    most = min(MOST_MEMBERS, at_once)
    return most, max(1, min(TOGETHER, at_once // most))


def _adding_up() -> tuple[str, ...]:
    """The tables whose rows of the same keys can be put together."""
    return tuple(
        table for table in (*OF_MEMBERS, *CLASSES) if table not in BY_MEMBER and table != BY_CUSTOMER
    )
