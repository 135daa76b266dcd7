"""The evaluator against a slow reference: sets of all that a part may be, kept as plain truth tables."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.expression import Kind, Value, check, evaluate, parse
from survey.expression.kinds import DATE, NUMBER, TEXT

KNOWN = {
    "a": NUMBER,
    "b": NUMBER,
    "s": TEXT,
    "c": Kind("choice", ("x", "y")),
    "m": Kind("choices", ("x", "y", "z")),
    "d": DATE,
}
VALUES = st.fixed_dictionaries(
    {
        "a": st.none() | st.integers(-3, 3).map(Fraction),
        "b": st.none() | st.integers(-3, 3).map(Fraction),
        "s": st.none() | st.sampled_from(["x", "y", "小明"]),
        "c": st.none() | st.sampled_from(["x", "y"]),
        "m": st.none() | st.lists(st.sampled_from("xyz"), min_size=1, unique=True).map(tuple),
        "d": st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)),
    }
)

# A tree of the reference is a tuple: its name, then its parts; "T", "F" and "?" are the three truths.
Tree = tuple[object, ...]
AND = {"TT": "T", "TF": "F", "T?": "?", "FT": "F", "FF": "F", "F?": "F", "?T": "?", "?F": "F", "??": "?"}
OR = {"TT": "T", "TF": "T", "T?": "T", "FT": "T", "FF": "F", "F?": "?", "?T": "T", "?F": "?", "??": "?"}
NOT = {"T": "F", "F": "T", "?": "?"}

numbers: st.SearchStrategy[Tree] = st.recursive(
    st.tuples(st.just("n"), st.integers(0, 3)) | st.tuples(st.just("name"), st.sampled_from("ab")),
    lambda inner: (
        st.tuples(st.sampled_from("+-*/"), inner, inner)
        | st.tuples(st.just("neg"), inner)
        | st.tuples(st.just("coalesce"), inner, inner)
    ),
    max_leaves=6,
)
leaves: st.SearchStrategy[Tree] = st.one_of(
    st.tuples(st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), numbers, numbers),
    st.tuples(st.just("in"), numbers, st.lists(numbers, min_size=1, max_size=3).map(tuple)),
    st.tuples(st.just("text="), st.sampled_from("sc"), st.sampled_from("xy")),
    st.tuples(st.just("selected"), st.sampled_from("cm"), st.sampled_from("xy")),
    st.tuples(st.just("within"), st.sampled_from("xyz"), st.just("m")),
    st.tuples(st.just("answered"), st.sampled_from("abscmd")),
    st.tuples(st.just("many"), st.integers(0, 3)),
    st.tuples(st.just("day"), st.integers(1, 3)),
)
truths: st.SearchStrategy[Tree] = st.recursive(
    leaves,
    lambda inner: st.tuples(st.sampled_from(["and", "or"]), inner, inner) | st.tuples(st.just("not"), inner),
    max_leaves=8,
)


def written(tree: Tree) -> str:
    """The tree as an expression, every part in parentheses."""
    match tree:
        case ("n", number):
            return str(number)
        case ("name", name):
            return str(name)
        case ("neg", part):
            return f"(-{written(part)})"
        case ("coalesce", one, other):
            return f"coalesce({written(one)}, {written(other)})"
        case ("in", item, options):
            return f"({written(item)} in ({', '.join(map(written, options))}))"
        case ("text=", name, text):
            return f"({name} = '{text}')"
        case ("selected", name, code):
            return f"selected({name}, '{code}')"
        case ("within", code, name):
            return f"('{code}' in {name})"
        case ("answered", name):
            return f"answered({name})"
        case ("many", number):
            return f"(count(m) >= {number})"
        case ("day", number):
            return f'(d <= date("2026-01-0{number}"))'
        case ("not", part):
            return f"(not {written(part)})"
        case (sign, one, other):
            return f"({written(one)} {sign} {written(other)})"
    raise AssertionError(tree)


def number_of(tree: Tree, values: Mapping[str, Value]) -> Fraction | None:
    match tree:
        case ("n", int(number)):
            return Fraction(number)
        case ("name", str(name)):
            value = values[name]
            assert value is None or isinstance(value, Fraction)
            return value
        case ("neg", tuple(part)):
            found = number_of(part, values)
            return None if found is None else 0 - found
        case ("coalesce", tuple(one), tuple(other)):
            found = number_of(one, values)
            return number_of(other, values) if found is None else found
        case (sign, tuple(one), tuple(other)):
            left, right = number_of(one, values), number_of(other, values)
            if left is None or right is None or (sign == "/" and right == 0):
                return None
            if sign == "/":
                return left * Fraction(right.denominator, right.numerator)
            return left + right if sign == "+" else left - right if sign == "-" else left * right
    raise AssertionError(tree)


def truth(known: object) -> str:
    return "T" if known else "F"


def truth_of(tree: Tree, values: Mapping[str, Value]) -> str:
    match tree:
        case ("and", tuple(one), tuple(other)):
            return AND[truth_of(one, values) + truth_of(other, values)]
        case ("or", tuple(one), tuple(other)):
            return OR[truth_of(one, values) + truth_of(other, values)]
        case ("not", tuple(part)):
            return NOT[truth_of(part, values)]
        case ("in", item, options):
            found = "F"
            for option in options:
                found = OR[found + truth_of(("=", item, option), values)]
            return "?" if number_of(item, values) is None else found
        case ("text=", str(name), text):
            return "?" if values[name] is None else truth(values[name] == text)
        case ("selected", str(name), code):
            return truth(code in (values[name] or ()))
        case ("within", code, str(name)):
            return "?" if values[name] is None else truth(code in (values[name] or ()))
        case ("answered", str(name)):
            return truth(values[name] is not None)
        case ("many", int(number)):
            return truth(len(values["m"] or ()) >= number)
        case ("day", int(number)):
            day = values["d"]
            return "?" if not isinstance(day, date) else truth(day.day <= number)
        case (sign, tuple(one), tuple(other)):
            left, right = number_of(one, values), number_of(other, values)
            if left is None or right is None:
                return "?"
            order = (left - right > 0) - (left - right < 0)
            holds = {"=": (0,), "!=": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}
            return truth(order in holds[sign])
    raise AssertionError(tree)


@given(truths, VALUES)
def test_every_condition_gives_what_the_slow_reference_gives(tree: Tree, values: dict[str, Value]) -> None:
    node = parse(written(tree))
    assert check(node, KNOWN) == ()
    assert evaluate(node, values) is {"T": True, "F": False, "?": None}[truth_of(tree, values)]


@given(numbers, VALUES)
def test_every_calculation_is_exact(tree: Tree, values: dict[str, Value]) -> None:
    assert evaluate(parse(written(tree)), values) == number_of(tree, values)


def test_thirds_add_up_to_a_whole() -> None:
    assert evaluate(parse("1/3 + 1/3 + 1/3 = 1 and 0.1 + 0.2 = 0.3"), {}) is True


@pytest.mark.parametrize(
    ("text", "email", "number", "digits"),
    [
        ("li@example.com", True, False, False),
        (" li.lei+1@mail.example.cn ", True, False, False),
        ("li@example", False, False, False),
        ("@example.com", False, False, False),
        ("a@b@c.de", False, False, False),
        ("a b@example.com", False, False, False),
        ("a@example..com", False, False, False),
        ("x" * 300 + "@example.com", False, False, False),
        ("12", False, True, True),
        ("-1.50", False, True, False),
        ("１２", False, False, False),
        ("1e5", False, False, False),
        ("", False, False, False),
    ],
)
def test_shapes_of_texts(text: str, email: bool, number: bool, digits: bool) -> None:
    values = {"s": text}
    assert evaluate(parse("is_email(s)"), values) is email
    assert evaluate(parse("is_number(s)"), values) is number
    assert evaluate(parse("is_digits(s)"), values) is digits


def test_the_shape_of_nothing_is_unknown_and_its_length_is_0() -> None:
    assert evaluate(parse("is_email(s)"), {}) is None
    assert evaluate(parse("length(s) = 0 and length('满意') = 2"), {}) is True


def test_today_is_the_day_of_answering() -> None:
    node = parse("d <= today()")
    assert evaluate(node, {"d": date(2026, 7, 1)}, date(2026, 7, 1)) is True
    assert evaluate(node, {"d": date(2026, 7, 2)}, date(2026, 7, 1)) is False
    assert evaluate(node, {"d": date(2026, 7, 2)}) is None
