"""Finds what an expression must not say before anybody answers: unknown names, kinds that do not fit."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from survey.expression.faults import Fault
from survey.expression.kinds import ANY, FUNCTIONS, NUMBER, TEXT, TRUTH, Kind, KindName
from survey.expression.shapes import day
from survey.expression.tree import (
    Calculate,
    Call,
    Compare,
    Constant,
    Junction,
    Name,
    Negative,
    Node,
    Not,
    Within,
)

_ORDERED = ("number", "date", "any")
_SINGLE = ("number", "text", "choice", "date")


def check(
    node: Node,
    known: Mapping[str, Kind],
    later: Iterable[str] = (),
    wanted: tuple[KindName, ...] = ("truth",),
) -> tuple[Fault, ...]:
    """Everything wrong with an expression, in the order of its text; () when it can be evaluated.

    `known` gives the kind of each name that may be used, `later` the names that exist but are not answered
    yet; `wanted` are the kinds the whole may have."""
    checker = _Checker(known, frozenset(later))
    kind = checker.kind(node)
    if kind.name not in (*wanted, "any"):
        checker.refuse("expression-kind", node, found=kind.name, wanted=wanted)
    return tuple(sorted(checker.faults, key=lambda fault: fault.position))


class _Checker:
    def __init__(self, known: Mapping[str, Kind], later: frozenset[str]) -> None:
        self._known = known
        self._later = later
        self.faults: list[Fault] = []

    def refuse(self, code: str, node: Node, **values: object) -> Kind:
        """Note the fault; what was refused fits everywhere."""
        self.faults.append(Fault(code, node.position, values))
        return ANY

    def kind(self, node: Node) -> Kind:
        """The kind of what the node gives; its faults are noted."""
        match node:
            case Constant(value=value):
                return TRUTH if isinstance(value, bool) else TEXT if isinstance(value, str) else NUMBER
            case Name():
                return self._name(node)
            case Not(operand=operand):
                self._must(operand, "truth")
                return TRUTH
            case Negative(operand=operand):
                self._must(operand, "number")
                return NUMBER
            case Junction(operands=operands):
                for operand in operands:
                    self._must(operand, "truth")
                return TRUTH
            case Calculate(left=left, right=right):
                self._must(left, "number")
                self._must(right, "number")
                return NUMBER
            case Compare():
                return self._compare(node)
            case Within():
                return self._within(node)
            case Call():
                return self._call(node)

    def _must(self, node: Node, *allowed: KindName) -> Kind:
        kind = self.kind(node)
        if kind.name not in (*allowed, "any"):
            return self.refuse("expression-kind", node, found=kind.name, wanted=allowed)
        return kind

    def _name(self, node: Name) -> Kind:
        kind = self._known.get(node.name)
        if kind is not None:
            return kind
        if node.name in self._later:
            return self.refuse("expression-name-later", node, name=node.name)
        nearest = get_close_matches(node.name, self._known, n=1, cutoff=0.75)
        if nearest:
            return self.refuse("expression-name-misspelt", node, name=node.name, nearest=nearest[0])
        return self.refuse("expression-name-unknown", node, name=node.name)

    def _compare(self, node: Compare) -> Kind:
        left, right = self.kind(node.left), self.kind(node.right)
        for kind, side in ((left, node.left), (right, node.right)):
            if kind.name == "choices":
                self.refuse("expression-choices-compared", side)
                return TRUTH
        if not self._alike(left, node.left, right, node.right):
            self.refuse("expression-kinds-differ", node, left=left.name, right=right.name)
        elif node.sign not in ("=", "!=") and not {left.name, right.name} <= set(_ORDERED):
            self.refuse("expression-not-ordered", node, sign=node.sign, found=left.name)
        return TRUTH

    def _alike(self, left: Kind, left_node: Node, right: Kind, right_node: Node) -> bool:
        """Whether the two may be compared; a text beside a choice must be one of its codes."""
        if ANY in (left, right) or left.name == right.name:
            return True
        if {left.name, right.name} != {"choice", "text"}:
            return False
        choice, text = (left, right_node) if left.name == "choice" else (right, left_node)
        self._offered(choice, text)
        return True

    def _offered(self, choice: Kind, node: Node) -> None:
        if isinstance(node, Constant) and choice.name != "any" and node.value not in choice.codes:
            self.refuse("expression-choice-unknown", node, raw=str(node.value), allowed=choice.codes)

    def _within(self, node: Within) -> Kind:
        item = self.kind(node.item)
        if item.name in ("choices", "truth"):
            self.refuse("expression-kind", node.item, found=item.name, wanted=_SINGLE)
        for option in node.options:
            kind = self.kind(option)
            if kind.name == "choices" and len(node.options) == 1:
                if item.name not in ("text", "choice", "any"):
                    self.refuse("expression-kinds-differ", node, left=item.name, right=kind.name)
                self._offered(kind, node.item)
            elif not self._alike(item, node.item, kind, option):
                self.refuse("expression-kinds-differ", option, left=item.name, right=kind.name)
        return TRUTH

    def _call(self, node: Call) -> Kind:
        signature = FUNCTIONS.get(node.function)
        if signature is None:
            for argument in node.arguments:
                self.kind(argument)
            return self.refuse(
                "expression-function-unknown", node, name=node.function, allowed=tuple(sorted(FUNCTIONS))
            )
        if len(node.arguments) != len(signature.takes):
            for argument in node.arguments:
                self.kind(argument)
            self.refuse(
                "expression-arguments",
                node,
                name=node.function,
                wanted=len(signature.takes),
                found=len(node.arguments),
            )
            return signature.gives
        kinds = [
            self._must(argument, *sorted(takes))
            for argument, takes in zip(node.arguments, signature.takes, strict=True)
        ]
        return self._special(node, kinds) or signature.gives

    def _special(self, node: Call, kinds: list[Kind]) -> Kind | None:
        """What a function asks beyond the kinds of its arguments."""
        if node.function in ("selected", "date"):
            last = node.arguments[-1]
            if not isinstance(last, Constant):
                self.refuse("expression-not-literal", last, name=node.function)
            elif node.function == "selected":
                self._offered(kinds[0], last)
            elif day(str(last.value)) is None:
                self.refuse("expression-no-date", last, raw=str(last.value))
        if node.function == "answered" and not isinstance(node.arguments[0], Name):
            self.refuse("expression-not-a-question", node.arguments[0], name=node.function)
        if node.function != "coalesce":
            return None
        first, second = kinds
        if ANY in kinds:
            return ANY
        if first == second:
            return first
        if not {first.name, second.name} <= {"choice", "text"}:
            return self.refuse("expression-kinds-differ", node, left=first.name, right=second.name)
        return TEXT
