"""A table read a part at a time, so that a file of any length takes the memory of one part."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from warehouse.importing.headings import Heading
from warehouse.importing.problems import refused
from warehouse.importing.reading import Source, Table, trimmed, unread_cells

ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a file, one after the other. `table` has those as wide as the heading, `records` all their
    cells as they stand, and `ragged` are the row numbers and cells of the others."""

    table: Table
    records: tuple[list[str], ...]
    ragged: tuple[tuple[int, list[str]], ...]


def read_parts(
    source: Source,
    header: tuple[str, ...],
    delimiter: str,
    wanted: Collection[str],
    heading: Heading,
    rows: int = ROWS,
) -> Iterator[Part]:
    """The rows below the heading, so many at a time; wholly empty lines are passed over.

    Raises ImportRefusedError as `Source.records` does, and for a file without rows."""
    numbers: list[int] = []
    records: list[list[str]] = []
    ragged: list[tuple[int, list[str]]] = []
    places = {column: header.index(column) for column in wanted}
    found = False

    def part() -> Part:
        columns = {column: trimmed([record[place] for record in records]) for column, place in places.items()}
        table = Table(
            source.name,
            source.sha256,
            source.encoding,
            delimiter,
            header,
            tuple(numbers),
            columns,
            unread_cells(source, places, numbers),
            source.sheets,
        )
        return Part(table, tuple(records), tuple(ragged))

    for number, record in source.records(delimiter):
        if number <= heading.rows:
            continue
        found = True
        if len(record) == len(header):
            numbers.append(number)
            records.append(record)
        else:
            ragged.append((number, record))
        if len(numbers) + len(ragged) >= rows:
            yield part()
            numbers, records, ragged = [], [], []
    if not found:
        raise refused("file-no-rows", source.name)
    if numbers or ragged:
        yield part()
