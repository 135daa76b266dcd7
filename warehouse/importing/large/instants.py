"""Instants to the second are as many as rows, but their hours are few: within an hour that begins and ends as
it should, every other second is known too."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from warehouse.calendar import to_stored
from warehouse.importing.checking import Meaning

_SHORTEST, _LONGEST = 19, 40  # bytes: "2024-01-05 13:00:00", and with a fraction and a zone
_HEAD, _FRACTION = 13, 6  # up to the hour; digits of a fraction at most
_SECOND = timedelta(seconds=1)
_Bytes: TypeAlias = NDArray[np.uint8]
_Places: TypeAlias = NDArray[np.int64]


class Hours:
    """Reads texts of the shape "10 characters, one, HH:MM:SS, a fraction, the rest", all ASCII, by what their
    hour means; each hour is asked about once."""

    def __init__(self, meaning: Callable[[str], Meaning[Any]]) -> None:
        self._meaning = meaning
        self._starts: dict[tuple[bytes, bool], int | None] = {}

    def read(self, texts: pa.Array) -> pa.Array:
        """The instants as stored; NULL where a text is of another shape, or its hour is not even."""
        lengths, letters = _bytes_of(texts)
        instants = np.zeros(len(texts), np.int64)
        known = np.zeros(len(texts), bool)
        ends = np.cumsum(lengths)
        for length in np.unique(lengths).tolist():
            if _SHORTEST <= length <= _LONGEST:
                rows = np.flatnonzero(lengths == length)
                if len(rows) == len(texts):
                    table = letters.reshape(-1, length)
                else:
                    table = letters[(ends[rows] - length)[:, None] + np.arange(length)]
                for digits, which in _shapes(table):
                    self._read(table[which], digits, rows[which], instants, known)
        return pa.array(instants, mask=~known).cast(pa.timestamp("us"))

    def _read(
        self, table: _Bytes, digits: int, rows: _Places, instants: _Places, known: NDArray[np.bool_]
    ) -> None:
        """Fill in what these texts mean, all of one length and with so many digits behind the second."""
        rest = table[:, 19 + (digits + 1 if digits else 0) :]
        keys = np.ascontiguousarray(np.hstack((table[:, :_HEAD], rest)))
        kind = pa.binary(keys.shape[1])
        coded = pa.FixedSizeBinaryArray.from_buffers(
            kind, len(keys), [None, pa.py_buffer(keys)]
        ).dictionary_encode()
        starts = [self._start(key, fraction=digits > 0) for key in coded.dictionary.to_pylist()]
        places = coded.indices.to_numpy()
        even = np.array([start is not None for start in starts], bool)[places]
        hour = np.array([start or 0 for start in starts], np.int64)[places]
        within = 60 * _number(table, 14, 2) + _number(table, 17, 2)
        part = _number(table, 20, digits) * 10 ** (_FRACTION - digits) if digits else 0
        instants[rows] = hour + 1_000_000 * within + part
        known[rows] = even

    def _start(self, key: bytes, *, fraction: bool) -> int | None:
        """The microsecond since 1970 at which the hour begins; None where its seconds are not even, or one of
        its ends is refused."""
        if (key, fraction) not in self._starts:
            base = self._base(key[:_HEAD].decode(), key[_HEAD:].decode(), fraction=fraction)
            is_none = base is None
            self._starts[key, fraction] = None if is_none else int(np.datetime64(base, "us").astype(np.int64))
        return self._starts[key, fraction]

    def _base(self, head: str, rest: str, *, fraction: bool) -> datetime | None:
        first, last = (".0", ".999999") if fraction else ("", "")
        start: datetime | None = self._meaning(f"{head}:00:00{first}{rest}").value
        if start is None:
            return None
        ends = (
            (f":00:59{first}", 59.0),
            (f":59:59{first}", 3599.0),
            (f":59:59{last}", 3599.999999 if fraction else 3599.0),
        )
        for end, seconds in ends:
            found = self._meaning(f"{head}{end}{rest}").value
            if found is None or found - start != seconds * _SECOND:
                return None
        return to_stored(start)


def _bytes_of(texts: pa.Array) -> tuple[NDArray[np.int64], _Bytes]:
    """How many bytes each text has, and all of them one after the other."""
    _, offsets, content = texts.buffers()
    ends = np.frombuffer(offsets, np.int32, len(texts) + 1, texts.offset * 4).astype(np.int64)
    letters = np.frombuffer(content or b"", np.uint8)[ends[0] : ends[-1]]
    return np.diff(ends), letters


def _shapes(table: _Bytes) -> Iterator[tuple[int, _Places]]:
    """How many digits a fraction has, 0 to 6, and which texts of this length have so many."""
    right = (table < 128).all(axis=1) & (table[:, 13] == ord(":")) & (table[:, 16] == ord(":"))
    for place in (11, 12, 14, 15, 17, 18):
        right &= _is_digit(table[:, place])
    for place in (14, 17):
        right &= table[:, place] < ord("6")
    length = table.shape[1]
    if length == _SHORTEST:
        yield 0, np.flatnonzero(right)
        return
    point = table[:, 19] == ord(".")
    yield 0, np.flatnonzero(right & ~point & ~_is_digit(table[:, 19]))
    more = right & point
    for digits in range(1, _FRACTION + 1):
        end = 20 + digits
        if not more.any() or end > length:
            return
        more &= _is_digit(table[:, end - 1])
        if end == length:
            yield digits, np.flatnonzero(more)
        else:
            closed = ~_is_digit(table[:, end]) & (table[:, end] != ord("."))
            yield digits, np.flatnonzero(more & closed)


def _is_digit(letters: _Bytes) -> NDArray[np.bool_]:
    return (letters >= ord("0")) & (letters <= ord("9"))


def _number(table: _Bytes, first: int, digits: int) -> NDArray[np.int64]:
    number = np.zeros(len(table), np.int64)
    for place in range(first, first + digits):
        number = number * 10 + (table[:, place] - ord("0"))
    return number
