"""The ids of the newest responses: one above all that were there before is new, unless it is among these.

So most batches need not be compared with the whole table.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from duckdb import DuckDBPyConnection

from warehouse.sql import sql

MOST = 200_000
"""Ids remembered, some 20 MB; the lower half is forgotten before one more."""

_NONE = UUID(int=0)


class RecentIds:
    """Used by who holds the writing connection alone. Every stored id above a floor is remembered; below it
    nothing is known. Rows of responses are never deleted, so their number tells whether others stored any."""

    def __init__(self) -> None:
        self._ids: set[UUID] = set()
        self._floor = _NONE
        self._rows = -1

    def catch_up(self, cursor: DuckDBPyConnection) -> None:
        """Begin anew where others have stored responses. To be called in the transaction that stores, unless
        nobody else has committed since the last `note`."""
        rows = _value(cursor, "core/response_rows")
        if rows != self._rows:
            self._ids, self._rows = set(), rows
            self._floor = _value(cursor, "core/highest_id") or _NONE

    def are_new(self, ids: Iterable[UUID]) -> bool:
        """Whether certainly none of them is stored."""
        return all(each > self._floor and each not in self._ids for each in ids)

    def note(self, ids: Iterable[UUID]) -> None:
        """These were stored, and committed."""
        new = frozenset(ids)
        self._ids |= new
        self._rows += len(new)
        if len(self._ids) > MOST:
            ordered = sorted(self._ids)
            self._floor = max(self._floor, ordered[len(ordered) // 2])
            self._ids = set(ordered[len(ordered) // 2 + 1 :])


def _value(cursor: DuckDBPyConnection, name: str) -> Any:
    row = cursor.execute(sql(name)).fetchone()
    return row[0] if row else None
