"""Moves the marks of the rollups on: what came since is counted into the sealed tables, in one transaction.

A page reads sealed rows and, by the same query, the base rows above the mark (the step “rollups” of the
schema), so it sees the same before and after. It is done on a connection of its own beside the writer: it
reads one state, and what is committed meanwhile lies above the new mark.
"""

import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import date
from functools import partial

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.engine import Engine
from warehouse.migrate import undo
from warehouse.quiet import checkpoint
from warehouse.rollups.recording import seal_records
from warehouse.rollups.registering import seal_members
from warehouse.rollups.risk_lists import forget, keep_up, make_list, remake
from warehouse.rollups.tables import (
    BY_CUSTOMER,
    BY_MEMBER,
    CLASSES,
    MOST_REGISTER_TAIL,
    MOST_TAIL,
    NEWEST,
    OF_FORMS,
    OF_MEMBERS,
    OF_RECORDS,
    PLACES,
    RECORDS,
    REGISTER,
    SOURCES,
)
from warehouse.rollups.waiting import tell
from warehouse.sql import named, sql

LEAST_MERGE = 100_000
"""Rows added to a sealed table for which it is merged again; also a third of the rows that it had."""

MOST_ROWS = 1_000_000
"""Rows about forms, answers and invitations that are looked at together."""

REST = 4.0
"""So many times as long as it took a sealing is followed by no other outside a quiet moment: a large import
brings rows faster than they are sealed, and few sealings of many rows take half the time of many of few."""

INTERRUPT_SECONDS = 0.05
"""How long a stop waits before it interrupts again."""

REBUILD_PATIENCE = 3_600.0
"""Seconds that a rebuild waits for a sealing under way, as after a large import."""


