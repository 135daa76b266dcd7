"""Withdrawals, other values for what stands and what is entered late: each with its reason, who asked for it
and who agreed."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from survey.characters import says_nothing, unfit_character
from warehouse.access import ROLES, Role
from warehouse.calendar import from_stored, local_day, to_stored
from warehouse.records.declaring import Field, RecordType
from warehouse.records.values import Value, written_value
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

State = Literal["asked", "made", "agreed", "refused", "taken_back"]
MOST_REASON = 1_000  # characters
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """One withdrawal or correction. `fields` are code -> (before, after) as written; none of a withdrawal.

    `state` is made where nobody had to agree, asked while somebody has to, then what they said, with their
    `comment`. `revision` is the row of the record that it made, None while and where it made none; `day` the
    local day by which the record is listed.
    """

    change_id: str
    type: str
    record_id: str
    withdraws: bool
    day: date | None
    reason: str
    fields: Mapping[str, tuple[str, str]]
    recorded_at: datetime
    recorded_by: str
    state: State
    answered_at: datetime | None
    answered_by: str | None
    comment: str | None
    revision: int | None

    @property
    def asked_by(self) -> Role:
        """The role that asked for it; what programs and files change is the operator's."""
        said = self.recorded_by.partition(":")[0]
        return next((role for role in ROLES if role == said), "operator")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change on its way to being kept, by whom and why."""

    record_id: str
    withdraws: bool
    day: date | None
    fields: Mapping[str, tuple[str, str]]
    reason: str
    recorded_by: str


def changes(
    warehouse: "Warehouse",
    kind: RecordType | None = None,
    record_id: str | None = None,
    first: date | None = None,
    end: date | None = None,
    waiting: bool = False,
    most: int = _ALL,
) -> tuple[Change, ...]:
    """The changes of a type, of one record, of records of the days from `first` until before `end`, or those
    that wait for an answer; the latest first."""
    name = kind.name if kind else None
    values = _narrowed(name, record_id) | {"first": first, "end": end, "waiting": waiting, "most": most}
    return tuple(_change(row) for row in warehouse.read("records/changes", **values))


def change_of(cursor: DuckDBPyConnection, change_id: str) -> Change | None:
    """The change of that number."""
    values = _narrowed(None, None) | {"change_id": change_id}
    found = cursor.execute(sql("records/changes"), values).fetchone()
    return _change(found) if found else None


def is_waiting(cursor: DuckDBPyConnection, kind: RecordType, record_id: str) -> bool:
    """Whether a change of the record waits for an answer."""
    values = _narrowed(kind.name, record_id) | {"waiting": True, "most": 1}
    return cursor.execute(sql("records/changes"), values).fetchone() is not None


def moved(kind: RecordType, before: Mapping[str, Value] | None, after: Mapping[str, Value]) -> list[Field]:
    """The fields that stood and have another value now."""
    if before is None or not is_standing(kind, before):
        return []
    return [
        field
        for field in kind.fields
        if field.stands
        and before[field.code] is not None
        and before[field.code] != after[field.code]
        and not (field.grows and _is_more(before[field.code], after[field.code]))
    ]


def _is_more(before: Value, after: Value) -> bool:
    # Both are money or both whole numbers, as the declaration was read; emptied is less.
    return isinstance(after, int | Decimal) and isinstance(before, int | Decimal) and after > before


def is_standing(kind: RecordType, before: Mapping[str, Value]) -> bool:
    """Whether its fields stand yet."""
    return kind.stands_from is None or before[kind.stands_from] is not None


def differing(
    kind: RecordType, before: Mapping[str, Value], after: Mapping[str, Value], zone: ZoneInfo
) -> dict[str, tuple[str, str]]:
    """Every entered field with another value, as written before and after."""
    found = {}
    for field in kind.fields:
        old, new = before[field.code], after[field.code]
        if not field.derived and old != new:
            found[field.code] = (written_value(field, old, zone), written_value(field, new, zone))
    return found


def is_reason(reason: str) -> bool:
    """Whether the text says something that can be kept."""
    return not says_nothing(reason) and len(reason) <= MOST_REASON and not unfit_character(reason)


def day_of(kind: RecordType, values: Mapping[str, Value], zone: ZoneInfo) -> date | None:
    """The local day by which a record is listed."""
    value = values[kind.by]
    if isinstance(value, datetime):
        return local_day(from_stored(value), zone)
    return value if isinstance(value, date) else None


def keep(
    cursor: DuckDBPyConnection, kind: RecordType, wanted: Wanted, at: datetime, made: int | None = None
) -> str:
    """Add a change, made as the record's row `made` or, without one, asked for; its number."""
    change_id = secrets.token_hex(8)
    row = {"change_id": change_id, "recorded_at": to_stored(at), "recorded_by": wanted.recorded_by}
    row |= {"type": kind.name, "record_id": wanted.record_id, "step": "asked" if made is None else "made"}
    row |= {"withdraws": wanted.withdraws, "day": wanted.day, "reason": wanted.reason.strip(), "made": made}
    fields = json.dumps(wanted.fields, ensure_ascii=False)
    cursor.execute(sql("records/insert_change"), row | {"fields": fields})
    return change_id


def keep_answer(
    cursor: DuckDBPyConnection,
    change: Change,
    state: State,
    role: Role,
    comment: str,
    at: datetime,
    made: int | None,
) -> None:
    """Add what was said to a change that was asked for."""
    row: dict[str, object] = {
        "change_id": change.change_id,
        "recorded_at": to_stored(at),
        "recorded_by": role,
    }
    row |= {"type": change.type, "record_id": change.record_id, "step": state}
    row |= {"reason": comment.strip(), "withdraws": None, "day": None, "fields": None, "made": made}
    cursor.execute(sql("records/insert_change"), row)


def _narrowed(name: str | None, record_id: str | None) -> dict[str, object]:
    nothing = {"change_id": None, "first": None, "end": None, "waiting": False, "most": _ALL}
    return {"type": name, "record_id": record_id, **nothing}


def _change(row: Sequence[Any]) -> Change:
    change_id, name, record_id, withdraws, day, reason, fields, at, by, state, answered_at, *rest = row
    answered_by, comment, revision = rest
    return Change(
        change_id,
        name,
        record_id,
        withdraws,
        day,
        reason,
        {code: (old, new) for code, (old, new) in json.loads(fields).items()},
        from_stored(at),
        by,
        state,
        from_stored(answered_at) if answered_at else None,
        answered_by,
        comment,
        revision,
    )
