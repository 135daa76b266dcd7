"""The share of members still there by months since joining: a falling stair with its ribbon of limits."""

import plotly.graph_objects as go

from pages.ui.figure_style import INTERVAL, QUIET, TARGET, VALUE, styled
from pages.ui.numbers import amount
from warehouse.membership.staying import Staying

_MOST_STEPS = 400


def staying_curve(found: Staying, language: str) -> go.Figure:
    """The figure: trace "value" the stair in percent, "low" and "high" its pointwise limits."""
    curve = found.curve
    every = max(1, len(curve.times) // _MOST_STEPS)
    kept = [place for place in range(len(curve.times)) if place % every == 0 or place == len(curve.times) - 1]
    times = [0.0, *(curve.times[place] for place in kept)]
    shares = [100.0, *(100 * curve.survival[place] for place in kept)]
    lows = [100.0, *(100 * (curve.survival_low[place] or 0.0) for place in kept)]
    highs = [100.0, *(100 * (curve.survival_high[place] or 0.0) for place in kept)]
    end = found.longest
    times, shares, lows, highs = [*times, end], [*shares, shares[-1]], [*lows, lows[-1]], [*highs, highs[-1]]
    stair = {"mode": "lines", "hoverinfo": "skip", "showlegend": False}
    figure = go.Figure(
        [
            go.Scatter(x=times, y=lows, name="low", line={"width": 0, "shape": "hv"}, **stair),
            go.Scatter(
                x=times,
                y=highs,
                name="high",
                line={"width": 0, "shape": "hv"},
                fill="tonexty",
                fillcolor=INTERVAL,
                **stair,
            ),
            go.Scatter(
                x=times,
                y=shares,
                name="value",
                mode="lines",
                line={"color": VALUE, "width": 2.5, "shape": "hv"},
                hovertemplate="%{x:.1f} · %{y:.1f} %<extra></extra>",
            ),
        ]
    )
    for months, share, _, _ in found.marks:
        if months < end / 8:  # it would lie over the next one
            continue
        figure.add_annotation(
            x=months,
            y=share,
            text=amount(share, "percent", language, decimals=0),
            showarrow=False,
            yshift=14,
            font={"color": TARGET, "size": 13},
        )
    styled(figure, 320)
    figure.update_xaxes(showline=True, linecolor=QUIET, range=[0, end], dtick=_tick(end))
    figure.update_yaxes(range=[0, 108], ticksuffix="%", tickvals=[0, 25, 50, 75, 100])
    return figure


def _tick(longest: float) -> int:
    return next((step for step in (1, 3, 6, 12) if longest / step <= 12), 24)
