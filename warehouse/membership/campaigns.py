"""Campaigns and sources: what recruiting cost and brought, by the campaigns' own count and by the
register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from warehouse.as_of import as_of
from warehouse.database import Warehouse
from warehouse.members import Movement, member_movement
from warehouse.suppression import Group, suppress


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign; money in the contract's currency.

    `reported` are the new members that it states, `registered` those of the register who joined by its
    channel from its first day to its last, `still` of these those who are members now. `growth` is
    `registered` in percent of `opening`, the members before its first day; None where there was nobody. A
    member counts for each campaign of the same channel and day.
    """

    record_id: str
    title: str
    channel: str | None
    started_on: date
    ended_on: date
    cost: Decimal
    reported: int
    cost_per_reported: float | None
    registered: int
    cost_per_registered: float | None
    still: int
    opening: int
    growth: float | None

    @property
    def staying(self) -> Group:
        """How many of the registered are members still, without a number where few stayed or left."""
        return next(iter(suppress({"still": self.still, "left": self.registered - self.still})))


@dataclass(frozen=True, slots=True)
class Gained:
    """New members of a span by source, the largest first; too small groups without a number."""

    span: Movement
    groups: Sequence[Group]


def campaigns(warehouse: Warehouse) -> tuple[Campaign, ...]:
    """Every campaign begun by now, the latest first."""
    return tuple(Campaign(*row) for row in warehouse.read("members/campaigns", until=as_of(warehouse).until))


def sources(warehouse: Warehouse) -> tuple[Gained, ...]:
    """New members by source in each of the contract's periods, without a contract in each month."""
    movement = member_movement(warehouse)
    spans = movement.periods or movement.months
    if not spans:
        return ()
    values = {
        "names": [span.name for span in spans],
        "starts": [span.start for span in spans],
        "ends": [span.end for span in spans],
        "until": as_of(warehouse).until,
    }
    found: dict[str, dict[str, int]] = {}
    for name, source, joined in warehouse.read("members/sources", **values):
        found.setdefault(name, {})[source] = joined
    return tuple(Gained(span, _groups(found.get(span.name, {}))) for span in spans)


def _groups(joined: Mapping[str, int]) -> tuple[Group, ...]:
    return tuple(suppress(joined)) if joined else ()
