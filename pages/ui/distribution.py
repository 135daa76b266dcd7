"""How the answers to one question are spread over its scale: a bar a score, with its share of all."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from pages.ui.figure_style import TARGET, TONES, plain, styled
from pages.ui.numbers import amount


@dataclass(frozen=True, slots=True)
class Score:
    """One point of the scale: how many gave it; `tone` good, bad or open; `group` says the tone in a word."""

    label: str
    n: int
    tone: str
    group: str


def groups(scores: Sequence[Score], language: str) -> list[tuple[str, str]]:
    """The legend: (tone, group with its share of all answers), in the order of the scale."""
    total = sum(score.n for score in scores)
    sizes: dict[tuple[str, str], int] = {}
    for score in scores:
        key = (score.tone, score.group)
        sizes[key] = sizes.get(key, 0) + score.n
    return [
        (tone, f"{group} {amount(100 * n / total if total else None, 'percent', language)}")
        for (tone, group), n in sizes.items()
    ]


def distribution(scores: Sequence[Score], language: str) -> go.Figure:
    """The figure: one bar trace, y the share of all answers in percent, labelled with share and count."""
    total = sum(score.n for score in scores)
    shares = [100 * score.n / total if total else 0.0 for score in scores]
    figure = go.Figure(
        go.Bar(
            x=[plain(score.label) for score in scores],
            y=shares,
            marker={"color": [TONES[score.tone] for score in scores]},
            text=[f"{amount(round(share), 'count', language)}%" for share in shares],
            textfont={"color": TARGET, "size": 12},
            constraintext="none",
            customdata=[[plain(score.group), amount(score.n, "count", language)] for score in scores],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{x} · %{customdata[0]}<br>n = %{customdata[1]}<extra></extra>",
        )
    )
    styled(figure, 260)
    figure.update_layout(bargap=0.35)
    figure.update_xaxes(type="category")
    figure.update_yaxes(ticksuffix="%", nticks=5, rangemode="tozero")
    return figure
