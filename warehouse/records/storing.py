"""Writes records: rows are only added; a correction and a withdrawal are new rows, and the newest counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd
from duckdb import DuckDBPyConnection

from warehouse.access import Role
from warehouse.calendar import to_stored, utc_now
from warehouse.problems import Problem
from warehouse.records.checking import Record, check_record
from warehouse.records.declaring import OWN_COLUMNS, RecordType
from warehouse.records.derived import rule_of
from warehouse.records.problems import RecordRefusedError, refused
from warehouse.records.values import Value
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Written:
    """One record as somebody wrote it; `where` names its place, such as a row of a file."""

    record_id: str
    fields: Mapping[str, str]
    where: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of records: new ones, corrected ones, and those that stood there like that already."""

    added: int = 0
    corrected: int = 0
    known: int = 0


def store_written(
    warehouse: "Warehouse",
    kind: RecordType,
    written: Sequence[Written],
    role: Role,
    recorded_by: str,
    language: str = "en",
) -> Stored:
    """Check and store them, all or none, in one transaction, so that nobody corrects what another just did.

    A record whose number is there already is corrected by the fields given; the same again adds no row.
    Raises RecordRefusedError with everything that is wrong, and those of `Warehouse.transaction`.
    """
    zone = warehouse.reporting_zone
    with warehouse.transaction() as cursor:
        now, rule = utc_now(), rule_of(kind, cursor, zone)
        before = _newest(cursor, kind, [each.record_id for each in written])
        records: list[Record] = []
        problems: list[Problem] = []
        for each in written:
            row = before.get(each.record_id)
            old = row if row and not row["withdrawn"] else None
            found = check_record(kind, each.record_id, each.fields, role, zone, rule, old, language)
            if isinstance(found, Record):
                records.append(found)
            else:
                problems += [_placed(problem, each.where) for problem in found]
        if problems:
            raise RecordRefusedError(problems)
        return append(cursor, kind, records, recorded_by, now, before)


def withdraw(warehouse: "Warehouse", kind: RecordType, record_id: str, role: Role, recorded_by: str) -> None:
    """Let a record count no longer; its rows stay.

    Raises WarehouseError: "record-unknown", "record-not-yours" for a role that may not write the type."""
    if role != "operator" and role not in kind.write:
        raise refused("record-not-yours", record_id)
    with warehouse.transaction() as cursor:
        row = _newest(cursor, kind, [record_id]).get(record_id)
        if row is None or row["withdrawn"]:
            raise refused("record-unknown", record_id)
        values = {column: row[column] for column in row if column not in OWN_COLUMNS}
        _insert(cursor, kind, [(Record(record_id, values), _revision(row) + 1, True)], recorded_by, utc_now())


def append(
    cursor: DuckDBPyConnection,
    kind: RecordType,
    records: Sequence[Record],
    recorded_by: str,
    recorded_at: datetime,
    before: Mapping[str, Mapping[str, Value]] | None = None,
) -> Stored:
    """Add the rows of checked records as part of the caller's transaction. `before` are their newest rows by
    number, withdrawn ones too; looked up when None."""
    before = _newest(cursor, kind, [each.record_id for each in records]) if before is None else before
    rows: list[tuple[Record, int, bool]] = []
    added = corrected = 0
    for record in records:
        row = before.get(record.record_id)
        if row is None or row["withdrawn"]:
            added += 1
        elif all(row[column] == value for column, value in record.values.items()):
            continue
        else:
            corrected += 1
        rows.append((record, _revision(row) + 1, False))
    _insert(cursor, kind, rows, recorded_by, recorded_at)
    return Stored(added, corrected, len(records) - len(rows))


def _revision(row: Mapping[str, Value] | None) -> int:
    found = row["revision"] if row else 0
    return found if isinstance(found, int) else 0


def _newest(
    cursor: DuckDBPyConnection, kind: RecordType, record_ids: Sequence[str]
) -> dict[str, dict[str, Value]]:
    """The newest row of each record that is there, by its number."""
    if not record_ids:
        return {}
    values = {"records": kind.table, "record_ids": list(record_ids)}
    found = cursor.execute(sql("records/newest"), values)
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {str(row["record_id"]): row for row in rows}


def _insert(
    cursor: DuckDBPyConnection,
    kind: RecordType,
    rows: Sequence[tuple[Record, int, bool]],
    recorded_by: str,
    recorded_at: datetime,
) -> None:
    if not rows:
        return
    stamp = to_stored(recorded_at)
    frame = pd.DataFrame(
        [
            {
                "record_id": record.record_id,
                "revision": revision,
                "withdrawn": withdrawn,
                "recorded_at": stamp,
                "recorded_by": recorded_by[:_LONGEST_NAME],
                **record.values,
            }
            for record, revision, withdrawn in rows
        ],
        dtype=object,
    )
    # The names of table and columns come from the declaration, never from people.
    cursor.append(kind.table, frame, by_name=True)


def _placed(problem: Problem, where: str) -> Problem:
    if not where:
        return problem
    place = f"{where}, {problem.where}" if problem.where else where
    return Problem(problem.code, place, problem.what, problem.todo, problem.values)
