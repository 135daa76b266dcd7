"""Rows that are counted for some members after others: put together before their table gets them. Rows that
one transaction adds to a table of the file and takes away again stay in memory until it ends."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from warehouse.sql import named

LEAST_MERGE = 100_000
"""Rows gathered of a table for which they are put together; also twice as many as they were then."""


class Gathering:
    """Within one transaction. `tables`: those whose rows of the same keys add up."""

    def __init__(self, cursor: DuckDBPyConnection, tables: Sequence[str]) -> None:
        self._cursor = cursor
        self._merged = dict.fromkeys(tables, 0)
        for table in tables:
            cursor.execute(named("rollups/gather", table=table, into=self.into(table)))

    def into(self, table: str) -> str:
        """Where rows of this table go: where nothing is gathered of it, into itself."""
        return table.removesuffix("_sealed") + "_gathered" if table in self._merged else table

    def merge(self) -> None:
        """Put rows of the same keys together where many have come."""
        for table, merged in self._merged.items():
            if self._rows(table) > max(LEAST_MERGE, 2 * merged):
                self._cursor.execute(named("rollups/merge_gathered", table=self.into(table)))
                self._merged[table] = self._rows(table)

    def end(self) -> None:
        """Add what was gathered to the tables: much of it as it is, to be put together and in order once it
        is committed, when there is more room."""
        for table in self._merged:
            into = self.into(table)
            if self._rows(table) <= LEAST_MERGE:
                self._cursor.execute(named("rollups/merge_gathered", table=into))
            self._cursor.execute(named("rollups/put_gathered", table=table, into=into))
            self._cursor.execute(named("rollups/forget_table", table=into))

    def _rows(self, table: str) -> int:
        row = self._cursor.execute(named("rollups/gathered_rows", table=self.into(table))).fetchone()
        return int(row[0]) if row else 0
