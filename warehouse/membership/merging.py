"""Duplicates of the register: suggested, counted as one by a row, and taken apart again by another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from warehouse.audit.chain import record
from warehouse.calendar import from_stored, to_stored, utc_now
from warehouse.database import Warehouse
from warehouse.problems import Problem, WarehouseError
from warehouse.sql import sql

# code -> (what, what to do); every text stands in locale/<language>/register.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "merge-self": (
        "A member cannot be a duplicate of itself.",
        "Name two members.",
    ),
    "merge-unknown": (
        "The register has no member {member}, or it counts as another one already.",
        "Look the member up by its number.",
    ),
    "merge-chain": (
        "Other members count as {member} already.",
        "Keep {member} and make the other one its duplicate, or take those apart first.",
    ),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two members that could be one person, and in what they agree: phone, email, name."""

    member_id: str
    other_id: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """`member_id` counts as `kept_id`, as somebody said."""

    member_id: str
    kept_id: str
    reason: str
    recorded_by: str
    recorded_at: datetime


def duplicates(warehouse: Warehouse, member_id: str | None = None) -> Sequence[Pair]:
    """At most fifty pairs, of all members or with this one; those that agree in most first."""
    if member_id is None:
        rows = warehouse.read("members/duplicates")
    else:
        rows = warehouse.while_unchanged(
            ("duplicates", member_id), lambda: warehouse.read("members/duplicates_of", member=member_id)
        )
    return [Pair(one, other, tuple(reasons.split())) for one, other, reasons in rows]


def aliases(warehouse: Warehouse, member_id: str | None = None) -> Sequence[Alias]:
    """The duplicates that count as others now, of all or with this member on either side."""
    rows = warehouse.read("members/aliases", member=member_id)
    return [Alias(one, kept, reason, by, from_stored(at)) for one, kept, reason, by, at in rows]


def merge(warehouse: Warehouse, member_id: str, kept_id: str, reason: str, by: str) -> None:
    """From now on `member_id` counts as `kept_id`, in everything that happened too. Nothing is written over.

    Raises WarehouseError "merge-self", "merge-unknown", "merge-chain"."""
    if member_id == kept_id:
        raise _refusal("merge-self")
    with warehouse.transaction() as cursor:
        asked = {"members": [member_id, kept_id]}
        there = {row[0] for row in cursor.execute(sql("members/known"), asked).fetchall()}
        for each in (member_id, kept_id):
            if each not in there:
                raise _refusal("merge-unknown", member=each)
        known = cursor.execute(sql("members/aliases"), {"member": member_id}).fetchall()
        if known:
            raise _refusal("merge-chain", member=member_id)
        _write(cursor, member_id, kept_id, undone=False, reason=reason, by=by)


def take_apart(warehouse: Warehouse, alias: Alias, reason: str, by: str) -> None:
    """The duplicate is a member of its own again, as if it had never been merged."""
    with warehouse.transaction() as cursor:
        _write(cursor, alias.member_id, alias.kept_id, undone=True, reason=reason, by=by)


def _write(
    cursor: DuckDBPyConnection, member_id: str, kept_id: str, *, undone: bool, reason: str, by: str
) -> None:
    row = {"member": member_id, "kept": kept_id, "undone": undone, "reason": reason}
    cursor.execute(
        sql("members/insert_merge"), row | {"recorded_by": by, "recorded_at": to_stored(utc_now())}
    )
    record(cursor, "register-changed", "taken-apart" if undone else "merged")


def _refusal(code: str, **values: object) -> WarehouseError:
    what, todo = WORDINGS[code]
    return WarehouseError(Problem(code, "", what, todo, values))
