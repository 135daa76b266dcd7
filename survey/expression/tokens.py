"""Cuts the text of an expression into tokens, each with its place."""

import re
from dataclasses import dataclass
from typing import Literal

from survey.expression.faults import ExpressionRefused

LONGEST = 1000
"""Characters an expression may have."""

WORDS = frozenset({"and", "or", "not", "in", "true", "false"})
"""Words of the language; a question with such a code cannot be named in an expression."""

TokenKind = Literal["number", "text", "name", "sign", "end"]

# Every alternative starts with another character, so a text is read in one pass without going back.
_TOKEN = re.compile(
    r"(?P<space>[ \t\n]+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<name>[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<sign><=|>=|!=|==|[=<>+*/(),-])"
)
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression: `text` as written, a quoted text without its quotes; `position` from 1."""

    kind: TokenKind
    text: str
    position: int


def tokens(source: str) -> tuple[Token, ...]:
    """The tokens of an expression, the last one of kind "end". Raises ExpressionRefused."""
    if len(source) > LONGEST:
        raise ExpressionRefused("expression-too-long", LONGEST + 1, length=len(source), limit=LONGEST)
    found: list[Token] = []
    place = 0
    while place < len(source):
        match = _TOKEN.match(source, place)
        if match is None:
            code = "expression-quote-open" if source[place] in "'\"" else "expression-character"
            raise ExpressionRefused(code, place + 1, raw=source[place])
        if match["number"] and len(match["number"]) > _MOST_DIGITS:
            raise ExpressionRefused("expression-number-long", place + 1, limit=_MOST_DIGITS)
        token = _token(match, place + 1)
        if token:
            found.append(token)
        place = match.end()
    return (*found, Token("end", "", len(source) + 1))


def _token(match: re.Match[str], position: int) -> Token | None:
    if match["number"] is not None:
        return Token("number", match["number"], position)
    if match["text"] is not None:
        return Token("text", match["text"][1:-1], position)
    if match["name"] is not None:
        return Token("sign" if match["name"] in WORDS else "name", match["name"], position)
    if match["sign"] is not None:
        return Token("sign", "=" if match["sign"] == "==" else match["sign"], position)
    return None
