"""Workbooks for tests, from lists of rows."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]

LISTS: Rows = (
    ("list_name", "name", "label"),
    ("colour", "red", "Red"),
    ("colour", "Dark Blue", "Dark blue"),
    ("five", 1, "bad"),
    ("five", 2, "poor"),
    ("five", 3, "so-so"),
    ("five", 4, "good"),
    ("five", 5, "great"),
)


def workbook(**sheets: Rows) -> bytes:
    """An .xlsx whose sheets have those rows, the first of them the headings."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def form(*rows: Mapping[str, object], settings: Mapping[str, object] | None = None) -> bytes:
    """An .xlsx with the rows of "survey" as heading -> cell, the lists above and English as language."""
    headings = list(dict.fromkeys(key for row in rows for key in row))
    said = {"form_id": "club", "default_language": "English (en)", **(settings or {})}
    return workbook(
        survey=[headings, *([row.get(heading) for heading in headings] for row in rows)],
        choices=LISTS,
        settings=[list(said), list(said.values())],
    )
