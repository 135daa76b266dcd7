"""Text from people where Streamlit would read Markdown: in labels, and in the options of radio buttons and
segmented controls. Options of drop-down lists are plain text to it and must not come through here."""

import re

# A parenthesis means something only after a bracket; screen readers would read out its backslash.
_MARKS = re.compile(r"([\\`*_{}\[\]#+\-.!|~<>$&^=])")
_DIRECTIVE = re.compile(r":(?=[A-Za-z+])")
_NOTHING = "\N{WORD JOINER}"


def literal(text: str) -> str:
    """A label that shows `text` as it is, on one line: Markdown signs escaped, ":icon:" broken up."""
    return _MARKS.sub(r"\\\1", _DIRECTIVE.sub(":" + _NOTHING, " ".join(text.split())))
