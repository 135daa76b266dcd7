"""How complete, valid and fresh customers' files are, by field and class of customers."""

from dataclasses import dataclass

from warehouse.as_of import as_of
from warehouse.contracts import current_contract
from warehouse.database import Warehouse
from warehouse.membership.tiers import rules
from warehouse.suppression import suppress


@dataclass(frozen=True, slots=True)
class FieldQuality:
    """One of the basic data of the members of a class, "" for all: how many members there are, of how many it
    is stated, and is valid, None where anything may be stated. `fresh`: files changed within 365 days."""

    tier: str
    field: str
    members: int
    filled: int
    valid: int | None
    fresh: int


def file_quality(warehouse: Warehouse) -> tuple[FieldQuality, ...]:
    """By class and field, as of the day of the figures; classes too small to be shown are left out."""
    rows = warehouse.read(
        "members/file_quality",
        until=as_of(warehouse).until,
        contract=rules(current_contract(warehouse)),
    )
    found = [FieldQuality(*row) for row in rows]
    sizes = {each.tier: each.members for each in found if each.tier}
    total = next((each.members for each in found if not each.tier), 0)
    hidden = {group.name for group in suppress(sizes, total) if group.suppressed}
    return tuple(each for each in found if each.tier not in hidden)
