"""The one figure style: colours by role, type, margins, and how a figure is put on the page.

The colours are the names that Streamlit's Plotly theme replaces in the reader's browser by
`theme.chartCategoricalColors` of .streamlit/config.toml, so a figure follows light and dark, also when the
reader switches while it is open.
"""

import html
from typing import Final

import plotly.graph_objects as go
import streamlit as st
from streamlit.elements.lib import streamlit_plotly_theme as theme

VALUE: Final = theme.CATEGORY_0
INTERVAL: Final = theme.CATEGORY_1
TARGET: Final = theme.CATEGORY_2
GOOD: Final = theme.CATEGORY_3
BAD: Final = theme.CATEGORY_4
OPEN: Final = theme.CATEGORY_5
QUIET: Final = theme.CATEGORY_7
GRID: Final = theme.CATEGORY_8
PAPER: Final = theme.CATEGORY_9

TONES: Final = {"good": GOOD, "bad": BAD, "open": OPEN}
_SETTINGS: Final = {"displayModeBar": False, "scrollZoom": False, "responsive": True}


def plain(text: str) -> str:
    """Foreign text for a Plotly label, which is read as a little HTML and, between dollars, as LaTeX."""
    return html.escape(text, quote=False).replace("$", "&#36;").replace("%{", "%&#123;")


def styled(figure: go.Figure, height: int) -> go.Figure:
    """The figure in the house style: no frame, faint horizontal grid, nothing to zoom by accident."""
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 24, "b": 8, "pad": 4},
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        hoverlabel={
            "bgcolor": PAPER,
            "bordercolor": GRID,
            "font": {"color": TARGET, "size": 13},
            "align": "left",
        },
        font={"size": 13},
    )
    # Streamlit's own colour of labels has 3.6 : 1 on the page; words of this size need 4.5 (WCAG AA).
    figure.update_xaxes(
        tickfont={"color": OPEN}, showgrid=False, zeroline=False, fixedrange=True, automargin=True, title=None
    )
    figure.update_yaxes(
        tickfont={"color": OPEN}, gridcolor=GRID, zeroline=False, fixedrange=True, automargin=True, title=None
    )
    return figure


def show_figure(figure: go.Figure, key: str, description: str) -> None:
    """Put the figure on the page; `description` is read out by screen readers."""
    st.plotly_chart(figure, key=key, config=_SETTINGS, alt=description)
