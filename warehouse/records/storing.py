"""Writes records: rows are only added; a correction and a withdrawal are new rows, and the newest counts.
What takes a reason is kept with it, and waits where somebody has to agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import pandas as pd
from duckdb import DuckDBPyConnection

from warehouse.access import Role
from warehouse.as_of import as_of
from warehouse.calendar import to_stored, utc_now
from warehouse.contracts import current_contract
from warehouse.membership.tiers import tier_titles
from warehouse.records.case_reworking import rework_cases
from warehouse.records.changing import (
    MOST_REASON,
    Wanted,
    change_of,
    day_of,
    is_reason,
    is_waiting,
    keep,
    keep_answer,
)
from warehouse.records.checked import Rules, checked_all, state
from warehouse.records.checking import Record, check_record
from warehouse.records.declaring import OWN_COLUMNS, RecordType
from warehouse.records.derived import rule_of
from warehouse.records.figures import counted_names
from warehouse.records.lateness import notice_of
from warehouse.records.looking_up import newest
from warehouse.records.problems import RecordRefusedError, refused
from warehouse.records.values import Value, written_value

if TYPE_CHECKING:
    from warehouse.database import Warehouse

_LONGEST_NAME = 100
MANY = 200
"""Records more than which are checked before the writer's turn, and again only if anything came between."""
Saying = Literal["agreed", "refused", "taken_back"]


