"""What the register of the example club says of its members: made up, with gaps and a few mistakes.

The phone numbers begin with 100, which no phone in China does, and the addresses end in example.com.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from duckdb import DuckDBPyConnection

from warehouse.example.chance import Chance
from warehouse.example.story import FIRST_DAY, SEED, ZONE
from warehouse.register import Member, MemberEvent, add_members

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗"
_GIVEN = (
    "伟",
    "芳",
    "敏",
    "静",
    "磊",
    "洋",
    "艳",
    "勇",
    "军",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "霞",
    "平",
    "秀英",
    "桂英",
    "建华",
    "晓东",
)
_ENGLISH = (
    "Alex",
    "Chris",
    "Dana",
    "Jordan",
    "Kim",
    "Lee",
    "Morgan",
    "Pat",
    "Robin",
    "Sam",
    "Taylor",
    "Terry",
)
_FAMILIES = (
    "Brown",
    "Clark",
    "Evans",
    "Green",
    "Hall",
    "Hill",
    "King",
    "Moore",
    "Reed",
    "Scott",
    "Ward",
    "Wood",
)
_CITIES = {"上海": 0.4, "杭州": 0.2, "苏州": 0.15, "南京": 0.15, "宁波": 0.1}
# The books that the club began with knew neither gender nor city; a year later they were gone through.
_GONE_THROUGH = datetime(2026, 4, 20, 2, tzinfo=UTC)
_OLDEST, _AGES = date(1950, 1, 1), 55 * 365


def filed(members: Sequence[Member]) -> tuple[Member, ...]:
    """The members with their basic data; of some a part is missing, and a few are mistyped."""
    chance = Chance(SEED + 50)
    return tuple(_filed(chance, number, member) for number, member in enumerate(members, start=1))


def store_files(cursor: DuckDBPyConnection, members: Sequence[Member], events: Sequence[MemberEvent]) -> None:
    """The files as the club kept them: entered on joining, those of the opening stock gone through later."""
    opening = datetime.combine(FIRST_DAY, time(), ZONE).astimezone(UTC)
    joined = {event.member_id: event.happened_at for event in events if event.event == "joined"}
    kept: list[tuple[Member, datetime]] = []
    for member in members:
        at = max(joined[member.member_id], opening)
        bare = replace(member, gender=None, city=None)
        if at == opening and bare != member:
            kept += [(bare, at), (member, _GONE_THROUGH)]
        else:
            kept.append((member, at))
    add_members(cursor, [member for member, _ in kept], is_example=True, recorded_at=[at for _, at in kept])


def _filed(chance: Chance, number: int, member: Member) -> Member:
    if member.language == "zh":
        name = chance.one_of(_SURNAMES) + chance.one_of(_GIVEN)
    else:
        name = f"{chance.one_of(_ENGLISH)} {chance.one_of(_FAMILIES)}"
    born = _OLDEST + timedelta(days=chance.below(_AGES))
    phone, email, birthday = f"100{number:08d}", f"member{number}@example.com", born.isoformat()
    if chance.happens(0.015):
        phone = phone[:5]
    if chance.happens(0.02):
        email = email.replace("@", "#")
    if chance.happens(0.01):
        birthday = f"{born:%d.%m.%y}"
    gender, city = chance.one_of(("女", "男")), chance.weighted(_CITIES)

    def stated(text: str, likely: float) -> str | None:
        return text if chance.happens(likely) else None

    return replace(
        member,
        name=stated(name, 0.99),
        phone=stated(phone, 0.97),
        email=stated(email, 0.70),
        birthday=stated(birthday, 0.66),
        gender=stated(gender, 0.88),
        city=stated(city, 0.84),
    )
