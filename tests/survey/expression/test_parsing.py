import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.expression import ExpressionRefused, names, parse
from survey.expression.parsing import DEEPEST
from survey.expression.tokens import LONGEST


def refused(source: str) -> tuple[str, int]:
    with pytest.raises(ExpressionRefused) as caught:
        parse(source)
    return caught.value.fault.code, caught.value.fault.position


@pytest.mark.parametrize(
    ("source", "code", "position"),
    [
        ("", "expression-empty", 1),
        ("  ", "expression-empty", 1),
        ("a >", "expression-unfinished", 4),
        ("(a = 1", "expression-unfinished", 7),
        ("a = 1)", "expression-unexpected", 6),
        ("a = = 1", "expression-unexpected", 5),
        ("f(a b)", "expression-expected", 5),
        ("1 < a < 5", "expression-chained", 7),
        ("a = 'x", "expression-quote-open", 5),
        ("a ＝ 1", "expression-character", 3),
        ("a = 1; b", "expression-character", 6),
        ("__import__('os').system('x')", "expression-character", 17),
        ("a[0] = 1", "expression-character", 2),
        ("a.b.c = 1", "expression-character", 4),
        ("Overall = 1", "expression-character", 1),
        ("a = 1234567890123456", "expression-number-long", 5),
        ("and", "expression-unexpected", 1),
        ("a in ()", "expression-unexpected", 7),
        ("a and", "expression-unfinished", 6),
    ],
)
def test_what_is_no_expression_is_refused_at_its_character(source: str, code: str, position: int) -> None:
    assert refused(source) == (code, position)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a or b and c", "a or (b and c)"),
        ("not a = 1 and b", "(not (a = 1)) and b"),
        ("a - b - c > 0", "((a - b) - c) > 0"),
        ("a + b * -c = 1", "(a + (b * (-c))) = 1"),
        ("a == 1", "a = 1"),
        ("a=1\nand b=2", "a = 1 and b = 2"),
    ],
)
def test_what_binds_closer_is_read_first(one: str, other: str) -> None:
    def shape(source: str) -> str:
        return re.sub(r"position=[0-9]+", "", repr(parse(source)))

    assert shape(one) == shape(other)


@pytest.mark.parametrize("opening", ["(", "not ", "-", "length(", "1 in (", "1 + (", "not ("])
def test_depth_is_bounded_and_never_a_recursion_error(opening: str) -> None:
    for times in (DEEPEST + 1, LONGEST // len(opening)):
        assert refused(opening * times)[0] in ("expression-too-deep", "expression-unfinished")
    assert refused(opening * (LONGEST // len(opening)))[0] == "expression-too-deep"


def test_a_long_row_of_conditions_is_flat_and_a_long_calculation_is_not() -> None:
    parse(" or ".join(["a"] * 150))
    assert refused(" + ".join(["1"] * 150) + " = 1")[0] == "expression-too-deep"


def test_length_is_bounded() -> None:
    assert refused("a" * (LONGEST + 1))[0] == "expression-too-long"
    parse("a" * LONGEST)


def test_every_name_is_known() -> None:
    assert names(parse("selected(a, 'x') and member.tier in (b, 'c') or -(d + 1) > e")) == {
        *"abde",
        "member.tier",
    }


@given(st.text(alphabet="ab1.'\"()=<>!+-*/, \n\tandortin", max_size=200) | st.text(max_size=50))
def test_any_text_is_read_or_refused_at_a_character_of_it(source: str) -> None:
    try:
        parse(source)
    except ExpressionRefused as error:
        assert 1 <= error.fault.position <= len(source) + 1


@pytest.mark.parametrize("source", ["'" * 999, "1" * 999, "a." * 499, "((((" * 249, " " * 1000, "(a+" * 333])
def test_no_text_takes_long(source: str) -> None:
    started = time.perf_counter()
    with pytest.raises(ExpressionRefused):
        parse(source)
    assert time.perf_counter() - started < 0.5
