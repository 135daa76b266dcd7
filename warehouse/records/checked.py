"""Checks what somebody wrote against the records stored: what fits, what takes a reason, what is wrong."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from warehouse.access import Role
from warehouse.calendar import utc_now
from warehouse.problems import Problem
from warehouse.records.changing import (
    MOST_REASON,
    Wanted,
    day_of,
    differing,
    is_reason,
    is_waiting,
    moved,
)
from warehouse.records.checking import Classes, Record, check_record
from warehouse.records.declaring import RecordType
from warehouse.records.derived import rule_of
from warehouse.records.lateness import late, without
from warehouse.records.looking_up import alike, newest
from warehouse.records.problems import RecordRefusedError, placed, record_problem
from warehouse.records.values import Value, written_value
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.records.storing import Written


@dataclass(frozen=True, slots=True)
class Rules:
    """What records are checked by: `today` is when it is said, `counted` names figures that are counted;
    `classes` are those of customers, with their titles."""

    kind: RecordType
    zone: ZoneInfo
    today: datetime
    counted: Collection[str]
    classes: Classes
    notice: timedelta
    role: Role
    recorded_by: str
    language: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Records that fit, changes that take a reason with what they come to, the newest rows of all as they
    were before, and the `state` in which that was so."""

    records: Sequence[Record]
    wanted: Sequence[tuple[Record, Wanted]]
    before: Mapping[str, Mapping[str, Value]]
    state: object


def state(cursor: DuckDBPyConnection, kind: RecordType) -> object:
    """Another value than before where anything was stored that records of the type are checked against."""
    return cursor.execute(sql("records/state"), {"records": kind.table}).fetchone()


def checked_all(cursor: DuckDBPyConnection, by: Rules, written: Sequence["Written"]) -> Checked:
    """All of them, as the warehouse stands in the cursor's transaction. Raises RecordRefusedError with
    everything that is wrong."""
    kind, zone, role, language = by.kind, by.zone, by.role, by.language
    seen, rule = state(cursor, kind), rule_of(kind, cursor, zone)
    at = max(utc_now(), by.today)
    before = newest(cursor, kind, [each.record_id for each in written])

    def checked(
        number: str, texts: Mapping[str, str], old: Mapping[str, Value] | None = None
    ) -> Record | tuple[Problem, ...]:
        return check_record(kind, number, texts, role, zone, rule, old, language, at, by.counted, by.classes)

    records: list[Record] = []
    wanted: list[tuple[Record, Wanted]] = []
    others = alike(cursor, kind, [each.record_id for each in written if each.record_id not in before])
    problems: list[Problem] = [
        placed(record_problem("record-number-alike", each.record_id, number=number), each.where)
        for each in written
        if (number := others.get(each.record_id))
    ]
    for each in written:
        row = before.get(each.record_id)
        if row and row["withdrawn"] and kind.asks(role):  # others may have agreed to that
            problems.append(placed(record_problem("record-withdrawn", each.record_id), each.where))
            continue
        old: Mapping[str, Value] | None = row if row and not row["withdrawn"] else None
        texts = each.fields if old is None else _entered(each)
        found = checked(each.record_id, texts, old)
        if not isinstance(found, Record):
            problems += [placed(problem, each.where) for problem in found]
            continue
        if old is not None:
            problems += _changed_meanwhile(by, each, texts, old, found.values)
        stood = moved(kind, old, found.values)
        is_late = not stood and kind.asks(role)
        stood = late(kind, old, found.values, by.today, zone, by.notice) if is_late else stood
        if not stood:
            records.append(found)
            continue
        if old is None:  # it counts without what is late until somebody agrees to that
            bare = checked(each.record_id, without(kind, each.fields, stood))
            if not isinstance(bare, Record):
                problems += [placed(problem, each.where) for problem in bare]
                continue
            records.append(bare)
            old = bare.values
        said = differing(kind, old, found.values, zone)
        asked = Wanted(each.record_id, False, day_of(kind, old, zone), said, each.reason, by.recorded_by)
        wanted.append((found, asked))
        if not is_reason(each.reason):
            where = stood[0].title.said(language)
            code = "record-late" if is_late else "record-reason"
            problem = record_problem(code, where, most=MOST_REASON)
            problems.append(placed(problem, each.where))
        elif kind.asks(role) and is_waiting(cursor, kind, each.record_id):
            problems.append(placed(record_problem("record-change-waits", each.record_id), each.where))
    if problems:
        raise RecordRefusedError(problems)
    return Checked(records, wanted, before, seen)


def _entered(each: "Written") -> Mapping[str, str]:
    """What is not as the form showed it; all where no form did."""
    return {code: text for code, text in each.fields.items() if text != each.shown.get(code)}


def _changed_meanwhile(
    by: Rules,
    each: "Written",
    texts: Mapping[str, str],
    old: Mapping[str, Value],
    new: Mapping[str, Value],
) -> list[Problem]:
    """Of the fields entered, those that have come to another value since the form was opened."""
    found = []
    for code in texts.keys() & each.shown.keys():
        field = by.kind.by_code[code]
        now = written_value(field, old[code], by.zone)
        if now != each.shown[code] and new[code] != old[code]:
            problem = record_problem("record-meanwhile", field.title.said(by.language), value=now or "–")
            found.append(placed(problem, each.where))
    return found
