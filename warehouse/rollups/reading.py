"""Reads the sealed tables alone while nothing waits to be sealed: planning the tails, with rows or without,
takes longer than reading the tables."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeVar

from duckdb import DuckDBPyConnection

from warehouse.engine import Engine
from warehouse.migrate import undo
from warehouse.rollups.tables import REGISTER, SOURCES, VIEWS
from warehouse.rollups.waiting import MANY, Few, check_waiting, few_waiting, tell
from warehouse.sql import sql

T = TypeVar("T")
_READ = re.compile(rf"\b(FROM|JOIN) ({'|'.join(VIEWS)})\b")
_NAMED = re.compile(rf"\b({'|'.join(VIEWS)}) AS \(")
_NOTHING: frozenset[str] = frozenset()


@cache
def reads_rollups(name: str) -> bool:
    """Whether the query asks a view of a sealed table and its tail."""
    return any(found[2] not in _own(name) for found in _READ.finditer(sql(name)))


@cache
def _sources(name: str) -> frozenset[str]:
    """What the views that it asks are counted from."""
    views = {found[2] for found in _READ.finditer(sql(name))} - _own(name)
    return frozenset().union(*(SOURCES[VIEWS[view]] for view in views))


def _own(name: str) -> frozenset[str]:
    """Names of views that the query gives to parts of its own."""
    return frozenset(_NAMED.findall(sql(name)))


class SealedReads:
    """Asks queries of rollups, each of one state of the warehouse. Thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sealed_at = -1  # how many commits had begun when all of them were sealed
        self._few: tuple[object, Few] = (None, {})  # who waited, and at which state

    def ask(
        self,
        cursor: DuckDBPyConnection,
        name: str,
        values: Mapping[str, object],
        fetch: Callable[[DuckDBPyConnection], T],
    ) -> T:
        """What `fetch` makes of the query. Raises what it and the query raise, and
        WarehouseError: "still-counted", "records-still-counted"."""
        begun = self._commits()
        if begun is not None and begun == self._sealed_at:
            found = fetch(cursor.execute(_text(name, _NOTHING), values))
            if self._engine.commits_begun == begun:  # else the query may have seen what is not sealed yet
                return found
        few = MANY
        cursor.begin()
        try:
            rows = cursor.execute(sql("rollups/ahead")).fetchall()
            ahead = frozenset(source for source, _, _ in rows)
            if begun is not None and not ahead:
                self._sealed_at = begun
            check_waiting(cursor, {source: waiting for source, _, waiting in rows}, _sources(name))
            if ahead & REGISTER & _sources(name):
                few = self._who(cursor, begun, rows)
                tell(cursor, few)
            return fetch(cursor.execute(_text(name, ahead), values))
        finally:
            undo(cursor)  # first: nothing can be told within a transaction that failed
            if few is not MANY:
                tell(cursor, MANY)

    def _who(self, cursor: DuckDBPyConnection, begun: int | None, marks: list[tuple[str, int, int]]) -> Few:
        """Looked up once for every state."""
        is_known = begun is not None and self._engine.commits_begun == begun  # it sees none since
        state = (begun, frozenset(marks))
        known, few = self._few
        if is_known and known == state:
            return few
        few = few_waiting(cursor)
        if is_known:
            self._few = (state, few)
        return few

    def _commits(self) -> int | None:
        """How many have begun; None while one is under way."""
        ended = self._engine.commits_ended  # first: it never passes the other
        begun = self._engine.commits_begun
        return begun if begun == ended else None


@cache
def _text(name: str, ahead: frozenset[str]) -> str:
    """The query with the sealed table for each view of which no source is ahead of its mark."""

    def table(found: re.Match[str]) -> str:
        sealed = VIEWS[found[2]]
        is_kept = SOURCES[sealed] & ahead or found[2] in _own(name)
        return found[0] if is_kept else f"{found[1]} {sealed}"

    return _READ.sub(table, sql(name))
