"""Which rows of a file count at all: a mapping's `only` keeps previews and unfinished forms out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from warehouse.importing.problems import refused
from warehouse.importing.reading import Table


@dataclass(frozen=True, slots=True)
class LeftOut:
    """So many rows that do not count, since their cell of this column is none of the values named."""

    column: str
    raw: str
    count: int


def choose_rows(table: Table, only: Mapping[str, Sequence[str]]) -> tuple[Table, tuple[LeftOut, ...]]:
    """The table of the rows whose cells are among the values named for each column, and what was left out by
    the first column that did it. Raises ImportRefusedError("file-none-kept")."""
    if not only:
        return table, ()
    kept: list[int] = []
    left: Counter[tuple[str, str]] = Counter()
    for place in range(len(table.rows)):
        why = next((name for name, values in only.items() if table.columns[name][place] not in values), None)
        if why is None:
            kept.append(place)
        else:
            left[why, table.columns[why][place]] += 1
    if not kept:
        raise refused("file-none-kept", table.name, rows=len(table.rows), columns=", ".join(only))
    now_at = {place: number for number, place in enumerate(kept)}
    unread = {
        column: {now_at[place]: why for place, why in found.items() if place in now_at}
        for column, found in table.unread.items()
    }
    chosen = replace(
        table,
        rows=tuple(table.rows[place] for place in kept),
        columns={name: tuple(cells[place] for place in kept) for name, cells in table.columns.items()},
        unread=unread,
    )
    return chosen, tuple(LeftOut(column, raw, count) for (column, raw), count in left.most_common())
