"""Tells from their own events who is at risk of those of whom it is not sealed where they stand: some members
at a time, since everybody's events at once would need gigabytes."""

from datetime import date
from itertools import pairwise

from duckdb import DuckDBPyConnection

from warehouse.rollups.tables import REGISTER
from warehouse.rollups.waiting import check_waiting
from warehouse.sql import named, sql

MOST_MEMBERS = 200_000
"""Members told of at once: what it takes grows with them."""

MOST_UNCLASSED = 1_000_000
"""The same of whom it is sealed where they stand, without their classes."""

FEW = 20_000
"""Members whose events are looked up where they lie; of more, all events are looked at for each part."""

_TABLES = ("asked", "own", "answer", "case", "seen", "told", "found", "falling")
_SINCE = ("events", "files", "replaced", "merges", "responses", "cases")
_LAST_KEY = 2**64 - 1


def tell(cursor: DuckDBPyConnection, until: date, contract: str, *, everybody: bool = False) -> None:
    """Fill the temporary tables of those who are told of (risk_asked, risk_found): as of the local day, with
    the classes by the contract version. `everybody`: nothing of what is sealed is to be taken."""
    asked = {"until": until, "everybody": everybody, "most": MOST_MEMBERS}
    cursor.execute(sql("members/risk_asked"), asked)
    events = cursor.execute(sql("members/risk_events")).fetchall()[0][0]
    cursor.execute(named("members/risk_seen", answers="response", cases="service_case"), {"until": until})
    _tell_asked(cursor, until, contract, events)


def tell_since(cursor: DuckDBPyConnection, until: date, contract: str) -> None:
    """The same of those alone whom anything concerns that the list of that day and contract version does not
    know of (risk_asked, risk_found)."""
    *marks, is_more = cursor.execute(sql("members/risk_since")).fetchall()[0]
    if not is_more:
        cursor.execute(sql("members/risk_asked_none"))
        cursor.execute(sql("members/risk_found"))
        return
    check_register(cursor)
    since = dict(zip(_SINCE, marks, strict=True))
    cursor.execute(sql("members/risk_asked_since"), {"most": MOST_MEMBERS, **since})
    cursor.execute(sql("members/risk_own"))
    cursor.execute(sql("members/risk_answer"), {"until": until})
    cursor.execute(sql("members/risk_case"))
    cursor.execute(named("members/risk_seen", answers="risk_answer", cases="risk_case"), {"until": until})
    _tell_asked(cursor, until, contract, since["events"])


def check_register(cursor: DuckDBPyConnection) -> None:
    """Raises WarehouseError("still-counted") where too much of the register waits to be sealed for a page."""
    rows = cursor.execute(sql("rollups/ahead")).fetchall()
    check_waiting(cursor, {source: waiting for source, _, waiting in rows}, REGISTER)


def tell_all(cursor: DuckDBPyConnection, until: date, contract: str, *, with_classes: bool) -> None:
    """Fill the temporary table of everybody who is at risk (risk_found), with their classes where they are
    asked for: that takes most of the time."""
    found = cursor.execute(sql("members/risk_sealed"), {"contract": contract}).fetchall()
    members, are_classed = found[0]
    tell(cursor, until, contract, everybody=with_classes and not are_classed)
    asked = {"until": until, "contract": contract, "with_classes": with_classes}
    cursor.execute(sql("members/risk_falling"), {"until": until})
    parts = 1 + members // (MOST_MEMBERS if with_classes else MOST_UNCLASSED)
    edges = [_LAST_KEY * part // parts for part in range(parts + 1)]
    for low, high in pairwise(edges):
        span = {"first": low + 1 if low else 0, "last": high}
        cursor.execute(sql("members/risk_found_sealed"), {**asked, **span})


def forget_told(cursor: DuckDBPyConnection) -> None:
    """Drop the temporary tables: they hold memory until then, or until what made them is undone."""
    for table in _TABLES:
        cursor.execute(named("rollups/forget_table", table=f"risk_{table}"))


def _tell_asked(cursor: DuckDBPyConnection, until: date, contract: str, events: int) -> None:
    """`events`: so many of them are sealed, with the places where they lie."""
    cursor.execute(sql("members/risk_found"))
    members, parts = _asked(cursor)
    for part in range(parts):
        asked = {"until": until, "part": part}
        if members <= FEW:
            cursor.execute(sql("members/risk_told_few"), {**asked, "events": events})
        else:
            cursor.execute(sql("members/risk_told"), asked)
        cursor.execute(sql("members/risk_found_told"), {"until": until, "contract": contract})


def _asked(cursor: DuckDBPyConnection) -> tuple[int, int]:
    """Of how many members it is asked, in how many parts."""
    members, parts = cursor.execute(sql("members/risk_asked_count")).fetchall()[0]
    return members, parts
