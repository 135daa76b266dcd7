"""A table read as text: every cell as it stands, trimmed; nothing is guessed to be a number or a date. The
source is a delimited text file, or a workbook's sheet (`workbook.py`)."""

import csv
import hashlib
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from warehouse.csv_format import original
from warehouse.importing.decoding import decode
from warehouse.importing.headings import Heading
from warehouse.importing.problems import ImportRefusedError, refused
from warehouse.problems import Problem

DELIMITERS = (",", ";", "\t", "|")
BLANKS = " "  # any number of them; only between the columns of a file without a heading
MOST_COLUMNS = 10_000
MOST_CELL = csv.field_size_limit()  # characters
STATED = re.compile(
    r"""(?i:"?sep=)([,;\t|])"?[ \t,;|]*(?:\r\n|\r|\n)"""
)  # the first line of some of Excel's files
NAMED = 5  # how many faulty rows a message names
_ONE_ROW = Heading()
# White space, as Python counts it, and marks that some programs leave around a heading or a cell.
AROUND = "".join(char for char in map(chr, range(0x3001)) if char.isspace()) + "\ufeff\u200b"


@dataclass(frozen=True, slots=True)
class Table:
    """The columns asked for, cell by cell. `rows` numbers them as a spreadsheet does: the heading begins at
    row 1. `unread` are cells without a value, such as a workbook's #N/A: column -> place in `rows` -> why.
    `sheets` are those of a workbook: the first was read, the others were not."""

    name: str
    sha256: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[int, ...]
    columns: Mapping[str, tuple[str, ...]]
    unread: Mapping[str, Mapping[int, Problem]] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()

    def unread_in(self, columns: Iterable[str]) -> Mapping[int, Problem]:
        """Place of the row -> why, of every row in which one of the columns has such a cell."""
        return {place: why for column in columns for place, why in self.unread.get(column, {}).items()}


