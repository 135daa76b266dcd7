"""Looks records up by their numbers, as they stand now."""

from collections.abc import Mapping, Sequence

from duckdb import DuckDBPyConnection

from warehouse.records.declaring import RecordType
from warehouse.records.values import Value
from warehouse.rollups.tables import RECORDS
from warehouse.sql import named, sql


def is_numerous(kind: RecordType) -> bool:
    """Whether there may be millions of the type: then the rollups say where each record lies."""
    return kind.table in RECORDS


def newest(
    cursor: DuckDBPyConnection, kind: RecordType, record_ids: Sequence[str]
) -> dict[str, dict[str, Value]]:
    """The newest row of each record that is there, by its number."""
    if not record_ids:
        return {}
    if is_numerous(kind):
        return {str(row["record_id"]): row for row in written(cursor, kind, record_ids)}
    values = {"records": kind.table, "record_ids": list(record_ids)}
    return {str(row["record_id"]): row for row in _rows(cursor.execute(sql("records/newest"), values))}


def written(
    cursor: DuckDBPyConnection, kind: RecordType, record_ids: Sequence[str]
) -> list[dict[str, Value]]:
    """Every row about records of a numerous type, of each the first one first."""
    values = {"type": kind.name, "record_ids": list(record_ids)}
    return _rows(cursor.execute(named("records/written", table=kind.table), values))


def alike(cursor: DuckDBPyConnection, kind: RecordType, new: Sequence[str]) -> Mapping[str, str]:
    """Those new numbers that differ from another one, of a record or of these, by small and capital letters
    alone, with that one: nobody tells the two apart when they are said."""
    if not new:
        return {}
    values = {"record_ids": list(new), "small": [number.lower() for number in new]}
    if is_numerous(kind):
        asked = named("records/alike_among_many", table=kind.table)
        found = cursor.execute(asked, {**values, "type": kind.name})
    else:
        found = cursor.execute(sql("records/alike"), {**values, "records": kind.table})
    known = {row[0].lower(): row[0] for row in found.fetchall()}
    return {number: other for number in new if (other := known.setdefault(number.lower(), number)) != number}


def _rows(found: DuckDBPyConnection) -> list[dict[str, Value]]:
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
