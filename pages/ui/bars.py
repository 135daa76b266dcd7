"""Counts as bars: lying, one a stage or question, with the number and its share; or standing, one a day."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from pages.ui.figure_style import GRID, QUIET, TARGET, VALUE, plain, styled
from pages.ui.numbers import amount, day

_ROW = 44
_LONGEST = 22  # characters of a label; a Chinese one counts twice
_CHARACTER = 0.06  # of the width


@dataclass(frozen=True, slots=True)
class Bar:
    """`note` stands behind the number, such as its share; `quiet` for what is no part of the sequence."""

    label: str
    n: int
    note: str = ""
    quiet: bool = False


def lying(bars: Sequence[Bar], language: str) -> go.Figure:
    """The figure: one bar a row, the first on top, labelled with the count and the note."""
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=list(range(len(bars))),
            x=[bar.n for bar in bars],
            width=0.6,
            marker={"color": [QUIET if bar.quiet else VALUE for bar in bars]},
            text=[_text(bar, language) for bar in bars],
            textposition="outside",
            textfont={"color": TARGET, "size": 13},
            constraintext="none",
            cliponaxis=False,
            hovertext=[plain(bar.label) for bar in bars],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    styled(figure, 48 + _ROW * len(bars))
    labels = [_short(bar.label) for bar in bars]
    most = max((bar.n for bar in bars), default=0) or 1
    # Room for the words behind the bars, also on a phone.
    ends = [bar.n / most + _CHARACTER * len(_text(bar, language)) for bar in bars]
    figure.update_xaxes(range=[0, most * max(ends, default=1.0)], showticklabels=False)
    figure.update_yaxes(
        tickvals=list(range(len(bars))), ticktext=labels, range=[len(bars) - 0.5, -0.5], showgrid=False
    )
    return figure


def daily(counts: Mapping[date, int], first: date, last: date, language: str) -> go.Figure:
    """The figure: one bar a day from the first to the last, also where nothing was counted."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    figure = go.Figure(
        go.Bar(
            x=[each.isoformat() for each in days],
            y=[counts.get(each, 0) for each in days],
            marker={"color": VALUE},
            hovertext=[
                f"{day(each, language)}<br>n = {amount(counts.get(each, 0), 'count', language)}"
                for each in days
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    styled(figure, 260)
    figure.update_layout(bargap=0.25)
    shown = days[:: max(1, -(-len(days) // 5))]
    figure.update_xaxes(
        tickvals=[each.isoformat() for each in shown],
        ticktext=[_day_of_month(each, language) for each in shown],
        type="date",
        tickangle=0,
    )
    figure.update_yaxes(nticks=5, rangemode="tozero", tickformat=",d", gridcolor=GRID)
    return figure


def _text(bar: Bar, language: str) -> str:
    count = amount(bar.n, "count", language)
    return f"{count} · {plain(bar.note)}" if bar.note else count


def _short(label: str) -> str:
    """The label on two lines at most: the axis of a phone has no room for a whole question."""
    lines, width = [""], 0
    for char in label:
        width += 1 + (unicodedata.east_asian_width(char) in "WF")
        if width > _LONGEST:
            if len(lines) == 2:
                return "<br>".join(plain(line) for line in (lines[0], f"{lines[1].rstrip()}…"))
            head, space, tail = lines[0].rpartition(" ")
            lines = [head if space else lines[0], f"{tail}{char}" if space else char]
            width = len(lines[1])
        else:
            lines[-1] += char
    return "<br>".join(plain(line) for line in lines)


def _day_of_month(value: date, language: str) -> str:
    whole = day(value, language)
    return whole.partition("年")[2] if language == "zh" else whole.rpartition(" ")[0]
