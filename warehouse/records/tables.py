"""Makes the tables of the record types that are declared: a new type, or a new field of one, needs no step of
the schema."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.calendar import to_stored, utc_now
from warehouse.checkpointing import checkpoint
from warehouse.migrate import undo
from warehouse.problems import WarehouseError
from warehouse.records.problems import refused
from warehouse.sql import named, sql

if TYPE_CHECKING:
    from warehouse.records.declaring import RecordType

FOLDER = Path(__file__).parent / "types"
DECLARED = "record_types"
"""The setting with the hash of the declarations that the tables were made for last."""


def make_tables(connection: DuckDBPyConnection) -> None:
    """Make what is missing of the tables of all types, once for the declarations as they are.

    Raises WarehouseError: "record-type-file", "record-type-taken" for the name of another table or view,
    "record-type-column" for a field that was kept as another kind; the schema stays as it was."""
    declared = _hash()
    if connection.execute(sql("core/setting"), {"name": DECLARED}).fetchall() == [(declared,)]:
        return
    from warehouse.records.catalogue import record_types  # reading them takes longer than the rest of a start

    connection.begin()
    try:
        found: dict[str, dict[str, str]] = {}
        for table, column, kind in connection.execute(sql("records/columns")).fetchall():
            found.setdefault(table, {})[column] = kind
        made = sum(_make(connection, each, found) for each in record_types())
        row = {"name": DECLARED, "value": declared, "recorded_at": to_stored(utc_now())}
        connection.execute(sql("core/insert_setting"), row)
        connection.commit()
    except (duckdb.Error, WarehouseError):
        undo(connection)
        raise
    if made:
        checkpoint(connection)


def _hash() -> str:
    files = sorted(FOLDER.glob("*.yaml"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _make(connection: DuckDBPyConnection, kind: "RecordType", found: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether anything of the type's table was missing."""
    is_new = kind.table not in found
    if is_new and kind.name in found:
        raise refused("record-type-taken", kind.name)
    there = found.get(kind.table, {})
    missing = []
    for column, wanted in _columns(kind).items():
        if column not in there:
            missing.append((column, wanted))
        elif there[column] != wanted:
            raise refused("record-type-column", f"{kind.name}.{column}", kept=there[column], wanted=wanted)
    if not missing and not is_new:
        return False
    connection.execute(named("records/drop_view", name=kind.name))
    if is_new:
        connection.execute(named("records/make_table", table=kind.table))
    for column, wanted in missing:
        query = "records/add_money" if wanted.startswith("DECIMAL") else "records/add_column"
        connection.execute(named(query, table=kind.table, column=column, kind=wanted))
    connection.execute(named("records/make_until", name=kind.name, table=kind.table))
    connection.execute(named("records/make_view", name=kind.name))
    return True


def _columns(kind: "RecordType") -> dict[str, str]:
    """The columns of the fields, days of instants with them, and their types."""
    from warehouse.records.declaring import COLUMN_TYPES

    columns = {field.code: COLUMN_TYPES[field.kind] for field in kind.fields}
    return columns | {field.day_column: "DATE" for field in kind.fields if field.day_column}
