"""What the texts of one part of a checked table mean, use by use. Where few texts were asked about, their
meanings are held and looked up without a query."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from warehouse.importing.large.asking import MOST_BYTES, TYPES
from warehouse.importing.large.checking import CheckedTable
from warehouse.importing.large.uses import Use

FEW_MEANINGS = 100_000  # of a use, up to which they are held
_HEX = np.zeros(256, np.uint8)
_HEX[np.frombuffer(b"0123456789abcdef", np.uint8)] = np.arange(16)
_DIGEST = 64  # hexadecimal digits of a SHA-256


@dataclass(frozen=True, slots=True)
class Values:
    """What the texts of one use mean in a part: values, and why some are missing."""

    value: Any
    missing: Any

    def take(self, rows: pa.Array) -> "Values":
        return Values(self.value.take(rows), self.missing.take(rows))


@dataclass(frozen=True, slots=True)
class PartValues:
    """The rows of a part, refused ones included: their numbers, whether they are taken, the 12 and 62 bits of
    their ids that follow from the row, and the values by the key of their use."""

    numbers: NDArray[np.int64]
    taken: NDArray[np.bool_]
    upper: NDArray[np.uint16]
    lower: NDArray[np.uint64]
    values: Mapping[str, Values]


class PartValueReader:
    """Reads a checked table of a survey part by part."""

    def __init__(self, checked: CheckedTable, survey: str) -> None:
        self._checked, self._survey = checked, survey
        scratch = checked.staged.scratch
        self._uses = tuple(use for use in checked.uses if use.key != "row_id")
        self._held = {
            use.key: scratch.columns("meanings", meanings=use.meanings)
            for use in self._uses
            if _are_few(*scratch.ask("meanings_count", meanings=use.meanings)[0])
        }
        texts = ", ".join(f"{use.text} AS t{place}" for place, use in enumerate(self._uses))
        digest = f"sha256(concat($survey, chr(0), {checked.uses[0].text})) AS digest"
        self._asked = f"{digest}, {texts}"

    def read(self, first: int, end: int) -> PartValues:
        """The rows at these places of the table, from `first` to before `end`."""
        staged, place = self._checked.staged, {"first": first, "end": end}
        known = {"survey": self._survey, **place}
        part = staged.scratch.columns("part", known, texts=self._asked, row=staged.row)
        spots = part["spot"].to_numpy()
        if (np.diff(spots) < 0).any():  # the engine keeps the order of a table, but nothing makes it
            part, spots = part.take(np.argsort(spots)), np.sort(spots)
        taken = np.ones(len(spots), bool)
        if self._checked.refused_rows:
            refused = staged.scratch.columns("refused_part", place)["spot"].to_numpy()
            taken[np.searchsorted(spots, refused)] = False
        values = {
            use.key: self._values(use, part[f"t{number}"].combine_chunks(), place)
            for number, use in enumerate(self._uses)
        }
        digests = _digests(part["digest"].combine_chunks())
        upper = (digests[:, 0].astype(np.uint16) << np.uint16(4)) | (digests[:, 1] >> np.uint8(4))
        # The 64 bits after the first 12, of which 62 are taken.
        lower = np.ascontiguousarray(digests[:, 1:9]).view(">u8")[:, 0].astype(np.uint64) << np.uint64(4)
        lower = (lower | (digests[:, 9] >> np.uint8(4)).astype(np.uint64)) >> np.uint64(2)
        return PartValues(part["row_number"].to_numpy(), taken, upper, lower, values)

    def _values(self, use: Use, texts: pa.Array, place: Mapping[str, int]) -> Values:
        value, missing, was_asked = self._meant(use, texts, place)
        if use.kind == "text":  # texts that were not asked about mean themselves
            value = pc.if_else(was_asked, value, texts)
        elif use.kind == "instant" and self._checked.hours:
            value = pc.coalesce(value, self._checked.hours.read(texts))
        number = self._checked.uses.index(use)
        if number in self._checked.hidden:
            spots = self._checked.staged.scratch.columns("hidden_part", {"place": number, **place})
            kept = np.ones(len(value), bool)
            kept[spots["spot"].to_numpy() - place["first"]] = False
            value = pc.if_else(pa.array(kept), value, pa.scalar(None, value.type))
        return Values(value, missing)

    def _meant(self, use: Use, texts: pa.Array, place: Mapping[str, int]) -> tuple[Any, Any, Any]:
        """The values, why they are missing, and which of the texts were asked about."""
        held = self._held.get(use.key)
        if held is None:
            found = self._checked.staged.scratch.columns(
                "values_part", place, view=use.view, meanings=use.meanings
            )
            value, missing, was_asked = (found[name].combine_chunks() for name in found.column_names)
            return value, missing, was_asked
        if not len(held):
            none = pa.nulls(len(texts), pa.string())
            return pa.nulls(len(texts), TYPES[use.kind]), none, none.is_valid()
        where = pc.index_in(texts, value_set=held["raw"].combine_chunks())
        value, missing = (held[name].combine_chunks().take(where) for name in ("value", "missing"))
        return value, missing, where.is_valid()


def _are_few(count: int, content: int) -> bool:
    return count <= FEW_MEANINGS and content <= MOST_BYTES


def _digests(texts: pa.Array) -> NDArray[np.uint8]:
    """The first ten bytes of each digest, given in hexadecimal digits."""
    _, offsets, content = texts.buffers()
    start = np.frombuffer(offsets, np.int32, 1, texts.offset * 4)[0]
    letters = np.frombuffer(content, np.uint8, len(texts) * _DIGEST, start).reshape(-1, _DIGEST)
    digits = _HEX[letters[:, :20]]
    return (digits[:, 0::2] << np.uint8(4)) | digits[:, 1::2]
