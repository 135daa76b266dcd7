"""Our own HTML on a Streamlit page: templates that escape every value, shown by one function.

Text from people goes through here, never through Markdown: nothing of it is read as HTML, LaTeX or a link.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
_templates = Environment(
    loader=FileSystemLoader(HERE / "html"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_gathering: ContextVar[list[str] | None] = ContextVar("gathering", default=None)


@dataclass(frozen=True, slots=True)
class Block:
    """HTML that is ready: Streamlit takes it as it is, where it would look through a text for indentation at
    every run."""

    html: str

    def _repr_html_(self) -> str:
        return self.html

    def show(self) -> None:
        """Put it on the page."""
        st.html(self)


def render(template: str, **values: object) -> str:
    """The HTML of `html/<template>.html`, values escaped. Raises UndefinedError for a missing value."""
    return _templates.get_template(f"{template}.html").render(**values).strip()


def show(template: str, **values: object) -> None:
    """Put `html/<template>.html` on the page."""
    html, parts = render(template, **values), _gathering.get()
    if parts is None:
        Block(html).show()
    else:
        parts.append(html)


def gathered(draw: Callable[[], None]) -> Block:
    """What `draw` shows, one below the other as on the page, as one element instead of one each. Widgets and
    figures cannot be part of it."""
    parts: list[str] = []
    before = _gathering.set(parts)
    try:
        draw()
    finally:
        _gathering.reset(before)
    return Block('<div class="pb-stack">' + "".join(f"<div>{part}</div>\n" for part in parts) + "</div>")
