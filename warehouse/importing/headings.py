"""The heading of a file of another tool: one row, or several that name the columns together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Heading:
    """The first `rows` rows of a file. Row number `named_by`, from 1, names the columns; where it is None,
    all of them do, put together. A file without a heading has the columns `names`, and `rows` is 0."""

    rows: int = 1
    named_by: int | None = None
    names: tuple[str, ...] = ()

    def columns(self, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """The names of the columns, from the trimmed cells of the heading's rows; () when there is none."""
        if self.names:
            return self.names
        if not rows:
            return ()
        if self.named_by is not None:
            return tuple(rows[self.named_by - 1]) if self.named_by <= len(rows) else ()
        return _together(rows)


def _together(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Each column's cells from above to below, blank ones left out. A cell of the first row holds for the
    blank ones to its right, where something stands below them: so tools write a question over its parts."""
    names: list[str] = []
    question = ""
    for first, *below in zip_longest(*rows, fillvalue=""):
        question = first or question
        parts = [part for part in below if part]
        names.append(BETWEEN.join([question, *parts] if first or parts else []))
    return tuple(names)
