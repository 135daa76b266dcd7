"""Who of the members at the start of a span is still one at its end: by class, channel, year of joining."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from warehouse.contracts import current_contract
from warehouse.database import Warehouse
from warehouse.membership.tiers import rules
from warehouse.suppression import suppress

DIMENSIONS = ("tier", "channel", "cohort")


@dataclass(frozen=True, slots=True)
class Kept:
    """Of `opening` members `kept` stayed; both None where the group is too small to be shown."""

    name: str
    opening: int | None
    kept: int | None

    @property
    def lost(self) -> int | None:
        return None if self.opening is None or self.kept is None else self.opening - self.kept

    @property
    def retention(self) -> float | None:
        """In percent; with `churn` it makes 100."""
        return 100 * self.kept / self.opening if self.opening and self.kept is not None else None

    @property
    def churn(self) -> float | None:
        return None if self.retention is None else 100 - self.retention


@dataclass(frozen=True, slots=True)
class Retention:
    """From before the local day `start` to before `end`. `groups`: dimension -> its groups, the largest
    first, years in their order; the name "" is not stated."""

    start: date
    end: date
    whole: Kept
    groups: Mapping[str, tuple[Kept, ...]]


def retention(warehouse: Warehouse, start: date, end: date) -> Retention:
    """The members kept and lost between two local days."""
    query = "members/retention" if start.day == 1 else "members/retention_any_day"
    rows = warehouse.read(query, start=start, end=end, contract=rules(current_contract(warehouse)))
    counted = {(dimension, name): (opening, kept) for dimension, name, opening, kept in rows}
    groups = {}
    for dimension in DIMENSIONS:
        found = {name: counts for (each, name), counts in counted.items() if each == dimension}
        hidden = {
            group.name for group in suppress({name: n for name, (n, _) in found.items()}) if group.suppressed
        }
        groups[dimension] = tuple(
            Kept(name, None, None) if name in hidden else Kept(name, *counts)
            for name, counts in found.items()
        )
    return Retention(start, end, Kept("", *counted.get(("", ""), (0, 0))), groups)
