"""Classes of customers by the contract's bars, as of any day, and how customers passed between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from warehouse.contracts import LoadedContract, current_contract
from warehouse.database import Warehouse
from warehouse.suppression import Group
from warehouse.suppression_of_tables import Place, hidden_places

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
        """Where the customers of a class are at the end: by class, without the numbers that are not shown."""
        hidden = self._hidden()
        return {
            after: _group(after, self.moves.get((before, after), 0), Place(before, after) in hidden)
            for after in (*self.tiers, NOT_THERE)
        }

    def shown_before(self, tier: str) -> Group:
        """How many were of that class at the start, as it is shown."""
        return _group(tier, self.before(tier), Place(tier, None) in self._hidden())

    def shown_after(self, tier: str) -> Group:
        """How many are of that class at the end, as it is shown."""
        return _group(tier, self.after(tier), Place(None, tier) in self._hidden())

    def _hidden(self) -> frozenset[Place]:
        # Who came and who went is told by the movement of members.
        return hidden_places(self.moves, {Place(NOT_THERE, None), Place(None, NOT_THERE)})


def _group(name: str, n: int, is_hidden: bool) -> Group:
    return Group(name, None if is_hidden else n, is_hidden)


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
