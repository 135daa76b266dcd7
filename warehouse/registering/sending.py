"""Rows of the register that a program sends: checked as those of a file are, all of them stored or none."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey.problems import Problem as SurveyProblem
from warehouse.audit.chain import record
from warehouse.calendar import utc_now
from warehouse.database import Warehouse
from warehouse.importing.parts import Part
from warehouse.importing.reading import AROUND, Table
from warehouse.membership.tiers import stated_tiers
from warehouse.problems import Problem
from warehouse.registering.checking import CheckedPart, Checker, Identities
from warehouse.registering.mapping import (
    BASIC,
    MODELS,
    EventMapping,
    Kind,
    LoadedMapping,
    MemberMapping,
    PurchaseMapping,
    RegisterMapping,
)
from warehouse.registering.problems import row_problem
from warehouse.registering.storing import store

MOST_ROWS = 1_000
IDS: Mapping[Kind, str] = {"members": "member_id", "purchases": "purchase_id", "events": "event_id"}
"""The key by which a row that comes again is known."""
# A day alone is its first moment in the reporting zone, as in a file.
_FORMS = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M%z", "%Y-%m-%d")
_TITLE = {"en": "Sent by a program", "zh": "由程序发送"}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a row: its place in the list, the key, and why."""

    place: int
    key: str
    problem: Problem | SurveyProblem


class RowsRefusedError(Exception):
    """Nothing was stored; `wrong` says why, row by row."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        super().__init__(len(wrong))
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Received:
    """Of the rows sent: how many are new, corrected an earlier one, or were there as they are."""

    new: int
    corrected: int
    known: int


def receive(warehouse: Warehouse, kind: Kind, rows: Sequence[Row], source: str) -> Received:
    """Store the rows, at most MOST_ROWS, in one transaction. A key that a row does not have stays as it is.

    `source` is the name of the program: a file whose mapping has the same `source` knows the same rows by
    their ids. Raises RowsRefusedError with everything that is wrong, and the errors of
    `Warehouse.transaction`.
    """
    wrong, tiers = list(_twice(rows, IDS[kind])), stated_tiers(warehouse)
    parts = []
    for keys, places in _alike(rows).items():
        mapping = _mapping(kind, keys, source, warehouse.reporting_zone.key)
        checker = Checker(
            LoadedMapping("", "", kind, mapping),
            warehouse.reporting_zone,
            Identities(),
            is_workbook=False,
            tiers=tiers,
        )
        part = checker.check(_part(rows, keys, places))
        wrong += [Wrong(each.row, _key(each.column), each.problem) for each in part.refused]
        parts.append((keys, part))
    if wrong:
        raise RowsRefusedError(sorted(wrong, key=lambda each: each.place))
    return _store(warehouse, kind, parts, source)


def _store(
    warehouse: Warehouse, kind: Kind, parts: Sequence[tuple[Collection[str], CheckedPart]], source: str
) -> Received:
    at, new, corrected = utc_now(), 0, 0
    with warehouse.transaction() as cursor:
        for keys, part in parts:
            stored = store(cursor, part, [key for key in BASIC if key in keys], f"api: {source}", at)
            if stored.unknown:
                raise RowsRefusedError(
                    [Wrong(each.row, "member_id", row_problem("member-unknown")) for each in stored.unknown]
                )
            new, corrected = new + stored.new, corrected + stored.changed
        rows = sum(part.rows for _, part in parts)
        if new or corrected:
            record(cursor, "imported", kind, rows=rows, stored=new, corrected=corrected)
    return Received(new, corrected, rows - new - corrected)


def _alike(rows: Sequence[Row]) -> Mapping[tuple[str, ...], list[int]]:
    """The places of the rows that have the same keys."""
    found: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(rows):
        found.setdefault(tuple(sorted(row)), []).append(place)
    return found


def _twice(rows: Sequence[Row], key: str) -> Iterator[Wrong]:
    seen: set[str] = set()
    for place, row in enumerate(rows):
        said = row[key].strip(AROUND)
        if said in seen:
            yield Wrong(place, key, row_problem("member-twice" if key == "member_id" else "row-twice"))
        seen.add(said)


def _part(rows: Sequence[Row], keys: Sequence[str], places: Sequence[int]) -> Part:
    columns = {key: tuple(rows[place][key].strip(AROUND) for place in places) for key in keys}
    table = Table("", "", "utf-8", ",", tuple(keys), tuple(places), columns)
    return Part(table, tuple([rows[place][key] for key in keys] for place in places), ())


def _mapping(kind: Kind, keys: Collection[str], source: str, zone: str) -> RegisterMapping:
    """The mapping of rows that have these keys: each is the column of its own name."""

    def dated(key: str) -> dict[str, object]:
        return {"text": f"{{{key}}}", "formats": _FORMS, "zone": zone}

    said: dict[str, object] = {"apiVersion": "pactboard/v1", "title": _TITLE, "source": source}
    said |= {"kind": MODELS[kind].__name__, "member": "member_id"}
    properties = {"language", "channel", "event", "tier", "reason", *BASIC}
    said |= {key: {"column": key} for key in keys if key in properties}
    if kind == "members":
        said |= {key: dated(f"{key}_at") for key in ("joined", "left") if f"{key}_at" in keys}
        return MemberMapping.model_validate(said)
    said["row_id"] = f"{{{IDS[kind]}}}"
    if kind == "purchases":
        return PurchaseMapping.model_validate(said | {"bought_at": dated("bought_at"), "amount": "amount"})
    return EventMapping.model_validate(said | {"happened_at": dated("happened_at")})


def _key(column: str) -> str:
    """The key of a row that a column or template of the mapping stands for."""
    plain = column.strip("{}")
    return f"{plain}_at" if plain in ("joined", "left") else plain
