"""Looks records up by their numbers, as they stand now."""

from collections.abc import Mapping, Sequence

from duckdb import DuckDBPyConnection

from warehouse.records.declaring import RecordType
from warehouse.records.values import Value
from warehouse.sql import sql


def newest(
    cursor: DuckDBPyConnection, kind: RecordType, record_ids: Sequence[str]
) -> dict[str, dict[str, Value]]:
    """The newest row of each record that is there, by its number."""
    if not record_ids:
        return {}
    values = {"records": kind.table, "record_ids": list(record_ids)}
    found = cursor.execute(sql("records/newest"), values)
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {str(row["record_id"]): row for row in rows}


def alike(cursor: DuckDBPyConnection, kind: RecordType, new: Sequence[str]) -> Mapping[str, str]:
    """Those new numbers that differ from another one, of a record or of these, by small and capital letters
    alone, with that one: nobody tells the two apart when they are said."""
    if not new:
        return {}
    values = {"records": kind.table, "record_ids": list(new), "small": [number.lower() for number in new]}
    known = {row[0].lower(): row[0] for row in cursor.execute(sql("records/alike"), values).fetchall()}
    return {number: other for number in new if (other := known.setdefault(number.lower(), number)) != number}
