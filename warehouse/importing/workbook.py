"""A sheet of an XLSX workbook as records of texts: what its cells say, never what a formula would; streamed,
after its size was judged from the outside."""

import hashlib
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from survey.archive import judge
from warehouse.importing.cells import text_of, why_unread
from warehouse.importing.headings import Heading
from warehouse.importing.problems import ImportRefusedError, import_problem, near, refused
from warehouse.problems import Problem

if TYPE_CHECKING:
    from warehouse.importing.sheets import Row

ENCODING = "xlsx"
MEGABYTE = 1_000_000
MOST_PACKED = 50 * MEGABYTE
MOST_UNPACKED = 100 * MEGABYTE
MOST_TEXTS = 50 * MEGABYTE  # unpacked; the texts of all sheets are one part, and held whole
MOST_ROWS = 1_048_576  # those of a spreadsheet program
MOST_CELLS = 5_000_000
MOST_UNREAD = 100_000
_TEXTS = "xl/sharedStrings.xml"
_NAMED = 5  # how many faulty cells a message names
_SHORT = 12  # characters of a text that is likely to come again

# What openpyxl does not keep, such as colours and drop-down lists, has nothing to do with answers.
warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")


@dataclass(frozen=True, slots=True)
class Workbook:
    """The first of `sheets` as a `reading.Source`; the others are not read.

    A merged cell has its value in its first cell, and the others are blank. Hidden rows and columns count
    like any."""

    name: str
    sha256: str
    sheets: tuple[str, ...]
    heading: Heading
    data: bytes = field(repr=False)
    unread: dict[tuple[int, int], Problem] = field(default_factory=dict)
    encoding: str = ENCODING
    delimiter: str | None = "none"

    def records(self, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        """See Source; `delimiter` means nothing here. Raises ImportRefusedError for too many cells, for one
        that stands beside the columns of the heading, and for a damaged file."""
        from openpyxl.utils import get_column_letter

        rows = self._texts()
        top = list(islice(rows, self.heading.rows))
        width = max(map(len, [*top, self.heading.names]), default=0)
        yield from enumerate((_padded(row, width) for row in top), start=1)
        beside: list[str] = []
        for number, row in enumerate(rows, start=len(top) + 1):
            if len(row) > width:
                beside.append(f"{get_column_letter(len(row))}{number}")
            elif row:
                yield number, _padded(row, width)
        if beside:
            named = ", ".join(beside[:_NAMED]) + (" …" if len(beside) > _NAMED else "")
            raise refused("file-beside", self.name, count=len(beside), cells=named)

    def _texts(self) -> Iterator[list[str]]:
        """The texts of each row, up to the last that is not blank."""
        from warehouse.importing.sheets import read_rows

        known: dict[str, str] = {}
        cells = 0
        try:
            for number, (values, formulas) in enumerate(read_rows(self.data, self.sheets[0]), start=1):
                cells += len(values)
                if number > MOST_ROWS or cells > MOST_CELLS:
                    raise refused("file-cells", self.name, rows=f"{MOST_ROWS:,}", cells=f"{MOST_CELLS:,}")
                texts = self._row(number, values, formulas)
                yield [known.setdefault(text, text) if len(text) <= _SHORT else text for text in texts]
        except ImportRefusedError:
            raise
        except Exception as error:  # openpyxl lets whatever a damaged part provokes through
            raise refused("file-damaged", self.name, reason=type(error).__name__) from error

    def _row(self, number: int, values: "Row", formulas: "Row | None") -> list[str]:
        texts = [text_of(cell.value) for cell in values]
        for at, cell in enumerate(values):
            formula = formulas[at] if formulas and not texts[at] and at < len(formulas) else None
            if why := why_unread(cell, formula):
                texts[at] = texts[at] or text_of(formula.value if formula else None)
                self._keep_unread(number, at, why)
        while texts and not texts[-1].strip():
            texts.pop()
        return texts

    def _keep_unread(self, row: int, at: int, why: str) -> None:
        if len(self.unread) >= MOST_UNREAD and (row, at) not in self.unread:
            raise refused("file-unread", self.name, most=f"{MOST_UNREAD:,}")
        self.unread[row, at] = import_problem(why)


def read_workbook(data: bytes, name: str, sheet: str | None, heading: Heading) -> Workbook:
    """The sheet of that name, or the first one that is not hidden.

    Raises ImportRefusedError for a file that is no workbook, is too large, is damaged, or has no such
    sheet."""
    from warehouse.importing.sheets import sheet_names  # loads openpyxl: see `cells`

    if len(data) > MOST_PACKED:
        raise refused("file-large", name, size=len(data) // MEGABYTE, most=MOST_PACKED // MEGABYTE)
    judged = judge(data, MOST_UNPACKED)
    if judged.unpacked > MOST_UNPACKED or judged.sizes.get(_TEXTS, 0) > MOST_TEXTS:
        raise refused("file-large", name, size=judged.unpacked // MEGABYTE, most=MOST_UNPACKED // MEGABYTE)
    if judged.fault:
        raise refused("file-damaged", name, reason=judged.fault)
    if not judged.is_workbook:
        raise refused("file-not-csv", name, kind="ZIP")
    try:
        shown, hidden = sheet_names(data)
    except Exception as error:  # openpyxl lets whatever a damaged part provokes through
        raise refused("file-damaged", name, reason=type(error).__name__) from error
    every = (*shown, *hidden)
    if not every:
        raise refused("file-damaged", name, reason="–")
    if sheet is not None and sheet not in every:
        raise refused("file-sheet", name, sheet=sheet, near=near(sheet, every))
    wanted = every[0] if sheet is None else sheet
    others = tuple(each for each in every if each != wanted)
    return Workbook(name, hashlib.sha256(data).hexdigest(), (wanted, *others), heading, data)


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]
