"""The cases that are open, by the time that is left, and what whoever handles them does with one click."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from warehouse.access import Role
from warehouse.as_of import as_of
from warehouse.calendar import from_stored, to_stored
from warehouse.records.case_clock import Agreed, agreed_by, hours_of
from warehouse.records.catalogue import record_type
from warehouse.records.declaring import RecordType
from warehouse.records.looking_up import newest
from warehouse.records.problems import refused
from warehouse.records.storing import Stored, Written, store_written
from warehouse.records.values import Value, written_value

if TYPE_CHECKING:
    from warehouse.database import Warehouse

Step = Literal["answer", "resolve", "pause", "resume"]
_AHEAD = timedelta(days=60)  # further than most limits reach
MOST = 200
"""Cases of a queue of which all is told."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open case: what is due next, when, and how many minutes of its clock are left, negative past the
    limit; both None while it waits for the customer. `values` are those that the reader may see."""

    record_id: str
    values: Mapping[str, Value]
    next_step: Literal["answer", "resolve"]
    due_at: datetime | None
    minutes_left: int | None
    is_paused: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The open cases with the least time left, those that wait for the customer last: `MOST` of so many
    `open` ones, of which so many are `late`, `unanswered` and `paused`. `unknown_year` is one whose holidays
    are not known and that limits reach into."""

    now: datetime
    cases: tuple[Waiting, ...]
    open: int
    late: int
    unanswered: int
    paused: int
    unknown_year: int | None


def queue(warehouse: "Warehouse", role: Role) -> Queue:
    """The open cases as of now; in an example warehouse, as of where its story has come to.

    Raises WarehouseError("record-not-yours")."""
    kind, zone = _seen(role), warehouse.reporting_zone
    now = as_of(warehouse).instant
    agreed = _agreed(warehouse)
    names, rows = warehouse.table("records/open_cases")
    found = sorted(
        (_waiting(dict(zip(names, row, strict=True)), now, zone, agreed) for row in rows), key=_urgency
    )
    last = max((each.due_at for each in found if each.due_at), default=now) + _AHEAD
    ends = last.astimezone(zone).date()
    shown = found[:MOST]
    with warehouse.one_state("reads") as cursor:
        values = newest(cursor, kind, [each.record_id for each in shown])
    return Queue(
        now,
        tuple(replace(each, values=_told(kind, role, values[each.record_id])) for each in shown),
        open=len(found),
        late=sum((each.minutes_left or 0) < 0 for each in found),
        unanswered=sum(each.next_step == "answer" for each in found),
        paused=sum(each.is_paused for each in found),
        unknown_year=None if agreed.days.knows(ends) else ends.year,
    )


def open_case(warehouse: "Warehouse", record_id: str, role: Role) -> Waiting | None:
    """One case of those that are open, however much time is left; None for any other number.

    Raises WarehouseError("record-not-yours")."""
    kind = _seen(role)
    with warehouse.one_state("reads") as cursor:
        agreed = agreed_by(cursor)
        row = newest(cursor, kind, [record_id]).get(record_id)
    if row is None or row["withdrawn"]:
        return None
    is_back = row["reopened_at"] is not None
    if row["resolved_at"] is not None and not (is_back and row["resolved_again_at"] is None):
        return None
    found = _waiting(row, as_of(warehouse).instant, warehouse.reporting_zone, agreed)
    return replace(found, values=_told(kind, role, row))


def _seen(role: Role) -> RecordType:
    kind = record_type("service_case")
    if not kind.seen_by(role):
        raise refused("record-not-yours", kind.name)
    return kind


def _agreed(warehouse: "Warehouse") -> Agreed:
    with warehouse.one_state("reads") as cursor:
        return agreed_by(cursor)


def _told(kind: RecordType, role: Role, row: Mapping[str, Value]) -> Mapping[str, Value]:
    return {field.code: row[field.code] for field in kind.seen_by(role)}


def _waiting(row: Mapping[str, Value], now: datetime, zone: ZoneInfo, agreed: Agreed) -> Waiting:
    """What is due of an open case; of its values none yet."""
    hours, _ = hours_of(row, zone, agreed)
    is_answered = row["first_response_at"] is not None
    due = row["resolve_by_at" if is_answered else "respond_by_at"]
    due_at = from_stored(due) if isinstance(due, datetime) else None
    return Waiting(
        str(row["record_id"]),
        {},
        "resolve" if is_answered else "answer",
        due_at,
        None if due_at is None else hours.between(now, due_at),
        row["paused_at"] is not None,
    )


def take_step(warehouse: "Warehouse", record_id: str, step: Step, role: Role, language: str = "en") -> Stored:
    """Record that a case was answered, resolved, began to wait for the customer or goes on, at this moment.

    Raises RecordRefusedError as `store_written`, WarehouseError: "record-unknown" for one that is not open,
    "record-not-yours".
    """
    kind, zone = record_type("service_case"), warehouse.reporting_zone
    if role != "operator" and role not in kind.write:
        raise refused("record-not-yours", record_id)
    now = as_of(warehouse).instant.replace(microsecond=0)
    case = open_case(warehouse, record_id, "operator")
    if case is None:
        raise refused("record-unknown", record_id)
    said = written_value(kind.by_code["received_at"], to_stored(now), zone)
    changes: dict[str, str] = {}
    match step:
        case "answer":
            changes = {"first_response_at": said}
        case "resolve":
            is_back = case.values["reopened_at"] is not None
            changes = {"resolved_again_at" if is_back else "resolved_at": said}
            if case.values["first_response_at"] is None:
                changes["first_response_at"] = said
            changes |= _waited(warehouse, case, now)
        case "pause":
            changes = {} if case.is_paused else {"paused_at": said}  # of two who click, the first
        case "resume":
            changes = _waited(warehouse, case, now)
    # How long a case waited is what these steps measured: nobody but the operator enters it.
    return store_written(warehouse, kind, [Written(record_id, changes)], "operator", role, language)


def _waited(warehouse: "Warehouse", case: Waiting, now: datetime) -> dict[str, str]:
    """The end of a wait: its minutes are added to those of the waits before."""
    paused_at, before = case.values["paused_at"], case.values["paused_minutes"]
    if not isinstance(paused_at, datetime):
        return {}
    hours, _ = hours_of(case.values, warehouse.reporting_zone, _agreed(warehouse))
    minutes = hours.between(from_stored(paused_at), now) + (before if isinstance(before, int) else 0)
    return {"paused_at": "", "paused_minutes": str(minutes)}


def _urgency(case: Waiting) -> tuple[bool, int, str]:
    # By the minutes left, since an hour of the night is none for most cases.
    return case.minutes_left is None, case.minutes_left or 0, case.record_id
