"""Exports as files: CSV and Parquet of any length, workbooks as long as a sheet, SPSS files as large as
memory bears."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from numbers import Real
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.database import Warehouse
from warehouse.exporting.dataset import variables
from warehouse.exporting.problems import refusal
from warehouse.exporting.spss import write_sav
from warehouse.exporting.table import Kind, Table
from warehouse.exports import csv_bytes, export_rows
from warehouse.filters import Filters
from warehouse.sized import parts
from warehouse.xlsx_format import write_xlsx

FORMATS = ("csv", "xlsx", "parquet", "sav")
ROW_GROUP = 100_000
_AT_A_TIME = 10_000
MOST_BYTES = 32_000_000  # of the rows that are made into columns at once
_TYPES: Mapping[Kind, pa.DataType] = {
    "int": pa.int64(),
    "float": pa.float64(),
    "text": pa.string(),
    "day": pa.date32(),
    "instant": pa.timestamp("us", tz="UTC"),
    "bool": pa.bool_(),
}


def write_export(
    warehouse: Warehouse, name: str, kind: str, filters: Filters, language: str, path: Path
) -> None:
    """Write the export of that name to the path, in one of FORMATS. Who may have it, the caller has checked.

    Raises the errors of `export_rows`, WarehouseError "export-format", "export-too-long" and
    "export-too-large", and OSError."""
    if kind not in FORMATS:
        raise refusal("export-format", name, kind=kind, known=", ".join(FORMATS))
    export = export_rows(warehouse, name, filters, language)
    table = export.table
    if kind == "csv":
        with path.open("wb") as file:
            file.writelines(csv_bytes(export))
    elif kind == "xlsx":
        write_xlsx(path, name, export.title, table.columns, table.rows)
    elif kind == "parquet":
        _write_parquet(path, table)
    else:
        described = variables(warehouse, filters.survey, language) if name == "responses" else ()
        write_sav(path, name, export.title, table, described)


def _write_parquet(path: Path, table: Table) -> None:
    if table.engine is not None:
        schema = pa.schema([(column, _TYPES[table.kinds.get(column, "text")]) for column in table.columns])
        with (
            pq.ParquetWriter(path, schema, compression="zstd") as writer,
            closing(table.engine.columns()) as made,
        ):
            for columns in made:
                writer.write_table(columns.cast(schema), row_group_size=ROW_GROUP)
        return
    found = parts(table.rows, _AT_A_TIME, MOST_BYTES)
    first = next(found, [])
    # A summary is short: all of it is seen. A long table says itself what its columns hold.
    kinds = [
        table.kinds.get(column) or _kind(row[at] for row in first) for at, column in enumerate(table.columns)
    ]
    schema = pa.schema([(column, _TYPES[kind]) for column, kind in zip(table.columns, kinds, strict=True)])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for part in chain([first], found):
            writer.write_table(_columns(part, kinds, schema))


def _columns(rows: Sequence[Sequence[object]], kinds: Sequence[Kind], schema: pa.Schema) -> pa.Table:
    arrays = [
        pa.array([_plain(row[at], kind) for row in rows], field.type)
        for at, (kind, field) in enumerate(zip(kinds, schema, strict=True))
    ]
    return pa.table(arrays, schema=schema)


def _plain(value: object, kind: Kind) -> Any:
    if value is None or (kind == "text" and isinstance(value, str)):
        return value
    if kind == "text":
        return str(value)
    if kind == "float" and isinstance(value, Real | Decimal):
        return float(value)
    if kind == "instant" and isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value


def _kind(values: Iterable[object]) -> Kind:
    """What a column holds, by its values; texts where they differ or there are none."""
    kinds = {_kind_of(value) for value in values if value is not None}
    if kinds == {"int", "float"}:
        return "float"
    return kinds.pop() if len(kinds) == 1 else "text"


def _kind_of(value: object) -> Kind:
    match value:
        case bool():
            return "bool"
        case int():
            return "int"
        case Real() | Decimal():
            return "float"
        case datetime():
            return "instant"
        case date():
            return "day"
        case _:
            return "text"
