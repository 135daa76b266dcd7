"""Files known to have harmed software that imports surveys, each by its id in a collection of bad inputs: how
it is made, and what must become of it. The test and the benchmark of memory read the same."""

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from tests.warehouse.importing.books import DAY, HEADING, book, changed, patched
from tests.warehouse.importing.files import CLUB, write

SHEET = "xl/worksheets/sheet1.xml"
_ANSWERS = CLUB.split("answers:")[1]


def mapped(
    answers: str, row_id: str = "{id}", date: str = "2026-01-05", member: str = "", form: str = "%Y-%m-%d"
) -> str:
    """A mapping of these answers; the member's name is taken from that column."""
    named = f'member: "{member}"\n' if member else ""
    return (
        CLUB.replace(f"answers:{_ANSWERS}", f"{named}answers: {{{answers}}}\n")
        .replace('"{id}"', f"'{row_id}'")
        .replace("{day}", date)
        .replace("%Y-%m-%d", form)
    )


@dataclass(frozen=True, slots=True)
class BadFile:
    """`make` writes the file and its mapping into a folder. `code` is why the file is refused whole, empty
    where it is taken; `said` stands in what is said of it. `refused` is row, column and code of each refused
    cell. `members` are the names stored, as they stand in the file, in its order."""

    name: str
    make: Callable[[Path], tuple[Path, Path]]
    code: str = ""
    said: tuple[str, ...] = ()
    refused: tuple[tuple[int, str, str], ...] = ()
    members: tuple[str | None, ...] = ()
    rows: int = 0


def text(content: str | bytes, mapping: str) -> Callable[[Path], tuple[Path, Path]]:
    """A text file of this content."""
    return lambda folder: write(folder, content, mapping)


def spaces(folder: Path) -> tuple[Path, Path]:
    """A sheet of 200 MB that is packed into less than 300 KB."""
    file, mapping = book(folder, HEADING, (1, DAY, 5, 10))
    patched(file, SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b" " * 200_000_000))
    return file, mapping


def _endless(folder: Path) -> tuple[Path, Path]:
    file, mapping = book(folder, HEADING, (1, DAY, 5, 10))
    claim = b'<dimension ref="A1:XFD1048576"/>'
    patched(file, SHEET, lambda xml: re.sub(rb"<dimension [^>]*>", claim, xml))
    if claim not in zipfile.ZipFile(file).read(SHEET):
        raise ValueError("the claim is not in the sheet")
    return file, mapping


def _hidden(folder: Path) -> tuple[Path, Path]:
    def fill(workbook: Workbook, sheet: Worksheet) -> None:
        workbook.epoch = CALENDAR_MAC_1904
        for row in (HEADING, ("a", DAY, 5, 10), ("b", DAY, 4, 9), ("c", DAY, 3, 8)):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
        sheet.merge_cells("C3:C4")

    return changed(folder, fill, CLUB.replace("answers:", "member: id\nanswers:"))


def _html(folder: Path) -> tuple[Path, Path]:
    file, mapping = write(folder, "<html><table><tr><td>id</td></tr></table></html>")
    return file.rename(folder / "club.xlsx"), mapping


NAME = mapped("comment: id", member="id")
SCORE = mapped("overall: n", member="id")
JOINED = mapped("comment: id", date="{joined}")
CHINESE = mapped("comment: 姓名", row_id="{姓名}", member="姓名").replace("answers:", "tier: 等级\nanswers:")
MARKUP = "<img src=x onerror=alert(1)>"
NUMBERED = mapped("overall: n", row_id="{row}", member=MARKUP)

BAD_FILES: Mapping[str, BadFile] = {
    "import-01": BadFile(
        "UTF-16 without a mark",
        text("姓名,等级\n张三,A".encode("utf-16-le"), CHINESE),
        members=("张三",),
        rows=1,
    ),
    "import-02": BadFile(
        "GB18030", text("姓名,等级\n张三,A\n".encode("gb18030"), CHINESE), members=("张三",), rows=1
    ),
    "import-04": BadFile(
        "invalid UTF-8", text(b"id,n\n1,\xff\xfe", SCORE), "file-encoding", (" 2", " 8", "0xFF")
    ),
    "import-06": BadFile("unclosed quote", text('id,n\n1,"abc', SCORE), "file-quote", (" 2 ",)),
    "import-07": BadFile(
        "100,001 columns",
        text(",".join(f"c{i}" for i in range(100_001)), SCORE),
        "file-columns",
        ("100001", "10000"),
    ),
    "import-08": BadFile("ragged rows", text("id,n\n1\n2,a,b", SCORE), "file-ragged", ("2, 3",)),
    "import-10": BadFile("a heading of markup", text(f"{MARKUP},n\n1,2\n", NUMBERED), members=("1",), rows=1),
    "import-11": BadFile(
        "a heading of SQL", text('x"; drop table responses; --,n\n1,2\n', SCORE), "column-missing", ("id",)
    ),
    "import-12": BadFile("leading zeros", text("id\n007\n", NAME), members=("007",), rows=1),
    "import-13": BadFile(
        "a long number", text("id\n6217000012345678901\n", NAME), members=("6217000012345678901",), rows=1
    ),
    "import-14": BadFile("a scientific id", text("id\n1E5\n", NAME), members=("1E5",), rows=1),
    "import-15": BadFile(
        "a formula", text("id,n\n1,=1+1\n", mapped("comment: n", member="n")), members=("=1+1",), rows=1
    ),
    "import-17": BadFile(
        "ids that differ by case or width",
        text("id\nA1\na1\nＡ１\n", NAME),
        members=("A1", "a1", "Ａ１"),
        rows=3,
    ),
    "import-18": BadFile(
        "a day that is none",
        text("id,joined\n1,2026-02-30\n", JOINED),
        "file-all-refused",
        refused=((2, "{joined}", "row-date"),),
    ),
    "import-19": BadFile(
        "an ambiguous date",
        text("id,joined\n1,03/04/2026\n", JOINED.replace('["%Y-%m-%d"]', '["%d/%m/%Y", "%m/%d/%Y"]')),
        "file-all-refused",
        refused=((2, "{joined}", "row-date-ambiguous"),),
    ),
    "import-20": BadFile(
        "a year of two digits",
        text("id,joined\n1,26-1-2\n", JOINED),
        "file-all-refused",
        refused=((2, "{joined}", "row-date"),),
    ),
    "import-24": BadFile("a heading alone", text("id,tier\n", NAME), "file-no-rows"),
    "import-25": BadFile("the same file again", text("id\nA1\nB2\n", NAME), members=("A1", "B2"), rows=2),
    "import-26": BadFile("a sheet of 200 MB in 195 KB", spaces, "file-large"),
    "import-28": BadFile("a sheet that claims to be endless", _endless, members=(None,), rows=1),
    "import-33": BadFile("a workbook that is HTML", _html, "file-not-csv"),
    "import-37": BadFile(
        "hidden rows and columns, merged cells, dates from 1904", _hidden, members=("a", "b", "c"), rows=3
    ),
    "import-38": BadFile(
        "a formula without a value",
        lambda folder: book(folder, HEADING, ("=A1", DAY, 5, 10)),
        "file-all-refused",
        refused=((2, "{id}", "cell-formula"),),
    ),
}
