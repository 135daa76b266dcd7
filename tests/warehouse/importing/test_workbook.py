"""A workbook gives the figures of the text file of the same content; what it cannot say is refused by cell,
and what would fill the memory before it is read."""

import re
import shutil
import zipfile
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.warehouse.commands import run
from tests.warehouse.importing.bad_files import spaces
from tests.warehouse.importing.books import DAY, HEADING, book, changed, converted, patched, two_sheets
from tests.warehouse.importing.files import CLUB, CLUB_ROWS, SAMPLES, write
from tests.warehouse.importing.test_other_tools import EXPORTED
from warehouse import open_warehouse
from warehouse.importing import ImportRefusedError, Prepared, prepare
from warehouse.importing.cells import text_of

SHEET = "xl/worksheets/sheet1.xml"
LISTED = (  # the part of all texts, as the list of parts names it
    b'<Override PartName="/xl/sharedStrings.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def codes(file: Path, mapping: Path) -> list[str]:
    with pytest.raises(ImportRefusedError) as caught:
        prepare(file, mapping)
    return [problem.code for problem in caught.value.problems]


def scores(found: Prepared) -> list[tuple[int | None, ...]]:
    return [response.scores[:2] for response in found.checked.responses]


@pytest.mark.parametrize("year", [2016, 2017])
def test_a_workbook_gives_the_responses_of_the_text_file_of_the_same_content(
    tmp_path: Path, year: int
) -> None:
    name = f"sfo_customer_survey_{year}"
    lines = (SAMPLES / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)
    excerpt = tmp_path / "excerpt.csv"
    excerpt.write_text("".join(lines[:400]), encoding="utf-8")
    converted(excerpt, tmp_path / "excerpt.xlsx")
    mapping = SAMPLES / f"{name}.yaml"
    text, sheet = prepare(excerpt, mapping), prepare(tmp_path / "excerpt.xlsx", mapping)
    assert sheet.checked.responses == text.checked.responses
    assert len(sheet.checked.responses) > 350
    assert sheet.checked.columns == text.checked.columns
    assert sheet.report.sheets == ("Sheet",)


@pytest.mark.parametrize("tool", EXPORTED)
def test_the_ready_mapping_of_a_tool_reads_its_workbook_too(tmp_path: Path, tool: str) -> None:
    file, mapping = write(tmp_path, EXPORTED[tool], (SAMPLES / f"{tool}.yaml").read_text(encoding="utf-8"))
    converted(file, tmp_path / "club.xlsx")
    found = prepare(tmp_path / "club.xlsx", mapping)
    assert found.checked.responses == prepare(file, mapping).checked.responses
    assert len(found.checked.responses) == 2


def test_a_real_date_is_read_whatever_form_the_mapping_states_for_text(tmp_path: Path) -> None:
    mapping = CLUB.replace('"%Y-%m-%d"', '"%d.%m.%y"')
    moment = datetime(2026, 1, 6, 9, 30)  # noqa: DTZ001 a cell has no zone
    found = prepare(*book(tmp_path, HEADING, (1, DAY, 5, 10), (2, moment, 4, 0), mapping=mapping))
    assert [each.submitted_at.isoformat() for each in found.checked.responses] == [
        "2026-01-04T16:00:00+00:00",
        "2026-01-06T01:30:00+00:00",
    ]


def test_the_dates_of_a_1904_workbook_are_right(tmp_path: Path) -> None:
    def fill(workbook: Workbook, sheet: Worksheet) -> None:
        workbook.epoch = CALENDAR_MAC_1904
        sheet.append(HEADING)
        sheet.append((1, DAY, 5, 10))

    file, mapping = changed(tmp_path, fill)
    assert b'date1904="1"' in zipfile.ZipFile(file).read("xl/workbook.xml")
    assert prepare(file, mapping).checked.responses[0].submitted_at.isoformat() == "2026-01-04T16:00:00+00:00"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "5"),
        (5.0, "5"),
        (0.1 + 0.2, "0.3"),
        (1e-7, "0.0000001"),
        (-0.0, "-0"),
        (123456789012345.0, "123456789012345"),
        (6217000012345678901, "6217000012345678901"),
        (True, "TRUE"),
        ("007", "007"),
        ("=1+1", "=1+1"),
        (None, ""),
        (DAY, "2026-01-05"),
        (datetime(2026, 1, 5), "2026-01-05"),  # noqa: DTZ001 a cell has no zone
        (datetime(2026, 1, 5, 9, 29, 59, 999_900), "2026-01-05 09:30:00"),  # noqa: DTZ001
        (time(9, 30), "09:30:00"),
        (time(), "00:00:00"),
        (timedelta(hours=30, minutes=5), "30:05:00"),
    ],
)
def test_a_cell_is_the_text_that_it_would_be_in_a_text_file(value: object, text: str) -> None:
    assert text_of(value) == text


