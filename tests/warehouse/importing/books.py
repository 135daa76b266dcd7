"""Workbooks made for the tests of the import."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.warehouse.importing.files import CLUB

HEADING = ("id", "day", "csat", "nps")
DAY = date(2026, 1, 5)


def book(folder: Path, *rows: Iterable[object], mapping: str = CLUB) -> tuple[Path, Path]:
    """A workbook of one sheet with these rows, and its mapping, written into the folder."""
    return changed(folder, lambda workbook, sheet: [sheet.append(tuple(row)) for row in rows], mapping)


def changed(
    folder: Path, change: Callable[[Workbook, Worksheet], object], mapping: str = CLUB
) -> tuple[Path, Path]:
    """A workbook that `change` has filled, and its mapping, written into the folder."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    change(workbook, sheet)
    file, mapping_file = folder / "club.xlsx", folder / "club.yaml"
    workbook.save(file)
    mapping_file.write_text(mapping, encoding="utf-8")
    return file, mapping_file


def two_sheets(workbook: Workbook, sheet: Worksheet) -> None:
    """Fills a hidden sheet and a visible one with different answers, and adds a sheet of a chart."""
    sheet.title, sheet.sheet_state = "Old", "hidden"
    sheet.append(HEADING)
    sheet.append((1, DAY, 1, 1))
    new = workbook.create_sheet("New")
    new.append(HEADING)
    new.append((1, DAY, 5, 10))
    workbook.create_chartsheet("Chart")
    workbook.active = 1


def patched(file: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """The workbook with one of its parts changed."""
    whole = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    file.write_bytes(whole.getvalue())


def typed(cell: str) -> object:
    """The cell of a text file as a spreadsheet program takes it: a number where it looks like one."""
    try:
        return int(cell)
    except ValueError:
        try:
            return float(cell)
        except ValueError:
            return cell or None


def converted(csv_file: Path, xlsx_file: Path) -> None:
    """The text file saved as a workbook, as a spreadsheet program would."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    with csv_file.open(encoding="utf-8-sig", newline="") as file:
        for record in csv.reader(file):
            sheet.append([typed(cell) for cell in record])
    workbook.save(xlsx_file)