class Rollups:
    """The rollups of an open warehouse. Thread-safe; one seals at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._working: DuckDBPyConnection | None = None
        self._idle = threading.Event()
        self._stopped = False
        self._rested = 0.0
        self._list_asked: tuple[date, str] | None = None

    @property
    def ahead(self) -> int:
        """How many rows the source that is furthest ahead of its mark has above it."""
        with self._engine.lend("rollups") as cursor:
            return max(reaches - sealed for sealed, reaches in _reach(cursor).values())

    def seal(self) -> bool:
        """Seal what came since, and merge tables that have become long. Always False: nothing is left to do.

        Raises WarehouseError and duckdb.Error; the marks stand where they stood then."""
        with self._engine.lend("rollups") as cursor:
            self._in_one(cursor, seal)
            self._in_one(cursor, seal_recorded)
            asked, self._list_asked = self._list_asked, None
            if asked:
                self._in_one(cursor, partial(make_list, until=asked[0], contract=asked[1]))
            has_merged = self._merge_long(cursor)
        if has_merged and not self._stopped:
            checkpoint(self._engine, 0, 0.0)  # until then the rows that were taken away are still looked at
        return False

    def list_risks(self, until: date, contract: str) -> None:
        """Make a list of who is at risk before that local day at the next sealing, with the classes by that
        contract version: pages ask for it."""
        self._list_asked = until, contract

    def seal_much(self, most: int = MOST_TAIL, most_of_register: int = MOST_REGISTER_TAIL) -> bool:
        """The same where more rows than that of a source wait to be sealed, so that pages would feel it, and
        the last time is long enough ago."""
        start = time.monotonic()
        if start >= self._rested and self._is_far_ahead(most, most_of_register):
            self.seal()
            self._rested = time.monotonic() + REST * (time.monotonic() - start)
        return False

    def rebuild(self) -> int:
        """Make every rollup anew from the base rows, in two transactions; how many rows there are then. Waits
        for a sealing under way. Raises as `seal`."""
        with self._engine.lend("rollups", REBUILD_PATIENCE) as cursor:
            self._in_one(cursor, rebuild)
            self._in_one(cursor, rebuild_recorded)
            self._merge_long(cursor)
            self._engine.note_change()  # a rebuild is asked for where rollups and rows differ
            rows = sum(_rows(cursor, table)[0] for table in SOURCES)
        checkpoint(self._engine, 0, 0.0)
        return rows

    def stop(self) -> None:
        """Break off what is under way, and begin nothing more: the next start goes on."""
        self._stopped = True
        # An interrupt between two statements is forgotten when the second begins.
        while working := self._working:
            working.interrupt()
            self._idle.wait(INTERRUPT_SECONDS)

    def _is_far_ahead(self, most: int, most_of_register: int) -> bool:
        with self._engine.lend("rollups") as cursor:
            return any(
                reaches - sealed > (most_of_register if source in REGISTER else most)
                for source, (sealed, reaches) in _reach(cursor).items()
            )

    def _merge_long(self, cursor: DuckDBPyConnection) -> bool:
        """Merge what has become long, each table in a transaction of its own: rows that are added and taken
        away in one stay in memory until it ends. Whether there was any."""
        long = [table for table in SOURCES if _is_long(cursor, table)]
        for table in long:
            self._in_one(cursor, partial(_merge, table=table))
        return bool(long)

    def _in_one(self, cursor: DuckDBPyConnection, work: Callable[[DuckDBPyConnection], None]) -> None:
        """One transaction, unless stopped before it or within it."""
        cursor.begin()
        self._idle.clear()
        self._working = cursor
        try:
            with suppress(duckdb.InterruptException):
                if not self._stopped:
                    work(cursor)
                if not self._stopped:
                    cursor.commit()
        finally:
            self._working = None
            self._idle.set()
            undo(cursor)


def seal(cursor: DuckDBPyConnection) -> None:
    """Count what lies above the marks into the sealed tables and move the marks. Call it in a transaction."""
    reach = _reach(cursor)
    changed = {source for source, (sealed, reaches) in reach.items() if reaches > sealed}
    keep_up(cursor, reach)
    if "response" in changed:
        cursor.execute(sql("rollups/fresh_scores"))
    for table, sources in SOURCES.items():
        if sources & changed and table not in (*OF_MEMBERS, *CLASSES, *OF_RECORDS, *OF_FORMS):
            cursor.execute(sql(f"rollups/seal_{table.removesuffix('_sealed')}"))
    for table, queries in OF_FORMS.items():
        rows = sum(reach[source][1] - reach[source][0] for source in SOURCES[table])
        _seal_forms(cursor, queries, -(-rows // MOST_ROWS))
    cursor.execute(sql("rollups/forget_fresh"))
    cursor.execute(sql("rollups/forget_fresh_pace"))
    if SOURCES[BY_CUSTOMER] & changed:
        seal_members(cursor, changed)
    for source in changed - RECORDS:
        _set_mark(cursor, source, reach[source][1])


def _seal_forms(cursor: DuckDBPyConnection, queries: Sequence[str], parts: int) -> None:
    """Some forms after others: of millions there is no room."""
    for part in range(parts):
        tell(cursor, {"tail_parts": parts, "tail_part": part})
        for query in queries:
            cursor.execute(sql(f"rollups/{query}"))
    tell(cursor, {"tail_parts": None, "tail_part": None})


def seal_recorded(cursor: DuckDBPyConnection) -> None:
    """The same of cases, consents and care. Call it in a transaction of its own: what others add stays in
    memory until theirs ends."""
    for source, (sealed, reaches) in _reach(cursor).items():
        if source in RECORDS and reaches > sealed:
            seal_records(cursor, source, reaches - sealed)
            _set_mark(cursor, source, reaches)


def rebuild(cursor: DuckDBPyConnection) -> None:
    """Forget every sealed row but those of records, and count all base rows again. Call it in a
    transaction."""
    _forget_sealed(cursor, [table for table in SOURCES if table not in OF_RECORDS])
    cursor.execute(named("rollups/empty", table="tier_rules_sealed"))
    forget(cursor)
    seal(cursor)


def rebuild_recorded(cursor: DuckDBPyConnection) -> None:
    """The same of records. Call it in a transaction of its own."""
    _forget_sealed(cursor, OF_RECORDS)
    seal_recorded(cursor)


def _forget_sealed(cursor: DuckDBPyConnection, tables: Collection[str]) -> None:
    for table in tables:
        remake(cursor, table)
    for source in {*tables}.union(*(SOURCES[table] for table in tables)):
        cursor.execute(sql("rollups/erase_mark"), {"source": source})


def _reach(cursor: DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    """Source -> up to where it is sealed, and how far it reaches."""
    rows = cursor.execute(sql("rollups/reach")).fetchall()
    return {source: (sealed, reaches) for source, sealed, reaches in rows}


def _set_mark(cursor: DuckDBPyConnection, source: str, sealed_to: int) -> None:
    cursor.execute(sql("rollups/erase_mark"), {"source": source})
    cursor.execute(sql("rollups/set_mark"), {"source": source, "sealed_to": sealed_to})


def _rows(cursor: DuckDBPyConnection, table: str) -> tuple[int, int]:
    """How many rows the table has, and had when it was merged last."""
    row = cursor.execute(named("rollups/rows", table=table), {"source": table}).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _is_long(cursor: DuckDBPyConnection, table: str) -> bool:
    if table in BY_MEMBER or table == BY_CUSTOMER:  # nothing of them adds up
        return False
    rows, merged = _rows(cursor, table)
    came_in_one_go = table not in (*NEWEST, *OF_MEMBERS, *CLASSES)
    if merged == 0 and rows > LEAST_MERGE and came_in_one_go:  # nothing to put together yet
        _set_mark(cursor, table, rows)
        return False
    return rows - merged > max(LEAST_MERGE, merged // 3)


def _merge(cursor: DuckDBPyConnection, table: str) -> None:
    """Put rows of the same keys together, in the order in which they are looked for."""
    cursor.execute(named("rollups/sort" if table in PLACES else "rollups/merge", table=table))
    remake(cursor, table)
    cursor.execute(named("rollups/put_merged", table=table))
    cursor.execute(sql("rollups/forget_merged"))
    _set_mark(cursor, table, _rows(cursor, table)[0])
