"""A delimited text file read as text: every cell as it stands, trimmed; nothing is guessed to be a number or
a date."""

import csv
import hashlib
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from warehouse.importing.decoding import decode
from warehouse.importing.headings import Heading
from warehouse.importing.problems import ImportRefusedError, refused

DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 10_000
_STATED = re.compile(
    r"""(?i:"?sep=)([,;\t|])"?[ \t,;|]*(?:\r\n|\r|\n)"""
)  # the first line of some of Excel's files
_NAMED = 5  # how many faulty rows a message names
_ONE_ROW = Heading()
_UNSEEN = "\ufeff\u200b"  # marks that some programs leave around a heading or a cell


@dataclass(frozen=True, slots=True)
class Table:
    """The columns asked for, cell by cell. `rows` numbers them as a spreadsheet does: the heading begins at
    row 1."""

    name: str
    sha256: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[int, ...]
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Content:
    """A whole file as text, with the SHA-256 of its bytes; `delimiter` is the one that it states itself."""

    name: str
    sha256: str
    encoding: str
    text: str
    delimiter: str | None = None


def read_content(path: Path, encoding: str = "auto") -> Content:
    """The file's text. Raises ImportRefusedError when it cannot be read or is no text in that encoding."""
    content = read_bytes(path)
    text, used = decode(content, encoding, path.name)
    sha256 = hashlib.sha256(content).hexdigest()
    if stated := _STATED.match(text):  # the line is for the spreadsheet program, which does not number it
        return Content(path.name, sha256, used, text[stated.end() :], stated[1])
    return Content(path.name, sha256, used, text)


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises ImportRefusedError("file-unreadable")."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise refused("file-unreadable", path.name, reason=error.strerror or type(error).__name__) from error


def read_header(
    content: Content, wanted: Collection[str], delimiter: str = "auto", heading: Heading = _ONE_ROW
) -> tuple[tuple[str, ...], str]:
    """The heading, trimmed, and the delimiter: where it is "auto", the one that the file states, else the
    one that finds most of the wanted columns.

    Raises ImportRefusedError for a heading that cannot be read or has more than 10,000 columns."""
    headers: dict[str, tuple[str, ...]] = {}
    errors: list[ImportRefusedError] = []
    if delimiter == "auto" and content.delimiter:
        delimiter = content.delimiter
    for mark in DELIMITERS if delimiter == "auto" else (delimiter,):
        try:
            top = islice(_records(content, mark), heading.rows)
            headers[mark] = heading.columns([_trimmed(row) for number, row in top if number <= heading.rows])
        except ImportRefusedError as error:  # a wrong delimiter may make one endless cell of the heading
            errors.append(error)
    if not headers:
        raise errors[0]
    best = max(headers, key=lambda mark: (len(set(wanted) & set(headers[mark])), len(headers[mark])))
    header = headers[best]
    if len(header) > MOST_COLUMNS:
        raise refused("file-columns", content.name, columns=len(header), most=MOST_COLUMNS)
    return header, best


def read_columns(
    content: Content,
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
    for number, record in _records(content, delimiter):
        if number <= heading.rows:
            continue
        if len(record) != width:
            ragged.append(number)
            continue
        rows.append(number)
        for take, place in takers:
            take(record[place])
    if ragged:
        named = ", ".join(map(str, ragged[:_NAMED])) + (" …" if len(ragged) > _NAMED else "")
        raise refused("file-ragged", content.name, count=len(ragged), width=width, rows=named)
    if not rows:
        raise refused("file-no-rows", content.name)
    columns = {column: _trimmed(taken) for column, taken in cells.items()}
    return Table(content.name, content.sha256, content.encoding, delimiter, header, tuple(rows), columns)


def _records(content: Content, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with its row number. The heading begins at row 1; empty lines count but are not given."""
    number = 0
    try:
        for record in csv.reader(io.StringIO(content.text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            if record or number == 1:
                yield number, record
    except csv.Error as error:
        if "field limit" in str(error):
            most = f"{csv.field_size_limit():,}"
            raise refused("file-cell", content.name, row=number + 1, most=most) from error
        raise refused("file-quote", content.name, row=number + 1, reason=str(error)) from error


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    """The cells without the white space around them; equal ones become one string, which keeps a large file
    small."""
    trimmed = {cell: cell.strip().strip(_UNSEEN).strip() for cell in set(cells)}
    return tuple(trimmed[cell] for cell in cells)
