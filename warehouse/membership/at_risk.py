"""Members who are likely to go, with the reasons: lapsed, complaint open, low score, falling purchases,
silence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from warehouse.as_of import as_of
from warehouse.contracts import current_contract
from warehouse.database import BATCH_ROWS, Warehouse
from warehouse.membership.risk_list import REASONS, is_listed, page_of_all, page_of_list
from warehouse.membership.risk_telling import tell_all
from warehouse.membership.tiers import rules
from warehouse.sql import sql
from warehouse.suppression import Group, suppress

LEAST_LISTED = 5_000
"""So many at risk are worth a list: of fewer a page is told as soon without."""

LARGE_REGISTER = 100_000
"""Members of whom the list is made before anybody looks: of fewer a look without one takes no 50 ms."""


@dataclass(frozen=True, slots=True)
class AtRisk:
    """One of them; `tier` is None for whose membership has lapsed, `bought_on` the last local day of a
    purchase."""

    member_id: str
    channel: str | None
    deals: int
    spent: Decimal
    bought_on: date | None
    reasons: tuple[str, ...]
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Risks:
    """How many there are in all and for each reason, of which one member may have several, and some of
    them."""

    members: int
    counts: Mapping[str, int]
    shown: Sequence[AtRisk]

    @property
    def by_reason(self) -> Mapping[str, Group]:
        """How many there are for each reason; too few are not shown."""
        # Reasons overlap, so the whole tells nothing of those that are hidden: each stands for itself.
        return {reason: suppress({reason: self.counts[reason]})[0] for reason in REASONS}


def at_risk(
    warehouse: Warehouse, until: date, *, reason: str | None = None, limit: int = 50, offset: int = 0
) -> Risks:
    """By what happened before the local day: those with most reasons first, then those who spent most; of
    them `limit` from the `offset`-th on, of those with the reason where one is given.

    Raises WarehouseError("still-counted") where too much of the register waits to be sealed."""
    contract = rules(current_contract(warehouse))

    def look() -> Risks:
        with warehouse.one_state("reads") as cursor:
            if is_listed(cursor, until, contract):
                return _risks(*page_of_list(cursor, until, contract, reason, limit, offset))
            found = _risks(*page_of_all(cursor, until, contract, reason, limit, offset))
        if found.members >= LEAST_LISTED:
            warehouse.rollups.list_risks(until, contract)
            warehouse.quiet.note()
        return replace(found, shown=_with_tiers(warehouse, until, contract, found.shown))

    return warehouse.while_unchanged(("at risk", until, reason, limit, offset), look)


def list_of_today(warehouse: Warehouse) -> None:
    """Have the list made of today where it is kept of another day or the register is large, before anybody
    looks: of millions a look without one takes seconds."""
    wanted = as_of(warehouse).until, rules(current_contract(warehouse))
    kept = [(until, contract) for until, contract, _ in warehouse.read("rollups/risk_listed")]
    ((members, _),) = warehouse.read("members/risk_sealed", contract=wanted[1])
    if kept != [wanted] and (kept or members >= LARGE_REGISTER):
        warehouse.rollups.list_risks(*wanted)
        warehouse.quiet.note()


def all_at_risk(warehouse: Warehouse, until: date) -> Iterator[tuple[int, AtRisk]]:
    """Each of them, in the same order, beside how many they are; in constant memory."""
    contract = rules(current_contract(warehouse))
    with warehouse.one_state() as cursor:
        tell_all(cursor, until, contract, with_classes=True)
        cursor.execute(sql("members/risk_all"))
        while rows := cursor.fetchmany(BATCH_ROWS):
            yield from ((row[0], _one(row[1:])) for row in rows)


def _risks(counts: Sequence[int], rows: Sequence[Sequence[Any]]) -> Risks:
    members, *by_reason = counts
    return Risks(members, dict(zip(REASONS, by_reason, strict=True)), tuple(map(_one, rows)))


def _one(row: Sequence[Any]) -> AtRisk:
    member_id, channel, deals, spent, bought_on, marks, *tier = row
    reasons = tuple(reason for place, reason in enumerate(REASONS) if marks >> place & 1)
    return AtRisk(member_id, channel, deals, spent, bought_on, reasons, *tier)


def _with_tiers(
    warehouse: Warehouse, until: date, contract: str, found: Sequence[AtRisk]
) -> Sequence[AtRisk]:
    there = [each.member_id for each in found if "lapsed" not in each.reasons]
    rows = warehouse.read("members/tiers_of", members=there, until=until, contract=contract) if there else []
    tiers = {member: tier for member, tier, _ in rows}
    return tuple(replace(each, tier=tiers.get(each.member_id)) for each in found)
