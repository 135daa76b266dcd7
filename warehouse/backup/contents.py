"""What is in a database, as numbers that can be compared: rows and a hash of every table."""

from collections.abc import Mapping
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from warehouse.sql import sql


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


def named(name: str, **identifiers: str) -> str:
    """The text of that query with each {identifier}, which stands between double quotes there, filled in."""
    text = sql(name)
    for key, identifier in identifiers.items():
        text = text.replace(f"{{{key}}}", identifier.replace('"', '""'))
    return text


def _of(cursor: DuckDBPyConnection, database: str, table: str) -> TableContents:
    row = cursor.execute(named("backup/contents", database=database, table=table)).fetchone()
    assert row is not None, "an aggregate gives a row"  # noqa: S101 - for the type checker
    return TableContents(int(row[0]), f"{int(row[1]):x}")
