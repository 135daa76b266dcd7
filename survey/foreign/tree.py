"""What a condition of a foreign form says, whatever language it was written in; nothing is executed.

The words are those of XPath: `=`, `and`, `or`, `not`, `selected`, `regex`, `string-length`, `count-selected`,
`today`, `date`, `number`, `div`; an answer compared with an empty text tells whether there is one."""

import re
from dataclasses import dataclass


class Untranslatable(Exception):
    """The expression says something that the other language cannot say exactly, or is broken."""


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: str


@dataclass(frozen=True, slots=True)
class Ref:
    """`${name}`; "." for the question itself."""

    name: str


@dataclass(frozen=True, slots=True)
class Apply:
    """A function, or an operator by its sign, with its operands."""

    function: str
    operands: tuple["Tree", ...]


Tree = Text | Number | Ref | Apply

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def joined(word: str, parts: list[str]) -> str:
    """The conditions joined, in parentheses where an `and` around them would take them apart. Both languages
    bind alike."""
    return " and ".join(parts) if word == "and" else f"({' or '.join(parts)})"


def bare(said: str) -> str:
    """The condition without parentheses around the whole of it."""
    if not said.startswith("("):
        return said
    depth = 0
    for place, sign in enumerate(_QUOTED.sub(lambda found: "_" * len(found[0]), said)):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return said[1:-1] if place == len(said) - 1 else said
    return said
