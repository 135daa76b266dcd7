"""Rows taken a part at a time, bounded in rows and in bytes: what is held while a file is made of them."""

from collections.abc import Generator, Iterable, Sequence
from sys import getsizeof

_PLACE = 8  # bytes of a cell beside its value
_EMPTY = getsizeof("")  # short texts are mostly the same few


def parts(
    rows: Iterable[Sequence[object]], most_rows: int, most_bytes: int
) -> Generator[list[Sequence[object]], None, None]:
    """The rows in lists of at most so many, each with at most so many bytes of texts in memory, but one row
    at least."""
    part: list[Sequence[object]] = []
    size = 0
    for row in rows:
        more = len(row) * _PLACE + sum(getsizeof(cell) - _EMPTY for cell in row if type(cell) is str)
        if part and (len(part) == most_rows or size + more > most_bytes):
            yield part
            part, size = [], 0
        part.append(row)
        size += more
    if part:
        yield part
