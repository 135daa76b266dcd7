"""What an expression gives for these answers, in the three-valued logic of SQL: None is not answered.

A comparison or calculation with something unanswered gives None; `and`, `or` and `not` treat None as SQL
does; `selected`, `answered`, `count` and `length` always give an answer. Numbers are exact fractions."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from survey.expression.kinds import Value
from survey.expression.shapes import day, is_digits, is_email, is_number
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

_SHAPES = {"is_email": is_email, "is_number": is_number, "is_digits": is_digits}


def evaluate(node: Node, values: Mapping[str, Value], today: date | None = None) -> Value:
    """The value of an expression that `check` found nothing wrong with. A name without a value is None.

    Raises TypeError, at most, for an expression that was not checked."""
    match node:
        case Constant(value=value):
            return value
        case Name(name=name):
            return values.get(name)
        case Not(operand=operand):
            truth = evaluate(operand, values, today)
            return None if truth is None else not truth
        case Negative(operand=operand):
            number = evaluate(operand, values, today)
            return None if number is None else -_number(number)
        case Junction(word=word, operands=operands):
            return _join(word, [evaluate(operand, values, today) for operand in operands])
        case Compare(sign=sign, left=left, right=right):
            return _compare(sign, evaluate(left, values, today), evaluate(right, values, today))
        case Calculate(sign=sign, left=left, right=right):
            return _calculate(sign, evaluate(left, values, today), evaluate(right, values, today))
        case Within(item=item, options=options):
            return _within(
                evaluate(item, values, today), [evaluate(option, values, today) for option in options]
            )
        case Call(function=function, arguments=arguments):
            return _call(function, [evaluate(argument, values, today) for argument in arguments], today)


def _number(value: Value) -> Fraction:
    if isinstance(value, Fraction):
        return value
    raise TypeError("not a number")


def _join(word: str, values: list[Value]) -> bool | None:
    decisive = word == "or"
    if any(value is decisive for value in values):
        return decisive
    return None if None in values else not decisive


def _compare(sign: Comparison, left: Value, right: Value) -> bool | None:
    if left is None or right is None:
        return None
    if sign in ("=", "!="):
        return (left == right) is (sign == "=")
    if isinstance(left, date) and isinstance(right, date):
        order = (left > right) - (left < right)
    else:
        order = (_number(left) > _number(right)) - (_number(left) < _number(right))
    return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[sign]


def _calculate(sign: Arithmetic, left: Value, right: Value) -> Fraction | None:
    if left is None or right is None:
        return None
    one, other = _number(left), _number(right)
    if sign == "/":
        return one / other if other else None
    return {"+": one + other, "-": one - other, "*": one * other}[sign]


def _within(item: Value, options: list[Value]) -> bool | None:
    if item is None:
        return None
    unknown = False
    for option in options:
        if option is None:
            unknown = True
        elif item == option or (isinstance(option, tuple) and item in option):
            return True
    return None if unknown else False


def _call(function: str, arguments: list[Value], today: date | None) -> Value:
    if function == "today":
        return today
    first = arguments[0]
    if function == "answered":
        return first is not None
    if function == "coalesce":
        return arguments[1] if first is None else first
    if function == "selected":
        return arguments[1] in first if isinstance(first, tuple) else first == arguments[1]
    if function == "count":
        return Fraction(len(first) if isinstance(first, tuple) else 0)
    if function == "length":
        return Fraction(len(first) if isinstance(first, str) else 0)
    if not isinstance(first, str):
        return None
    return day(first) if function == "date" else _SHAPES[function](first)
