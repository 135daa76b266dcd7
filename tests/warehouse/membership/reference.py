"""Members made at random, and the figures on them worked out one member at a time: slow, plain, to agree
with."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from warehouse import Warehouse
from warehouse.register import Member, MemberEvent, add_events, add_members

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2024, 11, 1), date(2026, 6, 30)
INSIDE = ("joined", "renewed", "returned")
MEMBERSHIP = ("joined", "renewed", "lapsed", "left", "returned")
CHANNELS = ("shop", "website", "referral")
RULES = (("potential", 0, None, None), ("new", 1, None, None), ("returning", 2, None, None))
VIP = ("vip", 5, Decimal(400), 180)

CONTRACT_TIERS = """  tiers:
    - {id: potential, title: {zh: 潜在, en: Potential}, minDeals: 0}
    - {id: new, title: {zh: 新, en: New}, minDeals: 1}
    - {id: returning, title: {zh: 老, en: Returning}, minDeals: 2}
    - {id: vip, title: {zh: 贵宾, en: Vip}, minDeals: 5, minAmount: 400.00, withinDays: 180}
"""


@dataclass(slots=True)
class Person:
    """One member with everything that happened, in the order of time."""

    member_id: str
    channel: str
    events: list[MemberEvent] = field(default_factory=list)

    def until(self, cut: date) -> list[tuple[date, MemberEvent]]:
        """What happened before that local day."""
        days = [(event.happened_at.astimezone(ZONE).date(), event) for event in self.events]
        return [(day, event) for day, event in days if day < cut]

    def steps(self, cut: date) -> list[tuple[date, str]]:
        """How membership really changed before that local day."""
        steps: list[tuple[date, str]] = []
        inside = False
        for day, event in self.until(cut):
            if event.event not in MEMBERSHIP or (event.event in INSIDE) == inside:
                continue
            inside = not inside
            steps.append((day, ("returned" if steps else "joined") if inside else "left"))
        return steps

    def is_member(self, cut: date) -> bool:
        """Whether they are a member at the end of the day before."""
        steps = self.steps(cut)
        return bool(steps) and steps[-1][1] != "left"

    def tier(self, cut: date) -> str:
        """Their class then, "" where they are not there."""
        story = self.until(cut)
        bought = [(day, event.amount or Decimal(0)) for day, event in story if event.event == "purchase"]
        said = [event for _, event in story if event.event in MEMBERSHIP]
        was_ever = bool(self.steps(cut))
        if not (self.is_member(cut) or (bought and not was_ever)):
            return ""
        assert said or bought
        stated = [event.tier for _, event in story if event.event == "tier"]
        if stated and stated[-1]:
            return stated[-1]
        reached = ""
        for tier, deals, amount, within in (*RULES, VIP):
            counted = [each for day, each in bought if within is None or day >= cut - timedelta(days=within)]
            if len(counted) >= deals or (amount is not None and sum(counted) >= amount):
                reached = tier
        return reached


def people(seed: int, count: int) -> list[Person]:
    """So many members with histories as registers have them: repeated, out of order, at midnight."""
    chance = Random(seed)
    everybody = []
    for number in range(count):
        person = Person(f"R{number:05d}", chance.choice(CHANNELS))
        instants = sorted({_instant(chance) for _ in range(chance.randrange(1, 14))})
        for at in instants:
            kind = chance.choices([*MEMBERSHIP, "purchase", "tier", "lifted"], [6, 2, 2, 4, 3, 12, 1, 0.5])[0]
            if kind == "purchase":
                amount = Decimal(chance.randrange(0, 30_000)) / 100
                person.events.append(MemberEvent(person.member_id, "purchase", at, amount=amount))
            elif kind in ("tier", "lifted"):
                tier = chance.choice(["vip", "gold"]) if kind == "tier" else None
                person.events.append(MemberEvent(person.member_id, "tier", at, tier=tier))
            else:
                person.events.append(MemberEvent(person.member_id, kind, at))
        everybody.append(person)
    return everybody


def store(warehouse: Warehouse, everybody: Sequence[Person], seed: int) -> None:
    """Into the warehouse, in an order that has nothing to do with time."""
    events = [event for person in everybody for event in person.events]
    Random(seed).shuffle(events)
    at = datetime(2026, 7, 1, tzinfo=UTC)
    with warehouse.transaction() as cursor:
        members = [Member(person.member_id, "zh", person.channel) for person in everybody]
        add_members(cursor, members, is_example=False, recorded_at=at)
        add_events(cursor, events, zone=ZONE, recorded_at=at)


def movement(everybody: Sequence[Person], start: date, end: date) -> tuple[int, int, int, int, int]:
    """Opening, joined, returned, left, closing."""
    opening = sum(person.is_member(start) for person in everybody)
    closing = sum(person.is_member(end) for person in everybody)
    inside = Counter(step for person in everybody for day, step in person.steps(end) if day >= start)
    return opening, inside["joined"], inside["returned"], inside["left"], closing


def flow(everybody: Sequence[Person], start: date, end: date) -> Mapping[tuple[str, str], int]:
    """(class before, class after) -> customers."""
    pairs = Counter((person.tier(start), person.tier(end)) for person in everybody)
    del pairs["", ""]
    return pairs


def kept(everybody: Sequence[Person], start: date, end: date) -> Mapping[tuple[str, str], tuple[int, int]]:
    """(dimension, group) -> members at the start, and those of them who are members at the end."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for person in everybody:
        if not person.is_member(start):
            continue
        groups = {
            "": "",
            "tier": person.tier(start),
            "channel": person.channel,
            "cohort": str(person.steps(end)[0][0].year),
        }
        for group in groups.items():
            opening, stayed = found.get(group, (0, 0))
            found[group] = (opening + 1, stayed + person.is_member(end))
    return found


def joined(everybody: Sequence[Person], first: date, spans: Sequence[date]) -> tuple[int, ...]:
    """Of those who first joined in the span from `first`, members before each of the days `spans`."""
    began = [
        person
        for person in everybody
        if any(first <= day < spans[0] for day, _ in person.steps(spans[-1])[:1])
    ]
    return tuple(sum(person.is_member(cut) for person in began) for cut in spans)


def stays(everybody: Sequence[Person], until: date) -> Counter[tuple[int, int, bool]]:
    """(whole months of the first stay up to its last day, days beyond, whether it ended) -> members."""
    found: Counter[tuple[int, int, bool]] = Counter()
    for person in everybody:
        steps = person.steps(until)
        if steps:
            joined = steps[0][0]
            last = max(joined, (steps[1][0] if len(steps) > 1 else until) - timedelta(days=1))
            months = 0
            while _months_later(joined, months + 1) <= last:
                months += 1
            found[months, (last - _months_later(joined, months)).days, len(steps) > 1] += 1
    return found


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _instant(chance: Random) -> datetime:
    day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days + 1))
    if chance.random() < 0.5:  # months and quarters begin and end more often than by chance
        day = chance.choice([day.replace(day=1), day.replace(day=1) - timedelta(days=1)])
    seconds = chance.choice([0, 1, 86_399, chance.randrange(86_400)])
    return (datetime.combine(day, datetime.min.time(), ZONE) + timedelta(seconds=seconds)).astimezone(UTC)
