"""How the number of members moved by period and month: opening, joined, returned, left, closing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contract.periods import Period
from warehouse.as_of import AsOf, State, as_of
from warehouse.contracts import current_contract
from warehouse.database import Warehouse

GROWTH = "member_growth"


@dataclass(frozen=True, slots=True)
class Movement:
    """Members from `start` until before `end`, local days: opening + joined + returned - left = closing.

    While it runs the figures are those so far. `target` is the growth asked for, in percent; None for months
    and where the contract sets none.
    """

    name: str
    start: date
    end: date
    state: State
    opening: int
    joined: int
    returned: int
    left: int
    target: Decimal | None

    @property
    def closing(self) -> int:
        """Members at the end."""
        return self.opening + self.joined + self.returned - self.left

    @property
    def growth(self) -> float | None:
        """The change in percent of the opening; None when that is 0."""
        return 100 * (self.closing - self.opening) / self.opening if self.opening else None


@dataclass(frozen=True, slots=True)
class MemberMovement:
    """The movement by the contract's periods that have begun (none without a contract) and by month."""

    as_of: datetime
    periods: tuple[Movement, ...]
    months: tuple[Movement, ...]


def member_movement(warehouse: Warehouse, instant: datetime | None = None) -> MemberMovement:
    """The movement as of an aware instant, now when None.

    Months run from the contract's first day, without a contract from the first event.
    """
    at = as_of(warehouse, instant)
    days = [_Day(*row) for row in warehouse.read("members/movement", until=at.until)]
    loaded = current_contract(warehouse)
    targets = {}
    if loaded:
        targets = {period: version.target(GROWTH, period.name) for period, version in loaded.periods}
    periods = tuple(
        _movement(period, days, at, target.value if target else None)
        for period, target in targets.items()
        if at.begun(period.start)
    )
    first = loaded.contract.term.start if loaded else first_day(warehouse, at.until) or at.until
    months = tuple(_movement(month, days, at, None) for month in months_between(first, at.until))
    return MemberMovement(at.instant, periods, months)


def first_day(warehouse: Warehouse, until: date) -> date | None:
    """The local day on which the first thing happened to a member, before `until`; None when nothing has."""
    found: date | None = warehouse.read("members/first_day", until=until)[0][0]
    return found


def months_between(start: date, end: date) -> Iterator[Period]:
    """The calendar months that have a day from `start` until before `end`, named like 2026-07."""
    first = start.replace(day=1)
    while first < end:
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        yield Period(f"{first:%Y-%m}", first, after)
        first = after


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    joined: int
    returned: int
    left: int

    @property
    def net(self) -> int:
        return self.joined + self.returned - self.left


def _movement(period: Period, days: Sequence[_Day], at: AsOf, target: Decimal | None) -> Movement:
    inside = [each for each in days if period.start <= each.day < period.end]
    return Movement(
        name=period.name,
        start=period.start,
        end=period.end,
        state=at.state(period.end),
        opening=sum(each.net for each in days if each.day < period.start),
        joined=sum(each.joined for each in inside),
        returned=sum(each.returned for each in inside),
        left=sum(each.left for each in inside),
        target=target,
    )
