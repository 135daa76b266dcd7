"""The cases that are open, by the time that is left, and what whoever handles them does with one click."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from warehouse.access import Role
from warehouse.as_of import as_of
from warehouse.calendar import from_stored, to_stored
from warehouse.records.business_time import is_known
from warehouse.records.case_clock import agreed_of, hours_of
from warehouse.records.catalogue import record_type
from warehouse.records.problems import refused
from warehouse.records.storing import Stored, Written, store_written
from warehouse.records.values import Value, written_value

if TYPE_CHECKING:
    from warehouse.database import Warehouse

Step = Literal["answer", "resolve", "pause", "resume"]
_AHEAD = timedelta(days=60)  # further than most limits reach


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
    """Open cases, the latest limit last and those that wait at the end. `unknown_year` is one whose holidays
    are not known and that limits reach into."""

    now: datetime
    cases: tuple[Waiting, ...]
    unknown_year: int | None


def queue(warehouse: "Warehouse", role: Role) -> Queue:
    """The open cases as of now; in an example warehouse, as of where its story has come to.

    Raises WarehouseError("record-not-yours")."""
    kind, zone = record_type("service_case"), warehouse.reporting_zone
    if not kind.seen_by(role):
        raise refused("record-not-yours", kind.name)
    now = as_of(warehouse).instant
    agreed = agreed_of(warehouse.read("records/case_limits"))
    names, rows = warehouse.table("records/open_cases")
    seen = [field.code for field in kind.seen_by(role)]
    found = []
    for row in rows:
        values = dict(zip(names, row, strict=True))
        hours, _ = hours_of(values, zone, agreed)
        is_answered = values["first_response_at"] is not None
        due = values["resolve_by_at" if is_answered else "respond_by_at"]
        due_at = from_stored(due) if isinstance(due, datetime) else None
        found.append(
            Waiting(
                str(values["record_id"]),
                {code: values[code] for code in seen},
                "resolve" if is_answered else "answer",
                due_at,
                None if due_at is None else hours.between(now, due_at),
                values["paused_at"] is not None,
            )
        )
    last = max((each.due_at for each in found if each.due_at), default=now) + _AHEAD
    ends = last.astimezone(zone).date()
    return Queue(now, tuple(sorted(found, key=_urgency)), None if is_known(ends) else ends.year)


def take_step(warehouse: "Warehouse", record_id: str, step: Step, role: Role, language: str = "en") -> Stored:
    """Record that a case was answered, resolved, began to wait for the customer or goes on, at this moment.

    Raises RecordRefusedError as `store_written`, WarehouseError: "record-unknown" for one that is not open,
    "record-not-yours".
    """
    kind, zone = record_type("service_case"), warehouse.reporting_zone
    if role != "operator" and role not in kind.write:
        raise refused("record-not-yours", record_id)
    now = as_of(warehouse).instant.replace(microsecond=0)
    case = next((each for each in queue(warehouse, "operator").cases if each.record_id == record_id), None)
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
            changes = {"paused_at": said}
        case "resume":
            changes = _waited(warehouse, case, now)
    # How long a case waited is what these steps measured: nobody but the operator enters it.
    return store_written(warehouse, kind, [Written(record_id, changes)], "operator", role, language)


def _waited(warehouse: "Warehouse", case: Waiting, now: datetime) -> dict[str, str]:
    """The end of a wait: its minutes are added to those of the waits before."""
    paused_at, before = case.values["paused_at"], case.values["paused_minutes"]
    if not isinstance(paused_at, datetime):
        return {}
    agreed = agreed_of(warehouse.read("records/case_limits"))
    hours, _ = hours_of(case.values, warehouse.reporting_zone, agreed)
    minutes = hours.between(from_stored(paused_at), now) + (before if isinstance(before, int) else 0)
    return {"paused_at": "", "paused_minutes": str(minutes)}


def _urgency(case: Waiting) -> tuple[bool, int, str]:
    # By the minutes left, since an hour of the night is none for most cases.
    return case.minutes_left is None, case.minutes_left or 0, case.record_id
