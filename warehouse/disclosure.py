"""Which parts of a filtered view are shown, so that no small group is left when one is taken from another.

Two views that people see may differ by one filter or by some months. What is left of the larger one is itself
a group: none of 1 to 4 may be left. So a value is shown only where `suppress` shows it among all the values
of its dimension, under the same other filters, and this of every view that it narrows, up to everybody:

- Without dates a view is cut into spans (periods of the contract, else months; what lies outside the term
  is one more). A span is hidden where the value, what it leaves out, or a wider view is hidden there, and
  further spans follow so that a shown total gives none of them away.
- With dates, which are whole months, it is all or nothing: no month of the survey may be hidden, of the view
  or of a wider one. Then any months that two views differ by hold none or at least five.

Not protected: what takes three views of different filters or more to work out; what changes from one day to
the next while answers arrive; and a small period beside the scorecard: it owes both parties the other
periods, and shows the tiers of each by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from warehouse.suppression import is_small, suppress

OUTSIDE = ""  # the span of what lies in none
TOTAL = "total"  # the sum of all spans, also what lies outside
Limits = frozenset[tuple[str, str]]  # (dimension, value)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many answered in one span, with these values; a dimension they have no value of is left out."""

    span: str
    values: Mapping[str, str]
    n: int


class Disclosure:
    """Decides for one question; `cells` holds everybody's answers by the dimensions a view is limited in.

    `all_or_nothing` is for views that may be of some spans only.
    """

    def __init__(self, cells: Sequence[Cell], *, all_or_nothing: bool) -> None:
        self._cells = cells
        self._all_or_nothing = all_or_nothing
        self._everything = frozenset({TOTAL, *(cell.span for cell in cells)})
        self._decided: dict[Limits, frozenset[str]] = {}

    def hidden(self, limits: Limits) -> frozenset[str]:
        """The spans of the view that are not shown, TOTAL when nothing of it is.

        Also spans without answers: nobody can tell an empty group from a hidden one.
        """
        if limits not in self._decided:
            self._decided[limits] = self._decide(limits)
        return self._decided[limits]

    def _decide(self, limits: Limits) -> frozenset[str]:
        sizes = self._sizes(limits)
        few = {span for span, n in sizes.items() if is_small(n)}
        left_out = []
        for dimension, value in limits:
            wider = limits - {(dimension, value)}
            whole = self._sizes(wider)
            few |= self.hidden(wider)
            few |= {
                span for span, values in self._values(wider, dimension) if value in _few(values, whole[span])
            }
            left_out.append({span: n - sizes[span] for span, n in whole.items()})
        if TOTAL in few or (few and self._all_or_nothing):
            return self._everything
        # The same order for a value and for what it leaves out: both then hide the same spans.
        tables = sorted([sizes, *left_out], key=lambda table: (table[TOTAL], sorted(table.items())))
        return self._with_others(few, tables)

    def _with_others(self, few: set[str], tables: Sequence[Mapping[str, int]]) -> frozenset[str]:
        """The spans in `few`, and those from which a table's total would give them away."""
        hidden: set[str] = set()
        while hidden != few:
            hidden = set(few)
            for table in tables:
                spans = {span: n for span, n in table.items() if span != TOTAL}
                few |= {group.name for group in suppress(spans, also=few) if group.suppressed}
        return frozenset(hidden)

    def _sizes(self, limits: Limits) -> dict[str, int]:
        sizes = dict.fromkeys(self._everything, 0)
        for cell in self._cells:
            if limits <= cell.values.items():
                sizes[cell.span] += cell.n
                sizes[TOTAL] += cell.n
        return sizes

    def _values(self, limits: Limits, dimension: str) -> Iterator[tuple[str, Mapping[str, int]]]:
        """Each span, and TOTAL, with the sizes of the values of the dimension in it."""
        tables: dict[str, dict[str, int]] = {}
        for cell in self._cells:
            if limits <= cell.values.items() and dimension in cell.values:
                value = cell.values[dimension]
                for span in (cell.span, TOTAL):
                    table = tables.setdefault(span, {})
                    table[value] = table.get(value, 0) + cell.n
        yield from tables.items()


def _few(sizes: Mapping[str, int], total: int) -> set[str]:
    return {group.name for group in suppress(sizes, total) if group.suppressed}
