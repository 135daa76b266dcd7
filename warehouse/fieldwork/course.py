"""The course of the fieldwork: completions a day, where forms were broken off, time on each page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from warehouse.case_counts import case_counts
from warehouse.database import Warehouse
from warehouse.suppression import is_small


@dataclass(frozen=True, slots=True)
class PageTime:
    """Seconds on one page (from 0) of one version: quartiles of `n` forms. None where fewer than five."""

    version: int
    page: int
    n: int | None
    lower: float | None
    median: float | None
    upper: float | None


Days = Mapping[date, int]
BreakOffs = Mapping[str, int]
"""Code of the furthest item answered, "" where it is not known -> forms that were begun and not sent."""


def completions(warehouse: Warehouse, slug: str) -> Mapping[str | None, Days]:
    """Wave, None for the open link -> local day -> responses."""
    found: dict[str | None, dict[date, int]] = {}
    for wave, day, n in case_counts(warehouse, "fieldwork/days", slug):
        found.setdefault(wave, {})[day] = n
    return found


def break_offs(warehouse: Warehouse, slug: str) -> Mapping[str | None, BreakOffs]:
    """Wave, None for the open link -> where its forms were broken off."""
    found: dict[str | None, dict[str, int]] = {}
    for wave, question, n in case_counts(warehouse, "fieldwork/break_off", slug):
        found.setdefault(wave, {})[question] = n
    return found


def page_times(warehouse: Warehouse, slug: str) -> Mapping[str | None, tuple[PageTime, ...]]:
    """Wave, None for the open link -> its pages, the latest version first; looked for once for as long as
    nothing is committed."""
    return warehouse.while_unchanged(("page times", slug), lambda: _page_times(warehouse, slug))


def _page_times(warehouse: Warehouse, slug: str) -> Mapping[str | None, tuple[PageTime, ...]]:
    found: dict[str | None, tuple[PageTime, ...]] = {}
    for wave, version, page, n, *quartiles in warehouse.read("fieldwork/page_times", survey=slug):
        shown = [None] * 4 if is_small(n) else [n, *quartiles]
        found[wave] = (*found.get(wave, ()), PageTime(version, page, *shown))
    return found
