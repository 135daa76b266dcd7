"""Tables as CSV bytes that Excel, pandas and DuckDB read alike; no text in them is taken for a formula."""

import csv
import io
import math
from collections.abc import Generator, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from numbers import Real

BOM = b"\xef\xbb\xbf"
CHUNK = 64 * 1024
FORMULA_STARTS = frozenset("=+-@\t\r\n\0＝＋－＠")


def neutralise(text: str) -> str:
    """The text as a cell that no spreadsheet runs: an apostrophe before a start that could be a formula.

    A text that starts with an apostrophe gets one more, so that `original` gives back every text exactly.
    The starts are those of OWASP ASVS 1.2.10 (CWE-1236) and their full-width forms, which Excel also takes.
    """
    return "'" + text if text[:1] in FORMULA_STARTS or text[:1] == "'" else text


def original(cell: str) -> str:
    """The text that `neutralise` was given: a leading apostrophe is taken off, once."""
    return cell.removeprefix("'")


def csv_chunks(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Generator[bytes, None, None]:
    """The table as CSV in chunks of about 64 KiB: UTF-8 with BOM, RFC 4180, CRLF, `columns` as header.

    Texts, header included, are neutralised; numbers stay numbers; dates and instants (UTC) are ISO 8601;
    None and numbers that are not finite are empty cells. Memory stays constant however many rows there are.
    The first chunk comes only when it is full or complete: an error of the first rows comes before any byte.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_cell(name) for name in columns])
    pending = BOM
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if buffer.tell() >= CHUNK:
            yield pending + _taken(buffer)
            pending = b""
    if rest := pending + _taken(buffer):
        yield rest


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    try:
        return text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair is no character and has no UTF-8
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text).encode()


def _cell(value: object) -> object:
    """The value as csv.writer takes it; None is written as an empty cell."""
    if type(value) is str:  # most cells are one of these two, so they are asked for first
        return neutralise(value)
    if value is None or type(value) is int:
        return value
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return value
        case Real() | Decimal():
            return value if math.isfinite(value) else None
        case datetime():
            instant = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
            return instant.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return neutralise(str(value))
