"""What care is due: how much on which day, the list of a day, and which plans reach nobody."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from warehouse.as_of import as_of
from warehouse.contracts import current_contract
from warehouse.membership.tiers import tier_titles
from warehouse.records.care_calendar import Plan
from warehouse.records.reading import ALL

if TYPE_CHECKING:
    from warehouse.database import Warehouse

AHEAD = 7  # days for which lists can be prepared


@dataclass(frozen=True, slots=True)
class Due:
    """One greeting or gift of a day."""

    record_id: str
    occasion: str
    member_id: str
    name: str | None
    phone: str | None
    email: str | None
    channel: str
    greeting: str
    given_on: date | None


COLUMNS = tuple(field.name for field in fields(Due))


@dataclass(frozen=True, slots=True)
class CareDay:
    """How much is due on a day for an occasion, and given."""

    day: date
    occasion: str
    due: int
    given: int


def care_today(warehouse: "Warehouse") -> date:
    """The local day; in an example warehouse the last one of its story."""
    return as_of(warehouse).until - timedelta(days=1)


def lost_plans(warehouse: "Warehouse") -> tuple[Plan, ...]:
    """The plans, not ended yet, for a class of customers that the contract no longer has: they reach
    nobody."""
    today, known = care_today(warehouse), tier_titles(current_contract(warehouse))
    plans = [Plan(*row) for row in warehouse.read("records/care_plans")]
    return tuple(
        plan
        for plan in plans
        if plan.tier is not None and plan.tier not in known and (plan.until is None or plan.until > today)
    )


def care_days(warehouse: "Warehouse", first: date, last: date) -> tuple[CareDay, ...]:
    """What is due by day and occasion."""
    return tuple(CareDay(*row) for row in warehouse.read("records/care_days", first=first, last=last))


def care_list(warehouse: "Warehouse", day: date, most: int = ALL) -> tuple[Due, ...]:
    """The first greetings of a day, personal data among them: for the operator alone."""
    return tuple(Due(*row) for row in warehouse.read("records/care_list", day=day, most=most))