def test_an_error_is_a_refused_cell_and_never_a_text(tmp_path: Path) -> None:
    rows = [
        (*HEADING, "why"),
        (1, DAY, 5, "#N/A", "#N/A"),
        ("#DIV/0!", DAY, 5, 1, "fine"),
        (3, DAY, 4, 9, ""),
    ]
    found = prepare(*book(tmp_path, *rows, mapping=CLUB + "  comment: why\n"))
    assert scores(found) == [(5, None), (4, 9)]
    assert [each.texts for each in found.checked.responses] == [{}, {}]
    refused = [*found.checked.row_refusals, *found.checked.cell_refusals]
    assert [(each.row, each.column, each.raw, each.code) for each in refused] == [
        (3, "{id}", "#DIV/0!", "cell-error"),
        (2, "nps", "#N/A", "cell-error"),
        (2, "why", "#N/A", "cell-error"),
    ]


def test_a_formula_counts_as_what_it_came_to_and_without_a_value_is_a_refused_cell(tmp_path: Path) -> None:
    file, mapping = book(tmp_path, HEADING, (1, DAY, "=2+3", "=5+5"), (2, DAY, 4, 8))
    patched(
        file,
        SHEET,
        lambda xml: re.sub(rb"(<f>2\+3</f>)<v\s*/>|(<f>2\+3</f>)<v></v>", rb"<f>2+3</f><v>5</v>", xml),
    )
    found = prepare(file, mapping)
    assert scores(found) == [(5, None), (4, 8)]
    (refusal,) = found.checked.cell_refusals
    assert (refusal.row, refusal.column, refusal.raw, refusal.code) == (2, "nps", "=5+5", "cell-formula")


def test_a_number_that_lost_its_digits_is_refused_and_one_that_kept_them_is_not(tmp_path: Path) -> None:
    file, mapping = book(tmp_path, HEADING, (777, DAY, 5, 10), (2.5, DAY, 4, 8))
    patched(file, SHEET, lambda xml: xml.replace(b"777", b"6217000012345678901"))
    assert prepare(file, mapping).report.refused_rows == 0
    patched(file, SHEET, lambda xml: xml.replace(b"6217000012345678901", b"6.217000012345678E+18"))
    (refusal,) = prepare(file, mapping).checked.row_refusals
    assert (refusal.row, refusal.code) == (2, "cell-digits")


def test_hidden_rows_and_columns_count_and_a_merged_cell_is_its_first(tmp_path: Path) -> None:
    def fill(workbook: Workbook, sheet: Worksheet) -> None:
        for row in (HEADING, (1, DAY, 5, 10), (2, DAY, 4, 9), (3, DAY, 3, 8)):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
        sheet.merge_cells("C3:C4")

    assert scores(prepare(*changed(tmp_path, fill))) == [(5, 10), (4, 9), (None, 8)]


def test_the_first_visible_sheet_is_read_and_the_others_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, mapping = changed(tmp_path, two_sheets)
    found = prepare(file, mapping)
    assert (scores(found), found.report.sheets) == ([(5, 10)], ("New", "Old"))
    code, out, _ = run(capsys, "import", "responses", file, "--map", mapping, "--language", "zh")
    assert code == 0
    assert "工作表“New”共 1 行" in out and "未读取的其他工作表：Old" in out


def test_the_mapping_names_a_sheet(tmp_path: Path) -> None:
    found = prepare(*changed(tmp_path, two_sheets, CLUB + "file: {sheet: Old}\n"))
    assert (scores(found), found.report.sheets) == ([(1, 1)], ("Old", "New"))
    assert codes(*changed(tmp_path, two_sheets, CLUB + "file: {sheet: Olde}\n")) == ["file-sheet"]


def test_an_empty_row_is_passed_over_and_a_short_one_is_blank_at_its_end(tmp_path: Path) -> None:
    found = prepare(*book(tmp_path, HEADING, (1, DAY, 5, 10), (), (None, "  "), (2, DAY)))
    assert (scores(found), found.checked.rows) == ([(5, 10), (None, None)], (2, 5))


def test_cells_beside_the_headings_are_refused_by_their_place(tmp_path: Path) -> None:
    file, mapping = book(tmp_path, HEADING, (1, DAY, 5, 10), (2, DAY, 5, 9, None, "seen"))
    with pytest.raises(ImportRefusedError) as caught:
        prepare(file, mapping)
    assert [problem.code for problem in caught.value.problems] == ["file-beside"]
    assert "F3" in caught.value.problems[0].words("en")


def test_three_header_rows_of_different_length_are_one_heading(tmp_path: Path) -> None:
    rows = [(*HEADING, "x"), ("Number", "Day"), (), (1, DAY, 5, 10)]
    found = prepare(*book(tmp_path, *rows, mapping=CLUB + "file: {header_rows: 3, header_row: 1}\n"))
    assert scores(found) == [(5, 10)]
    assert found.report.unread == ("x",)


