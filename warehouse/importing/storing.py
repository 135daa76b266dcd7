"""An import's responses as columns, made ready beside the writer, then stored in a few statements: people who
answer meanwhile hardly wait."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from survey import Response
from warehouse.calendar import local_day, to_stored, utc_now
from warehouse.sql import sql

Progress = Callable[[int, int], None]
"""Told how many responses of how many are ready to be stored; what it raises stops the import, and nothing is
stored."""

_AT_A_TIME = 5_000
_Columns = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Ready:
    """Responses of one file, column by column; days and months are those of `zone`."""

    zone: ZoneInfo
    responses: _Columns
    choices: _Columns
    texts: _Columns
    numbers: _Columns
    dates: _Columns


def make_ready(responses: Sequence[Response], zone: ZoneInfo, progress: Progress) -> Ready:
    """The columns of the responses. Takes its time; touches no warehouse."""
    parts = [_columns((), 0, zone)]
    progress(0, len(responses))
    for start in range(0, len(responses), _AT_A_TIME):
        part = responses[start : start + _AT_A_TIME]
        parts.append(_columns(part, start, zone))
        progress(start + len(part), len(responses))
    chosen = [
        (str(each.response_id), question, code, place)
        for each in responses
        for question, codes in each.choices.items()
        for place, code in enumerate(codes, start=1)
    ]
    places = np.array([place for *_, place in chosen], np.int64)
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Ready(
        zone,
        columns,
        {**_said((response, question, code) for response, question, code, _ in chosen), "place": places},
        _said(_parts(responses, lambda each: each.texts)),
        _said(_parts(responses, lambda each: {code: f"{n:f}" for code, n in each.numbers.items()})),
        _said(_parts(responses, lambda each: {code: day.isoformat() for code, day in each.dates.items()})),
    )


def _parts(
    responses: Sequence[Response], of: Callable[[Response], Mapping[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """Response, question and what was said, of each response."""
    for each in responses:
        for question, said in of(each).items():
            yield str(each.response_id), question, said


def store_ready(cursor: DuckDBPyConnection, ready: Ready, like: Response, import_id: str) -> None:
    """Store the responses whose id is not there yet, with their choices, texts, numbers and dates.

    `cursor` is that of a transaction. `like` is any of the responses: survey, questionnaire, version and
    channel are those of all."""
    row = cursor.execute(sql("core/last_seq"), {"after_seq": 0}).fetchone()
    last_seq = int(row[0]) if row else 0
    same = {
        "survey": like.survey,
        "questionnaire": like.questionnaire,
        "version": like.version,
        "channel": like.channel,
        "import_id": import_id,
        "recorded_at": to_stored(utc_now()),
    }
    with _lent(cursor, "arrived_responses", ready.responses):
        cursor.execute(sql("importing/merge_arrived"), {"last_seq": last_seq} | same)
    parts = {"choices": ready.choices, "texts": ready.texts, "numbers": ready.numbers, "dates": ready.dates}
    for name, columns in parts.items():
        with _lent(cursor, f"arrived_{name}", columns):
            cursor.execute(sql(f"importing/add_{name}"), {"last_seq": last_seq})


@contextmanager
def _lent(cursor: DuckDBPyConnection, name: str, columns: _Columns) -> Iterator[None]:
    """The columns as a table of that name, read where they stand: bound as parameters they would be copied
    one by one."""
    cursor.register(name, columns)
    try:
        yield
    finally:
        cursor.unregister(name)


def _columns(responses: Sequence[Response], first: int, zone: ZoneInfo) -> _Columns:
    days = np.array([local_day(r.submitted_at, zone) for r in responses], "datetime64[D]")
    return {
        "place": np.arange(first, first + len(responses), dtype=np.int64),
        "response_id": _texts([str(r.response_id) for r in responses]),
        "names": _texts([json.dumps((r.member_id, r.tier, r.touchpoint)) for r in responses]),
        "language": _texts([r.language for r in responses]),
        "submitted_at": np.array([to_stored(r.submitted_at) for r in responses], "datetime64[us]"),
        "day": days.astype("datetime64[us]"),
        "month": days.astype("datetime64[M]").astype("datetime64[us]"),
        "weight": np.array([r.weight for r in responses], np.float64),
        "scores": _texts([json.dumps(r.scores) for r in responses]),
        "missing": _texts([json.dumps(r.missing) for r in responses]),
    }


def _said(rows: Iterable[tuple[str, str, str]]) -> _Columns:
    """Rows of response, question and what was said."""
    listed = list(rows)
    names = ("response_id", "question", "said")
    return {name: _texts([row[place] for row in listed]) for place, name in enumerate(names)}


def _texts(values: Sequence[str]) -> NDArray[Any]:
    """Texts as objects: numpy's own texts would all take the room of the longest. None is packed into JSON:
    a column of objects that begins with it is more than DuckDB can register."""
    return np.array(values, dtype=object)
