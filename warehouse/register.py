"""The member register: writes members and what happened to them, in bulk, in a transaction of the caller."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from warehouse.calendar import local_day, to_stored
from warehouse.sql import sql


@dataclass(frozen=True, slots=True)
class Member:
    """One member of party A's register. `channel` is where the member joined, such as shop or website; basic
    data are texts as stated, None where nothing is."""

    member_id: str
    language: str
    channel: str
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    birthday: str | None = None
    gender: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class MemberEvent:
    """`joined`, `left`, `returned`, `purchase` (with its amount) or `tier` (with the new tier)."""

    member_id: str
    event: str
    happened_at: datetime
    amount: Decimal | None = None
    tier: str | None = None


def add_members(
    cursor: DuckDBPyConnection,
    members: Sequence[Member],
    *,
    is_example: bool,
    recorded_at: datetime | Sequence[datetime],
) -> None:
    """Appends members; `recorded_at` is an aware instant, of all or of each. The caller makes sure that none
    is there yet."""
    instants = [recorded_at] * len(members) if isinstance(recorded_at, datetime) else recorded_at
    cursor.execute(
        sql("members/add_members"),
        {
            "member_ids": [member.member_id for member in members],
            "languages": [member.language for member in members],
            "channels": [member.channel for member in members],
            "names": [member.name for member in members],
            "phones": [member.phone for member in members],
            "emails": [member.email for member in members],
            "birthdays": [member.birthday for member in members],
            "genders": [member.gender for member in members],
            "cities": [member.city for member in members],
            "instants": [to_stored(at) for at in instants],
            "is_example": is_example,
        },
    )


def add_events(
    cursor: DuckDBPyConnection, events: Sequence[MemberEvent], *, zone: ZoneInfo, recorded_at: datetime
) -> None:
    """Appends events; the local day and month are those of `happened_at` in the reporting zone."""
    days = [local_day(event.happened_at, zone) for event in events]
    cursor.execute(
        sql("members/add_events"),
        {
            "member_ids": [event.member_id for event in events],
            "events": [event.event for event in events],
            "instants": [to_stored(event.happened_at) for event in events],
            "days": days,
            "months": [day.replace(day=1) for day in days],
            "amounts": [None if event.amount is None else str(event.amount) for event in events],
            "tiers": [event.tier for event in events],
            "recorded_at": to_stored(recorded_at),
        },
    )
