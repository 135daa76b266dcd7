"""One KPI over the term: the line of periods, its interval ribbon, the stepped target, verdicts by shape."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import plotly.graph_objects as go

from contract.wording import decimals_beside
from pages.ui.figure_style import (
    BAD,
    GOOD,
    INTERVAL,
    OPEN,
    PAPER,
    QUIET,
    TARGET,
    TONES,
    VALUE,
    plain,
    styled,
)
from pages.ui.numbers import amount, span
from pages.ui.standing import Standing

_MOST_LABELS = 10
_PERIOD = re.compile(r"((?:FY)?[0-9]{4})-?(Q[1-4]|[0-9]{2})")


@dataclass(frozen=True, slots=True)
class RunPoint:
    """One period, values in the metric's unit: `value` None where nothing was counted, `target` where none is
    set, `standing` where nothing is judged. `note` is the last line of the hover text, such as n.

    `floor` and `stretch` are drawn as lines of their own; `flag` is a word under the period, such as grace.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    target: float | None
    standing: Standing | None
    running: bool
    note: str
    floor: float | None = None
    stretch: float | None = None
    flag: str = ""


def run_chart(points: Sequence[RunPoint], unit: str, language: str) -> go.Figure:
    """The figure. Its trace "value" is the closed periods' line, "running" the provisional point, "low" and
    "high" the ribbon (a pair for each stretch without gaps), "target" the stepped line, "floor" and "stretch"
    the lines of these."""
    figure = go.Figure()
    for stretch in _stretches(points):
        _ribbon(figure, stretch)
    _bounds(figure, points)
    _target(figure, points, unit, language)
    _line(figure, points)
    _marks(figure, points, unit, language)
    _labels(figure, points, unit, language)
    styled(figure, 340)
    ticks = list(range(0, len(points), 1 + len(points) // (_MOST_LABELS + 1)))
    figure.update_layout(margin_r=64)
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=[_tick(points[place]) for place in ticks],
        tickangle=0,
        range=[-0.5, len(points) - 0.5],
        showline=True,
        linecolor=QUIET,
    )
    figure.update_yaxes(ticksuffix="%" if unit == "percent" else "", nticks=6, range=_reach(points))
    return figure


def _tick(point: RunPoint) -> str:
    """ "2026Q3" or "2026-07" in two lines, so that many stand side by side on a phone; else the label."""
    found = _PERIOD.fullmatch(point.label)
    words = f"{found[2]}<br>{found[1]}" if found else plain(point.label)
    return f"{words}<br>{plain(point.flag)}" if point.flag else words


def _stretches(points: Sequence[RunPoint]) -> Iterator[list[tuple[int, float, float]]]:
    """Runs of neighbouring closed periods that have an interval: (position, low, high)."""
    stretch: list[tuple[int, float, float]] = []
    for position, point in enumerate(points):
        if point.low is None or point.high is None or point.running:
            if stretch:
                yield stretch
            stretch = []
        else:
            stretch.append((position, point.low, point.high))
    if stretch:
        yield stretch


def _ribbon(figure: go.Figure, stretch: list[tuple[int, float, float]]) -> None:
    across = [position for position, _, _ in stretch]
    none = {"mode": "lines", "line": {"width": 0, "color": INTERVAL}, "hoverinfo": "skip"}
    figure.add_scatter(name="low", x=across, y=[low for _, low, _ in stretch], **none)
    figure.add_scatter(
        name="high", x=across, y=[high for _, _, high in stretch], fill="tonexty", fillcolor=INTERVAL, **none
    )


def _bounds(figure: go.Figure, points: Sequence[RunPoint]) -> None:
    """Floor and stretch over the periods that have one."""
    for name in ("floor", "stretch"):
        across: list[float] = []
        upward: list[float | None] = []
        for position, point in enumerate(points):
            across += [position - 0.5, position + 0.5]
            upward += [getattr(point, name)] * 2
        if any(value is not None for value in upward):
            line = {"color": BAD if name == "floor" else GOOD, "width": 1.2, "dash": "dash"}
            figure.add_scatter(name=name, x=across, y=upward, mode="lines", hoverinfo="skip", line=line)


def _target(figure: go.Figure, points: Sequence[RunPoint], unit: str, language: str) -> None:
    across: list[float | None] = []
    upward: list[float | None] = []
    for position, point in enumerate(points):
        across += [position - 0.5, position + 0.5]
        upward += [point.target, point.target]
    if all(value is None for value in upward):
        return
    figure.add_scatter(
        name="target",
        x=across,
        y=upward,
        mode="lines",
        hoverinfo="skip",
        line={"color": TARGET, "width": 1.6, "dash": "dot"},
    )
    last, target = [(at, point.target) for at, point in enumerate(points) if point.target is not None][-1]
    figure.add_annotation(
        x=last + 0.5,
        y=target,
        xanchor="left",
        xshift=4,
        showarrow=False,
        text=amount(target, unit, language, decimals=_decimals(points, unit)),
        font={"color": TARGET, "size": 12},
    )


def _line(figure: go.Figure, points: Sequence[RunPoint]) -> None:
    closed = [(position, point.value) for position, point in enumerate(points) if not point.running]
    figure.add_scatter(
        name="value",
        x=[at for at, _ in closed],
        y=[value for _, value in closed],
        mode="lines",
        connectgaps=False,
        line={"color": VALUE, "width": 2.2},
        hoverinfo="skip",
    )
    for (before, first), (position, point) in pairwise([(at, p) for at, p in enumerate(points)]):
        if point.running and first.value is not None and point.value is not None:
            figure.add_scatter(
                name="provisional",
                x=[before, position],
                y=[first.value, point.value],
                mode="lines",
                hoverinfo="skip",
                line={"color": QUIET, "width": 1.6, "dash": "dash"},
            )


def _marks(figure: go.Figure, points: Sequence[RunPoint], unit: str, language: str) -> None:
    decimals = _decimals(points, unit)
    lonely = {stretch[0][0] for stretch in _stretches(points) if len(stretch) == 1}
    for position, point in enumerate(points):
        if point.value is None:
            continue
        standing = point.standing
        colour = TONES[standing.tone] if standing else VALUE
        whisker = None
        # A ribbon needs a neighbour; a point that stands alone shows its interval as a whisker.
        alone = point.running or position in lonely
        if alone and point.low is not None and point.high is not None:
            whisker = {
                "type": "data",
                "symmetric": False,
                "array": [point.high - point.value],
                "arrayminus": [point.value - point.low],
                "color": OPEN,
                "thickness": 1.4,
                "width": 6,
            }
        figure.add_scatter(
            name="running" if point.running else "closed",
            x=[position],
            y=[point.value],
            mode="markers",
            error_y=whisker,
            marker={
                "symbol": standing.symbol if standing else "circle-open" if point.running else "circle",
                "size": 12,
                "color": colour,
                "line": {"width": 2, "color": colour if point.running else PAPER},
            },
            cliponaxis=False,
            hovertemplate=_hover(point, unit, language, decimals) + "<extra></extra>",
        )


def _labels(figure: go.Figure, points: Sequence[RunPoint], unit: str, language: str) -> None:
    """The values, above marker and interval, so that no line runs through them; of many, only the last."""
    decimals = _decimals(points, unit)
    counted = [(position, point) for position, point in enumerate(points) if point.value is not None]
    for position, point in counted if len(points) <= _MOST_LABELS else counted[-1:]:
        figure.add_annotation(
            x=position,
            y=point.value if point.high is None else point.high,
            text=amount(point.value, unit, language, decimals=decimals),
            yanchor="bottom",
            yshift=6,
            showarrow=False,
            font={"color": TARGET, "size": 13},
        )


def _hover(point: RunPoint, unit: str, language: str, decimals: int) -> str:
    lines = [point.label, amount(point.value, unit, language, decimals=decimals)]
    if point.low is not None:
        lines.append(f"[{span(point.low, point.high, unit, language, decimals)}]")
    if point.standing:
        lines.append(point.standing.said(language))
    return "<br>".join(plain(line) for line in [*lines, point.note] if line)


def _decimals(points: Sequence[RunPoint], unit: str) -> int:
    return max((decimals_beside(point.target, unit, point.value) for point in points), default=0)


def _reach(points: Sequence[RunPoint]) -> list[float] | None:
    """The axis range: everything drawn, with room above for the labels."""
    drawn = [
        mark
        for point in points
        for mark in (point.value, point.low, point.high, point.target, point.floor, point.stretch)
        if mark is not None
    ]
    if not drawn:
        return None
    room = (max(drawn) - min(drawn)) or abs(max(drawn)) or 1.0
    return [min(drawn) - 0.12 * room, max(drawn) + 0.22 * room]
