"""A part of a register file, checked row by row: what is taken, what is refused and why."""

import json
from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from uuid import UUID
from zoneinfo import ZoneInfo

from survey.problems import Problem as SurveyProblem
from warehouse.calendar import local_day, utc_now
from warehouse.importing.parts import Part
from warehouse.problems import Problem
from warehouse.registering import meanings
from warehouse.registering.cells import Cells, Values, Wrong, is_kept
from warehouse.registering.mapping import BASIC, LoadedMapping, MemberMapping, PurchaseMapping, dates
from warehouse.registering.problems import row_problem

ABOUT_REFUSED = ("row", "column", "value", "code", "reason")  # stand before a refused row's own columns


@dataclass(frozen=True, slots=True)
class Refused:
    """One row that is not taken: its number, the first cell that is wrong, and the row as it stands."""

    row: int
    column: str
    raw: str
    problem: Problem | SurveyProblem
    record: Sequence[str]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member's file as the row states it; `attributes` is a JSON object, "" for none."""

    member_id: str
    language: str
    channel: str
    basic: Mapping[str, str | None]
    attributes: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened, in row number `row`. `key` is the same each time the row comes."""

    row: int
    key: UUID
    member_id: str
    event: str
    happened_at: datetime
    day: date
    amount: Decimal | None = None
    tier: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class CheckedPart:
    """What became of a part. `new` is what the register says of members that only this file knows: member ->
    language and channel. `odd` counts what was taken as it stands: key and code -> rows."""

    rows: int
    members: list[MemberRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)
    new: dict[str, tuple[str, str]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    odd: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: int = 0
    records: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Identities:
    """Which rows of a file say the same of themselves. `hashes` has 8 bytes a row; `repeated` are those that
    come more than once, and may hold others by chance, which does no harm."""

    repeated: Collection[int] = frozenset()
    hashes: "array[int]" = field(default_factory=lambda: array("q"))
    _seen: Counter[object] = field(default_factory=Counter)

    def occurrence(self, identity: object) -> int:
        """How often it has come, this time included; 1 where none is known to be repeated."""
        number = hash(identity)
        self.hashes.append(number)
        if number not in self.repeated:
            return 1
        self._seen[identity] += 1
        return self._seen[identity]


class Checker:
    """Checks the parts of one file in their order. Days are those of `zone`; `tiers` are the classes that can
    be stated, any where there are none."""

    def __init__(
        self,
        loaded: LoadedMapping,
        zone: ZoneInfo,
        identities: Identities,
        *,
        is_workbook: bool,
        tiers: Sequence[str] = (),
    ) -> None:
        self._mapping, self._identities = loaded.mapping, identities
        self._cells = Cells(loaded.mapping, loaded.uses, is_workbook=is_workbook)
        self._zones = {key: ZoneInfo(spec.zone) for key, spec in dates(loaded.mapping).items()}
        self._day, self._tiers = meanings.days_in(zone), tiers
        self._today = local_day(utc_now(), zone)

    def check(self, part: Part) -> CheckedPart:
        """Every row of the part."""
        table = part.table
        records = dict(zip(table.rows, part.records, strict=True)) | dict(part.ragged)
        found = CheckedPart(len(records), records=records)
        width = len(table.header)
        found.refused += [
            Refused(row, "", "", row_problem("row-cells", cells=len(record), width=width), record)
            for row, record in part.ragged
        ]
        for place, values in enumerate(self._cells.rows(table)):
            if not is_kept(table, self._mapping.only, place):
                found.left_out += 1
                continue
            wrong = values if isinstance(values, Wrong) else self._take(found, table.rows[place], values)
            if wrong:
                row = table.rows[place]
                found.refused.append(Refused(row, wrong.column, wrong.raw, wrong.problem, records[row]))
        return found

    def _take(self, found: CheckedPart, row: int, values: Values) -> Wrong | None:
        if isinstance(self._mapping, MemberMapping):
            return self._take_member(found, row, values)
        return self._take_event(found, row, values)

    def _take_member(self, found: CheckedPart, row: int, values: Values) -> Wrong | None:
        member = values["member"]
        if self._identities.occurrence(member) > 1:
            return Wrong(self._mapping.member, member, row_problem("member-twice"))
        moved = {key: self._moved(values, key) for key in ("joined", "left")}
        joined, left = moved["joined"], moved["left"]
        if joined and left and left < joined:
            return Wrong("left", str(left.date()), row_problem("left-before-joined"))
        found.members.append(self._file(values, found))
        found.events += [
            EventRow(row, self._key(event, member), member, event, at, self._day(at))
            for event, at in moved.items()
            if at is not None
        ]
        return None

    def _take_event(self, found: CheckedPart, row: int, values: Values) -> Wrong | None:
        is_purchase = isinstance(self._mapping, PurchaseMapping)
        member, event = values["member"], "purchase" if is_purchase else values["event"]
        at = values["bought_at" if is_purchase else "happened_at"]
        tier = values.get("tier") if event == "tier" else None
        if event == "tier" and not tier:
            return Wrong("tier", "", row_problem("tier-blank"))
        if tier and self._tiers and tier not in self._tiers:
            return Wrong("tier", tier, row_problem("tier-unknown", known=", ".join(self._tiers)))
        amount = values.get("amount")
        if "row_id" in values:
            if self._identities.occurrence(values["row_id"]) > 1:
                return Wrong("row_id", values["row_id"], row_problem("row-twice"))
            key = self._key("purchases" if is_purchase else "events", values["row_id"])
        else:  # nothing but what it says tells a row; the same thing twice on a day is two things
            said = (member, event, at, amount, tier)
            key = self._key(*map(str, said), str(self._identities.occurrence(said)))
        reason = values.get("reason")
        found.events.append(EventRow(row, key, member, event, at, self._day(at), amount, tier, reason))
        if values.get("language"):
            found.new.setdefault(member, (values["language"], values.get("channel") or ""))
        return None

    def _moved(self, values: Values, key: str) -> datetime | None:
        at: datetime | None = values.get(key)
        count: int | None = values.get(f"{key}.months")
        return at if at is None or count is None else meanings.months_before(at, count, self._zones[key])

    def _file(self, values: Values, found: CheckedPart) -> MemberRow:
        basic = {key: values.get(key) for key in BASIC}
        for key, text in basic.items():
            if text and (odd := meanings.oddity(key, text, self._today)):
                found.odd[key, odd.code] += 1
        start = "attributes."
        said = {key.removeprefix(start): text for key, text in values.items() if key.startswith(start)}
        kept = {key: text for key, text in sorted(said.items()) if text}
        attributes = json.dumps(kept, ensure_ascii=False) if kept else ""
        return MemberRow(values["member"], values["language"], values["channel"] or "", basic, attributes)

    def _key(self, *parts: str) -> UUID:
        said = "\0".join((self._mapping.source, *parts))
        return UUID(bytes=blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest())
