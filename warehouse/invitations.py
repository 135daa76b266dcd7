"""Personal invitations: one token for one member, one wave and one response.

A token is 128 random bits, shown once: only its SHA-256 is kept. The id of the response is fixed when the
invitation is made, so "one response each" needs no lock and no mark on the token: whatever is sent by it,
from however many tabs, has the same id, and the writer stores each id once.

Of an anonymous survey no response ever bears that id: it only marks that the member has answered. See
anonymity.py.
"""

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from survey import Questionnaire
from survey.identifiers import new_response_id
from warehouse.audit.chain import record
from warehouse.calendar import from_stored, local_day, to_stored, utc_now
from warehouse.case_counts import case_counts
from warehouse.invitation_fields import asked_fields, check_fields, find_fields, keep_fields
from warehouse.invitation_problems import refusal
from warehouse.invitees import Invitee
from warehouse.receiving import is_stored, takes_answers
from warehouse.selection import Selected
from warehouse.sql import sql
from warehouse.surveys import surveys

if TYPE_CHECKING:
    from warehouse.database import Warehouse

Standing = Literal["open", "answered", "revoked", "expired"]
REMINDER_COLUMNS = ("wave", "member_id", "tier", "language", "invited_on", "until")
LONGEST_WAVE = 60
LONGEST_YEARS = 5
_TOKEN = re.compile(r"[0-9a-f]{32}")
_NONE = ("", "", "", None, None, UUID(int=0), None, False)  # the row of a token that there is not


@dataclass(frozen=True, slots=True)
class Link:
    """The secret half of an invitation, known only now: `path` is the address on the server, "/i/...".
    `fields` are the further columns of the file that named the member."""

    member_id: str
    token: str
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where the server answers this invitation."""
        return f"/i/{self.token}"


@dataclass(frozen=True, slots=True)
class Made:
    """The new links, in the order of the members, and who needed none: invited before, or has answered.

    Of the file's further columns, the form uses those `kept`; `passed_over` are handed on with the links and
    kept nowhere. `unspoken` are languages that members have and the questionnaire has not.
    """

    links: tuple[Link, ...]
    invited_before: tuple[str, ...]
    kept: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    unspoken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a token was made for. `expires_at` is the first instant (UTC) that is too late."""

    survey: str
    wave: str
    member_id: str
    tier: str | None
    language: str | None
    response_id: UUID
    expires_at: datetime
    standing: Standing
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Invited:
    """A member invited to a wave, as the lists show them, by their last invitation; instants are UTC."""

    wave: str
    member_id: str
    tier: str | None
    language: str | None
    created_at: datetime
    expires_at: datetime
    standing: Standing
    token_sha256: str


@dataclass(frozen=True, slots=True)
class Wave:
    """Members of one wave: `invited` is the sum of the others; `waiting` can still answer."""

    name: str
    invited: int
    answered: int
    waiting: int
    expired: int
    revoked: int


def invite(
    warehouse: "Warehouse", survey: str, members: Sequence[Invitee] | Selected, wave: str, last_day: date
) -> Made:
    """Make a link for each member who has none that is open and has not answered in this wave.

    The links work to the end of `last_day` in the reporting zone. A member whose link expired or was revoked
    gets a new one for the same single response. How members of the register were selected is kept. Raises
    WarehouseError: "invitation-survey", "invitation-wave", "invitation-expiry", "invitation-field",
    "selection-nobody"; then nothing is stored.
    """
    now = utc_now()
    selected = members if isinstance(members, Selected) else None
    chosen = members.members if isinstance(members, Selected) else members
    if selected and not chosen:
        raise refusal("selection-nobody", survey)
    asked = _asked(warehouse, survey)
    wave = _checked_wave(wave)
    expires_at = _end_of(warehouse, last_day, now)
    given = dict.fromkeys(name for member in chosen for name in member.fields)
    kept = tuple(name for name in asked_fields(asked) if name in given)
    check_fields(chosen, kept)
    with warehouse.transaction() as cursor:
        known = {"survey": survey, "wave": wave, "now": to_stored(now)}
        rows = cursor.execute(sql("invitations/members"), known).fetchall()
        before: dict[str, tuple[UUID, Standing]] = {row[1]: (row[6], row[8]) for row in rows}
        done = {member for member, (_, standing) in before.items() if standing in ("open", "answered")}
        named = {member.member_id: member for member in chosen}  # one that is named twice gets one link
        new = [member for member in named.values() if member.member_id not in done]
        links = tuple(Link(member.member_id, secrets.token_hex(16), member.fields) for member in new)
        ids = [
            before[each.member_id][0] if each.member_id in before else new_response_id(now) for each in new
        ]
        if new:
            row = {
                "token_sha256": [_sha256(link.token) for link in links],
                "survey": survey,
                "wave": wave,
                "member_id": [member.member_id for member in new],
                "tier": [member.tier for member in new],
                "language": [member.language for member in new],
                "response_id": ids,
                "created_at": to_stored(now),
                "day": local_day(now, warehouse.reporting_zone),
                "expires_at": to_stored(expires_at),
            }
            cursor.execute(sql("invitations/insert_invitations"), row)
            keep_fields(cursor, {link.token: link.fields for link in links}, kept)
            record(cursor, "invited", survey, wave=wave, links=len(new))
        if selected:
            _keep_selection(cursor, selected, survey, wave, len(new), now)
    return Made(
        links,
        tuple(name for name in named if name in done),
        kept,
        tuple(name for name in given if name not in kept),
        tuple(sorted({each.language for each in chosen if each.language} - set(asked.languages))),
    )


