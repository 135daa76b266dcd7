"""What is in a database, as numbers that can be compared: rows and a hash of every table."""

from collections.abc import Mapping
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from warehouse.sql import named, sql


@dataclass(frozen=True, slots=True)
class TableContents:
    """`rows`, and `digest`: the sum of the rows' 64-bit hashes, the same in whatever order they stand."""

    rows: int
    digest: str


Contents = Mapping[str, TableContents]


def database_name(cursor: DuckDBPyConnection) -> str:
    """What the engine calls the database that the connection was opened with."""
    row = cursor.execute(sql("backup/database")).fetchone()
    return str(row[0]) if row else ""


def contents(cursor: DuckDBPyConnection, database: str) -> Contents:
    """Table -> what is in it, of one database open on the connection."""
    tables = [row[0] for row in cursor.execute(sql("backup/tables"), {"database": database}).fetchall()]
    return {table: _of(cursor, database, table) for table in tables}


def differences(first: Contents, second: Contents) -> str:
    """The names of the tables that are not equal, parted by commas; empty when all are."""
    names = sorted(first.keys() | second.keys())
    return ", ".join(name for name in names if first.get(name) != second.get(name))


def _of(cursor: DuckDBPyConnection, database: str, table: str) -> TableContents:
    text = named("backup/contents", database=database, table=table)
    ((rows, total),) = cursor.execute(text).fetchall()
    return TableContents(int(rows), f"{int(total):x}")
