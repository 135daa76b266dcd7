"""The kinds of metric a contract can judge: their unit, and which targets make sense for them."""

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

KindName = Literal["share", "nps", "mean", "census"]
Direction = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Kind:
    """`unit` is percent, points (NPS) or scale (that of the question); targets lie in [lowest, highest]."""

    name: KindName
    unit: Literal["percent", "points", "scale"]
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
        )
    }
)
