"""Files that must be refused whole, with a name for what is wrong; and odd ones that must be read as they
are."""

from pathlib import Path

import pytest

from tests.warehouse.commands import run
from tests.warehouse.importing.files import CLUB, write
from warehouse import open_warehouse
from warehouse.importing import ImportRefusedError, prepare

PLAIN = (
    CLUB.replace('"{id}"', '"{row}"')
    .replace("{day}", "2026-01-05")
    .replace("overall: csat", "overall: n")
    .replace("  recommend: nps\n", "")
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"id,n\n1,\xff\xfe", "file-encoding", id="invalid UTF-8"),
        pytest.param(b'id,n\n1,"abc', "file-quote", id="unclosed quote"),
        pytest.param(b"id,n\n1\n2,a,b", "file-ragged", id="ragged rows"),
        pytest.param(
            ",".join(f"c{i}" for i in range(100_001)).encode(), "file-columns", id="100,001 columns"
        ),
        pytest.param(b'x"; drop table responses; --,y\n1,2', "column-missing", id="header is SQL"),
        pytest.param(b"id,n\n", "file-no-rows", id="header only"),
        pytest.param(b"<html><table>...", "file-not-csv", id=".xlsx that is HTML"),
        pytest.param(b"PK\x03\x04", "file-damaged", id="the beginning of an .xlsx"),
        pytest.param(b"id,n\n1,\0", "file-nul", id="NUL"),
        pytest.param(b"", "file-empty", id="empty"),
    ],
)
def test_a_file_that_must_be_refused_is_refused_by_name(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(ImportRefusedError) as caught:
        prepare(*write(tmp_path, content, PLAIN))
    assert [problem.code for problem in caught.value.problems] == [code]
    assert "club.csv" in caught.value.problems[0].where


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param("姓名,n\n张三,5".encode("utf-16-le"), "utf-16-le", id="UTF-16 without a mark"),
        pytest.param("姓名,n\n张三,5\n".encode("gb18030"), "gb18030", id="GB18030"),
        pytest.param("\ufeff姓名,n\n张三,5\n".encode(), "utf-8", id="UTF-8 with a mark"),
    ],
)
def test_a_chinese_file_is_read_right_whatever_its_encoding(
    tmp_path: Path, content: bytes, encoding: str
) -> None:
    prepared = prepare(*write(tmp_path, content, PLAIN.replace("{row}", "{姓名}") + "  comment: 姓名\n"))
    assert prepared.report.encoding == encoding
    assert [response.texts["comment"] for response in prepared.checked.responses] == ["张三"]


@pytest.mark.parametrize(
    "cell", ["007", "6217000012345678901", "1E5", "=1+1", "<img src=x onerror=alert(1)>"]
)
def test_text_stays_as_it_stands_in_the_file(tmp_path: Path, cell: str) -> None:
    mapping = PLAIN.replace("answers:", "member: id\nanswers:") + "  comment: id\n"
    prepared = prepare(*write(tmp_path, f"id,n\n{cell},5\n", mapping))
    (response,) = prepared.checked.responses
    assert (response.member_id, response.texts["comment"]) == (cell, cell)


@pytest.mark.parametrize(
    "header",
    ["<img src=x onerror=alert(1)>", '"x""; drop table response; --"', "=cmd|' /C calc'!A0", "\x1b[31mred"],
)
def test_a_hostile_heading_of_an_unread_column_is_only_text(
    tmp_path: Path, header: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, mapping = write(tmp_path, f"id,n,{header}\n1,5,x\n", PLAIN)
    code, out, _ = run(capsys, "import", "responses", file, "--map", mapping)
    assert code == 0
    assert "\x1b" not in out
    warehouse = open_warehouse()
    assert warehouse.read("summary/responses", survey="club") == [(1,)]
    warehouse.close()
