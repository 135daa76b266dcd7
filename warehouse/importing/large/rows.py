"""The responses of one part of a checked table, column by column, made from what its texts mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from warehouse.importing.assembling import INVALID, NOT_ASKED
from warehouse.importing.columns import KINDS, MISSING, SCORES, WORDS, Columns, ids_of
from warehouse.importing.large.checking import CheckedTable
from warehouse.importing.large.part_values import PartValueReader, Values
from warehouse.importing.large.uses import Use
from warehouse.importing.mapping import Taken
from warehouse.importing.mapping_reading import LoadedMapping

_KIND_OF = {"choice": "choices", "choices": "choices", "text": "texts", "number": "numbers", "day": "dates"}


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a part that are taken, with their numbers as in a spreadsheet. `last_row` is the number of
    the last row of the part, taken or refused."""

    columns: Columns
    rows: NDArray[np.int64]
    last_row: int


@dataclass(slots=True)
class _Read:
    """Everything read of a part, of the rows that are taken."""

    count: int
    ids: pa.Array
    instants: pa.Array
    values: Mapping[str, Values] = field(default_factory=dict)

    def named(self, key: str, taken: Taken | None) -> Any:
        """The values of a property: of its column, or the constant for all."""
        if key in self.values:
            return self.values[key].value
        return pa.array([taken.constant if taken else None] * self.count, pa.string())


class PartReader:
    """Reads a checked file part by part."""

    def __init__(self, checked: CheckedTable, loaded: LoadedMapping) -> None:
        self._uses, self._loaded = checked.uses, loaded
        self._reader = PartValueReader(checked, loaded.mapping.survey.slug)

    def read(self, first: int, end: int) -> Part:
        """The responses of the rows at these places of the table, from `first` to before `end`. Days are not
        known yet."""
        part = self._reader.read(first, end)
        taken = part.taken
        for use in self._uses:
            if use.of_row and use.key != "row_id":
                taken &= part.values[use.key].value.is_valid().to_numpy(zero_copy_only=False)
        values = part.values
        if not taken.all():
            kept = pa.array(np.flatnonzero(taken))
            values = {key: each.take(kept) for key, each in values.items()}
        instants = values["submitted_at"].value
        ids = ids_of(instants.cast(pa.int64()).to_numpy(), part.upper[taken], part.lower[taken])
        read = _Read(len(ids), ids, instants, values)
        return Part(_columns(read, self._uses, self._loaded), part.numbers[taken], int(part.numbers[-1]))


def _columns(read: _Read, uses: Sequence[Use], loaded: LoadedMapping) -> Columns:
    mapping = loaded.mapping
    scores, missing = _scores(read, loaded)
    weights = read.values["weight"].value if "weight" in read.values else pa.array(np.ones(read.count))
    table = pa.table(
        {
            "place": pa.array(np.arange(read.count, dtype=np.int64)),
            "response_id": read.ids,
            "member_id": read.named("member", mapping.member),
            "tier": read.named("tier", mapping.tier),
            "touchpoint": _touchpoint(read, loaded),
            "language": read.named("language", mapping.language),
            "submitted_at": read.instants,
            "weight": weights,
            "scores": scores,
            "missing": missing,
        }
    )
    said: dict[str, list[pa.Table]] = {kind: [WORDS.empty_table()] for kind in KINDS}
    for use in uses:
        if use.key.startswith("answers.") and use.kind in _KIND_OF:
            said[_KIND_OF[use.kind]].append(_said(read, use))
    return Columns(table, {kind: pa.concat_tables(parts) for kind, parts in said.items()})


def _touchpoint(read: _Read, loaded: LoadedMapping) -> Any:
    """The choice of the question that asks for it, else the mapping's, else that of the questionnaire."""
    asked = [q.code for q in loaded.questionnaire.questions if q.dimension == "touchpoint"]
    chosen = [read.values[f"answers.{code}"].value for code in asked if f"answers.{code}" in read.values]
    named = read.named("touchpoint", loaded.mapping.touchpoint)
    of_all = None if asked else loaded.questionnaire.touchpoint
    return pc.coalesce(*chosen, named, pa.scalar(of_all, pa.string()))


def _scores(read: _Read, loaded: LoadedMapping) -> tuple[Any, Any]:
    """For each row its scores, and the reasons why there are none, in the questionnaire's order."""
    scored = loaded.questionnaire.scored
    scores, missing = [], []
    for question in scored:
        found = read.values.get(f"answers.{question.code}")
        if found is None:
            scores.append(pa.nulls(read.count, pa.int16()))
            missing.append(pa.array([NOT_ASKED] * read.count, pa.string()))
        else:
            scores.append(found.value)
            why = pc.coalesce(found.missing, pa.scalar(INVALID))
            missing.append(pc.if_else(found.value.is_valid(), pa.scalar(None, pa.string()), why))
    return _rows_of(scores, read.count, SCORES), _rows_of(missing, read.count, MISSING)


def _rows_of(columns: Sequence[Any], count: int, kind: pa.DataType) -> pa.Array:
    """Columns laid side by side: one list a row."""
    width = len(columns)
    offsets = pa.array(np.arange(count + 1, dtype=np.int32) * width)
    if not width:
        return pa.ListArray.from_arrays(offsets, pa.array([], kind.value_type))
    order = np.arange(width * count).reshape(width, count).T.ravel()
    return pa.ListArray.from_arrays(offsets, pa.concat_arrays(columns).take(pa.array(order)))


def _said(read: _Read, use: Use) -> pa.Table:
    """What was answered to one question, one row an answer or a choice."""
    values = read.values[use.key].value
    given = pa.array(np.flatnonzero(values.is_valid().to_numpy(zero_copy_only=False)))
    values = values.take(given)
    places = np.ones(len(given), np.int16)
    if use.kind == "choices":
        lengths = pc.list_value_length(values).to_numpy(zero_copy_only=False)
        given = given.take(pc.list_parent_indices(values))
        values = pc.list_flatten(values)
        ends = np.cumsum(lengths)
        places = (np.arange(len(values)) - np.repeat(ends - lengths, lengths) + 1).astype(np.int16)
    questions = pa.array([use.key.removeprefix("answers.")] * len(given), pa.string())
    return pa.table([read.ids.take(given), questions, values, pa.array(places)], schema=WORDS)
