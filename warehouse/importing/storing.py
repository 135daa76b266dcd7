"""An import's responses as columns, made ready beside the writer, then stored in a few statements: people who
answer meanwhile hardly wait."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection

from survey import Response
from warehouse.calendar import to_stored, utc_now
from warehouse.importing.columns import ID, KINDS, Columns, columns_of, with_days
from warehouse.importing.mapping_reading import LoadedMapping
from warehouse.responses import storing
from warehouse.sql import sql

Progress = Callable[[int, int], None]
"""Told how many rows of how many are ready or stored; what it raises stops the import."""

_AT_A_TIME = 5_000


@dataclass(frozen=True, slots=True)
class Ready:
    """Responses of one file, column by column; days and months are those of `zone`."""

    zone: ZoneInfo
    columns: Columns


@dataclass(frozen=True, slots=True)
class Stored:
    """How many responses were stored; `last_seq` is the highest ingest_seq that is in use or passed over."""

    count: int
    last_seq: int


def make_ready(responses: Sequence[Response], zone: ZoneInfo, progress: Progress) -> Ready:
    """The columns of the responses. Takes its time; touches no warehouse."""
    parts = [columns_of(())]
    progress(0, len(responses))
    for start in range(0, len(responses), _AT_A_TIME):
        part = responses[start : start + _AT_A_TIME]
        parts.append(columns_of(part))
        progress(start + len(part), len(responses))
    whole = pa.concat_tables(part.responses for part in parts)
    numbered = whole.set_column(0, "place", pa.array(range(len(responses)), pa.int64()))
    words = {kind: pa.concat_tables(part.words[kind] for part in parts) for kind in KINDS}
    return Ready(zone, Columns(with_days(numbered, zone, {}), words))


def store_columns(
    cursor: DuckDBPyConnection,
    columns: Columns,
    loaded: LoadedMapping,
    import_id: str,
    after_seq: int = 0,
) -> Stored:
    """Store the responses whose id is not there yet, with their choices, texts, numbers and dates.

    `cursor` is that of a transaction; `columns` have days, and of one import each id once. `after_seq` is any
    ingest_seq that is in use or was passed over: a high one saves reading the table."""
    row = cursor.execute(sql("core/last_seq"), {"after_seq": after_seq}).fetchone()
    last_seq = int(row[0]) if row else 0
    same = {
        "survey": loaded.mapping.survey.slug,
        "questionnaire": loaded.questionnaire.slug,
        "version": loaded.questionnaire.version,
        "channel": loaded.mapping.channel,
        "import_id": import_id,
        "recorded_at": to_stored(utc_now()),
    }
    with lent(cursor, "arrived_responses", columns.responses):
        there = cursor.execute(sql("importing/are_there"), {"import_id": import_id}).fetchone()
        statement = storing("importing/arrived_rows", are_new=there == (False,))
        row = cursor.execute(statement, {"last_seq": last_seq} | same).fetchone()
    stored = int(row[0]) if row else 0
    are_new = None if stored == len(columns.responses) else _ids_after(cursor, last_seq)
    for kind, words in columns.words.items():
        new = words if are_new is None else words.filter(pc.is_in(words["response_id"], value_set=are_new))
        if len(new):
            with lent(cursor, f"arrived_{kind}", new):
                cursor.execute(sql(f"importing/add_{kind}"))
    return Stored(stored, last_seq + len(columns.responses))


def _ids_after(cursor: DuckDBPyConnection, last_seq: int) -> pa.Array:
    """The ids of what was stored after that place, as columns have them."""
    table = cursor.execute(sql("importing/ids_after"), {"last_seq": last_seq}).to_arrow_table()
    return table["response_id"].combine_chunks().cast(ID)


@contextmanager
def lent(cursor: DuckDBPyConnection, name: str, columns: pa.Table) -> Iterator[None]:
    """The columns as a table of that name, read where they stand: bound as parameters they would be copied
    one by one."""
    cursor.register(name, columns)
    try:
        yield
    finally:
        cursor.unregister(name)
