"""Who is a member of the example club, and when: the opening stock, the comings and goings of each month."""

import math
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from warehouse.example.chance import Chance
from warehouse.example.story import FIRST_DAY, MONTHS, OPENING_MEMBERS, ZONE, Month
from warehouse.register import Member, MemberEvent

_LANGUAGES = {"zh": 0.76, "en": 0.24}
_CHANNELS = {"shop": 0.42, "mini_program": 0.36, "website": 0.13, "referral": 0.09}
_OPENING_TIERS = {"potential": 0.10, "new": 0.20, "returning": 0.58, "vip": 0.12}
_HOURS = {10: 5, 11: 7, 12: 9, 13: 6, 14: 5, 15: 6, 16: 6, 17: 7, 18: 8, 19: 11, 20: 13, 21: 10, 22: 4}


@dataclass(slots=True)
class Person:
    """A member while the club is made: `warmth` is how content by nature, `pace` how many purchases a day."""

    member: Member
    joined_at: datetime
    opening_tier: str
    warmth: float
    pace: float
    stays: list[tuple[datetime, datetime | None]] = field(default_factory=list)

    @property
    def is_member(self) -> bool:
        """Whether the last stay is still open."""
        return bool(self.stays) and self.stays[-1][1] is None


def people(chance: Chance) -> tuple[list[Person], list[MemberEvent]]:
    """All who were ever members, and their events: joined, left, returned, the first tier in the books."""
    everybody = [_opening_person(chance, number) for number in range(1, OPENING_MEMBERS + 1)]
    everybody.sort(key=lambda person: person.joined_at)
    for number, person in enumerate(everybody, start=1):
        person.member = Member(f"M{number:05d}", person.member.language, person.member.channel)
    opening = datetime.combine(FIRST_DAY, time(), ZONE).astimezone(UTC)
    events = [MemberEvent(person.member.member_id, "joined", person.joined_at) for person in everybody]
    events += [
        MemberEvent(person.member.member_id, "tier", opening, tier=person.opening_tier)
        for person in everybody
    ]
    for month in MONTHS:
        events += _month_events(chance, month, everybody)
    return everybody, events


def _person(chance: Chance, number: int, joined_at: datetime, tier: str) -> Person:
    member = Member(f"M{number:05d}", chance.weighted(_LANGUAGES), chance.weighted(_CHANNELS))
    pace = math.exp(chance.normal(-4.2, 0.6))
    return Person(member, joined_at, tier, chance.normal(0.0, 0.5), pace, [(joined_at, None)])


def _opening_person(chance: Chance, number: int) -> Person:
    # More of those still members joined lately: the square root bends an even draw towards the opening.
    days_ago = 1 + int(870 * (1 - math.sqrt(chance.unit())))
    joined_at = moment(chance, FIRST_DAY - timedelta(days=days_ago))
    return _person(chance, number, joined_at, chance.weighted(_OPENING_TIERS))


def _month_events(chance: Chance, month: Month, everybody: list[Person]) -> list[MemberEvent]:
    # Drawn from those in or out before the month began, so that nobody comes and goes twice in one month.
    inside = {index: math.exp(-person.warmth) for index, person in enumerate(everybody) if person.is_member}
    outside = {index: 1.0 for index, person in enumerate(everybody) if not person.is_member}
    events = []
    for index in chance.sample(inside, month.left):
        person = everybody[index]
        left_at = moment(chance, _day_in(chance, month))
        person.stays[-1] = (person.stays[-1][0], left_at)
        events.append(MemberEvent(person.member.member_id, "left", left_at))
    for index in chance.sample(outside, month.returned):
        person = everybody[index]
        returned_at = moment(chance, _day_in(chance, month))
        person.stays.append((returned_at, None))
        events.append(MemberEvent(person.member.member_id, "returned", returned_at))
    joining = sorted(moment(chance, _day_in(chance, month)) for _ in range(month.joined))
    for joined_at in joining:
        person = _person(chance, len(everybody) + 1, joined_at, "potential")
        everybody.append(person)
        events.append(MemberEvent(person.member.member_id, "joined", joined_at))
        events.append(MemberEvent(person.member.member_id, "tier", joined_at, tier="potential"))
    return events


def _day_in(chance: Chance, month: Month) -> date:
    return month.first + timedelta(days=chance.below((month.last - month.first).days + 1))


def moment(chance: Chance, day: date) -> datetime:
    """An instant (UTC) in the opening hours of a local day."""
    seconds = chance.weighted(_HOURS) * 3600 + chance.below(3600)
    return (datetime.combine(day, time(), ZONE) + timedelta(seconds=seconds)).astimezone(UTC)
