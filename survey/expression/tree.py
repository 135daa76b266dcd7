"""The tree of an expression. Every node knows its place in the text, from 1, and how deep it reaches."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

Comparison = Literal["=", "!=", "<", "<=", ">", ">="]
Arithmetic = Literal["+", "-", "*", "/"]


class _Node:
    """What all nodes have; not frozen slots, since the depth is kept once it is known."""

    position: int

    @property
    def parts(self) -> tuple["Node", ...]:
        return ()

    @cached_property
    def depth(self) -> int:
        """1 for a leaf."""
        return 1 + max((part.depth for part in self.parts), default=0)


@dataclass(frozen=True)
class Constant(_Node):
    """A number, a text or true/false as written."""

    value: Fraction | str | bool
    position: int


@dataclass(frozen=True)
class Name(_Node):
    """A question's code, or `member.` and a field of the member's."""

    name: str
    position: int


@dataclass(frozen=True)
class Negative(_Node):
    """The number with its sign turned."""

    operand: "Node"
    position: int

    @property
    def parts(self) -> tuple["Node", ...]:
        return (self.operand,)


@dataclass(frozen=True)
class Not(_Node):
    """True where the operand is false."""

    operand: "Node"
    position: int

    @property
    def parts(self) -> tuple["Node", ...]:
        return (self.operand,)


@dataclass(frozen=True)
class Junction(_Node):
    """Two or more conditions joined by `and` or by `or`."""

    word: Literal["and", "or"]
    operands: tuple["Node", ...]
    position: int

    @property
    def parts(self) -> tuple["Node", ...]:
        return self.operands


@dataclass(frozen=True)
class Compare(_Node):
    """Two values compared."""

    sign: Comparison
    left: "Node"
    right: "Node"
    position: int

    @property
    def parts(self) -> tuple["Node", ...]:
        return (self.left, self.right)


@dataclass(frozen=True)
class Calculate(_Node):
    """Two numbers made one."""

    sign: Arithmetic
    left: "Node"
    right: "Node"
    position: int

    @property
    def parts(self) -> tuple["Node", ...]:
        return (self.left, self.right)


@dataclass(frozen=True)
class Within(_Node):
    """Whether the value is one of the options, or among the choices made of one question."""

    item: "Node"
    options: tuple["Node", ...]
    position: int

    @property
    def parts(self) -> tuple["Node", ...]:
        return (self.item, *self.options)


@dataclass(frozen=True)
class Call(_Node):
    """A function applied."""

    function: str
    arguments: tuple["Node", ...]
    position: int

    @property
    def parts(self) -> tuple["Node", ...]:
        return self.arguments


Node = Constant | Name | Negative | Not | Junction | Compare | Calculate | Within | Call


def names(node: Node) -> frozenset[str]:
    """Every name the tree speaks of."""
    own = {node.name} if isinstance(node, Name) else set()
    return frozenset(own.union(*(names(part) for part in node.parts)))
