"""Tables as real HTML: text as text, numbers to the right, verdicts by shape and word; wide ones scroll."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.ui.markup import show
from pages.ui.standing import Standing


@dataclass(frozen=True, slots=True)
class Column:
    """`right` for numbers; texts of any length wrap where it `wraps`, all else stays on its line."""

    label: str
    right: bool = False
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`note` is a quieter second line; `standing` puts the verdict's shape first; `href` makes it a link."""

    text: str
    note: str = ""
    standing: Standing | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`caption` is what a screen reader announces; the first cell of a row names it."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def show_table(table: Table) -> None:
    """Put the table on the page. Raises ValueError when a row has not one cell a column."""
    for row in table.rows:
        if len(row) != len(table.columns):
            raise ValueError(f"{table.caption}: a row has {len(row)} cells for {len(table.columns)} columns")
    show("table", table=table)
