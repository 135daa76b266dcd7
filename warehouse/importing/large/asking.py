"""Asks for the meaning of each distinct text of a use once, by the reader that every import uses, and keeps
it beside the rows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from warehouse.calendar import to_stored
from warehouse.importing.checking import Meaning
from warehouse.importing.large.scratch import Scratch
from warehouse.importing.large.uses import Use

_AT_A_TIME = 20_000
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
_SECOND = timedelta(seconds=1)


def ask_about(scratch: Scratch, use: Use) -> None:
    """Make the tables `use.values` and `use.meanings`; for many dates also `spelled`, hour by hour."""
    if use.kind == "instant":
        _spell(scratch, use)
    else:
        known = {"letters": use.plain_letters, "special": list(use.special), "plain": use.plain}
        scratch.ask("values", known, view=use.view, values=use.values)
    scratch.take("make_meanings", _columns(use, ()), meanings=use.meanings)
    for rows in scratch.batches("raws", _AT_A_TIME, values=use.values):
        scratch.take("add_meanings", _columns(use, [row[0] for row in rows]), meanings=use.meanings)


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


def _spell(scratch: Scratch, use: Use) -> None:
    """Dates to the second are as many as rows, but their hours are few: within an hour that begins and ends
    as it should, every other second is known too."""
    hours: list[tuple[str, bool, str, Any]] = []
    if scratch.ask("distinct_texts", view=use.view)[0][0] > FEW:
        for head, fraction, rest in scratch.ask("hours"):
            if (base := _base(use.meaning, head, fraction, rest)) is not None:
                hours.append((head, fraction, rest, base))
    heads, fractions, rests, bases = zip(*hours, strict=True) if hours else ((),) * 4
    columns = {
        "head": pa.array(heads, pa.string()),
        "fraction": pa.array(fractions, pa.bool_()),
        "rest": pa.array(rests, pa.string()),
        "base": pa.array(bases, pa.timestamp("us")),
    }
    scratch.take("spell", pa.table(columns))
    scratch.ask("values_unspelled")


def _base(meaning: Callable[[str], Meaning[Any]], head: str, fraction: bool, rest: str) -> Any:
    """The instant at which the hour begins, as stored; None where its seconds are not even, or one of its
    ends is refused."""
    first, last = (".0", ".999999") if fraction else ("", "")
    start: datetime | None = meaning(f"{head}:00:00{first}{rest}").value
    if start is None:
        return None
    ends = (
        (f":00:59{first}", 59.0),
        (f":59:59{first}", 3599.0),
        (f":59:59{last}", 3599.999999 if fraction else 3599.0),
    )
    for end, seconds in ends:
        found = meaning(f"{head}{end}{rest}").value
        if found is None or found - start != seconds * _SECOND:
            return None
    return to_stored(start)
