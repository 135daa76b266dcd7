"""Cohorts: who joined, or first bought, in one quarter or month, and how many of them are there later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Literal

from warehouse.database import Warehouse
from warehouse.suppression import is_small

Grain = Literal["quarter", "month"]
_MONTHS = {"quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those of the quarter or month that begins on `first`. `counts` are how many are there in it and in each
    later one; `size` is how many began in it."""

    first: date
    size: int
    counts: tuple[int, ...]

    @property
    def is_shown(self) -> bool:
        """Whether it is large enough."""
        return not is_small(self.size)


def joined_cohorts(warehouse: Warehouse, until: date, grain: Grain = "quarter") -> tuple[Cohort, ...]:
    """By joining: how many are members at the end of each quarter or month, the last of which ends before
    `until`."""
    rows = warehouse.read("members/joined_cohorts", until=until, grain=grain)
    found = []
    for first in sorted({cohort for cohort, *_ in rows}):
        changes = {span: change for cohort, span, change, _ in rows if cohort == first}
        size = sum(begun for cohort, _, _, begun in rows if cohort == first)
        spans = spans_between(first, until, grain)
        found.append(Cohort(first, size, tuple(accumulate(changes.get(span, 0) for span in spans))))
    return tuple(found)


def buying_cohorts(warehouse: Warehouse, until: date, grain: Grain = "quarter") -> tuple[Cohort, ...]:
    """By the first purchase: how many bought in each quarter or month."""
    rows = warehouse.read("members/buying_cohorts", until=until, grain=grain)
    found = []
    for first in sorted({cohort for cohort, _, _ in rows}):
        buyers = {span: n for cohort, span, n in rows if cohort == first}
        spans = spans_between(first, until, grain)
        found.append(Cohort(first, buyers[first], tuple(buyers.get(span, 0) for span in spans)))
    return tuple(found)


def spans_between(first: date, until: date, grain: Grain) -> Sequence[date]:
    """The first days of the quarters or months from the one that begins on `first` until before `until`."""
    spans = [first]
    while (after := _after(spans[-1], grain)) < until:
        spans.append(after)
    return spans


def _after(first: date, grain: Grain) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + _MONTHS[grain], 12)
    return date(year, month + 1, 1)
