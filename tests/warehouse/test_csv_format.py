"""CSV that spreadsheets, pandas and DuckDB read alike, and in which no text becomes a formula."""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.csv_format import BOM, CHUNK, FORMULA_STARTS, csv_chunks, neutralise, original

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
ANY_START = st.sampled_from([*sorted(FORMULA_STARTS), "'", "", '"', ","])
TEXTS = st.tuples(ANY_START, ANY_TEXT).map("".join)


def parsed(data: bytes) -> list[list[str]]:
    assert data.startswith(BOM)
    return list(csv.reader(io.StringIO(data[len(BOM) :].decode(), newline=""), strict=True))


def one_cell(value: object) -> str:
    return parsed(b"".join(csv_chunks(["x", "y"], [(value, 1)])))[1][0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
def test_a_text_that_begins_like_a_formula_gets_a_leading_apostrophe(start: str) -> None:
    assert one_cell(start + "1+1") == "'" + start + "1+1"


def test_a_header_that_begins_like_a_formula_is_neutralised_too() -> None:
    assert parsed(b"".join(csv_chunks(["=1+1"], [])))[0] == ["'=1+1"]


@given(TEXTS)
def test_the_documented_inverse_gives_back_every_text(text: str) -> None:
    assert original(neutralise(text)) == text


@given(TEXTS)
def test_no_neutralised_text_begins_like_a_formula(text: str) -> None:
    assert neutralise(text)[:1] not in FORMULA_STARTS


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5))
def test_a_table_of_any_texts_is_read_back_as_it_was(rows: list[list[str]]) -> None:
    table = parsed(b"".join(csv_chunks(["x", "y"], rows)))
    assert table[0] == ["x", "y"]
    assert [[original(cell) for cell in row] for row in table[1:]] == rows


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-5, "-5"),
        (-3.51, "-3.51"),
        (Decimal("-1250.00"), "-1250.00"),
        (0.1 + 0.2, "0.30000000000000004"),
        (np.int64(-5), "-5"),
        (np.float64(-3.51), "-3.51"),
        (float("nan"), ""),
        (float("-inf"), ""),
        (None, ""),
        (True, "true"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 8, 30), "2026-03-01T08:30:00Z"),  # noqa: DTZ001 - as DuckDB gives an instant
        (datetime(2026, 3, 1, 8, 30, tzinfo=UTC), "2026-03-01T08:30:00Z"),
        (datetime(2026, 3, 1, 8, 30, tzinfo=timezone(timedelta(hours=8))), "2026-03-01T00:30:00Z"),
    ],
)
def test_numbers_stay_numbers_and_dates_are_iso(value: object, cell: str) -> None:
    assert one_cell(value) == cell


def test_a_comma_a_quote_and_a_newline_are_read_back_by_csv_pandas_and_duckdb(tmp_path: Path) -> None:
    text = 'a,"b"\n；c'
    file = tmp_path / "export.csv"
    file.write_bytes(b"".join(csv_chunks(["comment", "score"], [(text, 3), ("中文，评论", None)])))
    assert parsed(file.read_bytes())[1] == [text, "3"]
    frame = pd.read_csv(file)
    assert list(frame.columns) == ["comment", "score"]
    assert frame["comment"].tolist() == [text, "中文，评论"]
    rows = duckdb.sql(f"SELECT comment, score FROM read_csv('{file}')").fetchall()
    assert rows == [(text, 3), ("中文，评论", None)]


def test_lines_end_with_carriage_return_and_line_feed() -> None:
    assert b"".join(csv_chunks(["x"], [(1,), (2,)])) == BOM + b"x\r\n1\r\n2\r\n"


def test_half_a_surrogate_pair_becomes_the_replacement_character() -> None:
    assert one_cell("好\ud83d!") == "好\ufffd!"


def test_a_table_without_rows_still_has_its_header() -> None:
    assert b"".join(csv_chunks(["x", "y"], [])) == BOM + b"x,y\r\n"


def test_an_error_of_the_first_row_comes_before_any_byte() -> None:
    def rows() -> Iterator[tuple[int]]:
        raise OSError("the disk is gone")
        yield (1,)

    with pytest.raises(OSError, match="the disk is gone"):
        next(csv_chunks(["x"], rows()))


def test_memory_stays_constant_and_chunks_small_for_many_rows() -> None:
    rows = ((number, "满意" * 20) for number in range(50_000))
    tracemalloc.start()
    sizes = [len(chunk) for chunk in csv_chunks(["n", "comment"], rows)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(sizes) > 5_000_000
    assert len(sizes) > 20
    assert max(sizes) < 4 * CHUNK
    assert peak < 1_500_000