def test_a_sheet_that_claims_to_be_endless_is_read_by_what_it_holds(tmp_path: Path) -> None:
    file, mapping = book(tmp_path, HEADING, (1, DAY, 5, 10))
    claim = b'<dimension ref="A1:XFD1048576"/>'
    patched(file, SHEET, lambda xml: re.sub(rb"<dimension [^>]*>", claim, xml))
    assert claim in zipfile.ZipFile(file).read(SHEET)
    assert scores(prepare(file, mapping)) == [(5, 10)]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(b'<row r="1000000000000"><c r="A1"><v>1</v></c></row>', id="a row number without end"),
        pytest.param(b'<row><c r="ZZZ1"><v>1</v></c></row>' * 400, id="columns without end"),
    ],
)
def test_a_sheet_of_more_than_can_be_is_refused(tmp_path: Path, row: bytes) -> None:
    file, mapping = book(tmp_path, HEADING, (1, DAY, 5, 10))
    patched(file, SHEET, lambda xml: xml.replace(b"</sheetData>", row + b"</sheetData>"))
    assert codes(file, mapping) == ["file-cells"]


def test_a_sheet_of_200_megabytes_in_200_kilobytes_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, mapping = spaces(tmp_path)
    assert file.stat().st_size < 300_000

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("a part of it was opened")

    monkeypatch.setattr(zipfile.ZipFile, "open", opened)
    assert codes(file, mapping) == ["file-large"]


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    file, mapping = book(tmp_path, HEADING, (1, DAY, 5, 10))
    patched(file, SHEET, lambda xml: b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + xml.split(b"?>")[-1])
    assert codes(file, mapping) == ["file-damaged"]


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<worksheet", b"<x/>"])
def test_a_damaged_part_is_refused_and_never_breaks_the_import(
    tmp_path: Path, part: str, content: bytes
) -> None:
    file, mapping = book(tmp_path, HEADING, (1, DAY, 5, 10))
    patched(file, part, lambda xml: content)
    try:
        found = prepare(file, mapping)
    except ImportRefusedError as refused:
        assert {problem.code for problem in refused.problems} <= {"file-damaged", "column-missing"}
    else:  # what the colours are is of no matter
        assert (part, found.report.rows) == ("xl/styles.xml", 1)


def test_texts_that_stand_in_a_part_of_their_own_are_read(tmp_path: Path) -> None:
    file, mapping = book(tmp_path, ("text", *HEADING[1:]), (1, DAY, 5, 10))
    texts = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>id</t></si></sst>'
    inline = b't="inlineStr"><is><t>text</t></is>'
    assert inline in zipfile.ZipFile(file).read(SHEET)
    patched(file, SHEET, lambda xml: xml.replace(inline, b't="s"><v>0</v>'))
    patched(file, "[Content_Types].xml", lambda xml: xml.replace(b"</Types>", LISTED + b"</Types>"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", texts)
    assert scores(prepare(file, mapping)) == [(5, 10)]
    patched(file, "xl/sharedStrings.xml", lambda xml: b"<x/>")
    assert codes(file, mapping) == ["file-damaged"]


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    file, mapping = write(tmp_path, CLUB_ROWS)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.write(file)
    shutil.move(tmp_path / "other.zip", file)
    assert codes(file, mapping) == ["file-not-csv"]


def test_too_many_errors_refuse_the_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.importing.workbook.MOST_UNREAD", 2)
    rows = [(number, DAY, 5, "#N/A") for number in range(3)]
    assert prepare(*book(tmp_path, HEADING, *rows[:2])).report.refused_cells == 2
    assert codes(*book(tmp_path, HEADING, *rows)) == ["file-unread"]


def test_the_same_workbook_twice_adds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, mapping = book(tmp_path, HEADING, (1, DAY, 5, 10), (2, DAY, 4, 0))
    for expected in ("Stored: 2 responses", "nothing was added"):
        code, out, _ = run(capsys, "import", "responses", file, "--map", mapping)
        assert code == 0 and expected in out
    warehouse = open_warehouse()
    assert warehouse.read("summary/responses", survey="club") == [(2,)]
    warehouse.close()


def test_a_workbook_and_the_text_file_of_it_are_the_same_rows(tmp_path: Path) -> None:
    text = prepare(*write(tmp_path, CLUB_ROWS))
    converted(tmp_path / "club.csv", tmp_path / "club.xlsx")
    sheet = prepare(tmp_path / "club.xlsx", tmp_path / "club.yaml")
    assert [each.response_id for each in sheet.checked.responses] == [
        each.response_id for each in text.checked.responses
    ]
    assert replace(sheet.report, file="", sha256="", encoding="", delimiter="", sheets=()) == replace(
        text.report, file="", sha256="", encoding="", delimiter="", sheets=()
    )
