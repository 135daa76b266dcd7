"""What a mapping of the register says: which columns of a file hold members, purchases or events."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import Field

from survey.definition import Texts
from warehouse.importing.mapping import (
    Column,
    FileForm,
    Kept,
    MappingPart,
    Name,
    Property,
    RowId,
    SubmittedAt,
    Taken,
)
from warehouse.importing.mapping_reading import Parts, mapping_text, read_as
from warehouse.importing.templates import Template

Kind = Literal["members", "purchases", "events"]
EVENTS = ("joined", "renewed", "lapsed", "left", "returned", "tier")
BASIC = ("name", "phone", "email", "birthday", "gender", "city")


class Happened(SubmittedAt):
    """A date, less so many months as the column `months_before` says; `only` says in which rows there is
    one."""

    months_before: Column | None = None
    only: Mapping[Column, Kept] = Field(default_factory=dict)


class NewMembers(MappingPart):
    """What the register says of members that only this file knows."""

    language: Property
    channel: Property


class _Register(MappingPart):
    apiVersion: Literal["pactboard/v1"]
    title: Texts
    source: Name
    file: FileForm = FileForm()
    columns: tuple[Column, ...] = ()  # of a file without a heading
    only: Mapping[Column, Kept] = Field(default_factory=dict)
    member: Column


class MemberMapping(_Register):
    """A file with a row a member: basic data, and dates of joining and leaving where it has them."""

    kind: Literal["MemberMapping"]
    language: Property
    channel: Property
    name: Property | None = None
    phone: Property | None = None
    email: Property | None = None
    birthday: Property | None = None
    gender: Property | None = None
    city: Property | None = None
    attributes: Mapping[Name, Property] = Field(default_factory=dict)
    joined: Happened | None = None
    left: Happened | None = None


class PurchaseMapping(_Register):
    """A file with a row a purchase. `row_id` is the number of the order: by it a corrected row is known."""

    kind: Literal["PurchaseMapping"]
    bought_at: SubmittedAt
    amount: Column
    row_id: RowId | None = None
    new_members: NewMembers | None = None


class EventMapping(_Register):
    """A file with a row an event: joined, renewed, lapsed, left, returned, or a tier that the register
    states."""

    kind: Literal["EventMapping"]
    event: Property
    happened_at: SubmittedAt
    tier: Property | None = None
    reason: Property | None = None
    row_id: RowId | None = None
    new_members: NewMembers | None = None


RegisterMapping: TypeAlias = MemberMapping | PurchaseMapping | EventMapping
MODELS: Mapping[Kind, type[MemberMapping] | type[PurchaseMapping] | type[EventMapping]] = {
    "members": MemberMapping,
    "purchases": PurchaseMapping,
    "events": EventMapping,
}
_PARTS: Parts = {
    "file": FileForm,
    "bought_at": SubmittedAt,
    "happened_at": SubmittedAt,
    "joined": Happened,
    "left": Happened,
    "new_members": NewMembers,
    **dict.fromkeys(("language", "channel", "event", "tier", "reason", "attributes", *BASIC), Taken),
}


@dataclass(frozen=True, slots=True)
class LoadedMapping:
    """A mapping with the SHA-256 of its text and the name of its file."""

    name: str
    sha256: str
    kind: Kind
    mapping: RegisterMapping

    @property
    def uses(self) -> Mapping[str, str]:
        """Every column the mapping reads -> the first key that uses it."""
        first: dict[str, str] = {}
        for column, key in _columns(self.mapping):
            first.setdefault(column, key)
        return first


def load_mapping(path: Path, kind: Kind) -> LoadedMapping:
    """The mapping in a file, for that kind of file. Raises ImportRefusedError with every problem found."""
    source = mapping_text(path)
    mapping: RegisterMapping = read_as(MODELS[kind], _PARTS, source, path.name)
    return LoadedMapping(path.name, sha256(source.encode()).hexdigest(), kind, mapping)


def properties(mapping: RegisterMapping) -> dict[str, Taken]:
    """Every property of a row that a column or a constant gives, by key."""
    match mapping:
        case MemberMapping():
            basic = {key: getattr(mapping, key) for key in BASIC}
            found = {"language": mapping.language, "channel": mapping.channel, **basic}
            found |= {f"attributes.{name}": taken for name, taken in mapping.attributes.items()}
        case PurchaseMapping():
            found = {}
        case EventMapping():
            found = {"event": mapping.event, "tier": mapping.tier, "reason": mapping.reason}
    if not isinstance(mapping, MemberMapping) and mapping.new_members:
        found |= {"language": mapping.new_members.language, "channel": mapping.new_members.channel}
    return {key: taken for key, taken in found.items() if taken is not None}


def dates(mapping: RegisterMapping) -> dict[str, SubmittedAt]:
    """Every date of a row, by key."""
    match mapping:
        case MemberMapping():
            found = {"joined": mapping.joined, "left": mapping.left}
            return {key: date for key, date in found.items() if date is not None}
        case PurchaseMapping():
            return {"bought_at": mapping.bought_at}
        case EventMapping():
            return {"happened_at": mapping.happened_at}


def _columns(mapping: RegisterMapping) -> list[tuple[str, str]]:
    found = [(column, "only") for column in mapping.only] + [(mapping.member, "member")]
    if isinstance(mapping, PurchaseMapping):
        found.append((mapping.amount, "amount"))
    if not isinstance(mapping, MemberMapping) and mapping.row_id:
        found += [(column, "row_id") for column in Template(mapping.row_id).columns]
    for key, date in dates(mapping).items():
        found += [(column, key) for column in Template(date.text).columns]
        if isinstance(date, Happened):
            found += [(column, f"{key}.only") for column in date.only]
            found += [(date.months_before, key)] if date.months_before else []
    return found + [(taken.column, key) for key, taken in properties(mapping).items() if taken.column]
