"""What the members of the example club buy, which tier that makes them, and when they answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from warehouse.example.chance import Chance
from warehouse.example.joining import Person, moment
from warehouse.example.story import FIRST_DAY, LAST_DAY, ZONE, trade
from warehouse.register import MemberEvent

# Purchases and yuan spent before the books begin, by the tier at the opening.
_HISTORY = {"potential": (0, 0), "new": (1, 180), "returning": (5, 1100), "vip": (16, 5200)}
_VIP_PURCHASES = 24
_VIP_SPENT = Decimal(6000)
_BUSIEST = 2.9
_REST = timedelta(days=14)
_FEEDBACK = {"before": 0.13, "during": 0.20, "after": 0.43, "": 0.24}

OPENING = datetime.combine(FIRST_DAY, time(), ZONE).astimezone(UTC)
CLOSING = datetime.combine(LAST_DAY + timedelta(days=1), time(), ZONE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A member is about to answer: when, as which tier, at which touchpoint."""

    at: datetime
    person: Person
    tier: str
    touchpoint: str


def shopping(chance: Chance, person: Person) -> tuple[list[MemberEvent], list[Occasion]]:
    """The purchases and changes of tier of one person, and the occasions on which the person answers."""
    member_id = person.member.member_id
    count, spent_before = _HISTORY[person.opening_tier]
    spent, tier = Decimal(spent_before), person.opening_tier
    events: list[MemberEvent] = []
    wanted: list[tuple[datetime, str]] = []
    if person.joined_at > OPENING and chance.happens(0.45):
        looked_at = person.joined_at + timedelta(days=1 + chance.wait(0.3))
        wanted.append((moment(chance, looked_at.astimezone(ZONE).date()), "before"))
    for bought_at in _purchase_instants(chance, person):
        touchpoint = chance.weighted(_FEEDBACK)
        if touchpoint:
            wanted.append((_answer_instant(chance, bought_at, touchpoint), touchpoint))
        amount = Decimal(round(2 ** chance.normal(7.1, 0.9) * 10)) / 10
        count, spent = count + 1, spent + amount
        events.append(MemberEvent(member_id, "purchase", bought_at, amount=amount))
        reached = _tier(count, spent)
        if reached != tier:
            tier = reached
            events.append(MemberEvent(member_id, "tier", bought_at, tier=tier))
    return events, list(_occasions(person, wanted, events))


def _tier(purchases: int, spent: Decimal) -> str:
    if purchases >= _VIP_PURCHASES or spent >= _VIP_SPENT:
        return "vip"
    return "returning" if purchases >= 2 else "new"


def _purchase_instants(chance: Chance, person: Person) -> Iterator[datetime]:
    # A Poisson process, thinned to the trade of each day (Lewis and Shedler 1979).
    for begun, ended in person.stays:
        at, until = max(begun, OPENING), min(ended or CLOSING, CLOSING)
        while (at := at + timedelta(days=chance.wait(person.pace * _BUSIEST))) < until:
            day = at.astimezone(ZONE).date()
            if chance.happens(trade(day) / _BUSIEST):
                bought_at = moment(chance, day)
                if begun < bought_at < until:
                    yield bought_at


def _answer_instant(chance: Chance, bought_at: datetime, touchpoint: str) -> datetime:
    if touchpoint == "during":
        return bought_at + timedelta(seconds=60 + int(chance.wait(1 / 400)))
    if touchpoint == "before":
        day = (bought_at - timedelta(days=1 + chance.wait(1.5))).astimezone(ZONE).date()
    else:
        day = (bought_at + timedelta(days=1 + chance.wait(1 / 2.2))).astimezone(ZONE).date()
    return moment(chance, day)


def _occasions(
    person: Person, wanted: list[tuple[datetime, str]], events: list[MemberEvent]
) -> Iterator[Occasion]:
    changes = sorted((event.happened_at, event.tier) for event in events if event.tier is not None)
    last: datetime | None = None
    for at, touchpoint in sorted(wanted):
        if not any(begun <= at < (ended or CLOSING) for begun, ended in person.stays):
            continue
        if not OPENING <= at < CLOSING or (last is not None and at - last < _REST):
            continue
        last = at
        tiers = [tier for changed_at, tier in changes if changed_at <= at and tier is not None]
        yield Occasion(at, person, tiers[-1] if tiers else person.opening_tier, touchpoint)
