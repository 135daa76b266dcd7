"""How the example club was asked: two waves of personal links, who opened and gave up, how long forms took.

All of it follows from the answers that the club gave and a seed of its own, so that no answer changes by it.
"""

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from duckdb import DuckDBPyConnection

from survey import Response, response_id_at
from warehouse.calendar import to_stored
from warehouse.example.chance import Chance
from warehouse.example.joining import Person
from warehouse.example.shopping import CLOSING
from warehouse.example.story import SEED, ZONE
from warehouse.fieldwork.events import Event, store_events
from warehouse.register import MemberEvent
from warehouse.sql import sql
from warehouse.surveys import BUILT_IN

_WAVES = (
    ("2026Q3", date(2026, 9, 1), date(2026, 9, 30)),
    ("2026Q4", date(2026, 11, 2), date(2026, 11, 30)),
)
_BOUNCED, _OPENED, _BEGUN = 0.024, 0.15, 0.5
_LOOKED_IN = 0.16  # forms opened by the open link and not sent, for each that was
_REACHED = {"": 0.3, "overall": 0.35, "recommend": 0.2, "ease": 0.1, "touchpoint": 0.05}
_REASONS = {"550 5.1.1 no such mailbox": 0.7, "552 5.2.2 mailbox full": 0.3}
_MIDDLE, _SPREAD = math.log(46), 0.32
_HASTY = 0.022


@dataclass(frozen=True, slots=True)
class Invitation:
    """A member of a wave and the one response; `bounced` is the reason why it came back, "" if it did not."""

    wave: str
    member_id: str
    tier: str | None
    language: str
    response_id: UUID
    bounced: str


@dataclass(frozen=True, slots=True)
class Asking:
    """All invitations, wave by wave, and what happened to forms."""

    invitations: tuple[Invitation, ...]
    events: tuple[Event, ...]


def seconds_taken(chance: Chance, texts: int) -> float:
    """How long a form took, with a comment or without; a few people rush through it."""
    if chance.happens(_HASTY):
        return 7 + 11 * chance.unit()
    return math.exp(chance.normal(_MIDDLE, _SPREAD)) + 18 * texts


def make_asking(
    everybody: Sequence[Person], events: Sequence[MemberEvent], responses: Sequence[Response]
) -> Asking:
    """The waves and what happened to forms, the same each time."""
    chance = Chance(SEED + 2)
    tiers: dict[str, list[tuple[datetime, str]]] = {}
    for event in events:
        if event.tier is not None:
            tiers.setdefault(event.member_id, []).append((event.happened_at, event.tier))
    invitations: list[Invitation] = []
    happened = list(_sent(responses))
    for wave, first, last in _WAVES:
        begin, end = _morning(first), min(_morning(last + timedelta(days=1)), CLOSING)
        answered = _first_answers(responses, begin, end)
        for person in everybody:
            if any(joined <= begin and (left is None or left > begin) for joined, left in person.stays):
                made = _invited(chance, wave, begin, person, tiers, answered)
                invitations.append(made)
                if made.member_id not in answered and not made.bounced:
                    happened += _given_up(chance, made.response_id, begin, end, _OPENED)
    for response in responses:
        if response.channel == "light_form":
            shown = response.submitted_at - timedelta(hours=2)
            happened += _given_up(chance, None, shown, response.submitted_at, _LOOKED_IN)
    return Asking(tuple(invitations), tuple(happened))


def store_asking(cursor: DuckDBPyConnection, asking: Asking) -> None:
    """Insert it, within the caller's transaction. The links open nothing: no token has their SHA-256."""
    for wave, first, last in _WAVES:
        mine = [each for each in asking.invitations if each.wave == wave]
        tokens = [hashlib.sha256(f"example {wave} {each.member_id}".encode()).hexdigest() for each in mine]
        row = {
            "token_sha256": tokens,
            "survey": BUILT_IN,
            "wave": wave,
            "member_id": [each.member_id for each in mine],
            "tier": [each.tier for each in mine],
            "language": [each.language for each in mine],
            "response_id": [each.response_id for each in mine],
            "created_at": to_stored(_morning(first)),
            "day": first,
            "expires_at": to_stored(_midnight(last + timedelta(days=1))),
        }
        cursor.execute(sql("invitations/insert_invitations"), row)
        bounced = [(token, each.bounced) for token, each in zip(tokens, mine, strict=True) if each.bounced]
        event = {
            "token_sha256": [token for token, _ in bounced],
            "reason": [reason for _, reason in bounced],
            "happened_at": to_stored(_morning(first)),
        }
        cursor.execute(sql("fieldwork/insert_bounces"), event)
    store_events(cursor, asking.events)


def _invited(
    chance: Chance,
    wave: str,
    begin: datetime,
    person: Person,
    tiers: Mapping[str, Sequence[tuple[datetime, str]]],
    answered: Mapping[str, UUID],
) -> Invitation:
    member = person.member
    reached = [tier for at, tier in tiers.get(member.member_id, ()) if at <= begin]
    comes_back = chance.happens(_BOUNCED)
    response_id = answered.get(member.member_id)
    reason = chance.weighted(_REASONS) if comes_back and response_id is None else ""
    return Invitation(
        wave,
        member.member_id,
        reached[-1] if reached else None,
        member.language,
        response_id or response_id_at(begin, BUILT_IN, f"example {wave} {member.member_id}"),
        reason,
    )


def _first_answers(responses: Sequence[Response], begin: datetime, end: datetime) -> dict[str, UUID]:
    """Member -> the first response given in that time."""
    found: dict[str, UUID] = {}
    for response in responses:
        if begin <= response.submitted_at < end and response.member_id:
            found.setdefault(response.member_id, response.response_id)
    return found


def _given_up(
    chance: Chance, response_id: UUID | None, begin: datetime, end: datetime, likely: float
) -> Iterator[Event]:
    """What happened to a form that was perhaps opened, perhaps begun, and not sent; None: one more form."""
    if not chance.happens(likely):
        return
    at = begin + (end - begin) * chance.unit()
    key = response_id or response_id_at(at, BUILT_IN, f"example visit {chance.below(10**9)}")
    yield Event(BUILT_IN, key, "opened", 1, at, at + timedelta(seconds=2))
    if chance.happens(_BEGUN):
        begun = at + timedelta(seconds=4 + 10 * chance.unit())
        yield Event(BUILT_IN, key, "started", 1, at, begun)
        if reached := chance.weighted(_REACHED):
            yield Event(BUILT_IN, key, "question", 1, at, begun + timedelta(seconds=20), question=reached)


def _sent(responses: Sequence[Response]) -> Iterator[Event]:
    """The one page of each form that was sent."""
    for response in responses:
        if response.channel == "light_form" and response.started_at is not None:
            sent = response.submitted_at
            yield Event(BUILT_IN, response.response_id, "page", 1, response.started_at, sent, page=0)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def _morning(day: date) -> datetime:
    return _midnight(day) + timedelta(hours=9)
