"""Raw rows asked for in spans of `ingest_seq`, of one state of the warehouse: whatever a query puts together
or sorts is as much as one span, and that is bounded in rows and in bytes."""

from collections.abc import Generator, Mapping

from duckdb import DuckDBPyConnection

from warehouse.database import Warehouse
from warehouse.slices import slices
from warehouse.sql import sql

MOST_BYTES = 16_000_000
"""Of texts in a span: they stand in memory many times over while its rows are made."""

_ASKED = 10
"""Spans asked about at once where texts are short, which takes a third of asking about each."""


def spans(
    warehouse: Warehouse, sql_name: str, parameters: Mapping[str, object], words: Mapping[str, str], size: int
) -> Generator[DuckDBPyConnection, None, None]:
    """The result of the query for each span of at most so many places, to be fetched before the next is asked
    for; each "{word}" in the query is replaced. Holds a connection as `Warehouse.stream` does."""
    text = sql(sql_name)
    for word, meant in words.items():
        text = text.replace(f'"{{{word}}}"', meant)
    survey = {"survey": parameters["survey"]}
    with warehouse.one_state() as cursor:
        reach = cursor.execute(sql("exports/reach"), survey).fetchone()
        first, last = reach if reach and reach[0] is not None else (1, 0)

        def content(start: int, end: int) -> tuple[int, int]:
            return end - start, _text_bytes(cursor, survey, start - 1, end - 1)

        for start, end in slices(first, last + 1, content, _ASKED * size, MOST_BYTES):
            for at in range(start, end, size):
                span = {"after": at - 1, "upto": min(at + size, end) - 1}
                yield cursor.execute(text, {**parameters, **span})


def _text_bytes(cursor: DuckDBPyConnection, survey: Mapping[str, object], after: int, upto: int) -> int:
    row = cursor.execute(sql("exports/text_bytes"), {**survey, "after": after, "upto": upto}).fetchone()
    return int(row[0]) if row else 0
