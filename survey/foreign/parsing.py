"""What parsers of foreign conditions share: their text cut into tokens, values, calls and parentheses."""

import re
from collections.abc import Iterable, Iterator

from survey.foreign.tree import Apply, Number, Text, Tree, Untranslatable

Token = tuple[str, str]
"""What it is ("number", "text", "name", "sign" or one of the language's own) and how it is written."""


def cut(source: str, token: re.Pattern[str], longest: int) -> Iterator[Token]:
    """The tokens: the named groups of the pattern, what is in none of them left out.

    Raises Untranslatable, also for a text of more characters than `longest`."""
    if len(source) > longest:
        raise Untranslatable
    place = 0
    while place < len(source):
        match = token.match(source, place)
        if match is None:
            raise Untranslatable
        if match.lastgroup:
            yield match.lastgroup, match[match.lastgroup]
        place = match.end()


class Parser:
    """Reads a whole expression; how operators bind is for each language to say."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._tokens = [*tokens, ("end", "")]
        self._place = 0
        self._depth = 0

    def whole(self) -> Tree:
        """The tree of all tokens. Raises Untranslatable."""
        tree = self._level(0)
        if self._tokens[self._place][0] != "end":
            raise Untranslatable
        return tree

    def _level(self, level: int) -> Tree:
        """Operators of that level, which bind less than those of the next one."""
        raise NotImplementedError

    def _named(self, kind: str, text: str) -> Tree:
        """What a token stands for that is no value, no call and no parenthesis."""
        raise NotImplementedError

    def _call(self, function: str, operands: tuple[Tree, ...]) -> Tree:
        return Apply(function, operands)

    def _takes(self, *signs: str) -> str | None:
        kind, text = self._tokens[self._place]
        if kind == "sign" and text in signs:
            self._place += 1
            return text
        return None

    def _atom(self) -> Tree:
        kind, text = self._tokens[self._place]
        self._place += 1
        if kind == "number":
            return Number(f"0{text}" if text.startswith(".") else text)
        if kind == "text":
            return Text(text[1:-1])
        if kind == "name" and self._takes("("):
            return self._call(text, self._listed())
        if (kind, text) == ("sign", "("):
            tree = self._level(0)
            self._must_close()
            return tree
        return self._named(kind, text)

    def _listed(self) -> tuple[Tree, ...]:
        if self._takes(")"):
            return ()
        found = [self._level(0)]
        while self._takes(","):
            found.append(self._level(0))
        self._must_close()
        return tuple(found)

    def _must_close(self) -> None:
        if not self._takes(")"):
            raise Untranslatable
