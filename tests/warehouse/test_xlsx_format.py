"""Workbooks: numbers and days as such, every text as text, and no more rows than are made whole."""

import io
import math
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from warehouse import WarehouseError
from warehouse.xlsx_format import MOST_ROWS, xlsx_bytes

FORMULAS = [
    '=cmd|"/c calc"!A1',
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1+1}",
    "https://example.org",
    "12",
    "\t=1",
    "internal:A1",
]


def read(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_numbers_days_and_instants_keep_what_they_are() -> None:
    row = [1, Decimal("-3000.10"), 2.5, True, date(2026, 9, 30), datetime(2026, 9, 30, 8, tzinfo=UTC), None]
    header = ["a", "b", "c", "d", "e", "f", "g"]
    found = read(xlsx_bytes("x", "Title", header, [row]))
    assert found[0] == header
    assert found[1] == [1, -3000.1, 2.5, True, datetime(2026, 9, 30), "2026-09-30T08:00:00Z", None]  # noqa: DTZ001 # Excel knows no zone


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    sheet = load_workbook(io.BytesIO(xlsx_bytes("x", "Title", [text], [[text]]))).worksheets[0]
    for cell in ("A1", "A2"):
        assert sheet[cell].data_type == "s" and sheet[cell].hyperlink is None
        assert str(sheet[cell].value).strip() == text.strip()


def test_numbers_that_are_not_finite_are_empty() -> None:
    assert read(xlsx_bytes("x", "T", ["a", "b"], [[math.nan, math.inf], [1, 2]]))[1] == [None, None]


def test_what_excel_cannot_hold_is_cut_and_not_lost() -> None:
    found = read(xlsx_bytes("x", "a[b]:c*d?e/f\\g" * 5, ["a"], [["x" * 40_000], ["\ud800"]]))
    assert found[1] == ["x" * 32_767] and found[2] == ["?"]


def test_more_rows_than_a_workbook_is_made_of_are_refused() -> None:
    with pytest.raises(WarehouseError) as refused:
        xlsx_bytes("long", "T", ["a"], ([number] for number in range(MOST_ROWS + 1)))
    assert refused.value.problem.code == "export-too-long"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), max_size=5))
def test_any_text_comes_back(texts: list[str]) -> None:
    found = read(xlsx_bytes("x", "T", ["first", *("c" for _ in texts)], [["row", *texts]]))
    assert [cell or "" for cell in found[1][1:]] == texts
