"""Conditions go over exactly: what XPath says of every pair of answers, our expression says too."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.expression import Kind, evaluate, parse
from survey.expression.kinds import DATE, NUMBER, TEXT, Value
from survey.foreign.conditions import Known, condition_of, rule_of
from survey.foreign.tree import Untranslatable, bare
from survey.xlsform.phrasing import relevant_of
from survey.xlsform.xpath import read_xpath

COLOURS = {"red": "red", "Dark Blue": "dark_blue"}
KNOWN = {
    "Age": Known("age", NUMBER),
    "years": Known("years", NUMBER),
    "name": Known("name", TEXT),
    "colour": Known("colour", Kind("choice", tuple(COLOURS.values())), COLOURS),
    "many": Known("many", Kind("choices", tuple(COLOURS.values())), COLOURS),
    "grade": Known("grade", Kind("choice", ("1", "2", "3")), {"1": "1", "2": "2", "3": "3"}),
    "day": Known("day", DATE),
}


@pytest.mark.parametrize(
    ("xpath", "expression"),
    [
        ("${Age} > 17", "age > 17"),
        ("18 <= ${Age}", "age >= 18"),
        ("${Age} != 5", "not answered(age) or age != 5"),
        ("not(${Age} > 5)", "not answered(age) or age <= 5"),
        ("${colour} = 'Dark Blue'", "colour = 'dark_blue'"),
        ("selected(${many}, 'red') and ${name} != ''", "selected(many, 'red') and answered(name)"),
        ('not(selected(${ many }, "red"))', "not selected(many, 'red')"),
        ("count-selected(${many}) >= 2", "count(many) >= 2"),
        ("string-length(${name}) > 3", "length(name) > 3"),
        ("${grade} >= 2", "grade in ('2', '3')"),
        ("${grade} = 2", "grade = '2'"),
        ("${day} <= today()", "day <= today()"),
        ("${day} > date('2026-01-31')", "day > date('2026-01-31')"),
        ("${Age} = ''", "not answered(age)"),
        ("${Age} + 1 > ${years} div 2", "(age + 1) > (years / 2)"),
        ("true() and (${Age} > 1 or ${Age} < 0)", "true and (age > 1 or age < 0)"),
    ],
)
def test_a_condition_in_our_words(xpath: str, expression: str) -> None:
    assert condition_of(read_xpath(xpath), KNOWN) == expression


@pytest.mark.parametrize(
    "xpath",
    [
        "pulldata('a', 'b', 'c', ${Age})",
        "${nobody} = 1",
        "${many} = 'red'",
        "${colour} = 'green'",
        "${colour} > 'red'",
        "${name} = 5",
        "${day} > '2026-01-01'",
        "today() - 30 < ${day}",
        "${Age} mod 2 = 0",
        "${Age} div ${years} > 1",
        "../Age > 1",
        "Age > 1",
        "regex(${name}, '[a-z]+')",
        "${Age} > 1 and",
        "${Age} >",
        "(" * 200 + "1" + ")" * 200,
        "1" * 3000,
        "${Age} = ‘1’",
        "if(${Age} > 1, 1, 2) = 1",
        "",
    ],
)
def test_what_cannot_be_said_exactly_is_not_said(xpath: str) -> None:
    with pytest.raises(Untranslatable):
        condition_of(read_xpath(xpath), KNOWN)


def test_a_rule_speaks_of_the_answer_itself() -> None:
    own = Known("self", NUMBER)
    assert rule_of(read_xpath(". >= 18 and . <= 120"), KNOWN, own) == "self >= 18 and self <= 120"
    assert rule_of(read_xpath(". <= ${Age}"), KNOWN, own) == "answered(age) and self <= age"
    text = Known("self", TEXT)
    ten_digits = read_xpath("regex(., '^[0-9]{10}$')")
    assert rule_of(ten_digits, KNOWN, text) == "is_digits(self) and length(self) = 10"


@pytest.mark.parametrize(
    "pattern",
    [
        "[^@]+@[^@]+",
        r"^\S+@\S+\.\S+$",
        r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,4}$",
        r"^\w+([.-]?\w+)*@\w+([.-]?\w+)*(\.\w{2,3})+$",
        ".+@.+",
    ],
)
def test_a_pattern_of_an_address_asks_for_an_address(pattern: str) -> None:
    asked = read_xpath(f"regex(., '{pattern}')")
    assert rule_of(asked, KNOWN, Known("self", TEXT)) == "is_email(self)"


@pytest.mark.parametrize("pattern", [r".+@example\.com", "@", "[a-z]+", "a@b@c", "[a-z@]+", ".+@.+|none"])
def test_another_pattern_is_not_taken_for_one(pattern: str) -> None:
    with pytest.raises(Untranslatable):
        rule_of(read_xpath(f"regex(., '{pattern}')"), KNOWN, Known("self", TEXT))


def test_parentheses_inside_quotes_do_not_count() -> None:
    assert bare("(a = '(') and (b = ')')") == "(a = '(') and (b = ')')"
    assert bare("(a = ')' or b = '(')") == "a = ')' or b = '('"


# An XPath evaluator for the sentences made below, as XPath 1.0 has it: empty is '' and no number.
Answers = Mapping[str, Value]
Sentence = str | tuple["Sentence", ...]
ATOMS = [
    *(
        f"${{{name}}} {sign} {right}"
        for name in ("Age", "years")
        for sign in ("=", "!=", "<", ">=")
        for right in (1, 2)
    ),
    *(f"${{Age}} {sign} ${{years}}" for sign in ("=", "!=", "<", "<=")),
    *("${colour} = 'red'", "${colour} != 'red'", "${colour} = ''", "${colour} != ''"),
    *("selected(${many}, 'red')", "count-selected(${many}) > 1"),
]
SENTENCES = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(("and", "or")), inner),
        st.tuples(st.just("not"), inner),
    ),
    max_leaves=5,
)
NUMBERS = st.one_of(st.none(), st.sampled_from((Fraction(1), Fraction(2), Fraction(3))))
ANSWERS = st.fixed_dictionaries(
    {
        "age": NUMBERS,
        "years": NUMBERS,
        "colour": st.sampled_from((None, "red", "dark_blue")),
        "many": st.sampled_from((None, ("red",), ("dark_blue",), ("red", "dark_blue"))),
    }
)


def written(sentence: Sentence) -> str:
    """The sentence as XPath."""
    match sentence:
        case str():
            return sentence
        case ("not", inner):
            return f"not({written(inner)})"
        case (left, word, right):
            return f"({written(left)} {word} {written(right)})"
    raise AssertionError(sentence)


def xpath_truth(sentence: Sentence, answers: Answers) -> bool:
    """What XPath 1.0 makes of one of the sentences: each atom by its own rule."""
    match sentence:
        case str():
            return _atom(sentence, answers)
        case ("not", inner):
            return not xpath_truth(inner, answers)
        case (left, word, right):
            both = xpath_truth(left, answers), xpath_truth(right, answers)
            return all(both) if word == "and" else any(both)
    raise AssertionError(sentence)


def _atom(atom: str, answers: Answers) -> bool:
    many = answers["many"] or ()
    assert isinstance(many, tuple)
    if atom.startswith("selected"):
        return "red" in many
    if atom.startswith("count"):
        return len(many) > 1
    left, sign, right = atom.split()
    one = answers[left[2:-1].lower()]
    other: Value = answers["years"] if right == "${years}" else right.strip("'")
    if right in ("1", "2"):
        other = Fraction(right)
    if sign in ("=", "!="):
        return (("" if one is None else one) == ("" if other is None else other)) is (sign == "=")
    if not isinstance(one, Fraction) or not isinstance(other, Fraction):
        return False
    return {"<": one < other, "<=": one <= other, ">=": one >= other}[sign]


@settings(deadline=None)
@given(SENTENCES, ANSWERS)
def test_a_question_is_shown_here_exactly_when_it_is_there(sentence: Sentence, answers: Answers) -> None:
    said = condition_of(read_xpath(written(sentence)), KNOWN)
    assert (evaluate(parse(said), answers) is True) is xpath_truth(sentence, answers)


@settings(deadline=None)
@given(SENTENCES, ANSWERS)
def test_a_rule_refuses_here_exactly_when_it_does_there(sentence: Sentence, answers: Answers) -> None:
    answers = {**answers, "age": answers["age"] or Fraction(1)}
    said = rule_of(read_xpath(written(sentence)), KNOWN, KNOWN["Age"])
    assert (evaluate(parse(said), answers) is not False) is xpath_truth(sentence, answers)


OURS = st.recursive(
    st.sampled_from(
        (
            *("age = 1", "age != 2", "age < years", "age = years", "years in (1, 3)", "answered(age)"),
            *("colour = 'red'", "colour != 'red'", "colour in ('red', 'dark_blue')", "'red' in many"),
            *("selected(many, 'red')", "count(many) > 1"),
        )
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(("and", "or")), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda said: f"(not {said})"),
    ),
    max_leaves=5,
)
KINDS = {known.code: known.kind for known in KNOWN.values()}
BACK = {
    known.code: Known(known.code, known.kind, {code: code for code in known.kind.codes})
    for known in KNOWN.values()
}


@settings(deadline=None)
@given(OURS, ANSWERS)
def test_what_is_written_as_xpath_means_the_same_when_it_is_read_again(said: str, answers: Answers) -> None:
    again = condition_of(read_xpath(relevant_of(said, KINDS)), BACK)
    assert (evaluate(parse(again), answers) is True) is (evaluate(parse(said), answers) is True)
