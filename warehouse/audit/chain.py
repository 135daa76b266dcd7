"""The rows of the audit: written one after the other, each sealed with the hash of the one before."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from warehouse.audit.acting import acting
from warehouse.audit.events import Event
from warehouse.calendar import from_stored, to_stored, utc_now
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

START = "0" * 64
"""What the first row has for the hash of the one before."""

Detail = str | int | float | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `happened_at` is UTC; `subject` is what it was done to, empty where there is no one thing;
    `sha256` is of all of it and of `previous`."""

    seq: int
    happened_at: datetime
    actor: str
    event: str
    subject: str
    details: Mapping[str, Detail]
    previous: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Checked:
    """How many rows the audit has and the hash of the last one; `broken_at` is the number of the first row
    that is not what was written, None when all are."""

    rows: int
    sha256: str
    broken_at: int | None


def record(cursor: DuckDBPyConnection, event: Event, subject: str = "", /, **details: Detail) -> None:
    """Write down that whoever acts here does this, in the transaction that does it.

    Never say anything of an answer or of one member: numbers, codes, names of surveys, hashes of files."""
    rows = cursor.execute(sql("audit/last")).fetchall()
    seq, previous = rows[0] if rows else (0, START)
    row = {
        "seq": seq + 1,
        "happened_at": to_stored(utc_now()),
        "actor": acting(),
        "event": event,
        "subject": subject,
        "details": json.dumps(details, ensure_ascii=False, sort_keys=True),
        "previous": previous,
    }
    cursor.execute(sql("audit/insert"), row | {"sha256": _sealed(row.values())})


def check(rows: Iterable[Sequence[Any]]) -> Checked:
    """Follow the chain through the rows of `audit/all`, in their order."""
    count, last, broken = 0, START, None
    for seq, *rest, sha256 in rows:
        count += 1
        whole = seq == count and rest[-1] == last and _sealed((seq, *rest)) == sha256
        if not whole and broken is None:
            broken = count
        last = sha256
    return Checked(count, last, broken)


def check_audit(warehouse: "Warehouse") -> Checked:
    """The same for all that the warehouse holds, read in one state and in constant memory."""
    batches = warehouse.stream("audit/all")
    next(batches)  # the names of the columns
    return check(row for batch in batches for row in batch)


def newest(warehouse: "Warehouse", most: int, event: str | None = None) -> tuple[Entry, ...]:
    """The newest rows, the latest first."""
    return tuple(entry(row) for row in warehouse.read("audit/newest", most=most, event=event))


def entry(row: Sequence[Any]) -> Entry:
    """A row of the queries as an entry."""
    seq, happened_at, actor, event, subject, details, previous, sha256 = row
    return Entry(seq, from_stored(happened_at), actor, event, subject, json.loads(details), previous, sha256)


def _sealed(values: Iterable[object]) -> str:
    """SHA-256 of the row as JSON: number, instant, actor, event, subject, details, hash of the row before."""
    plain = [each.isoformat() if isinstance(each, datetime) else each for each in values]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()
