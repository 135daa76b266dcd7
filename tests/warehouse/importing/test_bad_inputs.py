"""Files that must be refused whole, beside those of test_bad_files.py; and hostile headings, which are only
text."""

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
