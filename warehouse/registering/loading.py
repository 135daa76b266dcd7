"""A register file into the warehouse by a mapping: checked to its end first, then stored a part at a time.

A part is one transaction. A load that is interrupted is begun again: what is stored is recognised.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from survey import new_response_id
from warehouse.audit.chain import record
from warehouse.calendar import to_stored, utc_now
from warehouse.database import Warehouse
from warehouse.importing.files import find_columns, open_source
from warehouse.importing.headings import Heading
from warehouse.importing.parts import read_parts
from warehouse.importing.problems import refused
from warehouse.importing.reading import Source, as_written
from warehouse.memory import PerWarehouse
from warehouse.registering.checking import ABOUT_REFUSED, CheckedPart, Checker, Identities, Refused
from warehouse.registering.mapping import BASIC, Kind, LoadedMapping, MemberMapping, load_mapping
from warehouse.registering.problems import row_problem
from warehouse.registering.report import MOST_SHOWN, Fault, RegisterReport
from warehouse.registering.storing import store
from warehouse.sql import sql

Progress = Callable[[int, int], None]
"""Told how many rows of how many are stored."""
OnRefused = Callable[[Sequence[Refused]], None]
_FIRST_ROWS = 3
_locks = PerWarehouse(lambda warehouse: threading.Lock())


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was checked. `report` says what a load would meet but for what only the register knows."""

    source: Source
    header: tuple[str, ...]
    delimiter: str
    heading: Heading
    loaded: LoadedMapping
    repeated: frozenset[int]
    report: RegisterReport
    tiers: tuple[str, ...] = ()


def prepare(
    path: Path, mapping_path: Path, kind: Kind, zone: ZoneInfo, tiers: Sequence[str] = ()
) -> Prepared:
    """Read and check a file by a mapping; needs no warehouse. `zone` is the one days are counted in, `tiers`
    the classes of customers that can be stated, any where there are none.

    Raises ImportRefusedError with everything wrong with the mapping, or why the file cannot be read as a
    whole."""
    loaded = load_mapping(mapping_path, kind)
    form, heading = loaded.mapping.file, Heading(0, names=loaded.mapping.columns)
    source = open_source(path, form, heading if heading.names else None)
    if not heading.names or _is_refused(source):
        heading = form.heading
    header, delimiter = find_columns(source, loaded.uses, form, heading)
    tally = _Tally()
    identities = Identities()
    report = tally.report(source, header, loaded)
    bare = Prepared(source, header, delimiter, heading, loaded, frozenset(), report, tuple(tiers))
    for part in _parts(bare, zone, identities):
        tally.add(part)
    repeated = _repeated(identities)
    if repeated:
        tally = _Tally()
        for part in _parts(bare, zone, Identities(repeated)):
            tally.add(part)
    report = tally.report(source, header, loaded)
    return replace(bare, repeated=repeated, report=report)


def load(
    warehouse: Warehouse,
    prepared: Prepared,
    *,
    progress: Progress = lambda done, total: None,
    on_refused: OnRefused = lambda rows: None,
) -> RegisterReport:
    """Store what the register does not have yet; rows that say something else than before count from now on.

    Every refused row goes to `on_refused`, in the order of the file. Raises ImportRefusedError
    ("file-all-refused") and the errors of `Warehouse.transaction`; then the parts before stay stored."""
    if prepared.report.takes_nothing:
        raise refused("file-all-refused", prepared.report.file, rows=prepared.report.rows)
    mapping, at = prepared.loaded.mapping, utc_now()
    named = [key for key in BASIC if isinstance(mapping, MemberMapping) and getattr(mapping, key)]
    if isinstance(mapping, MemberMapping) and mapping.attributes:
        named.append("attributes")
    tally = _Tally()
    with _locks(warehouse):
        for part in _parts(prepared, warehouse.reporting_zone, Identities(prepared.repeated)):
            with warehouse.transaction() as cursor:
                stored = store(cursor, part, named, mapping.source, at)
            part.refused += [
                Refused(
                    event.row,
                    mapping.member,
                    event.member_id,
                    row_problem("member-unknown"),
                    part.records[event.row],
                )
                for event in stored.unknown
            ]
            part.refused.sort(key=lambda each: each.row)
            tally.add(part, stored.new, stored.changed, stored.new_members)
            on_refused(part.refused)
            progress(tally.rows, prepared.report.rows)
        report = tally.report(prepared.source, prepared.header, prepared.loaded)
        _keep(warehouse, report, prepared.loaded, at)
    return report


