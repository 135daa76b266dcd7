"""The sheets of a workbook as rows of texts: read by pyxform, after its size was judged from the outside."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl.reader.excel import ExcelReader
from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import xls_to_dict, xlsx_to_dict

from survey.archive import ZIP, judge
from survey.problems import Problem, SurveyError
from survey.xlsform.wordings import note

Row = Mapping[str, str]
"""Heading -> text of the cell; blank cells are absent."""

_MEGABYTE = 1_000_000
_LARGEST = 50
_MOST_ROWS = 5000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEETS = ("survey", "choices", "settings")
_TWICE = "Duplicate column header: "


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its headings in order, and every row with its 1-based number in the workbook."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that make a form, the names of all others, and what was noticed while reading."""

    survey: Sheet
    choices: Sheet
    settings: Sheet
    others: tuple[str, ...]
    notes: tuple[Problem, ...]


def is_workbook(data: bytes) -> bool:
    """Whether the first bytes are those of an .xlsx or an .xls."""
    return data.startswith((ZIP, _OLE))


def read_workbook(data: bytes, name: str) -> Workbook:
    """The sheets of an .xlsx or .xls. Raises SurveyError."""
    if not is_workbook(data):
        raise SurveyError((note("xlsform-not-a-workbook", name),))
    _refuse_size(len(data), name)
    packed = data.startswith(ZIP)
    if packed:
        _refuse_unpacked(data, name)
    try:
        found = xlsx_to_dict(io.BytesIO(data)) if packed else xls_to_dict(io.BytesIO(data))
        notes = tuple(_unread_formulas(data)) if packed else ()
    except PyXFormError as error:
        said = str(error)
        if said.startswith(_TWICE):
            raise SurveyError((note("xlsform-header-twice", name, raw=said.removeprefix(_TWICE)),)) from None
        raise SurveyError((note("xlsform-broken", name, detail=said),)) from None
    except Exception as error:  # the readers let whatever a damaged file provokes through
        raise SurveyError((note("xlsform-broken", name, detail=type(error).__name__),)) from None
    survey, choices, settings = (_sheet(found, sheet, name) for sheet in _SHEETS)
    if not {"type", "name"} <= {_plain(heading) for heading in survey.headings}:
        raise SurveyError((note("xlsform-no-survey", name),))
    others = tuple(sheet for sheet in found["sheet_names"] if sheet.lower() not in _SHEETS)
    return Workbook(survey, choices, settings, others if len(found["sheet_names"]) > 1 else (), notes)


def _plain(heading: str) -> str:
    aliases = {"command": "type", "tag": "name", "value": "name"}
    return aliases.get(heading.strip().lower(), heading.strip().lower())


def _refuse_size(size: int, name: str) -> None:
    if size > _LARGEST * _MEGABYTE:
        raise SurveyError((note("xlsform-too-large", name, size=size // _MEGABYTE, limit=_LARGEST),))


def _refuse_unpacked(data: bytes, name: str) -> None:
    """Judge by the directory of the archive, before anything is unpacked."""
    judged = judge(data, _LARGEST * _MEGABYTE)
    _refuse_size(judged.unpacked, name)
    if judged.fault:
        raise SurveyError((note("xlsform-broken", name, detail=judged.fault),))
    if not judged.is_workbook:
        raise SurveyError((note("xlsform-not-a-workbook", name),))


def _sheet(found: Mapping[str, list[dict[str, str | None]]], sheet: str, name: str) -> Sheet:
    headings = tuple(heading for row in found.get(f"{sheet}_header", []) for heading in row)
    rows = tuple(
        (number, {heading: text for heading, text in row.items() if text is not None})
        for number, row in enumerate(found.get(sheet, []), start=2)
        if row
    )
    if len(rows) > _MOST_ROWS:
        raise SurveyError((note("xlsform-too-long", f"{name} {sheet}", rows=len(rows), limit=_MOST_ROWS),))
    return Sheet(headings, rows)


def _unread_formulas(data: bytes) -> Iterator[Problem]:
    """Formulas whose result was never stored: what a program wrote and no Excel has opened."""
    values, formulas = (
        ExcelReader(io.BytesIO(data), True, data_only=True),
        ExcelReader(io.BytesIO(data), True),
    )
    for reader in (values, formulas):
        reader.read()
    try:
        for sheet in values.wb.sheetnames:
            if sheet.lower() not in _SHEETS:
                continue
            pairs = zip(values.wb[sheet].rows, formulas.wb[sheet].rows, strict=False)
            for number, (shown, written) in enumerate(pairs, start=1):
                if number > _MOST_ROWS:
                    break
                for cell, formula in zip(shown, written, strict=False):
                    if cell.value is None and formula.data_type == "f":
                        yield note("xlsform-formula", f"{sheet}:{number} {formula.column_letter}{number}")
    finally:
        for reader in (values, formulas):
            reader.wb.close()
            reader.archive.close()