@dataclass(frozen=True, slots=True)
class Written:
    """One record as somebody wrote it; `where` names its place, such as a row of a file, `reason` says why
    what stood is changed. `shown` are the texts of a form as it was opened: what was left like that is no
    correction, and what somebody else has changed since is not overwritten unseen."""

    record_id: str
    fields: Mapping[str, str]
    where: str = ""
    reason: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of records: new ones, corrected ones, those that stood there like that already, and those
    whose correction waits for the consent of another."""

    added: int = 0
    corrected: int = 0
    known: int = 0
    asked: int = 0


def store_written(
    warehouse: "Warehouse",
    kind: RecordType,
    written: Sequence[Written],
    role: Role,
    recorded_by: str,
    language: str = "en",
) -> Stored:
    """Check and store them, all or none, in one transaction, so that nobody corrects what another just did.

    A record whose number is there already is corrected by the fields given; the same again adds no row. Where
    a field stood with another value the whole correction needs its reason and, of a type that names who has
    to agree, waits for them. So does what is late of a new record; the rest of it counts. Raises
    RecordRefusedError with everything that is wrong, and those of
    `Warehouse.transaction`.
    """
    counted = counted_names(warehouse) if kind.counted else ()
    zone, today, notice = warehouse.reporting_zone, as_of(warehouse).instant, notice_of(warehouse, kind)
    has_class = any(field.names == "tier" for field in kind.fields)
    classes = tier_titles(current_contract(warehouse)) if has_class else {}
    by = Rules(kind, zone, today, counted, classes, notice, role, recorded_by, language)
    found = None
    if len(written) > MANY:  # else who sends an answer would wait for the checks
        with warehouse.one_state() as cursor:
            found = checked_all(cursor, by, written)
    with warehouse.transaction() as cursor:
        if found is None or found.state != state(cursor, kind):
            found = checked_all(cursor, by, written)
        now, waits = utc_now(), bool(kind.asks(role))
        records = [*found.records, *([] if waits else [record for record, _ in found.wanted])]
        stored = append(cursor, kind, records, recorded_by, now, found.before)
        for _, one in found.wanted:
            keep(cursor, kind, one, now, None if waits else _revision(found.before[one.record_id]) + 1)
    _follow(warehouse, kind)
    return replace(stored, asked=len(found.wanted) if waits else 0)


def withdraw(
    warehouse: "Warehouse", kind: RecordType, record_id: str, role: Role, recorded_by: str, reason: str
) -> bool:
    """Let a record count no longer; its rows stay. True when it is done, False when it waits for
    the consent of another.

    Raises WarehouseError: "record-unknown", "record-not-yours" for a role that may not write the type,
    "record-reason" without one, "record-change-waits" where a change of it waits already."""
    if role != "operator" and role not in kind.write:
        raise refused("record-not-yours", record_id)
    if not is_reason(reason):
        raise refused("record-reason", record_id, most=MOST_REASON)
    zone = warehouse.reporting_zone
    with warehouse.transaction() as cursor:
        row, now = _there(cursor, kind, record_id), utc_now()
        wanted = Wanted(record_id, True, day_of(kind, row, zone), {}, reason, recorded_by)
        if kind.asks(role):
            if is_waiting(cursor, kind, record_id):
                raise refused("record-change-waits", record_id)
            keep(cursor, kind, wanted, now)
            return False
        keep(cursor, kind, wanted, now, _take_out(cursor, kind, row, recorded_by, now))
    _follow(warehouse, kind)
    return True


def answer_change(
    warehouse: "Warehouse", kind: RecordType, change_id: str, say: Saying, role: Role, comment: str = ""
) -> None:
    """Agree to a change, refuse it with the reason, or take back one's own. It counts from when it is agreed.

    Raises WarehouseError: "record-change-none" for one that does not wait, "record-not-yours",
    "record-reason" for a refusal without one, "record-change-stale" where the record has changed since;
    RecordRefusedError where it no longer fits."""
    zone = warehouse.reporting_zone
    with warehouse.transaction() as cursor:
        change, now = change_of(cursor, change_id), utc_now()
        if change is None or change.type != kind.name or change.state != "asked":
            raise refused("record-change-none", change_id[:60])
        may = (change.asked_by,) if say == "taken_back" else kind.asks(change.asked_by)
        if role != "operator" and role not in may:
            raise refused("record-not-yours", change.record_id)
        if (say == "refused" or comment) and not is_reason(comment):
            raise refused("record-reason", change.record_id, most=MOST_REASON)
        if say != "agreed":
            keep_answer(cursor, change, say, role, comment, now, None)
            return
        row = _there(cursor, kind, change.record_id)
        if change.withdraws:
            made = _take_out(cursor, kind, row, change.recorded_by, now)
        else:
            now_said = {code: written_value(kind.by_code[code], row[code], zone) for code in change.fields}
            if now_said != {code: old for code, (old, _) in change.fields.items()}:
                raise refused("record-change-stale", change.record_id)
            texts = {code: new for code, (_, new) in change.fields.items()}
            rule = rule_of(kind, cursor, zone)
            found = check_record(kind, change.record_id, texts, "operator", zone, rule, row)
            if not isinstance(found, Record):
                raise RecordRefusedError(found)
            made = _revision(row) + 1
            _insert(cursor, kind, [(found, made, False)], change.recorded_by, now)
        keep_answer(cursor, change, say, role, comment, now, made)
    _follow(warehouse, kind)


def _follow(warehouse: "Warehouse", kind: RecordType) -> None:
    """Work out anew what the records of the type decide; of what is broken off the rest follows later."""
    if kind.decides == "clock":
        rework_cases(warehouse)


def _there(cursor: DuckDBPyConnection, kind: RecordType, record_id: str) -> dict[str, Value]:
    row = newest(cursor, kind, [record_id]).get(record_id)
    if row is None or row["withdrawn"]:
        raise refused("record-unknown", record_id)
    return row


def _take_out(
    cursor: DuckDBPyConnection, kind: RecordType, row: Mapping[str, Value], by: str, at: datetime
) -> int:
    """Add the row that withdraws a record; its revision."""
    values = {column: row[column] for column in row if column not in OWN_COLUMNS}
    made = _revision(row) + 1
    _insert(cursor, kind, [(Record(str(row["record_id"]), values), made, True)], by, at)
    return made


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
    before = newest(cursor, kind, [each.record_id for each in records]) if before is None else before
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
