"""A file of records, CSV or XLSX: columns by the code or the title of a field; stored whole or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from survey.archive import ZIP
from warehouse.access import Role
from warehouse.csv_format import original
from warehouse.importing.headings import Heading
from warehouse.importing.problems import ImportRefusedError, refused
from warehouse.importing.reading import (
    AROUND,
    NAMED,
    Source,
    Table,
    read_columns,
    read_content,
    read_header,
)
from warehouse.importing.workbook import read_workbook
from warehouse.problems import Problem
from warehouse.records.checking import number_of
from warehouse.records.declaring import REASON, RecordType
from warehouse.records.problems import RecordRefusedError, record_problem
from warehouse.records.storing import Stored, Written, store_written
from warehouse.records.values import Value, read_value

if TYPE_CHECKING:
    from warehouse.database import Warehouse

MOST_ROWS = 100_000
NUMBER = ("record_id", "number", "编号")
WHY = (REASON, "理由")


def import_records(
    warehouse: "Warehouse",
    kind: RecordType,
    content: bytes,
    name: str,
    role: Role = "operator",
    language: str = "en",
) -> Stored:
    """Store every row of the file: a row with the number of a record that is there corrects it, one without a
    number is a new record, unless a row that says the same came in before: the same file again adds
    nothing. A column `reason` says why what stood is changed.

    Raises RecordRefusedError with everything that is wrong, by row and field.
    """
    try:
        table, codes = _table(kind, content, name)
    except ImportRefusedError as error:
        raise RecordRefusedError(error.problems) from error
    if len(table.rows) > MOST_ROWS:
        rows, most = f"{len(table.rows):,}", f"{MOST_ROWS:,}"
        raise RecordRefusedError([record_problem("record-file-large", name, rows=rows, most=most)])
    numbered, others = _written(warehouse.reporting_zone, kind, table, codes)
    problems = _twice(numbered)
    for column in table.columns:
        problems += [
            Problem(why.code, f"{table.rows[place]}, {column}", why.what, why.todo, why.values)
            for place, why in table.unread_in([column]).items()
        ]
    if problems:
        raise RecordRefusedError(problems)
    there = _there(warehouse, kind, others)
    written = numbered + [each for each in others if each.record_id not in there]
    stored = store_written(warehouse, kind, written, role, f"{role}: {name}", language)
    return replace(stored, known=stored.known + len(there))


def _table(kind: RecordType, content: bytes, name: str) -> tuple[Table, dict[str, str]]:
    """The file's columns, and the field that each is for; a derived one is read past, so that an export can
    be taken in again."""
    is_book = content.startswith(ZIP)
    source: Source = read_workbook(content, name, None, Heading()) if is_book else read_content(content, name)
    wanted = _names(kind)
    header, delimiter = read_header(source, wanted)
    columns = {column: original(column) for column in header if column}
    codes = {
        column: wanted[title.casefold()] for column, title in columns.items() if title.casefold() in wanted
    }
    known = ", ".join(["record_id", *(field.code for field in kind.fields if not field.derived)])
    if not set(codes.values()) - {REASON}:
        raise RecordRefusedError([record_problem("record-file-empty", name, known=known)])
    problems = [
        record_problem("record-field-unknown", column[:60], known=known)
        for column in columns
        if column not in codes
    ]
    taken = list(codes.values())
    problems += [
        record_problem("record-field-twice", code)
        for code in dict.fromkeys(taken)
        if taken.count(code) > 1 or header.count(next(c for c in codes if codes[c] == code)) > 1
    ]
    problems += _nameless(source, header, delimiter)
    if problems:
        raise RecordRefusedError(problems)
    table = _said(read_columns(source, header, delimiter, codes))
    if not table.rows:
        raise refused("file-no-rows", name)
    return table, codes


def _nameless(source: Source, header: Sequence[str], delimiter: str) -> list[Problem]:
    """What stands in columns without a heading: it would be left out unseen."""
    blank = [at for at, column in enumerate(header) if not column]
    filled = [
        (at, number)
        for number, record in (source.records(delimiter) if blank else ())
        for at in blank
        if number > 1 and at < len(record) and record[at].strip(AROUND)
    ]
    if not filled:
        return []
    from openpyxl.utils import get_column_letter  # a tenth of a second: see `importing.cells`

    cells = [f"{get_column_letter(at + 1)}{number}" for at, number in filled]
    named = ", ".join(cells[:NAMED]) + (" …" if len(cells) > NAMED else "")
    return [record_problem("record-file-nameless", source.name, count=len(cells), cells=named)]


def _said(table: Table) -> Table:
    """The table without rows that say nothing: spreadsheet programs write such below the last one."""
    faulty = {place for whys in table.unread.values() for place in whys}
    kept = [
        place
        for place in range(len(table.rows))
        if place in faulty or any(cells[place] for cells in table.columns.values())
    ]
    if len(kept) == len(table.rows):
        return table
    places = {place: at for at, place in enumerate(kept)}
    return replace(
        table,
        rows=tuple(table.rows[place] for place in kept),
        columns={name: tuple(cells[place] for place in kept) for name, cells in table.columns.items()},
        unread={
            name: {places[place]: why for place, why in whys.items()} for name, whys in table.unread.items()
        },
    )


def _names(kind: RecordType) -> dict[str, str]:
    """Every heading that a column may have, in small letters, and the field it is for."""
    found = dict.fromkeys(NUMBER, "record_id") | dict.fromkeys(WHY, REASON)
    for field in kind.fields:
        names = (field.title.en, field.title.zh, field.code)
        found |= dict.fromkeys((name.casefold() for name in names), field.code)
    return found


def _written(
    zone: ZoneInfo, kind: RecordType, table: Table, codes: dict[str, str]
) -> tuple[list[Written], list[Written]]:
    """The rows with a number, and those without, whose number follows from what they say."""
    derived = {field.code for field in kind.fields if field.derived}
    numbered, others, seen = [], [], Counter[str]()
    for place, number in enumerate(table.rows):
        row = {code: original(table.columns[column][place]) for column, code in codes.items()}
        record_id, why = row.pop("record_id", ""), row.pop(REASON, "")
        fields = {code: text for code, text in row.items() if code not in derived}
        if record_id:
            numbered.append(Written(record_id, fields, str(number), why))
            continue
        said = repr(_values(kind, fields, zone))
        seen[said] += 1
        others.append(Written(number_of(f"{said} {seen[said]}"), fields, str(number), why))
    return numbered, others


def _values(kind: RecordType, fields: Mapping[str, str], zone: ZoneInfo) -> list[tuple[str, Value | Problem]]:
    """What a row says, however it writes it."""
    read = {field.code: read_value(field, fields.get(field.code, ""), zone) for field in kind.fields}
    return [(code, value) for code, value in read.items() if fields.get(code, "").strip()]


def _there(warehouse: "Warehouse", kind: RecordType, written: Sequence[Written]) -> set[str]:
    """Which of them came in before, withdrawn ones too."""
    numbers = [each.record_id for each in written]
    return {row[0] for row in warehouse.read("records/newest", records=kind.table, record_ids=numbers)}


def _twice(written: Sequence[Written]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for each in written:
        if each.record_id in seen:
            problems.append(record_problem("record-number-twice", f"{each.where}, {each.record_id}"))
        seen.add(each.record_id)
    return problems
