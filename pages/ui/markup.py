"""Our own HTML on a Streamlit page: templates that escape every value, shown by one function.

Text from people goes through here, never through Markdown: nothing of it is read as HTML, LaTeX or a link.
"""

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


def render(template: str, **values: object) -> str:
    """The HTML of `html/<template>.html`, values escaped. Raises UndefinedError for a missing value."""
    return _templates.get_template(f"{template}.html").render(**values)


def show(template: str, **values: object) -> None:
    """Put `html/<template>.html` on the page."""
    st.html(render(template, **values))
