"""Keeps the answers of queries that look at the whole register until the register changes: they take seconds
with millions of members, and every look at a page asks them."""

import copy
import threading
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from duckdb import DuckDBPyConnection

from warehouse.migrate import undo
from warehouse.sql import sql

T = TypeVar("T")
# Queries of few rows that read the files of members and who counts as whom, and nothing else.
REMEMBERED = frozenset({"members/duplicates"})
MOST_ANSWERS = 200


class RegisterReads:
    """Asks these queries, each of one state of the warehouse. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: object = None
        self._answers: dict[Hashable, Any] = {}

    def ask(
        self,
        cursor: DuckDBPyConnection,
        name: str,
        values: Mapping[str, object],
        fetch: Callable[[DuckDBPyConnection], T],
    ) -> T:
        """What `fetch` makes of the query. Raises what `fetch` and the query raise."""
        key = (name, fetch, *sorted(values.items()))
        cursor.begin()
        try:
            state = cursor.execute(sql("rollups/register_state")).fetchone()
            with self._lock:
                if state == self._state and key in self._answers:
                    found: T = copy.copy(self._answers[key])  # of the same kind: fetch is in the key
                    return found
            fresh = fetch(cursor.execute(sql(name), values))
            with self._lock:
                if state != self._state or len(self._answers) >= MOST_ANSWERS:
                    self._state, self._answers = state, {}
                self._answers[key] = copy.copy(fresh)
            return fresh
        finally:
            undo(cursor)
