"""The kinds of metric a contract can judge: their unit, and which targets make sense for them."""

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

KindName = Literal["share", "nps", "mean", "census", "index"]
Direction = Literal["higher", "lower"]
Unit = Literal["percent", "points", "scale"]


@dataclass(frozen=True, slots=True)
class Kind:
    """`unit` is percent, points (NPS, index) or scale (the question's); targets lie in [lowest, highest].

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

# Metrics of the catalogue that are counted in full and cannot have every figure of their kind: they are parts
# of a whole.
PARTS_OF_A_WHOLE = frozenset(
    {"member_retention", "member_churn", "repeat_purchase", "response_rate", "tier_share"}
)
