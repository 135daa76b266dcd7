"""Delimited files as text: cells stay as they are, and a file that is not whole is refused by row."""

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.importing import ImportRefusedError
from warehouse.importing.reading import Content, Table, read_bytes, read_columns, read_content, read_header


def read(text: str, *wanted: str, delimiter: str = "auto") -> Table:
    content = Content("file.csv", "", "utf-8", text)
    header, mark = read_header(content, wanted, delimiter)
    return read_columns(content, header, mark, wanted or header)


def code_of(text: str) -> str:
    with pytest.raises(ImportRefusedError) as caught:
        read(text)
    return caught.value.problems[0].code


def test_cells_are_text_as_they_stand() -> None:
    cells = ["007", "6217000012345678901", "1E5", "=1+1", "true", "2026-02-30", "NULL"]
    assert read("id,n\n" + "".join(f"{cell},x\n" for cell in cells), "id").columns["id"] == tuple(cells)


def test_white_space_around_headings_and_cells_does_not_count() -> None:
    table = read("id , score\xa0\n 1 ,\t5 \n", "id", "score")
    assert table.header == ("id", "score")
    assert table.columns == {"id": ("1",), "score": ("5",)}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_finds_the_wanted_columns(delimiter: str) -> None:
    heading = ["id", '"Well, how; was | it?"', "score"]
    table = read(delimiter.join(heading) + "\n" + delimiter.join(["1", "x", "5"]) + "\n", "id", "score")
    assert (table.delimiter, table.columns["score"]) == (delimiter, ("5",))


@settings(deadline=None)  # the machine may be busy
@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf")), min_size=1),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_whatever_a_csv_writer_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([["id", "n"], *rows])
    table = read(out.getvalue(), "id", "n")
    assert list(zip(table.columns["id"], table.columns["n"], strict=True)) == [tuple(row) for row in rows]


def test_rows_are_numbered_as_in_a_spreadsheet_and_empty_lines_are_passed_over() -> None:
    table = read('id,n\n1,"two\nlines"\n\n2,b\n', "id")
    assert (table.rows, table.columns["id"]) == ((2, 4), ("1", "2"))


def test_ragged_rows_are_refused_by_number() -> None:
    with pytest.raises(ImportRefusedError, match=r"the 2 cells of the heading: 2, 3 \(2 in all\)"):
        read("id,n\n1\n2,a,b\n3,c\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('id,n\n1,"abc', "file-quote"),
        ('id,n\n1,"abc\n2,def\n3,"x"\n', "file-quote"),
        ("id,tier\n", "file-no-rows"),
        ("id,tier", "file-no-rows"),
        (",".join(f"c{number}" for number in range(100_001)), "file-columns"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(text: str, code: str) -> None:
    assert code_of(text) == code


def test_the_row_where_a_quotation_mark_is_not_closed_is_named() -> None:
    with pytest.raises(ImportRefusedError, match="row 3"):
        read('id,n\n1,a\n2,"b\n3,c\n4,d\n')


def test_an_unclosed_quotation_mark_in_a_large_file_does_not_swallow_it() -> None:
    with pytest.raises(ImportRefusedError, match="row 2"):
        read('id,n\n1,"x\n' + "2,aaaaaaaaaaaaaaaaaaaa\n" * 50_000)


def test_too_many_columns_are_refused_fast() -> None:
    start = time.monotonic()
    assert code_of(",".join(f"c{number}" for number in range(100_001)) + "\n") == "file-columns"
    assert time.monotonic() - start < 2


def test_a_cell_beyond_the_limit_is_named_with_the_limit() -> None:
    with pytest.raises(ImportRefusedError, match=r"row 3 is longer than 131,072 characters") as caught:
        read("id,n\n1,a\n2," + "x" * 200_000 + "\n")
    assert caught.value.problems[0].code == "file-cell"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("first", ["sep={}\r\n", "SEP={}\n", '"sep={}"\r\n'])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_delimiter_that_the_first_line_states_is_taken_and_the_line_passed_over(
    tmp_path: Path, mark: str, first: str, encoding: str
) -> None:
    path = tmp_path / "excel.csv"
    rows = first.format(mark) + f"id{mark}n\r\n1{mark}5\r\n"
    path.write_bytes(rows.encode(encoding))
    content = read_content(path.read_bytes(), path.name)
    header, used = read_header(content, ["id", "n"])
    table = read_columns(content, header, used, header)
    assert (used, header, table.rows, table.columns["n"]) == (mark, ("id", "n"), (2,), ("5",))


def test_the_stated_delimiter_counts_more_than_what_the_heading_looks_like(tmp_path: Path) -> None:
    path = tmp_path / "excel.csv"
    path.write_text("sep=;\nid,n;id\n1;2\n", encoding="utf-8")
    assert read_header(read_content(path.read_bytes(), path.name), ["id", "n"]) == (("id,n", "id"), ";")
    assert read_header(read_content(path.read_bytes(), path.name), ["id"], ",") == (("id", "n;id"), ",")


def test_a_heading_that_only_looks_like_a_stated_delimiter_is_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("sep=,n\n1,2\n", encoding="utf-8")
    assert read_header(read_content(path.read_bytes(), path.name), ["n"])[0] == ("sep=", "n")


def test_headings_are_only_ever_text() -> None:
    hostile = ['x"; drop table responses; --', "<img src=x onerror=alert(1)>", "=1+1"]
    table = read("\t".join(hostile) + "\n1\t2\t3\n", *hostile)
    assert table.header == tuple(hostile)


@pytest.mark.parametrize("path", ["nothing.csv", "."])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ImportRefusedError) as caught:
        read_bytes(tmp_path / path)
    assert caught.value.problems[0].code == "file-unreadable"
