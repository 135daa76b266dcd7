"""Every question of a survey as a table: n, mean, top two, NPS, with the weighted figures beside them."""

from collections.abc import Mapping

from contract import Estimate
from pages.ui.filters import value_title
from pages.ui.numbers import NOTHING, amount, span
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from survey import pick
from warehouse.summary import Dimension, Figures, Summary

SPLITS: Mapping[Dimension | None, str] = {
    None: "Not split",
    "language": "Language of the answers",
    "touchpoint": "Touchpoint",
    "tier": "Member tier",
    "channel": "Channel",
}


def summary_table(summary: Summary, language: str) -> Table:
    """The table; the weighted columns stand only where answers have different weights."""
    weighted = any(figures.weighted for figures in summary.figures)
    names = ["n", translate("Mean", language), translate("Top two", language), translate("NPS", language)]
    if weighted:
        names += [
            translate("Top two, weighted", language),
            translate("NPS, weighted", language),
            translate("Effective n", language),
        ]
    return Table(
        translate("All questions", language),
        [Column(translate("Question", language)), *(Column(name, right=True) for name in names)],
        [_row(figures, summary, weighted, language) for figures in summary.figures],
    )


def _row(figures: Figures, summary: Summary, weighted: bool, language: str) -> list[Cell]:
    first = Cell(pick(figures.question.text, language, summary.survey.questionnaire.default_language)[0])
    if figures.group is not None:
        title = value_title(summary.by, figures.group, language) if summary.by and figures.group else ""
        first = Cell(f"↳ {title or translate('Not stated', language)}")
    if figures.suppressed:
        empty = 6 if weighted else 3
        return [first, Cell(translate("Too few to show", language)), *([Cell(NOTHING)] * empty)]
    cells = [
        first,
        Cell(amount(figures.n, "count", language)),
        _figure(figures.mean, "scale", language),
        _figure(figures.top_two, "percent", language),
        _figure(figures.nps, "points", language),
    ]
    if weighted:
        own = figures.weighted
        cells += [
            Cell(amount(own.top_two if own else None, "percent", language)),
            Cell(amount(own.nps if own else None, "points", language)),
            Cell(amount(own.effective_n if own else None, "count", language)),
        ]
    return cells


def _figure(estimate: Estimate | None, unit: str, language: str) -> Cell:
    if estimate is None or estimate.value is None:
        return Cell(NOTHING)
    interval = span(estimate.low, estimate.high, unit, language)
    return Cell(amount(estimate.value, unit, language), "" if interval == NOTHING else interval)
