"""Raw rows asked for in spans of `ingest_seq`, of one state of the warehouse: whatever a query puts together
or sorts is as much as one span."""

from collections.abc import Generator, Mapping

from duckdb import DuckDBPyConnection

from warehouse.database import Warehouse
from warehouse.sql import sql


def spans(
    warehouse: Warehouse, sql_name: str, parameters: Mapping[str, object], words: Mapping[str, str], size: int
) -> Generator[DuckDBPyConnection, None, None]:
    """The result of the query for each span of so many places, to be fetched before the next is asked for;
    each "{word}" in the query is replaced. Holds a connection as `Warehouse.stream` does."""
    text = sql(sql_name)
    for word, meant in words.items():
        text = text.replace(f'"{{{word}}}"', meant)
    with warehouse.one_state() as cursor:
        reach = cursor.execute(sql("exports/reach"), {"survey": parameters["survey"]}).fetchone()
        first, last = reach if reach and reach[0] is not None else (1, 0)
        for after in range(first - 1, last, size):
            span = {"after": after, "upto": min(after + size, last)}
            yield cursor.execute(text, {**parameters, **span})
