"""Classes of customers by the contract's bars, as of any day, and how customers passed between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from warehouse.contracts import LoadedContract, current_contract
from warehouse.database import Warehouse
from warehouse.suppression import Group, suppress

NOT_THERE = ""
BARE: Mapping[str, Mapping[str, str]] = {
    "potential": {"en": "Potential", "zh": "潜在客户"},
    "new": {"en": "New", "zh": "新客户"},
    "returning": {"en": "Returning", "zh": "老客户"},
}
"""The classes where no contract names any."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Customers by class before the local days `start` and `end`: (before, after) -> how many; NOT_THERE is
    not there. `tiers` are the classes in the contract's order, then others that somebody stated."""

    start: date
    end: date
    tiers: tuple[str, ...]
    moves: Mapping[tuple[str, str], int]

    def before(self, tier: str) -> int:
        """How many were of that class at the start."""
        return sum(n for (left, _), n in self.moves.items() if left == tier)

    def after(self, tier: str) -> int:
        """How many are of that class at the end."""
        return sum(n for (_, right), n in self.moves.items() if right == tier)

    def shown(self, before: str) -> Mapping[str, Group]:
        """Where the customers of a class are at the end: by class, too small groups without a number."""
        sizes = {after: self.moves.get((before, after), 0) for after in (*self.tiers, NOT_THERE)}
        return {group.name: group for group in suppress(sizes)}


def tier_flow(warehouse: Warehouse, start: date, end: date) -> Flow:
    """How customers passed from class to class between two local days, each before it begins."""
    loaded = current_contract(warehouse)
    query = "members/tier_flow" if start.day == 1 else "members/tier_flow_any_day"
    rows = warehouse.read(query, start=start, end=end, contract=rules(loaded))
    moves = {(before, after): n for before, after, n in rows}
    there = {tier for pair in moves for tier in pair} - {NOT_THERE}
    known = tuple(tier_titles(loaded))
    return Flow(start, end, (*known, *sorted(there - set(known))), moves)


def tier_titles(loaded: LoadedContract | None) -> Mapping[str, Mapping[str, str]]:
    """Class -> language -> title, in the contract's order."""
    if rules(loaded) and loaded:
        return {tier.id: tier.title for tier in loaded.contract.spec.tiers}
    return BARE


def stated_tiers(warehouse: Warehouse) -> tuple[str, ...]:
    """The classes that somebody may state: those of any version of the contract in force; none without a
    contract that names them, then whatever a register calls them is kept."""
    loaded = current_contract(warehouse)
    found = [tier.id for version in loaded.versions for tier in version.spec.tiers] if loaded else []
    return tuple(dict.fromkeys(found))


def rules(loaded: LoadedContract | None) -> str:
    """Which bars hold, as the queries take it: the hash of the contract, "" for those of no contract."""
    return loaded.contract.sha256 if loaded and loaded.contract.spec.tiers else ""
