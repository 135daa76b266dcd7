"""Exports as files: Parquet that pandas and DuckDB read, SPSS with labels and missing codes, the codebook."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest

from contract import example_source
from survey import new_response_id
from tests.warehouse.answering import a_response
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.__main__ import main
from warehouse.contract_loading import load_contract
from warehouse.exporting import spss
from warehouse.exporting.written import FORMATS, write_export
from warehouse.exports import export_rows, exports
from warehouse.filters import Filters
from warehouse.responses import store_responses

ALL = Filters("customer-satisfaction")
WHEN = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)
LONG = "服务非常好，" * 200
FORMULA = "=1+1"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path / "w.duckdb")
    first = replace(
        a_response(new_response_id(WHEN), submitted_at=WHEN),
        scores=(5, 10, None),
        missing=(None, None, "blank"),
        choices={"touchpoint": ("after",)},
        texts={"comment": LONG},
        tier="vip",
    )
    second = replace(
        first, response_id=new_response_id(WHEN), scores=(1, None, 7), texts={"comment": FORMULA}
    )
    second = replace(second, missing=(None, "refused", None), tier=None, choices={})
    with warehouse.transaction() as cursor:
        store_responses(cursor, [first, second], ZoneInfo("Asia/Shanghai"))
    yield warehouse
    warehouse.close()


def test_the_sav_of_responses_has_labels_and_missing_codes_and_long_chinese_texts(
    opened: Warehouse, tmp_path: Path
) -> None:
    path = tmp_path / "r.sav"
    write_export(opened, "responses", "sav", ALL, "zh", path)
    frame, meta = pyreadstat.read_sav(path, user_missing=True)
    assert list(frame["overall"]) == [5, 1]
    assert meta.column_names_to_labels["overall"] == export_text(opened, "overall", "zh")
    labels = meta.variable_value_labels
    assert labels["overall"][5.0] == "非常满意"
    assert labels["question_touchpoint"]["after"]
    assert labels["ease"][frame["ease"][0]] == "未填"
    assert labels["recommend"][frame["recommend"][1]] == "拒绝回答"
    assert list(frame["comment"]) == [LONG, FORMULA]
    assert meta.missing_ranges["ease"] == [{"lo": -999.0, "hi": -901.0}]
    plain, _ = pyreadstat.read_sav(path)
    assert pd.isna(plain["ease"][0]) and plain["ease"][1] == 7
    write_export(opened, "responses", "sav", ALL, "en", path)
    assert pyreadstat.read_sav(path)[1].variable_value_labels["overall"][5.0] == "Very satisfied"


def test_the_sav_of_no_responses_has_their_columns_and_labels(opened: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "r.sav"
    write_export(opened, "responses", "sav", replace(ALL, channel="no such channel"), "zh", path)
    frame, meta = pyreadstat.read_sav(path)
    assert len(frame) == 0
    assert meta.variable_value_labels["overall"][5.0] == "非常满意"
    assert meta.variable_value_labels["question_touchpoint"]["after"]


def export_text(warehouse: Warehouse, code: str, language: str) -> str:
    table = export_rows(warehouse, "codebook", ALL, language).table
    return str(next(row[2] for row in table.rows if row[1] == code))


def test_parquet_has_types_and_reads_back_in_pandas_and_duckdb(opened: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    write_export(opened, "responses", "parquet", ALL, "en", path)
    frame = pd.read_parquet(path)
    assert list(frame["overall"]) == [5, 1]
    assert str(frame["submitted_at"].dtype).startswith("datetime64[us, UTC")
    assert list(frame["comment"]) == [LONG, FORMULA]
    engine = duckdb.connect()
    found = engine.execute(
        'SELECT typeof(recommend), recommend, typeof(day), "ease.missing" FROM read_parquet($path)',
        {"path": str(path)},
    ).fetchall()
    engine.close()
    assert found == [("BIGINT", 10, "DATE", "blank"), ("BIGINT", None, "DATE", None)]


def test_a_long_parquet_file_is_written_in_parts_of_one_schema(
    opened: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.exporting.written.ROW_GROUP", 1)
    path = tmp_path / "a.parquet"
    write_export(opened, "answers", "parquet", ALL, "en", path)
    rows = len(list(export_rows(opened, "answers", ALL, "en").table.rows))
    assert pq.ParquetFile(path).num_row_groups == rows > 2


def test_formulas_stay_text_in_a_workbook_of_raw_answers(opened: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_export(opened, "responses", "xlsx", ALL, "en", path)
    sheet = openpyxl.load_workbook(path).active
    head = [cell.value for cell in sheet[1]]
    cell = sheet.cell(3, head.index("comment") + 1)
    assert (cell.value, cell.data_type) == (FORMULA, "s")


def test_the_codebook_says_every_code_with_its_label_and_which_are_missing(opened: Warehouse) -> None:
    table = export_rows(opened, "codebook", ALL, "en").table
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    codes = {(row["question"], row["code"]): (row["label"], row["missing"]) for row in rows}
    assert codes["overall", "5"] == ("Very satisfied", False)
    assert codes["overall", "not_asked"] == ("not asked", True)
    assert codes["comment", None] == (None, False)
    assert {row["measures"] for row in rows} == {"csat", "nps", "ces", "none"}


def test_every_export_can_be_written_in_every_format(opened: Warehouse, tmp_path: Path) -> None:
    load_contract(opened, example_source())
    for listed in exports():
        for kind in FORMATS:
            path = tmp_path / f"{listed.name}.{kind}"
            write_export(opened, listed.name, kind, ALL, "zh", path)
            assert path.stat().st_size > 0
    frame, _ = pyreadstat.read_sav(tmp_path / "summary.sav")
    assert len(frame) == len(pd.read_parquet(tmp_path / "summary.parquet"))
    # Two responses are too few to be told: what the page hides is hidden in every format.
    hidden = frame[frame["suppressed"] == 1]
    assert len(hidden) > 0 and (hidden["mean"] == "").all()


def test_what_is_too_long_or_unknown_is_refused(
    opened: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spss, "MOST_ROWS", 1)
    for kind, code in (("sav", "export-too-long"), ("ods", "export-format")):
        with pytest.raises(WarehouseError) as caught:
            write_export(opened, "responses", kind, ALL, "en", tmp_path / "x")
        assert caught.value.problem.code == code


def test_the_command_writes_a_format_whole_or_not_at_all(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "c.parquet"
    assert main(["export", "codebook", "--format", "parquet", "--out", str(out)]) == 0
    assert len(pd.read_parquet(out)) > 10
    assert main(["export", "codebook", "--format", "sav"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"$FL2")
    assert main(["export", "codebook", "--format", "sav", "--out", str(tmp_path / "no" / "x.sav")]) == 1
    assert [path.name for path in tmp_path.glob("*.part")] == []
