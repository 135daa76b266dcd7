"""All targets over the term: a line for each target, a column for each period, with value and verdict.

The figures of a line have one number of decimals."""

from collections.abc import Sequence

from contract.wording import decimals_beside
from pages.ui.kpi import metric_title
from pages.ui.numbers import NOTHING, amount
from pages.ui.standing import STANDINGS
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from warehouse.scorecard import Row


def history(rows: Sequence[Row], language: str) -> Table:
    """The table; `rows` are for all members, in the order of the contract."""
    periods = sorted({row.period for row in rows}, key=lambda period: period.start)
    found = {(row.metric.name, row.period.name): row for row in rows}
    decimals: dict[str, int] = {}
    for row in rows:
        verdict = row.verdict
        needed = decimals_beside(verdict.target.value, row.metric.unit, *verdict.figures)
        decimals[row.metric.name] = max(needed, decimals.get(row.metric.name, 0))
    metrics = {row.metric.name: metric_title(row, language) for row in rows}
    return Table(
        translate("All targets in all periods", language),
        [Column(translate("Target", language)), *(Column(period.name) for period in periods)],
        [
            [
                Cell(title),
                *(_cell(found.get((name, period.name)), decimals[name], language) for period in periods),
            ]
            for name, title in metrics.items()
        ],
    )


def _cell(row: Row | None, decimals: int, language: str) -> Cell:
    if row is None:
        return Cell(NOTHING)
    verdict, unit = row.verdict, row.metric.unit
    value = amount(verdict.estimate.value, unit, language, decimals=decimals)
    target = amount(verdict.target.value, unit, language, decimals=decimals)
    standing = STANDINGS[verdict.word]
    note = translate("{value}, target {target}", language, value=value, target=target)
    return Cell(standing.said(language), note, standing)
