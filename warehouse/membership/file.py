"""One member's file: basic data, what happened, answers and cases, changes; edited by new rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from warehouse.as_of import as_of
from warehouse.audit.chain import record
from warehouse.calendar import from_stored, local_day, utc_now
from warehouse.contracts import current_contract
from warehouse.database import Warehouse
from warehouse.membership.tiers import rules, stated_tiers
from warehouse.problems import Problem, WarehouseError
from warehouse.registering.checking import CheckedPart, EventRow, MemberRow
from warehouse.registering.mapping import BASIC
from warehouse.registering.meanings import oddity
from warehouse.registering.problems import row_problem
from warehouse.registering.storing import store

_FEWEST_DIGITS = 4  # of a phone
MOST_SEARCHED = 100_000
"""Files each of which is looked at for what stands in the middle: it takes some 0.6 ms for a thousand."""
FIELDS = ("language", "channel", *BASIC, "attributes")


@dataclass(frozen=True, slots=True)
class Version:
    """The file as it stood from `recorded_at` on, of the entry `member_id`: field -> text."""

    recorded_at: datetime
    recorded_by: str
    member_id: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened; `stated_id` is the entry of the register that says so."""

    happened_at: datetime
    day: date
    event: str
    amount: Decimal | None
    tier: str | None
    reason: str | None
    recorded_by: str | None
    stated_id: str


@dataclass(frozen=True, slots=True)
class Service:
    """An answer, with survey and scores, or a case, with category and subject."""

    happened_at: datetime
    kind: str
    subject: str
    said: str


@dataclass(frozen=True, slots=True)
class MemberFile:
    """Everything known of one member. `tier` is None who is not there now; `odd` are basic data in which
    something is wrong."""

    member_id: str
    fields: Mapping[str, str]
    versions: Sequence[Version]
    happenings: Sequence[Happening]
    services: Sequence[Service]
    tier: str | None
    is_stated: bool
    odd: Mapping[str, Problem]


@dataclass(frozen=True, slots=True)
class Found:
    """A member that fits a search."""

    member_id: str
    name: str | None
    phone: str | None
    email: str | None


def find(warehouse: Warehouse, text: str) -> tuple[Found, ...]:
    """At most 25 members: those whose number, e-mail address or phone begins with it, who have it in the
    name, or as the last four to eleven digits of the phone; if there is none, those with it anywhere, unless
    the register `is_large`."""
    asked = text.strip().lower()
    if not asked:
        return ()
    digits = re.sub(r"[^0-9]", "", asked)
    is_number = len(digits) >= _FEWEST_DIGITS and not re.search(r"[^0-9 ()./+-]", asked)
    words = {**_words("", asked), **_words("digits_", digits if is_number else "")}
    return tuple(
        Found(*row)
        for row in warehouse.read("members/find", text=asked, **words)
        or ([] if is_large(warehouse) else warehouse.read("members/find_anywhere", text=asked))
    )


def is_large(warehouse: Warehouse) -> bool:
    """Whether the register is too large to look at every file while somebody waits: for what stands in the
    middle of a number or an address, and for duplicates."""
    ((files,),) = warehouse.read("members/files")
    return bool(files > MOST_SEARCHED)


def _words(prefix: str, text: str) -> Mapping[str, int]:
    """Between which numbers the words that begin with it lie, as file_word_sealed has them; "" has none."""
    code = text.encode()[:16]
    first, last = code.ljust(16, b"\0"), code.ljust(16, b"\xff")
    if not text:
        first, last = last, first
    return {
        f"{prefix}first": int.from_bytes(first[:8]),
        f"{prefix}last": int.from_bytes(last[:8]),
        f"{prefix}rest_first": int.from_bytes(first[8:]),
        f"{prefix}rest_last": int.from_bytes(last[8:]),
    }


def member_file(warehouse: Warehouse, member_id: str) -> MemberFile | None:
    """The member of that number; None where the register has none, or a duplicate that counts as another."""
    versions = [
        Version(
            from_stored(at),
            by or "",
            entry,
            {name: text or "" for name, text in zip(FIELDS, texts, strict=True)},
        )
        for at, by, entry, *texts in warehouse.read("members/changes", member=member_id)
    ]
    own = [version for version in versions if version.member_id == member_id]
    if not own or any(row[0] == member_id for row in warehouse.read("members/aliases", member=member_id)):
        return None
    until = as_of(warehouse).until
    classed = warehouse.read(
        "members/tiers_of",
        members=[member_id],
        until=until,
        contract=rules(current_contract(warehouse)),
    )
    today = local_day(utc_now(), warehouse.reporting_zone)
    fields = own[0].fields
    odd = {name: found for name in BASIC if fields[name] and (found := oddity(name, fields[name], today))}
    happenings = [
        Happening(from_stored(at), *rest)
        for at, *rest in warehouse.read("members/happenings", member=member_id)
    ]
    services = [
        Service(from_stored(at), *rest) for at, *rest in warehouse.read("members/services", member=member_id)
    ]
    _, tier, is_stated = classed[0] if classed else (member_id, None, False)
    return MemberFile(member_id, fields, versions, happenings, services, tier, is_stated, odd)


def edit(warehouse: Warehouse, file: MemberFile, basic: Mapping[str, str], by: str) -> bool:
    """Basic data as they are from now on; what they were stays in the history. Whether anything changed."""
    kept = {name: basic.get(name, file.fields[name]).strip() for name in BASIC}
    row = MemberRow(file.member_id, file.fields["language"], file.fields["channel"], kept, "")
    with warehouse.transaction() as cursor:
        stored = store(cursor, CheckedPart(1, members=[row]), BASIC, by, utc_now())
        if stored.changed:
            record(cursor, "register-changed", "file")
    return stored.changed > 0


def state_tier(warehouse: Warehouse, member_id: str, tier: str | None, reason: str, by: str) -> None:
    """The class that somebody states from now on, whatever was bought; None: by the contract's bars again.

    Raises WarehouseError("tier-unknown") for one that the contract does not have."""
    known = stated_tiers(warehouse)
    if tier is not None and known and tier not in known:
        raise WarehouseError(row_problem("tier-unknown", known=", ".join(known)))
    at = utc_now()
    # In an example warehouse the days of the figures lie elsewhere: what is stated counts from their day on.
    told = as_of(warehouse)
    happened = min(at, told.instant - timedelta(seconds=1))
    day = local_day(happened, warehouse.reporting_zone)
    event = EventRow(0, uuid4(), member_id, "tier", happened, day, tier=tier, reason=reason)
    with warehouse.transaction() as cursor:
        store(cursor, CheckedPart(1, events=[event]), (), by, at)
        record(cursor, "register-changed", "tier")
