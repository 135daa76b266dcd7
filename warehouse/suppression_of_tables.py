"""Small groups of a table with totals, and what else must be hidden since rows and columns tell it.

Each row and each column is looked at by itself, as a reader would subtract; what several lines tell only
together is not looked for.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from warehouse.suppression import SMALLEST, is_small


class Place(NamedTuple):
    """A cell of the table; a total of a row has no `column`, of a column no `row`, that of all neither."""

    row: str | None
    column: str | None


class _Line(NamedTuple):
    parts: tuple[Place, ...]
    total: Place


def hidden_places(cells: Mapping[tuple[str, str], int], known: Collection[Place] = ()) -> frozenset[Place]:
    """The cells and totals that are not shown. `known` are totals that people see elsewhere, as that of all.

    A cell or total of 1 to 4 is hidden. Where a line hides one part, or parts of fewer than 5 together, its
    shown total gives them away, so its next smallest part follows; and so where it hides its total alone.
    """
    sizes = _with_totals(cells)
    seen = {*known, Place(None, None)}
    hidden = {place for place, n in sizes.items() if is_small(n) and place not in seen}
    lines = list(_lines(sizes))
    before = -1
    while len(hidden) > before:
        before = len(hidden)
        for line in lines:
            while _gives_away(line, sizes, hidden) and (following := _following(line, sizes, hidden, seen)):
                hidden.add(following)
    return frozenset(hidden)


def _with_totals(cells: Mapping[tuple[str, str], int]) -> Mapping[Place, int]:
    sizes: dict[Place, int] = {}
    for (row, column), n in cells.items():
        for place in (Place(row, column), Place(row, None), Place(None, column), Place(None, None)):
            sizes[place] = sizes.get(place, 0) + n
    return sizes


def _lines(sizes: Mapping[Place, int]) -> Iterator[_Line]:
    """The rows, the columns, and the two lines of totals."""
    for row in {place.row for place in sizes}:
        parts = tuple(place for place in sizes if place.row == row and place.column is not None)
        yield _Line(parts, Place(row, None))
    for column in {place.column for place in sizes}:
        parts = tuple(place for place in sizes if place.column == column and place.row is not None)
        yield _Line(parts, Place(None, column))


def _gives_away(line: _Line, sizes: Mapping[Place, int], hidden: Collection[Place]) -> bool:
    parts = [sizes[place] for place in line.parts if place in hidden]
    if line.total in hidden:
        return not parts
    return bool(parts) and (len(parts) < 2 or sum(parts) < SMALLEST)


def _following(
    line: _Line, sizes: Mapping[Place, int], hidden: Collection[Place], seen: Collection[Place]
) -> Place | None:
    """What the line hides next: its smallest part, else its total; None where people see all that is left."""
    left = [place for place in line.parts if place not in hidden and place not in seen and sizes[place]]
    if left:
        return min(left, key=lambda place: (sizes[place], place.row or "", place.column or ""))
    return None if line.total in hidden or line.total in seen else line.total
