"""Asks for the meaning of each distinct text of a use once, by the reader that every import uses, and keeps
it beside the rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from warehouse.calendar import to_stored
from warehouse.importing.large.instants import Hours
from warehouse.importing.large.staging import Staged
from warehouse.importing.large.uses import Use
from warehouse.slices import slices

MOST_BYTES = 16_000_000
"""Of texts that stand in memory as Python has them, some times over."""

_AT_A_TIME = 20_000
_INSTANTS_AT_A_TIME = 200_000
FEW = 20_000  # distinct dates up to which each is simply asked about
TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "score": pa.int16(),
    "choice": pa.string(),
    "choices": pa.list_(pa.string()),
    "number": pa.string(),
    "day": pa.string(),
    "file": pa.string(),
    "instant": pa.timestamp("us"),
    "weight": pa.float64(),
}
_PLAIN_VALUES: Mapping[str, Callable[[Any], Any]] = {"instant": to_stored}
_PLAIN_ANSWERS: Mapping[str, Callable[[Any], Any]] = {
    "text": lambda answer: answer.text,
    "score": lambda answer: answer.score,
    "choice": lambda answer: answer.choice,
    "choices": lambda answer: answer.choices,
    "number": lambda answer: f"{answer.number:f}",
    "day": lambda answer: answer.day.isoformat(),
}


def hours_of(staged: Staged, use: Use) -> Hours | None:
    """Who reads the dates of that use hour by hour; None where they are few."""
    return Hours(use.meaning) if staged.scratch.ask("distinct_texts", view=use.view)[0][0] > FEW else None


def ask_about(staged: Staged, use: Use, hours: Hours | None) -> None:
    """Make the tables `use.values` and `use.meanings`; of dates only for those that `hours` does not know."""
    scratch = staged.scratch
    if use.kind == "instant" and hours:
        _keep_uneven(staged, use, hours)
        scratch.ask("values_uneven", values=use.values)
    else:
        known = {"letters": use.plain_letters, "special": list(use.special), "plain": use.plain}
        scratch.ask("values", known, view=use.view, values=use.values)
    scratch.take("make_meanings", _columns(use, ()), meanings=use.meanings)

    def size(first: int, end: int) -> tuple[int, int]:
        place = {"first": first, "end": end}
        return end - first, int(scratch.ask("raws_bytes", place, values=use.values)[0][0])

    count = int(scratch.ask("raws_count", values=use.values)[0][0])
    for first, end in slices(0, count, size, _AT_A_TIME, MOST_BYTES):
        rows = scratch.ask("raws", {"first": first, "end": end}, values=use.values)
        scratch.take("add_meanings", _columns(use, [row[0] for row in rows]), meanings=use.meanings)


def _keep_uneven(staged: Staged, use: Use, hours: Hours) -> None:
    scratch, end = staged.scratch, staged.first + staged.rows
    for first in range(staged.first, end, _INSTANTS_AT_A_TIME):
        place = {"first": first, "end": min(first + _INSTANTS_AT_A_TIME, end)}
        texts = scratch.columns("numbered_texts", place, view=use.view)
        uneven = hours.read(texts["text"].combine_chunks()).is_null()
        scratch.take("make_uneven" if first == staged.first else "add_uneven", texts.filter(uneven))


def _columns(use: Use, raws: Sequence[str]) -> pa.Table:
    found = [use.meaning(raw) for raw in raws]
    plain = (_PLAIN_ANSWERS if use.key.startswith("answers.") else _PLAIN_VALUES).get(use.kind, _itself)
    values = [None if each.value is None else plain(each.value) for each in found]
    return pa.table(
        {
            "raw": pa.array(raws, pa.string()),
            "value": pa.array(values, TYPES[use.kind]),
            "missing": pa.array([each.missing for each in found], pa.string()),
            "code": pa.array([each.problem.code if each.problem else None for each in found], pa.string()),
        }
    )


def _itself(value: Any) -> Any:
    return value
