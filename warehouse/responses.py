"""Puts responses into the tables, each id once; the writer, imports and the example all go through here."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from survey.responses import Response
from warehouse.calendar import local_day, to_stored, utc_now
from warehouse.recent import RecentIds
from warehouse.sql import sql


@dataclass(frozen=True, slots=True)
class Stored:
    """The ids that were new, and the highest ingest_seq now in use."""

    response_ids: frozenset[UUID]
    last_seq: int


def store_responses(
    cursor: DuckDBPyConnection,
    responses: Iterable[Response],
    zone: ZoneInfo,
    *,
    import_id: str | None = None,
    after_seq: int = 0,
    is_last: bool = False,
    recent: RecentIds | None = None,
) -> Stored:
    """Insert those whose id is not there yet, with their choices, texts, numbers, dates and
    files; of equal ids the first one counts.

    Call it with the cursor of `Warehouse.transaction()`: MERGE is no constraint, one writer at a time makes
    ids unique. `zone` is the reporting zone; `after_seq` any ingest_seq known to be in use: a high one saves
    reading the table, and one that `is_last` all of it. With what is `recent` ids that are certainly new are
    inserted without a look at the table.
    """
    first: dict[UUID, Response] = {}
    for response in responses:
        first.setdefault(response.response_id, response)
    last = after_seq if is_last else _number(cursor, "core/last_seq", after_seq)
    if not first:
        return Stored(frozenset(), last)
    columns = _columns(list(first.values()), zone, import_id, last + 1)
    are_new = recent is not None and recent.are_new(first)
    statement = storing("core/arrived_responses", are_new=are_new)
    inserted = cursor.execute(statement, columns).fetchall()[0][0]
    if inserted == len(first):
        ids = frozenset(first)
    else:
        new = cursor.execute(sql("core/responses_after"), {"after_seq": last}).fetchall()
        ids = frozenset(row[0] for row in new)
    _store_parts(cursor, [response for key, response in first.items() if key in ids])
    return Stored(ids, last + len(first))


@cache
def storing(arrived: str, *, are_new: bool) -> str:
    """The statement that stores the rows of the query `arrived`: all of them where certainly none is there
    yet, else those whose id is not."""
    rows = sql(arrived).rstrip().removesuffix(";")
    name = "core/insert_responses" if are_new else "core/merge_responses"
    return sql(name).replace('"{arrived}"', f"(\n{rows}\n)")


def _number(cursor: DuckDBPyConnection, name: str, after_seq: int) -> int:
    row = cursor.execute(sql(name), {"after_seq": after_seq}).fetchone()
    return int(row[0]) if row else after_seq


def _columns(
    responses: list[Response], zone: ZoneInfo, import_id: str | None, first_seq: int
) -> dict[str, object]:
    days = [local_day(r.submitted_at, zone) for r in responses]
    return {
        "response_id": [r.response_id for r in responses],
        "ingest_seq": list(range(first_seq, first_seq + len(responses))),
        "survey": [r.survey for r in responses],
        "questionnaire": [r.questionnaire for r in responses],
        "version": [r.version for r in responses],
        "member_id": [r.member_id for r in responses],
        "tier": [r.tier for r in responses],
        "touchpoint": [r.touchpoint for r in responses],
        "channel": [r.channel for r in responses],
        "language": [r.language for r in responses],
        "started_at": [to_stored(r.started_at) if r.started_at else None for r in responses],
        "submitted_at": [to_stored(r.submitted_at) for r in responses],
        "recorded_at": to_stored(utc_now()),
        "day": days,
        "month": [day.replace(day=1) for day in days],
        "weight": [r.weight for r in responses],
        # Packed as texts: binding lists within lists takes twice the time of the whole statement.
        "scores": [json.dumps(r.scores) for r in responses],
        "missing": [json.dumps(r.missing) for r in responses],
        "import_id": import_id,
    }


def _store_parts(cursor: DuckDBPyConnection, responses: list[Response]) -> None:
    choices = [
        (r.response_id, question, code, place)
        for r in responses
        for question, codes in r.choices.items()
        for place, code in enumerate(codes, start=1)
    ]
    texts = [(r.response_id, question, body) for r in responses for question, body in r.texts.items()]
    numbers = [(r.response_id, question, f"{n:f}") for r in responses for question, n in r.numbers.items()]
    dates = [(r.response_id, question, day) for r in responses for question, day in r.dates.items()]
    files = [(r.response_id, question, f.sha256) for r in responses for question, f in r.files.items()]
    contents = [(r.response_id, r.content_sha256, r.request_sha256) for r in responses if r.content_sha256]
    _insert(cursor, "core/insert_choices", ("question", "choice", "place"), choices)
    _insert(cursor, "core/insert_texts", ("question", "body"), texts)
    _insert(cursor, "core/insert_numbers", ("question", "number"), numbers)
    _insert(cursor, "core/insert_dates", ("question", "date"), dates)
    _insert(cursor, "core/insert_files", ("question", "sha256"), files)
    _insert(cursor, "api/insert_contents", ("content_sha256", "request_sha256"), contents)


def _insert(
    cursor: DuckDBPyConnection, name: str, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    if rows:
        lists = (list(part) for part in zip(*rows, strict=True))
        cursor.execute(sql(name), dict(zip(("response_id", *columns), lists, strict=True)))
