"""A table as an Excel workbook: numbers as numbers, days as days, every text as text and never a formula."""

import io
import math
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from numbers import Real
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from warehouse.exporting.problems import refusal, too_much
from warehouse.sized import parts

MOST_ROWS = 50_000  # of a workbook made in memory
MOST_BYTES = 64_000_000  # of its texts
SHEET_ROWS = 1_048_576  # of a sheet, its heading included
_MOST_LETTERS = 32_767  # of a cell, by Excel
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}


def xlsx_bytes(name: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as one sheet with its header frozen. Instants are ISO 8601 in UTC, as in the CSV; empty cells
    stand for None and for numbers that are not finite.

    Raises WarehouseError "export-too-long" for more than `MOST_ROWS` rows and "export-too-large" for more
    than `MOST_BYTES`: a workbook is made whole.
    """
    found = parts(rows, MOST_ROWS, MOST_BYTES)
    taken = next(found, [])
    if next(found, None) is not None:
        raise too_much(name, len(taken), MOST_ROWS, MOST_BYTES)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        _fill(book, title, columns, taken)
    return buffer.getvalue()


def write_xlsx(
    path: Path, name: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """The same as a file, of as many rows as a sheet has, in constant memory. Raises
    WarehouseError("export-too-long") and OSError."""
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        if _fill(book, title, columns, islice(rows, SHEET_ROWS)) == SHEET_ROWS:
            raise refusal("export-too-long", name, most=f"{SHEET_ROWS - 1:,}")


def _fill(
    book: xlsxwriter.Workbook, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> int:
    """Make the sheet; how many rows it got."""
    sheet = book.add_worksheet(_sheet_name(title))
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, min(40, max(10, len(column) + 2)))
        sheet.write_string(0, place, column, bold)
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, day)
    return number


def _write(sheet: Worksheet, row: int, column: int, value: object, day: Format) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | Real() | Decimal():
            number = float(value)
            if math.isfinite(number):
                sheet.write_number(row, column, number)
        case datetime():
            instant = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
            sheet.write_string(row, column, instant.isoformat().replace("+00:00", "Z"))
        case date():
            sheet.write_datetime(row, column, value, day)
        case _:
            sheet.write_string(row, column, _text(str(value)))


def _text(text: str) -> str:
    """As much of it as a cell holds; half of a surrogate pair is no character and has no UTF-8."""
    return text[:_MOST_LETTERS].encode("utf-8", "replace").decode()


def _sheet_name(title: str) -> str:
    """At most 31 letters, without those that Excel forbids."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31].strip() or "1"
