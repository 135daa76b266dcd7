"""From conditions of foreign forms to expressions of ours, exactly or not at all.

There an unanswered question is an empty text and every comparison is true or false; with us a comparison
with it is unknown. So what would be true of an empty text is said: `not answered(a) or a != 'x'`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from survey.expression import Kind
from survey.expression.kinds import DATE, NUMBER, TEXT
from survey.expression.shapes import day, is_number
from survey.foreign.patterns import digits, is_of_email
from survey.foreign.tree import Apply, Number, Ref, Text, Tree, Untranslatable, bare, joined

_INVERSE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Known:
    """A name that may be spoken of: our code, its kind, and choice as named there -> our code."""

    code: str
    kind: Kind
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Term:
    """A value: its text in our language, its kind, the codes it needs; `source` is what it was."""

    text: str
    kind: Kind
    needs: tuple[str, ...]
    source: Tree


def condition_of(tree: Tree, known: Mapping[str, Known]) -> str:
    """The show_if that is true exactly when the tree is. Raises Untranslatable."""
    return bare(_Translator(known, None).truth(tree, True))


def rule_of(tree: Tree, known: Mapping[str, Known], own: Known) -> str:
    """The validation of a given answer, named "." in the tree, that is false exactly when the tree is. Raises
    Untranslatable."""
    return bare(_Translator({**known, ".": own}, own.code).truth(tree, True))


class _Translator:
    """`own` is the code of a question whose answer is given; then nothing may remain unknown."""

    def __init__(self, known: Mapping[str, Known], own: str | None) -> None:
        self._known, self._own = known, own

    def truth(self, node: Tree, wanted: bool) -> str:
        """An expression that is true exactly when the node is `wanted`."""
        match node:
            case Ref():
                return self._answered(self._name(node).code, wanted)
            case Number(value=value):
                return "true" if bool(Fraction(value)) is wanted else "false"
            case Apply(function="and" | "or" as word, operands=operands):
                return joined(
                    word if wanted else _other(word), [self.truth(part, wanted) for part in operands]
                )
            case Apply(function="not", operands=(operand,)):
                return self.truth(operand, not wanted)
            case Apply(function="true" | "false" as word, operands=()):
                return "true" if (word == "true") is wanted else "false"
            case Apply(function="selected", operands=(Ref() as ref, Text(value=value))):
                known = self._name(ref)
                if known.kind.name not in ("choice", "choices"):
                    raise Untranslatable
                said = f"selected({known.code}, {_quoted(self._choice(known, value))})"
                return said if wanted else f"not {said}"
            case Apply(function="regex", operands=(Ref() as ref, Text(value=pattern))):
                return self._pattern(self._name(ref), pattern, wanted)
            case Apply(function=sign, operands=(left, right)) if sign in _INVERSE:
                return self._compare(sign, left, right, wanted)
            case _:
                raise Untranslatable

    def _name(self, ref: Ref) -> Known:
        found = self._known.get(ref.name)
        if found is None:
            raise Untranslatable
        return found

    def _answered(self, code: str, wanted: bool) -> str:
        if code == self._own:
            return "true" if wanted else "false"
        return f"answered({code})" if wanted else f"not answered({code})"

    @staticmethod
    def _choice(known: Known, value: str) -> str:
        if value not in known.choices:
            raise Untranslatable
        return known.choices[value]

    def _pattern(self, known: Known, pattern: str, wanted: bool) -> str:
        bounds = digits(pattern)
        if known.kind != TEXT or not (bounds or is_of_email(pattern)):
            raise Untranslatable
        if bounds is None:
            said = f"is_email({known.code})"
        else:
            said = joined("and", [f"is_digits({known.code})", *_lengths(known.code, *bounds)])
        return self._guarded(said if wanted else f"not ({said})", (known.code,), not wanted)

    def _guarded(self, said: str, needs: tuple[str, ...], when_unanswered: bool) -> str:
        """The comparison, and what holds when something it needs is not answered."""
        others = [code for code in dict.fromkeys(needs) if code != self._own]
        if when_unanswered and others:
            return joined("or", [*(f"not answered({code})" for code in others), said])
        if self._own is not None and others:
            return joined("and", [*(f"answered({code})" for code in others), said])
        return said

    def _compare(self, sign: str, left: Tree, right: Tree, wanted: bool) -> str:
        if isinstance(left, Text | Number) and not isinstance(right, Text | Number):
            left, right, sign = right, left, _MIRRORED[sign]
        if right == Text("") and isinstance(left, Ref) and sign in ("=", "!="):
            return self._answered(self._name(left).code, (sign == "!=") is wanted)
        if isinstance(left, Ref) and isinstance(right, Text) and sign in ("=", "!="):
            known = self._name(left)
            if known.kind == NUMBER and right.value in known.choices:
                right = Number(known.choices[right.value])
        one, other = self._term(left), self._term(right)
        at_unanswered = (sign == "!=") is wanted
        said_sign = sign if wanted else _INVERSE[sign]
        if one.kind.name == "choice" and isinstance(right, Text | Number):
            said = self._compare_choice(said_sign, self._name_of(left), right)
            return self._guarded(said, one.needs, at_unanswered)
        other = _alike(one, other)
        if one.kind.name not in ("number", "date") and sign not in ("=", "!="):
            raise Untranslatable
        if one.kind.name == "choice" and self._name_of(left).choices != self._name_of(right).choices:
            raise Untranslatable
        said = f"{one.text} {said_sign} {other.text}"
        if isinstance(left, Ref) and isinstance(right, Ref) and sign in ("=", "!="):
            return self._both(said, one.text, other.text, said_sign)
        return self._guarded(said, (*one.needs, *other.needs), at_unanswered)

    def _both(self, said: str, one: str, other: str, sign: str) -> str:
        """Two answers compared: two empty ones are equal there."""
        yes = {code: self._answered(code, True) for code in (one, other)}
        no = {code: self._answered(code, False) for code in (one, other)}
        given = joined("and", [yes[one], yes[other], said])
        if sign == "=":
            return joined("or", [given, joined("and", [no[one], no[other]])])
        return joined(
            "or", [given, joined("and", [yes[one], no[other]]), joined("and", [no[one], yes[other]])]
        )

    def _name_of(self, node: Tree) -> Known:
        if not isinstance(node, Ref):
            raise Untranslatable
        return self._name(node)

    def _compare_choice(self, sign: str, known: Known, literal: Text | Number) -> str:
        if sign in ("=", "!="):
            return f"{known.code} {sign} {_quoted(self._choice(known, literal.value))}"
        if not is_number(literal.value) or not all(is_number(raw) for raw in known.choices):
            raise Untranslatable
        limit = Fraction(literal.value)
        fitting = [
            code
            for raw, code in known.choices.items()
            if {"<": Fraction(raw) < limit, "<=": Fraction(raw) <= limit}.get(sign, False)
            or {">": Fraction(raw) > limit, ">=": Fraction(raw) >= limit}.get(sign, False)
        ]
        if not fitting:
            return "false"
        return f"{known.code} in ({', '.join(_quoted(code) for code in fitting)})"

    def _term(self, node: Tree) -> _Term:
        match node:
            case Number(value=value):
                return _Term(value, NUMBER, (), node)
            case Text(value=value):
                return _Term(_quoted(value), TEXT, (), node)
            case Ref():
                known = self._name(node)
                if known.kind.name == "choices":
                    raise Untranslatable
                return _Term(known.code, known.kind, (known.code,), node)
            case Apply(function="string-length", operands=(Ref() as ref,)) if self._name(ref).kind == TEXT:
                return _Term(f"length({self._name(ref).code})", NUMBER, (), node)
            case Apply(function="count-selected", operands=(Ref() as ref,)):
                if self._name(ref).kind.name != "choices":
                    raise Untranslatable
                return _Term(f"count({self._name(ref).code})", NUMBER, (), node)
            case Apply(function="today", operands=()):
                return _Term("today()", DATE, (), node)
            case Apply(function="date", operands=(Text(value=value),)) if day(value):
                return _Term(f"date('{value}')", DATE, (), node)
            case Apply(function="number", operands=(operand,)):
                return self._numeric(operand)
            case Apply(function="negative", operands=(operand,)):
                term = self._numeric(operand)
                return _Term(f"-({term.text})" if term.needs else f"-{term.text}", NUMBER, term.needs, node)
            case Apply(function="+" | "-" | "*" | "div" as sign, operands=(left, right)):
                one, other = self._numeric(left), self._numeric(right)
                if sign == "div" and not (isinstance(right, Number) and Fraction(right.value)):
                    raise Untranslatable
                said = f"({one.text} {'/' if sign == 'div' else sign} {other.text})"
                return _Term(said, NUMBER, (*one.needs, *other.needs), node)
            case _:
                raise Untranslatable

    def _numeric(self, node: Tree) -> _Term:
        term = self._term(node)
        if term.kind != NUMBER:
            raise Untranslatable
        return term


def _lengths(code: str, least: int | None, most: int | None) -> list[str]:
    if least == most:
        return [] if least is None else [f"length({code}) = {least}"]
    return [f"length({code}) >= {least}", f"length({code}) <= {most}"]


def _alike(one: _Term, other: _Term) -> _Term:
    """The second value as of the kind of the first. Raises Untranslatable."""
    if one.kind == other.kind or {one.kind.name, other.kind.name} == {"choice"}:
        return other
    literal = other.source
    if (
        isinstance(literal, Text)
        and one.kind == NUMBER
        and re.fullmatch("-?(?:0|[1-9][0-9]{0,11})", literal.value)
    ):
        return _Term(literal.value, NUMBER, (), literal)
    raise Untranslatable


def _quoted(text: str) -> str:
    if "\n" in text or ("'" in text and '"' in text):
        raise Untranslatable
    return f'"{text}"' if "'" in text else f"'{text}'"


def _other(word: str) -> str:
    return "or" if word == "and" else "and"
