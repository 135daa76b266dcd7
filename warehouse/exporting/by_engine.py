"""Long tables written out by the engine: each line of a CSV file is made by the query itself, Parquet is made
of the engine's columns. What comes out is what `csv_chunks` and the rows of the table would give."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from warehouse.csv_format import CHUNK, FORMULA_STARTS
from warehouse.database import Warehouse
from warehouse.exporting.spans import spans
from warehouse.exporting.table import Kind

SPAN = 100_000
"""Responses asked for at once: they are sorted in memory."""

_FORMULA = "[" + "".join(f"\\x{{{ord(char):x}}}" for char in sorted(FORMULA_STARTS | {"'"})) + "]"
_MARKS = ("','", "'\"'", "chr(13)", "chr(10)")  # for which a cell needs quotation marks
_TYPES: Mapping[Kind, str] = {
    "int": "BIGINT",
    "float": "DOUBLE",
    "text": "VARCHAR",
    "day": "DATE",
    "instant": "TIMESTAMP",
    "bool": "BOOLEAN",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A column and the expression of its values. Of a `plain` one no text needs quotation marks or could be a
    formula; `number` is a decimal number with zeros behind its point."""

    column: str
    value: str
    kind: Kind = "text"
    plain: bool = False
    number: bool = False

    @property
    def typed(self) -> str:
        """The expression of the value."""
        return f"CAST({self.value} AS {_TYPES[self.kind]})"

    @property
    def written(self) -> str:
        """The expression of the cell of a CSV file; NULL for an empty one."""
        value, text = self.value, f"CAST({self.value} AS VARCHAR)"
        if self.number:
            return f"rtrim(rtrim({text}, '0'), '.')"
        if self.kind == "float":  # Python writes an exponent with its sign, and nothing that is not finite
            return f"CASE WHEN isfinite({value}) THEN regexp_replace({text}, 'e([0-9])', 'e+\\1') END"
        if self.kind == "instant":
            return (
                f"CASE WHEN epoch_us({value}) % 1000000 = 0 THEN concat(replace({text}, ' ', 'T'), 'Z') "
                f"WHEN {value} IS NOT NULL THEN strftime({value}, '%Y-%m-%dT%H:%M:%S.%fZ') END"
            )
        if self.kind != "text" or self.plain:
            return text
        guarded = f"CASE WHEN regexp_matches({text}, '^{_FORMULA}') THEN concat('''', {text}) ELSE {text} END"
        quoted = f"""concat('"', replace({guarded}, '"', '""'), '"')"""
        marks = " OR ".join(f"contains({text}, {mark})" for mark in _MARKS)
        # Nearly every text begins with a letter or a digit and holds no mark, which is seen soonest this way.
        letter = f"{text} >= 'A' AND {text} < '\uff00' OR {text} >= '0' AND {text} < ':'"
        return (
            f"CASE WHEN ({letter}) AND NOT ({marks}) THEN {text} "
            f"WHEN {marks} THEN {quoted} ELSE {guarded} END"
        )


@dataclass(frozen=True, slots=True)
class ByEngine:
    """A query of raw rows, asked in spans of `ingest_seq`; `said` fills in its "{said}". One that is not
    `ordered` gives one row a response, whose `ingest_seq` is the last column beside the cells."""

    warehouse: Warehouse
    sql_name: str
    parameters: Mapping[str, object]
    cells: Sequence[Cell]
    said: str = ""
    ordered: bool = True

    def csv(self) -> Generator[bytes, None, None]:
        """The lines of a CSV file below its heading, in chunks, in constant memory."""
        joined = ", ',', ".join(cell.written for cell in self.cells)
        for table in self._spans(f"concat({joined}, chr(13), chr(10)) AS line"):
            for batch in table.to_batches():
                yield from _chunks(batch.column(0))

    def columns(self) -> Generator[pa.Table, None, None]:
        """The rows as parts of a table, in constant memory."""
        names = (cell.column.replace('"', '""') for cell in self.cells)
        cells = (f'{cell.typed} AS "{name}"' for cell, name in zip(self.cells, names, strict=True))
        return self._spans(", ".join(cells))

    def _spans(self, cells: str) -> Generator[pa.Table, None, None]:
        words = {"cells": cells, "said": self.said}
        for result in spans(self.warehouse, self.sql_name, self.parameters, words, SPAN):
            reader = result.to_arrow_reader(SPAN)
            if not self.ordered:
                yield _in_order(reader.read_all())
                continue
            for batch in reader:
                yield pa.Table.from_batches([batch])


def _in_order(rows: pa.Table) -> pa.Table:
    """The rows without their last column, in its order: the engine keeps the order of a table, but nothing
    makes it, and to look takes less than to sort whole rows."""
    last = rows.num_columns - 1
    places = rows.column(last).to_numpy()
    rows = rows.remove_column(last)
    return rows if (np.diff(places) > 0).all() else rows.take(np.argsort(places))


def _chunks(lines: pa.Array) -> Generator[bytes, None, None]:
    """The bytes of the texts as they stand one after the other in memory."""
    _, offsets, content = lines.buffers()
    if not len(lines) or content is None:
        return
    ends = np.frombuffer(offsets, np.int32, len(lines) + 1, lines.offset * 4)
    whole = memoryview(content)[int(ends[0]) : int(ends[-1])]
    for at in range(0, len(whole), CHUNK):
        yield bytes(whole[at : at + CHUNK])
