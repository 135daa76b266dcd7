"""Reads records: a page of those that count, as of any instant, and the history of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from warehouse.access import Role
from warehouse.calendar import from_stored, utc_now
from warehouse.records.declaring import RecordType
from warehouse.records.looking_up import is_numerous, newest, written
from warehouse.records.problems import refused
from warehouse.records.values import Value

if TYPE_CHECKING:
    from warehouse.database import Warehouse

ALL = 1_000_000_000
MOST_SEARCHED = 100_000
"""Records of a type beyond which a text is looked for as a whole number or customer among all, and in these
latest ones."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row about a record; `values` by column, only those that the reader may see."""

    record_id: str
    revision: int
    withdrawn: bool
    recorded_at: datetime
    recorded_by: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of records, and how many fit in all, or, where `among` is set, of so many latest ones."""

    rows: tuple[Row, ...]
    fitting: int
    among: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a type to read: whose `filter` is `value`, with a text in it, as of an aware instant (now when
    None)."""

    value: str | None = None
    text: str = ""
    until: datetime | None = None
    most: int = 50
    skip: int = 0


def find(warehouse: "Warehouse", kind: RecordType, role: Role, asked: Asked) -> Found:
    """The records that fit, the latest first. Searched and told is only what the role may see.

    Raises WarehouseError("record-not-yours")."""
    values = page_values(kind, role, asked)
    if is_numerous(kind) and asked.until is None:
        if not asked.text:
            return _listed(warehouse, kind, role, asked)
        if _listed(warehouse, kind, role, Asked(most=1)).fitting > MOST_SEARCHED:
            found = _named(warehouse, kind, role, asked)
            return found if found.rows else _searched(warehouse, kind, role, values)
    return _told(*warehouse.table("records/page", **values), kind, role)


def _listed(
    warehouse: "Warehouse", kind: RecordType, role: Role, asked: Asked, member: str | None = None
) -> Found:
    """Those of a numerous type, of one member or of all, from the rollups."""
    values: dict[str, object] = {"member": member, "most": asked.most, "skip": asked.skip}
    if kind.filter:
        values["value"] = asked.value
    return _told(*warehouse.table(f"records/page_{kind.name}", **values), kind, role)


def _named(warehouse: "Warehouse", kind: RecordType, role: Role, asked: Asked) -> Found:
    """The record of that number, else those of that customer, where the role may see who that is."""
    text = asked.text.strip()
    with warehouse.one_state("reads") as cursor:
        row = newest(cursor, kind, [text]).get(text)
    if row and not row["withdrawn"] and (asked.value is None or row[kind.filter or ""] == asked.value):
        return Found((_row(row, kind, role),) if asked.skip == 0 else (), 1)
    if kind.by_code["member_id"] not in kind.seen_by(role):
        return Found((), 0)
    return _listed(warehouse, kind, role, asked, text)


def _searched(warehouse: "Warehouse", kind: RecordType, role: Role, values: Mapping[str, object]) -> Found:
    """Those of the latest of a numerous type in which the text stands."""
    used = ("searched", "text", "most", "skip", *(["value"] if kind.filter else []))
    asked = {name: values[name] for name in used}
    found = warehouse.table(f"records/search_{kind.name}", **asked, among=MOST_SEARCHED)
    return replace(_told(*found, kind, role), among=MOST_SEARCHED)


def _told(names: Sequence[str], rows: Sequence[Sequence[Any]], kind: RecordType, role: Role) -> Found:
    found = [dict(zip(names, row, strict=True)) for row in rows]
    fitting = int(found[0]["fitting"]) if found else 0
    return Found(tuple(_row(each, kind, role) for each in found), fitting)


def page_values(kind: RecordType, role: Role, asked: Asked) -> dict[str, object]:
    """The parameters of `records/page` for a reader. Raises WarehouseError("record-not-yours")."""
    fields = kind.seen_by(role)
    if not fields:
        raise refused("record-not-yours", kind.name)
    return {
        "records": kind.table,
        "until": asked.until or utc_now(),
        "filter": kind.filter or "record_id",
        "value": asked.value if kind.filter else None,
        "searched": ["record_id", *(field.code for field in fields if field.kind in ("text", "note"))],
        "text": asked.text,
        "order": kind.by,
        "most": asked.most,
        "skip": asked.skip,
    }


def history(warehouse: "Warehouse", kind: RecordType, role: Role, record_id: str) -> tuple[Row, ...]:
    """Every row about a record, the first one first; none for a number there is not.

    Raises WarehouseError("record-not-yours")."""
    if not kind.seen_by(role):
        raise refused("record-not-yours", kind.name)
    if is_numerous(kind):
        with warehouse.one_state("reads") as cursor:
            return tuple(_row(row, kind, role) for row in written(cursor, kind, [record_id]))
    names, rows = warehouse.table("records/history", records=kind.table, record_id=record_id)
    return tuple(_row(dict(zip(names, row, strict=True)), kind, role) for row in rows)


def changed(rows: Sequence[Row], place: int) -> tuple[str, ...]:
    """The columns whose value a row of a history changed; of the first, all that it filled."""
    now = rows[place].values
    before = rows[place - 1].values if place else dict.fromkeys(now)
    return tuple(column for column, value in now.items() if value != before[column])


def _row(found: Mapping[str, Value], kind: RecordType, role: Role) -> Row:
    recorded_at, revision = found["recorded_at"], found["revision"]
    if not isinstance(recorded_at, datetime) or not isinstance(revision, int):
        raise TypeError(f"{kind.table} is no table of records")
    return Row(
        str(found["record_id"]),
        revision,
        bool(found["withdrawn"]),
        from_stored(recorded_at),
        str(found["recorded_by"]),
        {field.code: found[field.code] for field in kind.seen_by(role)},
    )
