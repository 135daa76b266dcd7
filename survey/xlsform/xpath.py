"""Reads the part of XPath that XLSForm conditions are written in; nothing is executed."""

import re
from collections.abc import Iterator

from survey.foreign.parsing import Parser, Token, cut
from survey.foreign.tree import Apply, Ref, Tree, Untranslatable

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
_WORDS = frozenset({"or", "and", "div", "mod"})
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


def read_xpath(source: str) -> Tree:
    """The tree of an expression. Raises Untranslatable."""
    return _Parser(_tokens(source)).whole()


class _Parser(Parser):
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

    def _named(self, kind: str, text: str) -> Tree:
        if kind == "ref" or (kind, text) == ("sign", "."):
            return Ref(text)
        raise Untranslatable


def _tokens(source: str) -> Iterator[Token]:
    for kind, text in cut(source, _TOKEN, _LONGEST):
        yield ("sign" if text in _WORDS and kind == "name" else kind), text
