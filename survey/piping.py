"""Earlier answers and fields of the member inside texts: `{{ expression }}`, always as plain text.

What is put in is shown as it is and never read again, neither as an expression nor as markup."""

from collections.abc import Callable
from functools import lru_cache

from survey.expression import ExpressionRefused, Node, parse

_OPEN, _CLOSE = "{{", "}}"

Piece = str | tuple[int, str]
"""A stretch of plain text, or the place (from 1) and the text of an expression."""


@lru_cache(maxsize=4096)
def pieces(text: str) -> tuple[Piece, ...]:
    """A text cut at its `{{ }}`. Raises ExpressionRefused when one is left open."""
    found: list[Piece] = []
    place = 0
    while (start := text.find(_OPEN, place)) >= 0:
        end = text.find(_CLOSE, start)
        if end < 0:
            raise ExpressionRefused("piping-open", start + 1)
        inside = text[start + len(_OPEN) : end]
        first = end - len(inside.lstrip()) + 1
        found += [text[place:start], (first, inside.strip())]
        place = end + len(_CLOSE)
    return (*found, text[place:])


def fill(text: str, words: Callable[[Node], str]) -> str:
    """The text with the words for each expression in its place. The text was checked with its
    questionnaire."""
    if _OPEN not in text:
        return text
    return "".join(piece if isinstance(piece, str) else words(parse(piece[1])) for piece in pieces(text))
