"""Texts put together from a row's cells: "2017-05-{INTDATE}" reads the column INTDATE, "{row}" is the row's
number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, repeat

from warehouse.importing.reading import Table

ROW = "row"
_PLACE = re.compile(r"\{\s*([^{}]+?)\s*\}")


@dataclass(frozen=True, slots=True)
class Template:
    """`text` as the mapping states it; `columns` are the columns it names, in order, without the row's
    number."""

    text: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name in _PLACE.findall(self.text) if name != ROW))

    @property
    def pieces(self) -> tuple[str, ...]:
        """Literal, name, literal, ..., name, literal."""
        return tuple(_PLACE.split(self.text))

    @property
    def varies(self) -> bool:
        """Whether rows can differ: a column or the row's number is named."""
        return bool(_PLACE.search(self.text))

    def fill(self, table: Table) -> Iterator[str]:
        """The text of each row; "" where all the columns it names are blank."""
        pieces = self.pieces
        cells = [map(str, table.rows) if name == ROW else table.columns[name] for name in pieces[1::2]]
        named = [table.columns[name] for name in self.columns]
        blank = (not any(row) for row in zip(*named, strict=True)) if named else repeat(False)
        literals = pieces[0::2]
        rows = zip(*cells, strict=True) if cells else repeat((), len(table.rows))
        for row, nothing in zip(rows, blank, strict=False):
            yield "" if nothing else "".join(chain.from_iterable(zip(literals, (*row, ""), strict=True)))
