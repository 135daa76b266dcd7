"""Members who are likely to go, with the reasons: lapsed, complaint open, low score, falling purchases,
silence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from warehouse.contracts import current_contract
from warehouse.database import Warehouse
from warehouse.evidence.basis import EVERYTHING
from warehouse.membership.tiers import rules
from warehouse.suppression import Group, suppress

REASONS = ("lapsed", "complaint", "low_score", "falling", "silent")


@dataclass(frozen=True, slots=True)
class AtRisk:
    """One of them; `tier` is None for whose membership has lapsed, `bought_on` the last local day of a
    purchase."""

    member_id: str
    tier: str | None
    channel: str | None
    deals: int
    spent: Decimal
    bought_on: date | None
    reasons: tuple[str, ...]


def at_risk(warehouse: Warehouse, until: date) -> tuple[AtRisk, ...]:
    """Those with most reasons first, then those who spent most, by what happened before the local day."""
    rows = warehouse.read(
        "members/at_risk",
        until=until,
        contract=rules(current_contract(warehouse)),
        known=EVERYTHING.members_until,
    )
    return tuple(AtRisk(*[*row[:-1], tuple(row[-1])]) for row in rows)


def by_reason(found: Sequence[AtRisk]) -> Mapping[str, Group]:
    """How many there are for each reason; one may have several. Too few are not shown."""
    counts = Counter(reason for each in found for reason in each.reasons)
    # Reasons overlap, so the whole tells nothing of those that are hidden: each stands for itself.
    return {reason: suppress({reason: counts[reason]})[0] for reason in REASONS}
