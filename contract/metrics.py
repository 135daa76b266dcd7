"""The kinds of metric a contract can judge: their unit, and which targets make sense for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

KindName = Literal["share", "nps", "mean", "census", "index"]
Direction = Literal["higher", "lower"]
Unit = Literal["percent", "points", "scale", "count", "days", "money", "per_1000"]


@dataclass(frozen=True, slots=True)
class Kind:
    """`unit` is percent, points (NPS, index) or scale (the question's); targets lie in [lowest, highest].

    A census may be measured in one of `OTHER_UNITS` instead, where the contract says so.

    An index is made of the figures of other metrics, so it is compared as it is, like a census.
    """

    name: KindName
    unit: Unit
    lowest: Decimal
    highest: Decimal
    sampled: bool


KINDS = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("share", "percent", Decimal(0), Decimal(100), sampled=True),
            Kind("nps", "points", Decimal(-100), Decimal(100), sampled=True),
            Kind("mean", "scale", Decimal(0), Decimal(100), sampled=True),
            Kind("census", "percent", Decimal(-100), Decimal(1000), sampled=False),
            Kind("index", "points", Decimal(0), Decimal(100), sampled=False),
        )
    }
)

# What else a census can be measured in, with the lowest and the highest target: things, days, money in the
# contract's currency, and so many for every 1,000.
OTHER_UNITS: Mapping[Unit, tuple[Decimal, Decimal]] = MappingProxyType(
    {
        "count": (Decimal(0), Decimal(1_000_000_000)),
        "days": (Decimal(0), Decimal(100_000)),
        "money": (Decimal(-1_000_000_000_000), Decimal(1_000_000_000_000)),
        "per_1000": (Decimal(0), Decimal(1_000_000)),
    }
)

# Metrics of the catalogue that are counted in full and cannot have every figure of their kind: they are parts
# of a whole.
PARTS_OF_A_WHOLE = frozenset(
    {"member_retention", "member_churn", "repeat_purchase", "response_rate", "tier_share"}
)

# Shares of answers that records hold: no survey of ours asks for them.
ANSWERS_OF_RECORDS = frozenset({"case_handling_satisfied", "training_satisfied", "staff_satisfied"})
