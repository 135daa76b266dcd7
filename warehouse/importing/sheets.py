"""The rows of a workbook's sheet as openpyxl reads them, one by one; a second time beside it where there are
formulas, to tell one without a value from a blank cell."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from typing import Any, TypeAlias

from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

Cell: TypeAlias = ReadOnlyCell | EmptyCell
Row: TypeAlias = tuple[Cell, ...]
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_AT_A_TIME = 1 << 20
_OVERLAP = 64  # bytes; a name is not longer


class _Sheet(ReadOnlyWorksheet):  # type: ignore[misc]  # openpyxl has no types
    """A sheet of the size that its rows have: the one it claims may be a billion cells, and to look for the
    claim where there is none takes a whole reading."""

    def _get_size(self) -> None:
        pass


class _Reader(ExcelReader):  # type: ignore[misc]  # openpyxl has no types
    """Reads no more than the cells need: whatever a chart or a colour theme holds cannot break it."""

    def read_worksheets(self) -> None:
        for sheet, found in self.parser.find_sheets():
            if found.target in self.valid_files and "chartsheet" not in found.Type:
                made = _Sheet(self.wb, sheet.name, found.target, self.shared_strings)
                made.sheet_state = sheet.state
                self.wb._sheets.append(made)

    def read_properties(self) -> None:
        pass

    def read_custom(self) -> None:
        pass

    def read_theme(self) -> None:
        pass


def sheet_names(data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the sheets one sees, and of the hidden ones, each in the order of the workbook."""
    with _opened(data, data_only=True) as reader:
        sheets = [(sheet.title, sheet.sheet_state == "visible") for sheet in reader.wb.worksheets]
    shown = tuple(name for name, is_shown in sheets if is_shown)
    return shown, tuple(name for name, is_shown in sheets if not is_shown)


def read_rows(data: bytes, sheet: str) -> Iterator[tuple[Row, Row | None]]:
    """Each row with what its formulas last came to, and the same row with the formulas themselves; None where
    the sheet has none at all."""
    with _opened(data, data_only=True) as values:
        rows = values.wb[sheet].iter_rows()
        if not _has_formulas(values, sheet):
            yield from zip(rows, repeat(None))
            return
        with _opened(data, data_only=False) as formulas:
            yield from zip(rows, formulas.wb[sheet].iter_rows(), strict=True)


def _has_formulas(reader: Any, sheet: str) -> bool:
    with reader.archive.open(reader.wb[sheet]._worksheet_path) as part:
        last = b""
        while block := part.read(_AT_A_TIME):
            if _FORMULA.search(last + block):
                return True
            last = block[-_OVERLAP:]
    return False


@contextmanager
def _opened(data: bytes, *, data_only: bool) -> Iterator[Any]:
    reader = _Reader(io.BytesIO(data), True, data_only=data_only, keep_links=False)
    try:
        reader.read()
        yield reader
    finally:
        reader.archive.close()
