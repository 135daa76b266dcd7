"""Reads the part of XPath that XLSForm conditions are written in; nothing is executed."""

import re

from survey.foreign.tree import Apply, Number, Ref, Text, Tree, Untranslatable

_LONGEST = 2000
_DEEPEST = 25
_TOKEN = re.compile(
    r"\s+"
    r"|\$\{\s*(?P<ref>[^\s{}]+)\s*\}"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_:-]*)"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<sign><=|>=|!=|[=<>+*(),-]|\.(?![./0-9]))"
)
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


def read_xpath(source: str) -> Tree:
    """The tree of an expression. Raises Untranslatable."""
    return _Parser(source).whole()


class _Parser:
    def __init__(self, source: str) -> None:
        self._tokens = [*_tokens(source), ("end", "")]
        self._place = 0
        self._depth = 0

    def whole(self) -> Tree:
        tree = self._level(0)
        if self._tokens[self._place][0] != "end":
            raise Untranslatable
        return tree

    def _takes(self, *signs: str) -> str | None:
        kind, text = self._tokens[self._place]
        if kind in ("sign", "name") and text in signs:
            self._place += 1
            return text
        return None

    def _level(self, level: int) -> Tree:
        if level == len(_LEVELS):
            return self._signed()
        tree = self._level(level + 1)
        length = 0
        while sign := self._takes(*_LEVELS[level]):
            right = self._level(level + 1)
            # A long row of conditions stays flat.
            so_far = tree.operands if length and level < 2 and isinstance(tree, Apply) else (tree,)
            tree = Apply(sign, (*so_far, right))
            length += 1
            if length > _DEEPEST and level >= 2:
                raise Untranslatable
        return tree

    def _signed(self) -> Tree:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Untranslatable
        tree = Apply("negative", (self._signed(),)) if self._takes("-") else self._atom()
        self._depth -= 1
        return tree

    def _atom(self) -> Tree:
        kind, text = self._tokens[self._place]
        self._place += 1
        if kind == "ref" or (kind, text) == ("sign", "."):
            return Ref(text)
        if kind == "number":
            return Number(text)
        if kind == "text":
            return Text(text[1:-1])
        if kind == "name" and self._takes("("):
            return Apply(text, self._listed())
        if (kind, text) == ("sign", "("):
            tree = self._level(0)
            self._must_close()
            return tree
        raise Untranslatable

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


def _tokens(source: str) -> list[tuple[str, str]]:
    if len(source) > _LONGEST:
        raise Untranslatable
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(source):
        match = _TOKEN.match(source, place)
        if match is None:
            raise Untranslatable
        if match.lastgroup:
            found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found
