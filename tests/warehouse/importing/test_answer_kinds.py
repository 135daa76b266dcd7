"""Files with every kind of answer: rows of a matrix, several choices, numbers, dates."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sheets import EVERYTHING
from tests.warehouse.importing.files import write
from warehouse import Warehouse, open_warehouse
from warehouse.importing import ImportRefusedError, Prepared, load, prepare

MAPPING = """
apiVersion: pactboard/v1
kind: ImportMapping
survey:
  slug: everything
  title: {en: All, zh: 全部}
questionnaire: everything.yaml
row_id: "{id}"
submitted_at: {text: "2026-07-01", formats: ["%Y-%m-%d"], zone: Asia/Shanghai}
language: {constant: zh}
answers:
  overall: overall
  grid_staff: staff
  channels: {column: channels, separator: ";", values: {Front desk: shop, Site: web}, missing: {n/a: refused}}
  best: best
  spent: {column: spent, missing: {-1: refused}}
  joined: joined
  again: {column: again, values: {Y: "yes", N: "no"}}
  signed: name
"""
HEAD = "id,overall,staff,channels,best,spent,joined,again,name\n"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Warehouse]:
    with closing(open_warehouse(tmp_path / "w.duckdb")) as warehouse:
        yield warehouse


def prepared(folder: Path, *rows: str, mapping: str = MAPPING) -> Prepared:
    (folder / EVERYTHING.name).write_bytes(EVERYTHING.read_bytes())
    return prepare(*write(folder, HEAD + "\n".join(rows) + "\n", mapping))


def test_every_kind_of_answer_is_read_as_the_validator_reads_it(tmp_path: Path) -> None:
    (first, second) = prepared(
        tmp_path,
        "1,5,4,Site; Front desk,price place,12.5,2024-02-29,Y,Li Lei",
        "2,3,,n/a,,-1,,,",
    ).checked.responses
    assert first.scores == (5, 4, None) and first.missing == (None, None, "not_asked")
    assert first.choices == {"channels": ("web", "shop"), "best": ("price", "place"), "again": ("yes",)}
    assert first.numbers == {"spent": Decimal("12.50")} and first.dates == {"joined": date(2024, 2, 29)}
    assert first.texts == {"signed": "Li Lei"}
    assert second.choices == {} and second.numbers == {} and second.dates == {} and second.texts == {}


@pytest.mark.parametrize(
    ("use", "row", "code"),
    [
        ("channels", "1,5,4,Site;Front desk;phone,,,,,", "answer-too-many-choices"),
        ("channels", "1,5,4,Site;Site,,,,,", "answer-repeated"),
        ("channels", "1,5,4,Kiosk,,,,,", "answer-not-offered"),
        ("best", "1,5,,,price price,,,,", "answer-repeated"),
        ("spent", "1,5,,,,12.345,,,", "answer-number-malformed"),
        ("spent", "1,5,,,,100000,,,", "answer-too-large"),
        ("joined", "1,5,,,,,29.02.2024,,", "answer-not-a-date"),
        ("joined", "1,5,,,,,1999-12-31,,", "answer-too-early"),
        ("again", "1,5,,,,,,maybe,", "answer-not-offered"),
        ("grid_staff", "1,5,6,,,,,,", "answer-out-of-range"),
    ],
)
def test_an_answer_that_is_not_one_is_refused_and_named(
    tmp_path: Path, use: str, row: str, code: str
) -> None:
    report = prepared(tmp_path, row).report
    (column,) = [each for each in report.columns if each.use == f"answers.{use}"]
    assert [value.problem.code for value in column.refused] == [code]
    assert (report.refused_rows, report.refused_cells) == (0, 1)


def test_an_answer_to_a_question_that_the_row_hides_is_refused_as_in_the_form(tmp_path: Path) -> None:
    found = prepared(
        tmp_path, "1,5,4,Site,,,,,", "2,5,4,Front desk,,,,,", "3,5,4,Kiosk,,,,,", "4,5,,Site,,,,,"
    )
    assert [response.scores for response in found.checked.responses] == [
        (5, None, None), (5, 4, None), (5, 4, None), (5, None, None)
    ]  # fmt: skip
    (column,) = [each for each in found.report.columns if each.use == "answers.grid_staff"]
    assert [(value.problem.code, value.first_rows) for value in column.refused] == [("answer-hidden", (2,))]
    assert found.checked.responses[0].missing == (None, "invalid", "not_asked")


def test_a_condition_on_what_the_file_does_not_hold_refuses_nothing(tmp_path: Path) -> None:
    kept = "\n".join(line for line in MAPPING.splitlines() if not line.startswith("  channels:"))
    (response,) = prepared(tmp_path, "1,5,4,,,,,,", mapping=kept).checked.responses
    assert response.scores == (5, 4, None)


def test_what_was_read_is_stored(opened: Warehouse, tmp_path: Path) -> None:
    load(opened, prepared(tmp_path, "1,5,4,Site;Front desk,place price,0.05,2024-02-29,N,Li Lei"))
    with opened.transaction() as cursor:
        rows = cursor.execute(
            "SELECT question, coalesce(choice, body, CAST(number AS VARCHAR), CAST(date AS VARCHAR)) "
            "FROM answer WHERE score IS NULL AND missing_code IS NULL ORDER BY question, place"
        ).fetchall()
    assert rows == [
        ("again", "no"),
        ("best", "place"),
        ("best", "price"),
        ("channels", "web"),
        ("channels", "shop"),
        ("joined", "2024-02-29"),
        ("signed", "Li Lei"),
        ("spent", "0.050000"),
    ]


def test_a_matrix_is_mapped_by_its_rows_only(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="grid"):
        prepared(tmp_path, mapping=MAPPING.replace("grid_staff: staff", "grid: staff"))


def test_a_separator_that_could_be_part_of_a_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="separator"):
        prepared(tmp_path, mapping=MAPPING.replace('separator: ";"', "separator: e"))


@pytest.mark.parametrize(
    ("row", "changed"),
    [
        ("1,5,4,Site;Front desk,place price,0.05,2024-02-29,N,Li Lei", 0),
        ("1,5,4,Site;Front desk,price place,0.05,2024-02-29,N,Li Lei", 1),  # the other rank first
        ("1,5,4,Site,place price,0.05,2024-02-29,N,Li Lei", 1),
        ("1,5,4,Site;Front desk,place price,0.06,2024-02-29,N,Li Lei", 1),
        ("1,5,4,Site;Front desk,place price,0.05,2024-03-01,N,Li Lei", 1),
        ("1,5,4,Site;Front desk,place price,0.05,2024-02-29,N,", 1),
    ],
)
def test_a_row_that_says_something_else_than_before_is_named_whatever_kind_of_answer_it_is(
    opened: Warehouse, tmp_path: Path, row: str, changed: int
) -> None:
    load(opened, prepared(tmp_path, "1,5,4,Site;Front desk,place price,0.05,2024-02-29,N,Li Lei"))
    report = load(opened, prepared(tmp_path, row, "2,3,,n/a,,-1,,,"))
    assert (report.stored, report.changed) == (1, changed)
