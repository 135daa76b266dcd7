"""Keeps the list of who is at risk before the day that was asked for last."""

from collections.abc import Mapping
from datetime import date

from duckdb import DuckDBPyConnection

from warehouse.membership.risk_list import is_listed
from warehouse.membership.risk_telling import forget_told, tell_all, tell_since
from warehouse.sql import named, sql

MOST_MOVED = 20_000
"""Rows of the register, responses and cases since the list was made, beyond which it is made anew when it is
asked for: each member whom they concern is told of beside it."""

LISTS = ("risk_listed", "risk_list", "risk_moved", "risk_left")


def keep_up(cursor: DuckDBPyConnection, reach: Mapping[str, tuple[int, int]]) -> None:
    """Say beside the list how it is with those whom anything since concerns. Call it in the transaction that
    moves the marks, before they move; `reach` is source -> up to where it is sealed, and how far it
    reaches."""
    listed = cursor.execute(sql("rollups/risk_listed")).fetchall()
    if not listed:
        return
    until, contract, moved = listed[0]
    waiting = sum(reaches - sealed for source, (sealed, reaches) in reach.items() if "member" in source)
    if moved + waiting > MOST_MOVED:
        forget(cursor)
        return
    tell_since(cursor, until, contract)
    cursor.execute(sql("rollups/erase_risk_moved"))
    cursor.execute(sql("rollups/put_risk_moved"))
    cursor.execute(sql("rollups/put_risk_left"))
    cursor.execute(sql("rollups/move_risk_listed"))
    forget_told(cursor)


def make_list(cursor: DuckDBPyConnection, until: date, contract: str) -> None:
    """Make the list of that local day, with the classes by that contract version, in the place of the one
    before. Call it in a transaction."""
    if is_listed(cursor, until, contract):
        return
    tell_all(cursor, until, contract, with_classes=True)
    for table in LISTS:
        remake(cursor, table)
    cursor.execute(sql("rollups/put_risk_list"))
    cursor.execute(sql("rollups/put_risk_listed"), {"until": until, "contract": contract})
    forget_told(cursor)


def differing(cursor: DuckDBPyConnection) -> list[str]:
    """Its name where the list, with what is known beside it, says something else than what it is made of.
    Raises WarehouseError("still-counted")."""
    listed = cursor.execute(sql("rollups/risk_listed")).fetchall()
    if not listed:
        return []
    until, contract, _ = listed[0]
    tell_since(cursor, until, contract)
    for name in ("members/risk_gone", "members/risk_come", "rollups/risk_kept"):
        cursor.execute(sql(name))
    tell_all(cursor, until, contract, with_classes=True)
    return [name for (name,) in cursor.execute(sql("rollups/differing_risks")).fetchall()]


def forget(cursor: DuckDBPyConnection) -> None:
    """There is no list any more: pages do without until there is one."""
    cursor.execute(named("rollups/empty", table="risk_listed"))


def remake(cursor: DuckDBPyConnection, table: str) -> None:
    """Empty a table: what is deleted row by row stays in memory until the end, nine bytes each."""
    made = cursor.execute(sql("rollups/made_by"), {"table": table}).fetchone()
    if made is None:
        raise LookupError(table)
    cursor.execute(named("rollups/drop", table=table))
    cursor.execute(made[0])
