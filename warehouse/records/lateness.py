"""What is entered days after it was due as done in time: which fields say so, and the record without them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from warehouse.as_of import end_of
from warehouse.calendar import from_stored
from warehouse.contracts import current_contract
from warehouse.records.changing import is_standing
from warehouse.records.declaring import Field, RecordType
from warehouse.records.values import Value

if TYPE_CHECKING:
    from warehouse.database import Warehouse

_HOURS = 72  # of a notice, where the contract names none
LATE = timedelta(days=3)  # so long what was done may wait to be entered


def late(
    kind: RecordType,
    before: Mapping[str, Value] | None,
    after: Mapping[str, Value],
    now: datetime,
    zone: ZoneInfo,
    notice: timedelta = timedelta(),
) -> list[Field]:
    """The fields that were blank, as all of a new record were, and are said now to have been in time, more
    than `LATE` after they were due; of a day, after its end. `notice` is the time that the contract gives
    for what is due within it."""
    if not is_standing(kind, after if before is None else before):
        return []
    found = []
    for field in kind.fields:
        if field.due is None or (before is not None and before[field.code] is not None):
            continue
        said, due = after[field.code], after[field.due]
        if field.within == "notice" and isinstance(due, datetime):
            due += notice
        if _is_in_time(said, due) and now > _over(due, zone) + LATE:
            found.append(field)
    return found


def without(kind: RecordType, written: Mapping[str, str], fields: Collection[Field]) -> dict[str, str]:
    """The texts of a new record without these fields, and without what cannot be stated without them."""
    gone = {field.code for field in fields}
    while more := {each.then for each in kind.orders if each.needs and each.first in gone} - gone:
        gone |= more
    return {code: text for code, text in written.items() if code not in gone}


def notice_of(warehouse: "Warehouse", kind: RecordType) -> timedelta:
    """The time for a notice by the contract in force; nothing where no field of the type is due within it."""
    if not any(field.within for field in kind.fields):
        return timedelta()
    loaded = current_contract(warehouse)
    terms = loaded.contract.spec.data_security if loaded else None
    return timedelta(hours=(terms.notice_within_hours if terms else None) or _HOURS)


def _is_in_time(said: Value, due: Value) -> bool:
    # Both are of one kind, as the declaration was read.
    return said is not None and due is not None and said <= due  # type: ignore[operator]


def _over(due: Value, zone: ZoneInfo) -> datetime:
    """When the time was over: the instant itself, or the end of the day."""
    if isinstance(due, datetime):
        return from_stored(due)
    if not isinstance(due, date):
        raise TypeError("neither a day nor an instant")
    return end_of(due, zone)
