"""A file of records, CSV or XLSX: columns by the code or the title of a field; stored whole or not at all."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from survey.archive import ZIP
from warehouse.access import Role
from warehouse.calendar import local_day, utc_now
from warehouse.csv_format import original
from warehouse.importing.headings import Heading
from warehouse.importing.problems import ImportRefusedError
from warehouse.importing.reading import Source, Table, read_columns, read_content, read_header
from warehouse.importing.workbook import read_workbook
from warehouse.problems import Problem
from warehouse.records.checking import new_number
from warehouse.records.declaring import REASON, RecordType
from warehouse.records.problems import RecordRefusedError, record_problem
from warehouse.records.storing import Stored, Written, store_written

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
    number is a new record. A column `reason` says why what stood is changed.

    Raises RecordRefusedError with everything that is wrong, by row and field.
    """
    try:
        table, codes = _table(kind, content, name)
    except ImportRefusedError as error:
        raise RecordRefusedError(error.problems) from error
    if len(table.rows) > MOST_ROWS:
        rows, most = f"{len(table.rows):,}", f"{MOST_ROWS:,}"
        raise RecordRefusedError([record_problem("record-file-large", name, rows=rows, most=most)])
    written = _written(warehouse, kind, table, codes)
    problems = _twice(written)
    for column in table.columns:
        problems += [
            Problem(why.code, f"{table.rows[place]}, {column}", why.what, why.todo, why.values)
            for place, why in table.unread_in([column]).items()
        ]
    if problems:
        raise RecordRefusedError(problems)
    return store_written(warehouse, kind, written, role, f"{role}: {name}", language)


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
    if problems:
        raise RecordRefusedError(problems)
    return read_columns(source, header, delimiter, codes), codes


def _names(kind: RecordType) -> dict[str, str]:
    """Every heading that a column may have, in small letters, and the field it is for."""
    found = dict.fromkeys(NUMBER, "record_id") | dict.fromkeys(WHY, REASON)
    for field in kind.fields:
        names = (field.title.en, field.title.zh, field.code)
        found |= dict.fromkeys((name.casefold() for name in names), field.code)
    return found


def _written(warehouse: "Warehouse", kind: RecordType, table: Table, codes: dict[str, str]) -> list[Written]:
    today = local_day(utc_now(), warehouse.reporting_zone)
    derived = {field.code for field in kind.fields if field.derived}
    found = []
    for place, number in enumerate(table.rows):
        row = {code: original(table.columns[column][place]) for column, code in codes.items()}
        record_id = row.pop("record_id", "") or new_number(today)
        fields = {code: text for code, text in row.items() if code not in derived}
        why = fields.pop(REASON, "")
        found.append(Written(record_id, fields, str(number), why))
    return found


def _twice(written: Sequence[Written]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for each in written:
        if each.record_id in seen:
            problems.append(record_problem("record-number-twice", f"{each.where}, {each.record_id}"))
        seen.add(each.record_id)
    return problems
