"""Reads a page of who is at risk from the list that is kept of one day, and what came and went beside it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.membership.risk_telling import check_register, tell_all, tell_since
from warehouse.sql import sql

REASONS = ("lapsed", "complaint", "low_score", "falling", "silent")
_MOST = 2**62


def bits_of(reason: str | None) -> int:
    """Those of the marks that have the reason, of all where none is given."""
    return 1 << REASONS.index(reason) if reason else 2 ** len(REASONS) - 1


def is_listed(cursor: DuckDBPyConnection, until: date, contract: str) -> bool:
    """Whether there is a list of who is at risk before that local day, with the classes by that contract
    version."""
    asked = {"until": until, "contract": contract}
    return bool(cursor.execute(sql("members/risk_listed"), asked).fetchall()[0][0])


def page_of_list(
    cursor: DuckDBPyConnection, until: date, contract: str, reason: str | None, limit: int, offset: int
) -> tuple[Sequence[int], list[tuple[Any, ...]]]:
    """How many there are, in all and by reason, and `limit` rows from the `offset`-th on, of those with the
    reason where one is given: each has what AtRisk has, marks instead of reasons."""
    tell_since(cursor, until, contract)
    bits = {"bits": bits_of(reason)}
    cursor.execute(sql("members/risk_gone"))
    cursor.execute(sql("members/risk_come"))
    *counts, come, gone = cursor.execute(sql("members/risk_counts"), bits).fetchall()[0]
    # So many came, at most, before the first row that is asked for, and so many went up to the last one.
    first, last = max(1, offset + 1 - come), offset + limit + gone
    spans: dict[str, object] = {}
    for name in ("place", *REASONS):
        is_asked = name == (reason or "place")
        spans |= {f"{name}_first": first if is_asked else 0, f"{name}_last": last if is_asked else _MOST}
    asked = {"first": first, "limit": limit, "offset": offset}
    return counts, cursor.execute(sql("members/risk_page"), {**bits, **spans, **asked}).fetchall()


def page_of_all(
    cursor: DuckDBPyConnection, until: date, contract: str, reason: str | None, limit: int, offset: int
) -> tuple[Sequence[int], list[tuple[Any, ...]]]:
    """The same without a list and without classes, from everybody who is at risk: it takes seconds with
    millions of members, and no more memory."""
    check_register(cursor)
    tell_all(cursor, until, contract, with_classes=False)
    asked = {"bits": bits_of(reason), "limit": limit, "offset": offset}
    counts = cursor.execute(sql("members/risk_found_counts")).fetchall()[0]
    return counts, cursor.execute(sql("members/risk_found_page"), asked).fetchall()
