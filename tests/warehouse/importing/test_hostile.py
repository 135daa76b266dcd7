"""Files made to do harm: each is refused by name, with what to do, in both languages and ways of reading."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.importing.files import CLUB, write
from warehouse.importing import ImportRefusedError, loading, prepare
from warehouse.importing.large import preparing

HEAD = "id,day,csat,nps\n"
ROW = "1,2026-01-05,5,10\n"
CELL = "x" * 10_000_000


def workbook(**parts: bytes) -> bytes:
    """An archive with the parts of a workbook; `__` stands for the slash."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return whole.getvalue()


BOMB = {f"xl__worksheets__sheet{number}": b" " * 20_000_000 for number in range(8)}
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook>&e;</workbook>'
HOSTILE = {
    "a quotation mark never closed": (f'{HEAD}1,2026-01-05,"5,10\n{ROW}'.encode(), "file-quote"),
    "a NUL": (f"{HEAD}1,2026-01-05,\0,10\n".encode(), "file-nul"),
    "two encodings": (
        f"{HEAD}{ROW}".encode() + "张,2026-01-05,5,10\n".encode("gb18030") + b"\xff\xff",
        "file-encoding",
    ),
    "ragged rows": (f"{HEAD}{ROW}2,2026-01-05\n3,2026-01-05,5,10,11\n".encode(), "file-ragged"),
    "a trailing delimiter": (f"{HEAD}1,2026-01-05,5,10,\n".encode(), "file-ragged"),
    "a cell of 10 MB": (f'{HEAD}1,2026-01-05,5,"{CELL}"\n'.encode(), "file-cell"),
    "a line of 10 MB": (f"{HEAD}1,2026-01-05,5,{CELL}".encode(), "file-cell"),
    "a heading twice": (b"id,day,csat,nps,nps\n1,2026-01-05,5,10,9\n", "column-twice"),
    "a million columns": (b"id,day,csat,nps" + b",x" * 1_000_000 + b"\n", "file-columns"),
    "a workbook of many large sheets": (workbook(**BOMB), "file-large"),
    "a workbook with an external entity": (workbook(xl__workbook=ENTITY), "file-damaged"),
    "an empty file": (b"", "file-empty"),
    "a mark and nothing else": (b"\xef\xbb\xbf", "file-empty"),
    "a Parquet file of nothing but its signs": (b"PAR1PAR1", "file-damaged"),
}


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, is_large: bool
) -> None:
    content, code = HOSTILE[case]
    if is_large:
        monkeypatch.setattr(loading, "LARGE_TEXT", -1)
        monkeypatch.setattr(loading, "LARGE_WORKBOOK", 0)
    with pytest.raises(ImportRefusedError) as caught:
        prepare(*write(tmp_path, content, CLUB))
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == (code, "club.csv")
    assert problem.words("en") != problem.words("zh")
    assert len(problem.words("en")) < 400


def test_a_file_that_is_written_to_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, mapping = write(tmp_path, HEAD + ROW)
    make_plain = preparing.make_plain

    def written_to(*given: Any) -> Any:
        found = make_plain(*given)
        with file.open("a", encoding="utf-8") as more:
            more.write("2,2026-01-06,4,9\n")
        return found

    monkeypatch.setattr(loading, "LARGE_TEXT", -1)
    monkeypatch.setattr(preparing, "make_plain", written_to)
    with pytest.raises(ImportRefusedError) as caught:
        prepare(file, mapping)
    assert [(each.code, each.where) for each in caught.value.problems] == [("file-changed", "club.csv")]
