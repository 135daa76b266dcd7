"""Cohorts as a triangle: a row a cohort, a column each later quarter or month, shaded by the share still
there."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pages.ui.markup import show
from pages.ui.numbers import NOTHING, amount
from pages.ui.texts import translate
from warehouse.membership.cohorts import Cohort, Grain

MOST_COLUMNS = 12
MOST_ROWS = 16
_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` are texts with their shade, from 0 to 5."""

    label: str
    size: str
    cells: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Heat:
    """`caption` is what a screen reader announces."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Row]


def show_cohorts(cohorts: Sequence[Cohort], grain: Grain, caption: str, language: str) -> None:
    """Put the latest cohorts on the page; too small ones are named and empty."""
    shown = cohorts[-MOST_ROWS:]
    width = min(MOST_COLUMNS, max(len(each.counts) for each in shown))
    heads = [translate("Began in", language), translate("Began", language), *(f"+{n}" for n in range(width))]
    show("heat", heat=Heat(caption, heads, [_row(each, grain, width, language) for each in shown]))


def _row(cohort: Cohort, grain: Grain, width: int, language: str) -> Row:
    first = cohort.first
    label = f"{first.year}Q{(first.month + 2) // 3}" if grain == "quarter" else f"{first:%Y-%m}"
    if not cohort.is_shown:
        empty = [(NOTHING, 0)] * min(width, len(cohort.counts))
        return Row(label, translate("Too few to show", language), empty)
    shares = [100 * n / cohort.size if cohort.size else 0.0 for n in cohort.counts[:width]]
    cells = [(amount(share, "percent", language, decimals=0), _level(share)) for share in shares]
    return Row(label, amount(cohort.size, "count", language), cells)


def _level(share: float) -> int:
    """The shade of a share in percent: none for none, one more every twenty percent."""
    return min(_LEVELS, math.ceil(share / 20))
