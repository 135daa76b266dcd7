"""From text to tree, by recursive descent; length and depth are bounded, nothing is ever executed.

Loosest first: `or`, `and`, `not`, one comparison or `in`, `+ -`, `* /`, the sign, then constants, names,
functions and parentheses."""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import cast

from survey.expression.faults import ExpressionRefused
from survey.expression.tokens import Token, tokens
from survey.expression.tree import (
    Arithmetic,
    Calculate,
    Call,
    Compare,
    Comparison,
    Constant,
    Junction,
    Name,
    Negative,
    Node,
    Not,
    Within,
)

DEEPEST = 30
"""Levels an expression may be nested, in its text and in its tree."""

_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


@lru_cache(maxsize=4096)
def parse(source: str) -> Node:
    """The tree of an expression; the same text gives the same tree. Raises ExpressionRefused."""
    return _Parser(tokens(source)).whole()


class _Parser:
    def __init__(self, found: tuple[Token, ...]) -> None:
        self._tokens = found
        self._place = 0
        self._open = 0

    def whole(self) -> Node:
        if self._peek().kind == "end":
            raise ExpressionRefused("expression-empty", 1)
        node = self._either()
        if self._peek().kind != "end":
            raise self._unexpected()
        return node

    def _peek(self) -> Token:
        return self._tokens[self._place]

    def _take(self) -> Token:
        token = self._peek()
        self._place += 1
        return token

    def _takes(self, *signs: str) -> Token | None:
        """The next token when it is one of these signs or words."""
        return self._take() if self._peek().kind == "sign" and self._peek().text in signs else None

    def _must(self, sign: str) -> None:
        if not self._takes(sign):
            raise self._unexpected(wanted=sign)

    def _unexpected(self, wanted: str = "") -> ExpressionRefused:
        token = self._peek()
        if token.kind == "end":
            return ExpressionRefused("expression-unfinished", token.position)
        if wanted:
            return ExpressionRefused("expression-expected", token.position, raw=token.text, sign=wanted)
        return ExpressionRefused("expression-unexpected", token.position, raw=token.text)

    def _deeper(self, read: Callable[[], Node]) -> Node:
        """Read what is nested once more, unless that is too deep."""
        if self._open == DEEPEST:
            raise ExpressionRefused("expression-too-deep", self._peek().position, limit=DEEPEST)
        self._open += 1
        node = read()
        self._open -= 1
        return node

    @staticmethod
    def _bounded(node: Node) -> Node:
        if node.depth > DEEPEST:
            raise ExpressionRefused("expression-too-deep", node.position, limit=DEEPEST)
        return node

    def _either(self) -> Node:
        return self._joined("or", self._both)

    def _both(self) -> Node:
        return self._joined("and", self._negation)

    def _joined(self, word: str, read: Callable[[], Node]) -> Node:
        position = self._peek().position
        operands = [read()]
        while self._takes(word):
            operands.append(read())
        if len(operands) == 1:
            return operands[0]
        return self._bounded(Junction("or" if word == "or" else "and", tuple(operands), position))

    def _negation(self) -> Node:
        token = self._takes("not")
        if token is None:
            return self._comparison()
        return self._bounded(Not(self._deeper(self._negation), token.position))

    def _comparison(self) -> Node:
        left = self._sum()
        if self._takes("in"):
            return self._bounded(Within(left, self._options(), left.position))
        token = self._takes(*_COMPARISONS)
        if token is None:
            return left
        node = Compare(cast(Comparison, token.text), left, self._sum(), left.position)
        if self._peek().text in _COMPARISONS and self._peek().kind == "sign":
            raise ExpressionRefused("expression-chained", self._peek().position)
        return self._bounded(node)

    def _options(self) -> tuple[Node, ...]:
        """What stands behind `in`: a list in parentheses, or one name."""
        if self._takes("("):
            return self._listed()
        return (self._atom(),)

    def _listed(self) -> tuple[Node, ...]:
        """Expressions up to the closing parenthesis, at least one."""
        found = [self._deeper(self._either)]
        while self._takes(","):
            found.append(self._deeper(self._either))
        self._must(")")
        return tuple(found)

    def _sum(self) -> Node:
        return self._calculation(("+", "-"), self._product)

    def _product(self) -> Node:
        return self._calculation(("*", "/"), self._signed)

    def _calculation(self, signs: tuple[str, ...], read: Callable[[], Node]) -> Node:
        node = read()
        while token := self._takes(*signs):
            node = self._bounded(Calculate(cast(Arithmetic, token.text), node, read(), node.position))
        return node

    def _signed(self) -> Node:
        token = self._takes("-")
        if token is None:
            return self._atom()
        return self._bounded(Negative(self._deeper(self._signed), token.position))

    def _atom(self) -> Node:
        if self._takes("("):
            node = self._deeper(self._either)
            self._must(")")
            return node
        token = self._peek()
        word = self._takes("true", "false")
        if word:
            return Constant(word.text == "true", word.position)
        if token.kind in ("end", "sign"):
            raise self._unexpected()
        self._take()
        if token.kind == "number":
            return Constant(Fraction(token.text), token.position)
        if token.kind == "text":
            return Constant(token.text, token.position)
        if self._takes("("):
            arguments = () if self._takes(")") else self._listed()
            return self._bounded(Call(token.text, arguments, token.position))
        return Name(token.text, token.position)
