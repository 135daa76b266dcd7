"""Exports of long texts: as little memory as those of short ones, and every text whole."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from survey import new_response_id
from tests.warehouse.answering import a_response
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.exporting import spss
from warehouse.exporting.written import write_export
from warehouse.filters import Filters
from warehouse.responses import store_responses
from warehouse.sized import parts
from warehouse.xlsx_format import xlsx_bytes

ALL = Filters("customer-satisfaction")
RESPONSES, LETTERS = 800, 100_000
"""80 MB of texts, for an engine that may hold 90."""

LONG = """
INSERT INTO response_text
SELECT response_id, 'comment', repeat(right(CAST(response_id AS VARCHAR), 10), $n) FROM response
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    path = tmp_path_factory.mktemp("long") / "w.duckdb"
    warehouse = open_warehouse(path)
    first = datetime(2026, 1, 5, tzinfo=UTC)
    when = [first + timedelta(minutes=number) for number in range(RESPONSES)]
    with warehouse.transaction() as cursor:
        made = [replace(a_response(new_response_id(each), submitted_at=each), texts={}) for each in when]
        store_responses(cursor, made, ZoneInfo("Asia/Shanghai"))
    with warehouse.transaction() as cursor:
        cursor.execute(LONG, {"n": LETTERS // 10})
    warehouse.close()
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("PACTBOARD_MEMORY", "90MB")
        warehouse = open_warehouse(path)
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize("name", ["responses", "answers"])
def test_long_texts_need_no_more_memory_than_short_ones(opened: Warehouse, name: str, tmp_path: Path) -> None:
    column = {"responses": "comment", "answers": "written"}[name]
    write_export(opened, name, "csv", ALL, "en", tmp_path / "x.csv")
    csv.field_size_limit(1_000_000)
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {row["response_id"]: row[column] for row in csv.DictReader(file) if row[column]}
    assert len(found) == RESPONSES
    assert all(text == str(key)[-10:] * (LETTERS // 10) for key, text in found.items())


def test_a_file_that_is_made_whole_says_how_much_it_holds(
    opened: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spss, "MOST_BYTES", 1_000_000)
    with pytest.raises(WarehouseError) as caught:
        write_export(opened, "responses", "sav", ALL, "en", tmp_path / "x.sav")
    assert caught.value.problem.code == "export-too-large"
    assert "at most 1 MB" in caught.value.problem.words("en")
    assert not (tmp_path / "x.sav").exists()
    long = "x" * 8_000_000
    with pytest.raises(WarehouseError) as caught:
        xlsx_bytes("long", "T", ["a"], ((long + str(number),) for number in range(100)))
    assert caught.value.problem.code == "export-too-large"


def test_parts_are_bounded_in_rows_and_in_bytes_and_lose_nothing() -> None:
    rows = [("x" * 1_000, number) for number in range(10)] + [("y" * 9_000, 10)] + [("", 11)] * 7
    found = list(parts(rows, 4, 3_500))
    assert [len(part) for part in found] == [3, 3, 3, 1, 1, 4, 3]
    assert [row for part in found for row in part] == rows
