"""Reads the part of ExpressionScript that conditions are written in; nothing is executed.

With a question that is not answered every comparison of size is false there, and so are equalities."""

import re
from collections.abc import Callable, Iterator, Sequence

from survey.foreign.parsing import Parser, Token, cut
from survey.foreign.tree import Apply, Number, Ref, Text, Tree, Untranslatable
from survey.limesurvey.tables import Row

Meant = Callable[[str], Tree]
"""What a name stands for. Raises Untranslatable."""

_LONGEST = 4000
_DEEPEST = 25
_TOKEN = re.compile(
    r"\s+"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?::[A-Za-z0-9_]+)?(?:\.[A-Za-z]+)?)"
    r"|(?P<text>'[^'\\]*'|\"[^\"\\]*\")"
    r"|(?P<sign><=|>=|!=|==|&&|\|\||[<>+*/(),!-])"
)
_WORDS = {
    "&&": "and",
    "||": "or",
    "==": "=",
    "eq": "=",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "/": "div",
}
_OPERATORS = frozenset({"and", "or", "eq", "ne", "lt", "le", "gt", "ge"})
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div"))
_SIMPLE = {"intval": "number", "floatval": "number", "strlen": "string-length"}


def read_expression(source: str, meant: Meant) -> Tree:
    """The tree of an expression. Raises Untranslatable."""
    return _Parser(source, meant).whole()


def pattern_rule(pattern: str) -> Tree:
    """The tree of a regular expression that the answer must fit."""
    return Apply("regex", (Ref("."), Text(_bare_pattern(pattern))))


def conditions_tree(rows: Sequence[Row], meant: Meant) -> Tree:
    """The tree of the rows of the table "conditions" of one question: several values of one question are
    alternatives, several questions must all fit, scenarios are alternatives again. Raises Untranslatable."""
    scenarios: dict[str, dict[str, list[Tree]]] = {}
    for row in rows:
        asked = scenarios.setdefault(row.cell("scenario"), {}).setdefault(row.cell("cfieldname"), [])
        asked.append(_condition(row, meant))
    whole = [
        _joined("and", [_joined("or", values) for values in asked.values()]) for asked in scenarios.values()
    ]
    return _joined("or", whole)


def _condition(row: Row, meant: Meant) -> Tree:
    field, method, value = row.cell("cfieldname"), row.cell("method") or "==", row.cell("value")
    if not field or "@" in value or "{" in value:
        raise Untranslatable
    left = meant(field.lstrip("+"))
    if method == "RX":
        return Apply("regex", (left, Text(_bare_pattern(value))))
    if method not in ("==", "!=", "<", "<=", ">", ">="):
        raise Untranslatable
    if method[0] in "<>":
        return Apply(method, (left, _literal(value)))
    return _compared("=" if method == "==" else "!=", left, Text(value))


def _literal(value: str) -> Tree:
    return Number(value) if re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]+)?", value) else Text(value)


def _joined(word: str, parts: Sequence[Tree]) -> Tree:
    return parts[0] if len(parts) == 1 else Apply(word, tuple(parts))


def _bare_pattern(pattern: str) -> str:
    found = re.fullmatch(r"([/#~])(.*)\1([a-zA-Z]*)", pattern.strip(), re.DOTALL)
    return found[2] if found else pattern.strip()


def _compared(sign: str, left: Tree, right: Tree) -> Tree:
    """A comparison; of a choice that may be ticked ("Y", in tables "1", or nothing) what it says of the
    ticking."""
    if isinstance(right, Apply) and right.function == "selected":
        left, right = right, left
    if not (isinstance(left, Apply) and left.function == "selected"):
        return Apply(sign, (left, right))
    if sign not in ("=", "!=") or right not in (Text("Y"), Text("1"), Number("1"), Text("")):
        raise Untranslatable
    wanted = (right != Text("")) is (sign == "=")
    return left if wanted else Apply("not", (left,))


class _Parser(Parser):
    def __init__(self, source: str, meant: Meant) -> None:
        super().__init__(_tokens(source))
        self._meant = meant

    def _level(self, level: int) -> Tree:
        if level == len(_LEVELS):
            return self._signed()
        tree = self._level(level + 1)
        parts = [tree]
        while sign := self._takes(*_LEVELS[level]):
            right = self._level(level + 1)
            if level < 2:
                parts.append(right)
                continue
            if len(parts) > _DEEPEST:
                raise Untranslatable
            parts.append(right)
            tree = _compared(sign, tree, right) if level < 4 else Apply(sign, (tree, right))
        if level < 2 and len(parts) > 1:
            return Apply(_LEVELS[level][0], tuple(parts))
        return tree

    def _signed(self) -> Tree:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Untranslatable
        if self._takes("!"):
            tree: Tree = Apply("not", (self._signed(),))
        elif self._takes("-"):
            tree = Apply("negative", (self._signed(),))
        else:
            tree = self._atom()
        self._depth -= 1
        return tree

    def _named(self, kind: str, text: str) -> Tree:
        if kind != "name":
            raise Untranslatable
        return self._meant(text)

    def _call(self, function: str, operands: tuple[Tree, ...]) -> Tree:
        match function, operands:
            case (("is_empty" | "empty"), (operand,)):
                return _compared("=", operand, Text(""))
            case (("intval" | "floatval" | "strlen"), (operand,)):
                return Apply(_SIMPLE[function], (operand,))
            case "regexMatch", (Text(value=pattern), operand):
                return Apply("regex", (operand, Text(_bare_pattern(pattern))))
            case _:
                raise Untranslatable


def _tokens(source: str) -> Iterator[Token]:
    for kind, text in cut(source, _TOKEN, _LONGEST):
        word = text.lower() if kind == "name" else text
        if kind == "sign" or word in _OPERATORS:
            yield "sign", _WORDS.get(word, word)
        else:
            yield kind, text
