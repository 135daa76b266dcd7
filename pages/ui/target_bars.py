"""A change by period against its target: bars from zero, the target as a tick, the verdict in words."""

from collections.abc import Sequence

import plotly.graph_objects as go

from contract.wording import decimals_beside
from pages.ui.figure_style import GRID, PAPER, TARGET, TONES, VALUE, plain, styled
from pages.ui.numbers import amount
from pages.ui.run_chart import RunPoint

_HALF = 0.34


def target_bars(points: Sequence[RunPoint], unit: str, language: str) -> go.Figure:
    """The figure: trace "value" has a bar a period, hollow while it runs, trace "target" a tick for each."""
    figure = go.Figure()
    colours = [TONES[point.standing.tone] if point.standing else VALUE for point in points]
    figure.add_bar(
        name="value",
        x=list(range(len(points))),
        y=[point.value for point in points],
        width=0.5,
        marker={
            "color": [
                PAPER if point.running else colour for point, colour in zip(points, colours, strict=True)
            ],
            "line": {"color": colours, "width": 2},
        },
        hovertext=[plain(point.note) for point in points],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    across: list[float | None] = []
    upward: list[float | None] = []
    for place, point in enumerate(points):
        if point.target is not None:
            across += [place - _HALF, place + _HALF, None]
            upward += [point.target, point.target, None]
    line = {"color": TARGET, "width": 2.5}
    figure.add_scatter(name="target", x=across, y=upward, mode="lines", line=line, hoverinfo="skip")
    decimals = max((decimals_beside(each.target, unit, each.value) for each in points), default=0)
    for place, point in enumerate(points):
        if point.value is not None:
            figure.add_annotation(
                x=place,
                y=_label_height(point, points),
                text=amount(
                    point.value,
                    unit,
                    language,
                    signed=True,
                    decimals=decimals,
                ),
                yanchor="bottom",
                yshift=4,
                showarrow=False,
                font={"color": TARGET, "size": 13},
            )
    styled(figure, 320)
    words = [f"{plain(point.label)}<br>{plain(_word(point, language))}" for point in points]
    figure.update_xaxes(tickvals=list(range(len(points))), ticktext=words, range=[-0.5, len(points) - 0.5])
    figure.update_yaxes(
        ticksuffix="%" if unit == "percent" else "", nticks=6, zeroline=True, zerolinecolor=GRID
    )
    return figure


def _label_height(point: RunPoint, points: Sequence[RunPoint]) -> float:
    """On top of the bar, or of the target's tick where that would run through the label."""
    top = max(point.value or 0.0, 0.0)
    drawn = [mark for each in points for mark in (each.value, each.target, 0.0) if mark is not None]
    room = 0.14 * (max(drawn) - min(drawn))
    return point.target if point.target is not None and 0 <= point.target - top < room else top


def _word(point: RunPoint, language: str) -> str:
    return point.standing.said(language) if point.standing else ""
