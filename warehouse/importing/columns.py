"""Responses as columns, as an import hands them to the engine: one table of responses, one of each kind of
words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from survey import Response
from warehouse.calendar import from_stored, local_day, to_stored

KINDS = ("choices", "texts", "numbers", "dates")
ID = pa.binary(16)
SCORES = pa.list_(pa.int16())
MISSING = pa.list_(pa.string())
WORDS = pa.schema({"response_id": ID, "question": pa.string(), "said": pa.string(), "place": pa.int16()})
_QUARTER = 900_000_000  # microseconds: since 1972 every zone's days begin at a quarter of an hour
_CLOSE = 1_000_000
Days: TypeAlias = dict[int, int | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """`responses` has place (from 0), response_id, member_id, tier, touchpoint, language, submitted_at,
    weight, scores, missing; `words` of each of KINDS response_id, question, said, place."""

    responses: pa.Table
    words: Mapping[str, pa.Table]


def columns_of(responses: Sequence[Response]) -> Columns:
    """The same as the responses."""
    table = pa.table(
        {
            "place": pa.array(range(len(responses)), pa.int64()),
            "response_id": _ids(r.response_id.bytes for r in responses),
            "member_id": pa.array([r.member_id for r in responses], pa.string()),
            "tier": pa.array([r.tier for r in responses], pa.string()),
            "touchpoint": pa.array([r.touchpoint for r in responses], pa.string()),
            "language": pa.array([r.language for r in responses], pa.string()),
            "submitted_at": pa.array([to_stored(r.submitted_at) for r in responses], pa.timestamp("us")),
            "weight": pa.array([r.weight for r in responses], pa.float64()),
            "scores": pa.array([r.scores for r in responses], SCORES),
            "missing": pa.array([r.missing for r in responses], MISSING),
        }
    )
    choices = [
        (r.response_id.bytes, question, code, place)
        for r in responses
        for question, codes in r.choices.items()
        for place, code in enumerate(codes, start=1)
    ]
    texts = [
        (r.response_id.bytes, question, text, 1) for r in responses for question, text in r.texts.items()
    ]
    numbers = [
        (r.response_id.bytes, question, f"{number:f}", 1)
        for r in responses
        for question, number in r.numbers.items()
    ]
    dates = [
        (r.response_id.bytes, question, day.isoformat(), 1)
        for r in responses
        for question, day in r.dates.items()
    ]
    kinds = zip(KINDS, (choices, texts, numbers, dates), strict=True)
    return Columns(table, {kind: _words(said) for kind, said in kinds})


def _ids(ids: Iterable[bytes]) -> pa.Array:
    """Ids of 16 bytes as a column."""
    return pa.array(list(ids), ID)


def with_days(responses: pa.Table, zone: ZoneInfo, known: Days) -> pa.Table:
    """The responses with their local day and month in that zone; `known` is filled with what was found out
    for it."""
    instants = responses["submitted_at"].to_numpy().astype("datetime64[us]").astype(np.int64)
    quarters, where = _distinct(instants // _QUARTER)
    for quarter in quarters.tolist():
        if quarter not in known:
            known[quarter] = _day_of_quarter(quarter, zone)
    found = [known[quarter] for quarter in quarters.tolist()]
    days = np.array([-1 if day is None else day for day in found], np.int64)[where]
    for place in np.flatnonzero(np.array([day is None for day in found], bool)[where]).tolist():
        days[place] = _day(int(instants[place]), zone)
    local = days.astype("datetime64[D]")
    months = local.astype("datetime64[M]").astype("datetime64[D]")
    return responses.append_column("day", pa.array(local)).append_column("month", pa.array(months))


def _distinct(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct numbers, and which of them each is: by marks where they lie close: sorting is slow."""
    if not len(numbers) or int(numbers.max()) - int(numbers.min()) > 4 * len(numbers) + _CLOSE:
        found, where = np.unique(numbers, return_inverse=True)
        return found, where
    first = int(numbers.min())
    there = np.zeros(int(numbers.max()) - first + 1, bool)
    there[numbers - first] = True
    return np.flatnonzero(there) + first, (np.cumsum(there) - 1)[numbers - first]


def _day_of_quarter(quarter: int, zone: ZoneInfo) -> int | None:
    """The day of the whole quarter of an hour, as days since 1970; None where it is not one day."""
    first, last = _day(quarter * _QUARTER, zone), _day((quarter + 1) * _QUARTER - 1, zone)
    return first if first == last else None


def _day(microseconds: int, zone: ZoneInfo) -> int:
    instant: datetime = np.datetime64(microseconds, "us").item()
    day = local_day(from_stored(instant), zone)
    return int(np.datetime64(day, "D").astype(np.int64))


def _words(said: Sequence[tuple[bytes, str, str, int]]) -> pa.Table:
    ids, questions, texts, places = zip(*said, strict=True) if said else ((),) * 4
    columns: list[Any] = [_ids(ids), pa.array(questions, pa.string()), pa.array(texts, pa.string())]
    return pa.table([*columns, pa.array(places, pa.int16())], schema=WORDS)


def ids_of(microseconds: NDArray[np.int64], upper: NDArray[np.uint16], lower: NDArray[np.uint64]) -> pa.Array:
    """As `survey.response_id_at`: the time in milliseconds, version 7, 12 bits, variant 10, 62 bits."""
    halves = np.empty((len(microseconds), 2), ">u8")
    halves[:, 0] = (microseconds // 1000).astype(np.uint64) << 16 | 7 << 12 | upper.astype(np.uint64)
    halves[:, 1] = np.uint64(2 << 62) | lower
    return pa.FixedSizeBinaryArray.from_buffers(ID, len(halves), [None, pa.py_buffer(halves.tobytes())])