def find(warehouse: "Warehouse", token: str) -> Invitation | None:
    """The invitation with exactly this token, whatever its standing; None when there is none.

    The same three look-ups whatever the token, by a SHA-256 and by an id, so the time tells nothing about
    which tokens exist: a text that can be no token is looked up as an empty one.
    """
    digest = _sha256(token if _TOKEN.fullmatch(token) else "")
    rows = warehouse.read("invitations/find", token_sha256=digest)
    survey, wave, member_id, tier, language, response_id, expires_at, is_revoked = rows[0] if rows else _NONE
    is_answered = is_stored(warehouse, survey, response_id)
    fields = find_fields(warehouse, token, digest)
    if not rows:
        return None
    standing: Standing = "open"
    if is_revoked:
        standing = "revoked"
    elif is_answered:
        standing = "answered"
    elif from_stored(expires_at) <= utc_now():
        standing = "expired"
    end = from_stored(expires_at)
    return Invitation(survey, wave, member_id, tier, language, response_id, end, standing, fields)


def revoke(
    warehouse: "Warehouse", survey: str, wave: str, member_ids: Collection[str] | None = None
) -> tuple[str, ...]:
    """Revoke the open invitations of these members, of all members of the wave when None; who they were.

    Answers that are stored stay. Raises WarehouseError("invitation-none") when there is none to revoke.
    """
    now = utc_now()
    with warehouse.transaction() as cursor:
        asked = {"survey": survey, "wave": wave.strip(), "now": to_stored(now)}
        rows = cursor.execute(sql("invitations/members"), asked).fetchall()
        found = {
            row[7]: row[1]
            for row in rows
            if row[8] == "open" and (member_ids is None or row[1] in member_ids)
        }
        if not found:
            raise refusal("invitation-none", wave)
        event = {"token_sha256": list(found), "event": "revoked", "happened_at": to_stored(now)}
        cursor.execute(sql("invitations/insert_events"), event)
        record(cursor, "revoked", survey, wave=wave.strip(), links=len(found))
    return tuple(found.values())


def waves(warehouse: "Warehouse", survey: str) -> tuple[Wave, ...]:
    """The waves of a survey, the oldest first, with how many members stand how."""
    return tuple(Wave(*row) for row in case_counts(warehouse, "invitations/waves", survey, now=utc_now()))


def to_remind(warehouse: "Warehouse", survey: str, wave: str | None = None) -> tuple[Invited, ...]:
    """Who can still answer and has not: neither answered nor revoked nor expired."""
    return tuple(each for each in invited(warehouse, survey, wave) if each.standing == "open")


def reminder_rows(members: Sequence[Invited], zone: ZoneInfo) -> list[list[str]]:
    """The reminder list as texts, under REMINDER_COLUMNS: `until` is the last day the link works."""
    return [
        [
            each.wave,
            each.member_id,
            each.tier or "",
            each.language or "",
            local_day(each.created_at, zone).isoformat(),
            local_day(each.expires_at - timedelta(microseconds=1), zone).isoformat(),
        ]
        for each in members
    ]


def invited(warehouse: "Warehouse", survey: str, wave: str | None = None) -> tuple[Invited, ...]:
    """Everybody invited to a wave, to all waves when None, and how they stand."""
    rows = warehouse.read("invitations/members", survey=survey, wave=wave, now=utc_now())
    return tuple(
        Invited(row[0], row[1], row[2], row[3], from_stored(row[4]), from_stored(row[5]), row[8], row[7])
        for row in rows
    )


def _keep_selection(
    cursor: DuckDBPyConnection, selected: Selected, survey: str, wave: str, invited: int, now: datetime
) -> None:
    row = {
        "survey": survey,
        "wave": wave,
        "conditions": selected.selection.words,
        "seed": None if selected.selection.sample is None else selected.selection.seed,
        "matched": selected.matched,
        "selected": len(selected.members),
        "invited": invited,
        "day": selected.day,
        "recorded_at": to_stored(now),
    }
    cursor.execute(sql("invitations/insert_selection"), row)


def _asked(warehouse: "Warehouse", survey: str) -> Questionnaire:
    known = {
        each.slug: each.questionnaire for each in surveys(warehouse) if takes_answers(warehouse, each.slug)
    }
    if survey not in known:
        raise refusal("invitation-survey", survey=survey, known=", ".join(known))
    return known[survey]


def _checked_wave(wave: str) -> str:
    name = wave.strip()
    if not name or len(name) > LONGEST_WAVE or not name.isprintable():
        raise refusal("invitation-wave", wave, most=LONGEST_WAVE)
    return name


def _end_of(warehouse: "Warehouse", last_day: date, now: datetime) -> datetime:
    """The instant at which the day is over."""
    if not now.date() - timedelta(days=2) <= last_day <= now.date() + timedelta(days=366 * LONGEST_YEARS):
        raise refusal("invitation-expiry", given=str(last_day), years=LONGEST_YEARS)
    end = datetime.combine(last_day + timedelta(days=1), time(), warehouse.reporting_zone)
    if end <= now:
        raise refusal("invitation-expiry", given=str(last_day), years=LONGEST_YEARS)
    return end


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
