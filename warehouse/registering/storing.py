"""A checked part into the register: new events as first revisions, corrected ones as later ones."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from duckdb import DuckDBPyConnection

from warehouse.calendar import to_stored
from warehouse.registering.checking import CheckedPart, EventRow, MemberRow
from warehouse.registering.mapping import BASIC
from warehouse.sql import sql

_Columns = Mapping[str, np.ndarray[Any, Any]]


@dataclass(frozen=True, slots=True)
class Stored:
    """How many were new, said something else than before, and how many members only this part knew; the
    events whose members the register does not have were left out."""

    new: int
    changed: int
    new_members: int
    unknown: tuple[EventRow, ...]


def store(
    cursor: DuckDBPyConnection, part: CheckedPart, named: Collection[str], by: str, at: datetime
) -> Stored:
    """Store the part. `named` are the fields of members' files that the mapping gives, `by` says who keeps
    them, `at` (aware) is the same for all parts of a file."""
    kept = {"recorded_by": by, "recorded_at": to_stored(at)}
    if part.members:
        new, changed = _store_members(cursor, part, {"named": list(named), **kept})
        return Stored(new, changed, 0, ())
    events, unknown, made = _with_members(cursor, part, kept)
    written, replaced = _store_events(cursor, events, kept)
    return Stored(written - replaced, replaced, made, unknown)


def _store_members(
    cursor: DuckDBPyConnection, part: CheckedPart, kept: Mapping[str, object]
) -> tuple[int, int]:
    """How many were new, and of how many the file or a date has changed."""
    with lent(cursor, "arrived_members", _files(part.members)):
        new = len(part.members) - _one(cursor, "register/known_members", {})
        _one(cursor, "register/add_files", kept)
        only_at = {"recorded_at": kept["recorded_at"]}
        _store_events(cursor, part.events, {key: kept[key] for key in ("recorded_by", "recorded_at")})
        return new, _one(cursor, "register/touched_members", only_at) - new


def _store_events(
    cursor: DuckDBPyConnection, events: Sequence[EventRow], kept: Mapping[str, object]
) -> tuple[int, int]:
    """How many rows were written, and how many earlier ones they took the place of."""
    if not events:
        return 0, 0
    with lent(cursor, "arrived_events", _events(events)):
        written = _one(cursor, "register/add_events", kept)
        return written, _one(cursor, "register/replace_events", {"recorded_at": kept["recorded_at"]})


def _with_members(
    cursor: DuckDBPyConnection, part: CheckedPart, kept: Mapping[str, object]
) -> tuple[Sequence[EventRow], tuple[EventRow, ...], int]:
    """The events whose members are known by now, the others, and how many members were made for it."""
    if not part.events:
        return (), (), 0
    with lent(cursor, "arrived_events", _events(part.events)):
        strangers = {row[0] for row in cursor.execute(sql("register/unknown_members")).fetchall()}
    made = [
        MemberRow(member, *part.new[member], dict.fromkeys(BASIC), "")
        for member in sorted(strangers & part.new.keys())
    ]
    if made:
        with lent(cursor, "arrived_members", _files(made)):
            cursor.execute(sql("register/add_files"), {"named": [], **kept})
    left = strangers - part.new.keys()
    if not left:
        return part.events, (), len(made)
    known = [event for event in part.events if event.member_id not in left]
    return known, tuple(event for event in part.events if event.member_id in left), len(made)


@contextmanager
def lent(cursor: DuckDBPyConnection, name: str, columns: _Columns) -> Iterator[None]:
    """The columns as a table of that name, read where they stand."""
    cursor.register(name, columns)
    try:
        yield
    finally:
        cursor.unregister(name)


def _one(cursor: DuckDBPyConnection, name: str, values: Mapping[str, object]) -> int:
    row = cursor.execute(sql(name), dict(values)).fetchone()
    return int(row[0]) if row else 0


def _files(rows: Sequence[MemberRow]) -> _Columns:
    columns = {
        "member_id": [row.member_id for row in rows],
        "language": [row.language for row in rows],
        "channel": [row.channel for row in rows],
        "attributes": [row.attributes for row in rows],
    } | {key: [row.basic[key] or "" for row in rows] for key in BASIC}
    return {key: np.array(values, dtype=object) for key, values in columns.items()}


def _events(rows: Sequence[EventRow]) -> _Columns:
    texts = {
        "member_id": [row.member_id for row in rows],
        "event": [row.event for row in rows],
        "amount": ["" if row.amount is None else f"{row.amount:f}" for row in rows],
        "tier": [row.tier or "" for row in rows],
        "reason": [row.reason or "" for row in rows],
        "event_key": [str(row.key) for row in rows],
    }
    return {key: np.array(values, dtype=object) for key, values in texts.items()} | {
        "happened_at": np.array([to_stored(row.happened_at) for row in rows], "datetime64[us]"),
        "day": np.array([row.day for row in rows], "datetime64[D]").astype("datetime64[us]"),
    }
