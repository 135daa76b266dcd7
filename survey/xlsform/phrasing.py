"""From expressions of ours to XLSForm conditions, exactly or not at all.

Where an unanswered question would make the two differ, the XPath says `${a} = ''` or `${a} != ''`."""

from collections.abc import Mapping
from fractions import Fraction

from survey.expression import Kind, Node, parse
from survey.expression.tree import (
    Calculate,
    Call,
    Compare,
    Comparison,
    Constant,
    Junction,
    Name,
    Negative,
    Not,
    Within,
)
from survey.foreign.tree import Untranslatable, bare, joined
from survey.question import Question

_INVERSE: Mapping[Comparison, Comparison] = {
    "=": "!=",
    "!=": "=",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
}
_SIGNS = {"/": "div"}


def relevant_of(show_if: str | None, known: Mapping[str, Kind]) -> str:
    """The XPath that is true exactly when the expression is; "" for none. Raises Untranslatable."""
    return "" if show_if is None else bare(_Phraser(known, None).holds(parse(show_if), True, False))


def constraint_of(question: Question, known: Mapping[str, Kind]) -> str:
    """The XPath that is false exactly when an answer is refused by limits or by the validation; "" for none.
    Raises Untranslatable."""
    parts: list[str] = []
    if question.number:
        limits = ((">=", question.number.min), ("<=", question.number.max))
        parts += [f". {sign} {limit}" for sign, limit in limits if limit is not None]
    if question.date:
        days = ((">=", question.date.min), ("<=", question.date.max))
        parts += [
            f". {sign} {'today()' if limit == 'today' else f'date({limit!r})'}"
            for sign, limit in days
            if limit is not None
        ]
    counts = ((">=", question.min_choices), ("<=", question.max_choices))
    if question.type == "multiple_choice":
        said = [f"count-selected(.) {sign} {limit}" for sign, limit in counts if limit is not None]
        alone = [f"selected(., '{code}')" for code in question.offered if code in question.exclusive]
        # The least does not hold for a choice that excludes the others: it is made alone.
        parts += [f"({' or '.join([*alone, part])})" if alone else part for part in said]
        parts += [f"not({each} and count-selected(.) > 1)" for each in alone]
    if question.validation:
        parts.append(_Phraser(known, question.code).holds(parse(question.validation.expression), True, True))
    return bare(" and ".join(parts))


class _Phraser:
    """`own` is the code of the question whose answer is given: it is written "."."""

    def __init__(self, known: Mapping[str, Kind], own: str | None) -> None:
        self._known, self._own = known, own

    def holds(self, node: Node, wanted: bool, unknown: bool) -> str:
        """An XPath true exactly when the node is `wanted` or, with `unknown`, is unknown."""
        match node:
            case Constant(value=bool(value)):
                return "true()" if value is wanted else "false()"
            case Not(operand=operand):
                return self.holds(operand, not wanted, unknown)
            case Junction(word=word, operands=operands):
                said = [self.holds(operand, wanted, unknown) for operand in operands]
                return joined(word if wanted else "or" if word == "and" else "and", said)
            case Compare(sign=sign, left=left, right=right):
                said_sign = sign if wanted else _INVERSE[sign]
                sides = (left, right)
                empty = any(isinstance(side, Constant) and side.value == "" for side in sides)
                names = all(isinstance(side, Name) for side in sides)
                whole = f"{self._term(left)} {said_sign} {self._term(right)}"
                return self._guarded(whole, node, unknown, said_sign != "!=" and not names and not empty)
            case Within(item=item, options=options):
                return self._within(node, item, options, wanted, unknown)
            case Call(function=function, arguments=(Name(name=name), *rest)):
                return self._call(node, function, name, rest, wanted, unknown)
            case _:
                raise Untranslatable

    def _within(
        self, node: Within, item: Node, options: tuple[Node, ...], wanted: bool, unknown: bool
    ) -> str:
        several = [option for option in options if isinstance(option, Name) and self._several(option.name)]
        if not several:
            equal = tuple(Compare("=", item, option, node.position) for option in options)
            whole = equal[0] if len(equal) == 1 else Junction("or", equal, node.position)
            return self.holds(whole, wanted, unknown)
        if len(options) > 1 or not isinstance(item, Constant):
            raise Untranslatable
        said = f"selected({self._ref(several[0].name)}, {self._term(item)})"
        return self._guarded(said if wanted else f"not({said})", several[0], unknown, wanted)

    def _call(
        self, node: Call, function: str, name: str, rest: list[Node], wanted: bool, unknown: bool
    ) -> str:
        if function == "answered":
            if name == self._own:
                return "true()" if wanted else "false()"
            return f"{self._ref(name)} {'!=' if wanted else '='} ''"
        if function == "selected":
            said = f"selected({self._ref(name)}, {self._term(rest[0])})"
            return said if wanted else f"not({said})"
        if function == "is_digits":
            said = f"regex({self._ref(name)}, '^[0-9]+$')"
            return self._guarded(said if wanted else f"not({said})", node, unknown, wanted)
        raise Untranslatable

    def _several(self, name: str) -> bool:
        return name in self._known and self._known[name].name == "choices"

    def _ref(self, name: str) -> str:
        if name == self._own:
            return "."
        if name not in self._known:
            raise Untranslatable
        return f"${{{name}}}"

    def _guarded(self, said: str, node: Node, unknown: bool, exact: bool) -> str:
        """`exact`: it is false by itself when something in it is not answered."""
        needed = [self._ref(name) for name in sorted(_needs(node)) if name != self._own]
        if unknown and needed:
            return joined("or", [*(f"{ref} = ''" for ref in needed), said])
        if not exact and needed:
            return joined("and", [*(f"{ref} != ''" for ref in needed), said])
        return said

    def _term(self, node: Node) -> str:
        match node:
            case Constant(value=str(text)):
                return f'"{text}"' if "'" in text else f"'{text}'"
            case Constant(value=Fraction() as number):
                return _decimal(number)
            case Name(name=name) if not self._several(name):
                return self._ref(name)
            case Negative(operand=operand):
                return f"-{self._term(operand)}"
            case Calculate(sign=sign, left=left, right=right):
                if sign == "/" and not (isinstance(right, Constant) and right.value):
                    raise Untranslatable
                return f"({self._term(left)} {_SIGNS.get(sign, sign)} {self._term(right)})"
            case Call(function="today"):
                return "today()"
            case Call(function="date", arguments=(Constant(value=str(text)),)):
                return f"date('{text}')"
            case Call(function="length", arguments=(Name(name=name),)):
                return f"string-length({self._ref(name)})"
            case Call(function="count", arguments=(Name(name=name),)):
                return f"count-selected({self._ref(name)})"
            case _:
                raise Untranslatable


def _needs(node: Node) -> frozenset[str]:
    """The names that make the value unknown when they are not answered."""
    if isinstance(node, Name):
        return frozenset({node.name})
    if isinstance(node, Call) and node.function in ("length", "count"):
        return frozenset()
    return frozenset().union(*(_needs(part) for part in node.parts))


def _decimal(number: Fraction) -> str:
    # Written with at most 15 digits, so the decimal is finite.
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.15g}"
