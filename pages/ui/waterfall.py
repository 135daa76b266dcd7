"""The way of a count through a period: opening, what came, what went, closing."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.ui.figure_style import BAD, GRID, QUIET, TARGET, VALUE, plain, styled
from pages.ui.numbers import amount


@dataclass(frozen=True, slots=True)
class Step:
    """`size` is the level for a total (opening, closing), else what is added or, below zero, taken away."""

    label: str
    size: float
    total: bool


def waterfall(steps: Sequence[Step], language: str, said: Sequence[str] = ()) -> go.Figure:
    """The figure: one trace, x the sizes, the first step on top. The axis starts at `axis_start`, so that the
    movement is seen.

    `said` labels the steps where they are not counts.
    """
    figure = go.Figure(
        go.Waterfall(
            orientation="h",  # a line a step: beside each other, amounts run into each other on a phone
            y=[plain(step.label) for step in steps],
            x=[step.size for step in steps],
            measure=["absolute" if step.total else "relative" for step in steps],
            text=[plain(text) for text in said]
            or [amount(step.size, "count", language, signed=not step.total) for step in steps],
            textposition="outside",
            textfont={"color": TARGET, "size": 13},
            constraintext="none",
            cliponaxis=False,
            connector={"line": {"color": QUIET, "width": 1}},
            totals={"marker": {"color": QUIET}},
            increasing={"marker": {"color": VALUE}},
            decreasing={"marker": {"color": BAD}},
            hoverinfo="skip",
        )
    )
    styled(figure, 90 + 46 * len(steps))
    levels = _levels(steps)
    start = axis_start(steps)
    figure.update_xaxes(
        range=[start, max(levels) + 0.4 * (max(levels) - start or 1)],
        nticks=4,
        tickformat=",d",
        gridcolor=GRID,
    )
    figure.update_yaxes(autorange="reversed", automargin=True, gridcolor=GRID, showgrid=False)
    return figure


def axis_start(steps: Sequence[Step]) -> int:
    """Where the axis begins: a round number below the lowest level, or zero when the movement is large."""
    levels = _levels(steps)
    movement = max(levels) - min(levels)
    below = min(levels) - 2 * movement
    if movement == 0 or below <= 0:
        return 0
    size = 10 ** (len(str(int(below))) - 2) if below >= 10 else 1
    return int(below // size * size)


def _levels(steps: Sequence[Step]) -> list[float]:
    level = 0.0
    levels: list[float] = []
    for step in steps:
        level = step.size if step.total else level + step.size
        levels.append(level)
    return levels
