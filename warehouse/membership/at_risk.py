"""Members who are likely to go, with the reasons: lapsed, complaint open, low score, falling purchases,
silence."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from warehouse.contracts import current_contract
from warehouse.database import Warehouse
from warehouse.evidence.basis import EVERYTHING
from warehouse.membership.tiers import rules
from warehouse.suppression import Group, suppress

REASONS = ("lapsed", "complaint", "low_score", "falling", "silent")
_COUNTS = 1 + len(REASONS)  # the first columns: all, and those of each reason
_ALL = 2**62


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
    them `limit` from the `offset`-th on, of those with the reason where one is given."""
    asked = {"until": until, "reason": reason, "limit": limit, "offset": offset}

    def look() -> Risks:
        ((last_day,),) = warehouse.read("members/risk_last_day")
        if last_day is not None and last_day >= until:  # where members stand is told after their last day
            rows = warehouse.read("members/at_risk_any_day", **asked, **_classes(warehouse))
        else:
            rows = warehouse.read("members/at_risk", **asked)
        members, *counts = rows[0][:_COUNTS]
        found = [_one(row[_COUNTS:]) for row in rows if row[_COUNTS] is not None]
        return Risks(members, dict(zip(REASONS, counts, strict=True)), _with_tiers(warehouse, until, found))

    return warehouse.while_unchanged(("at risk", until, reason, limit, offset), look)


def all_at_risk(warehouse: Warehouse, until: date) -> Iterator[tuple[int, AtRisk]]:
    """Each of them, in the same order, beside how many they are; from the rows, in constant memory."""
    asked = {"until": until, "reason": None, "limit": _ALL, "offset": 0}
    with closing(warehouse.stream("members/at_risk_any_day", **asked, **_classes(warehouse))) as parts:
        next(parts)
        for part in parts:
            for row in part:
                if row[_COUNTS] is not None:
                    yield row[0], _one(row[_COUNTS:])


def _one(row: Sequence[Any]) -> AtRisk:
    member_id, channel, deals, spent, bought_on, marks, *tier = row
    reasons = tuple(reason for place, reason in enumerate(REASONS) if marks >> place & 1)
    return AtRisk(member_id, channel, deals, spent, bought_on, reasons, *tier)


def _with_tiers(warehouse: Warehouse, until: date, found: Sequence[AtRisk]) -> Sequence[AtRisk]:
    there = [each.member_id for each in found if "lapsed" not in each.reasons]
    contract = rules(current_contract(warehouse))
    rows = warehouse.read("members/tiers_of", members=there, until=until, contract=contract) if there else []
    tiers = {member: tier for member, tier, _ in rows}
    return tuple(replace(each, tier=tiers.get(each.member_id)) for each in found)


def _classes(warehouse: Warehouse) -> Mapping[str, object]:
    return {"contract": rules(current_contract(warehouse)), "known": EVERYTHING.members_until}
