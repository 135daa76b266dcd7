"""Text from people in a widget's label, which Streamlit would read as Markdown."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$&^=])")
_DIRECTIVE = re.compile(r":(?=[A-Za-z+])")
_NOTHING = "\N{WORD JOINER}"


def literal(text: str) -> str:
    """A label that shows `text` as it is, on one line: Markdown signs escaped, ":icon:" broken up."""
    return _MARKS.sub(r"\\\1", _DIRECTIVE.sub(":" + _NOTHING, " ".join(text.split())))