def _parts(prepared: Prepared, zone: ZoneInfo, identities: Identities) -> Iterator[CheckedPart]:
    loaded, source = prepared.loaded, prepared.source
    is_workbook = bool(source.sheets)
    checker = Checker(loaded, zone, identities, is_workbook=is_workbook, tiers=prepared.tiers)
    form = loaded.mapping.file
    # What was written as refused bears the apostrophes of our exports, also when it was corrected.
    neutralised = form.neutralised or tuple(prepared.header[: len(ABOUT_REFUSED)]) == ABOUT_REFUSED
    for part in read_parts(source, prepared.header, prepared.delimiter, loaded.uses, prepared.heading):
        yield checker.check(replace(part, table=as_written(part.table)) if neutralised else part)


def _is_refused(source: Source) -> bool:
    """Whether the file is one of refused rows, which has a heading whatever the file of before had."""
    first = next(source.records(","), (0, []))[1]
    return tuple(first[: len(ABOUT_REFUSED)]) == ABOUT_REFUSED


def _repeated(identities: Identities) -> frozenset[int]:
    numbers, counts = np.unique(np.frombuffer(identities.hashes, np.int64), return_counts=True)
    return frozenset(numbers[counts > 1].tolist())


@dataclass(slots=True)
class _Tally:
    """Counts of all parts so far."""

    rows: int = 0
    taken: int = 0
    stored: int = 0
    changed: int = 0
    refused: int = 0
    left_out: int = 0
    new_members: int = 0
    odd: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: dict[tuple[str, str], Fault] = field(default_factory=dict)

    def add(self, part: CheckedPart, stored: int = 0, changed: int = 0, new_members: int = 0) -> None:
        self.rows += part.rows
        self.refused += len(part.refused)
        self.left_out += part.left_out
        self.stored += stored
        self.changed += changed
        self.new_members += new_members
        self.odd.update(part.odd)
        for each in part.refused:
            key = (each.column, each.problem.code)
            known = self.faults.get(key)
            rows = known.first_rows if known else ()
            first = known or Fault(each.column, each.raw, each.problem, 0, ())
            self.faults[key] = Fault(
                first.column,
                first.raw,
                first.problem,
                first.count + 1,
                (*rows, each.row)[:_FIRST_ROWS],
            )

    def report(self, source: Source, header: Sequence[str], loaded: LoadedMapping) -> RegisterReport:
        taken = self.rows - self.refused - self.left_out
        return RegisterReport(
            kind=loaded.kind,
            file=source.name,
            sha256=source.sha256,
            mapping=loaded.name,
            rows=self.rows,
            stored=self.stored,
            changed=self.changed,
            known=taken - self.stored - self.changed,
            refused=self.refused,
            left_out=self.left_out,
            new_members=self.new_members,
            faults=sorted(self.faults.values(), key=lambda each: -each.count)[:MOST_SHOWN],
            odd=[(key, row_problem(code), count) for (key, code), count in self.odd.most_common()],
            unread=[column for column in header if column and column not in loaded.uses],
        )


def _keep(warehouse: Warehouse, report: RegisterReport, loaded: LoadedMapping, at: datetime) -> None:
    row = {
        "import_id": str(new_response_id()),
        "kind": report.kind,
        "source": loaded.mapping.source,
        "file_name": report.file,
        "file_sha256": report.sha256,
        "mapping_sha256": loaded.sha256,
        "rows_read": report.rows,
        "rows_stored": report.stored,
        "rows_changed": report.changed,
        "rows_known": report.known,
        "rows_refused": report.refused,
        "recorded_at": to_stored(at),
    }
    with warehouse.transaction() as cursor:
        cursor.execute(sql("register/insert_import"), row)
        record(
            cursor, "imported", report.kind, file_sha256=report.sha256, rows=report.rows, stored=report.stored
        )