class Source(Protocol):
    """A file whose records can be read again and again. `unread` fills while they are: row number and column,
    from 0 -> why the cell has no value."""

    @property
    def name(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def encoding(self) -> str: ...
    @property
    def delimiter(self) -> str | None: ...
    @property
    def unread(self) -> Mapping[tuple[int, int], Problem]: ...
    @property
    def sheets(self) -> tuple[str, ...]: ...
    def records(self, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        """Each record with its row number. The heading begins at row 1; wholly empty ones below count but are
        not given."""


@dataclass(frozen=True, slots=True)
class Content:
    """A whole file as text, with the SHA-256 of its bytes; `delimiter` is the one that it states itself."""

    name: str
    sha256: str
    encoding: str
    text: str
    delimiter: str | None = None
    unread: Mapping[tuple[int, int], Problem] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()

    def records(self, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        """See Source. Raises ImportRefusedError for a quotation mark opened or closed wrongly and for a cell
        of more than 131,072 characters."""
        number, lines = 0, io.StringIO(self.text, newline="")
        is_spaced = delimiter == BLANKS
        rows = map(str.strip, lines) if is_spaced else lines
        try:
            for record in csv.reader(rows, delimiter=delimiter, skipinitialspace=is_spaced, strict=True):
                number += 1
                if record or number == 1:
                    yield number, record
        except csv.Error as error:
            raise csv_refusal(error, self.name, number + 1) from error


def csv_refusal(error: csv.Error, name: str, row: int) -> ImportRefusedError:
    """Why that row could not be read."""
    if "field limit" in str(error):
        return refused("file-cell", name, row=row, most=f"{MOST_CELL:,}")
    return refused("file-quote", name, row=row, reason=str(error))


def read_content(content: bytes, name: str, encoding: str = "auto") -> Content:
    """The file's text. Raises ImportRefusedError when it is no text in that encoding."""
    text, used = decode(content, encoding, name)
    sha256 = hashlib.sha256(content).hexdigest()
    if stated := STATED.match(text):  # the line is for the spreadsheet program, which does not number it
        return Content(name, sha256, used, text[stated.end() :], stated[1])
    return Content(name, sha256, used, text)


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises ImportRefusedError("file-unreadable")."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise refused("file-unreadable", path.name, reason=error.strerror or type(error).__name__) from error


def read_header(
    source: Source, wanted: Collection[str], delimiter: str = "auto", heading: Heading = _ONE_ROW
) -> tuple[tuple[str, ...], str]:
    """The heading, trimmed, and the delimiter: where it is "auto", the one that the file states, else the
    one that finds most of the wanted columns.

    Raises ImportRefusedError for a heading that cannot be read or has more than 10,000 columns."""
    headers: dict[str, tuple[str, ...]] = {}
    errors: list[ImportRefusedError] = []
    if delimiter == "auto" and source.delimiter:
        delimiter = source.delimiter
    if heading.names:
        return heading.names, _fitting(source, len(heading.names)) if delimiter == "auto" else delimiter
    for mark in DELIMITERS if delimiter == "auto" else (delimiter,):
        try:
            top = islice(source.records(mark), heading.rows)
            headers[mark] = heading.columns([trimmed(row) for number, row in top if number <= heading.rows])
        except ImportRefusedError as error:  # a wrong delimiter may make one endless cell of the heading
            errors.append(error)
    if not headers:
        raise errors[0]
    best = max(headers, key=lambda mark: (len(set(wanted) & set(headers[mark])), len(headers[mark])))
    header = headers[best]
    if len(header) > MOST_COLUMNS:
        raise refused("file-columns", source.name, columns=len(header), most=MOST_COLUMNS)
    return header, best


def _fitting(source: Source, width: int) -> str:
    """The delimiter that makes so many columns of the first row; the first of all where none does."""
    for mark in (*DELIMITERS, BLANKS):
        with suppress(ImportRefusedError):
            if len(next(source.records(mark), (0, []))[1]) == width:
                return mark
    return DELIMITERS[0]


def read_columns(
    source: Source,
    header: tuple[str, ...],
    delimiter: str,
    wanted: Collection[str],
    heading: Heading = _ONE_ROW,
) -> Table:
    """Every row's cells of the wanted columns, which all are in the header; wholly empty lines are passed
    over.

    Raises ImportRefusedError, naming rows, for a quotation mark opened or closed wrongly, for a cell of more
    than 131,072 characters, for rows wider or narrower than the heading, and for a file without rows."""
    places = {column: header.index(column) for column in wanted}
    cells: dict[str, list[str]] = {column: [] for column in places}
    takers = [(cells[column].append, place) for column, place in places.items()]
    rows: list[int] = []
    ragged: list[int] = []
    width = len(header)
    for number, record in source.records(delimiter):
        if number <= heading.rows:
            continue
        if len(record) != width:
            ragged.append(number)
            continue
        rows.append(number)
        for take, place in takers:
            take(record[place])
    if ragged:
        raise ragged_refusal(source.name, len(ragged), width, ragged)
    if not rows:
        raise refused("file-no-rows", source.name)
    columns = {column: trimmed(taken) for column, taken in cells.items()}
    return Table(
        source.name,
        source.sha256,
        source.encoding,
        delimiter,
        header,
        tuple(rows),
        columns,
        unread_cells(source, places, rows),
        source.sheets,
    )


def as_written(table: Table) -> Table:
    """The table without the apostrophes that our exports put before texts."""
    return replace(
        table, columns={name: tuple(map(original, cells)) for name, cells in table.columns.items()}
    )


def ragged_refusal(name: str, count: int, width: int, rows: Sequence[int]) -> ImportRefusedError:
    """So many rows do not have the width of the heading; `rows` are at least the first five of them."""
    named = ", ".join(map(str, rows[:NAMED])) + (" …" if count > NAMED else "")
    return refused("file-ragged", name, count=count, width=width, rows=named)


def unread_cells(
    source: Source, places: Mapping[str, int], rows: Sequence[int]
) -> dict[str, dict[int, Problem]]:
    """The wanted cells without a value; empty for a text file, where every cell is its text."""
    column_at = {at: column for column, at in places.items()}
    place_of = {row: place for place, row in enumerate(rows)} if source.unread else {}
    found: dict[str, dict[int, Problem]] = {}
    for (row, at), why in source.unread.items():
        if at in column_at and row in place_of:
            found.setdefault(column_at[at], {})[place_of[row]] = why
    return found


def trimmed(cells: list[str]) -> tuple[str, ...]:
    """The cells without the white space around them; equal ones become one string, which keeps a large file
    small."""
    bare = {cell: cell.strip(AROUND) for cell in set(cells)}
    return tuple(bare[cell] for cell in cells)
