"""The parts of a checked table, each read while the one before is stored, and none too large for memory."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa

from warehouse.importing.large.checking import CheckedTable
from warehouse.importing.large.rows import Part, PartReader
from warehouse.importing.mapping_reading import LoadedMapping

MOST_BYTES = 32_000_000
"""Of texts in a part: they stand in memory several times while it is stored."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a part holds: its responses, the place after its last row, its refused cells, and where earlier
    imports brought rows, which of its rows are known (row_number, response_id)."""

    part: Part
    end: int
    refusals: pa.Table
    known: pa.Table | None


class ReadAhead:
    """Reads in a thread of its own. One caller at a time."""

    def __init__(self, checked: CheckedTable, loaded: LoadedMapping, *, has_known: bool) -> None:
        self._staged, self._has_known = checked.staged, has_known
        self._end = self._staged.first + self._staged.rows
        self._reader = PartReader(checked, loaded)
        self._threads = ThreadPoolExecutor(1, "import-reading")
        self._coming: tuple[tuple[int, int], Future[Found]] | None = None

    @contextmanager
    def reading(self) -> Iterator["ReadAhead"]:
        """Ends the thread after the block; what it reads then is thrown away."""
        try:
            yield self
        finally:
            self._threads.shutdown(cancel_futures=True)

    def take(self, first: int, rows: int) -> Found:
        """The part from that place on, of at most so many rows; the one after it is read from now on."""
        coming = self._coming
        if coming is None or coming[0] != (first, rows):
            coming = self._begin(first, rows)
        found = coming[1].result()
        self._coming = self._begin(found.end, rows) if found.end < self._end else None
        return found

    def _begin(self, first: int, rows: int) -> tuple[tuple[int, int], Future[Found]]:
        return (first, rows), self._threads.submit(self._read, first, rows)

    def _read(self, first: int, rows: int) -> Found:
        scratch = self._staged.scratch
        place = {"first": first, "end": min(first + rows, self._end)}
        while rows > 1 and self._staged.size(**place)[1] > MOST_BYTES:
            rows //= 2
            place["end"] = min(first + rows, self._end)
        known = scratch.columns("known_part", place) if self._has_known else None
        part = self._reader.read(**place)
        return Found(part, place["end"], scratch.columns("refusals_part", place), known)
