import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import SurveyError, read_questionnaire
from survey.strict_yaml import YamlRefused, read_strictly


def refusal(source: str) -> tuple[str, int]:
    with pytest.raises(YamlRefused) as caught:
        read_strictly(source)
    return caught.value.code, caught.value.line


def test_plain_yaml_is_read_with_the_line_of_every_key_and_item() -> None:
    document = read_strictly("# head\na: 1\nb:\n  - x\n  - c: true\n    d: ~\ne: {f: 'g'}\n")
    assert document.content == {"a": 1, "b": ["x", {"c": True, "d": None}], "e": {"f": "g"}}
    assert document.lines == {
        (): 2,
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 1): 5,
        ("b", 1, "c"): 5,
        ("b", 1, "d"): 6,
        ("e",): 7,
        ("e", "f"): 7,
    }


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("010", "010"),
        ("0x1f", "0x1f"),
        ("1e3", "1e3"),
        ("1.0", "1.0"),
        (".nan", ".nan"),
        ("2026-07-01", "2026-07-01"),
        ("12:30", "12:30"),
        ("'5'", "5"),
        ('"true"', "true"),
        ("-5", -5),
        ("0", 0),
        ("9" * 5000, "9" * 5000),
        ("null", None),
        ("", None),
    ],
)
def test_only_decimal_integers_true_false_and_null_are_more_than_text(scalar: str, value: object) -> None:
    assert read_strictly(f"a: {scalar}\n").content == {"a": value}


def test_keys_are_text_whatever_they_look_like() -> None:
    assert read_strictly("0: a\ntrue: b\nnull: c\n").content == {"0": "a", "true": "b", "null": "c"}


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "key-duplicate", 3),
        ("a: {b: 1, b: 2}\n", "key-duplicate", 1),
        ("a: 1\n'a': 2\n", "key-duplicate", 2),
        ("a: &x 1\n", "yaml-alias", 1),
        ("a: 1\nb: *x\n", "yaml-alias", 2),
        ("*x : 1\n", "yaml-alias", 1),
        ("a:\n  <<: {b: 1}\n", "yaml-alias", 2),
        ("a: !!python/object/apply:os.system [x]\n", "yaml-tag", 1),
        ("a: !!str 1\n", "yaml-tag", 1),
        ("? [a]\n: 1\n", "yaml-key-not-text", 1),
        ("a: 1\n---\nb: 2\n", "yaml-many-documents", 2),
        ("a: 1\n b: 2\n", "yaml-broken", 2),
        ("a: [1\nb: }\n", "yaml-broken", 2),
        ("a: 'open\n", "yaml-broken", 2),
        ("a: @b\n", "yaml-broken", 1),
        ("a: 1\nb: \x00\n", "yaml-control-character", 2),
        ("a: 1\r\nb: \ud800\r\n", "yaml-control-character", 2),
        ('a: "\\0"\n', "yaml-control-character", 1),
        ('a: "\\uD800"\n', "yaml-control-character", 1),
        ("\ufffe: 1\n", "yaml-control-character", 1),
    ],
)
def test_everything_else_is_refused_with_its_line(source: str, code: str, line: int) -> None:
    assert refusal(source) == (code, line)


def test_a_quoted_merge_sign_is_a_key_like_any_other() -> None:
    assert read_strictly("'<<': 1\n").content == {"<<": 1}


@pytest.mark.parametrize(
    "source",
    [
        "a: " + "[" * 5000 + "]" * 5000,
        "a: " + "{b: " * 5000 + "}" * 5000,
        "[" * 100_000,
        "\n".join(" " * depth + "a:" for depth in range(500)),
        "- " * 5000 + "x",
    ],
    ids=["lists", "mappings", "unclosed", "block mappings", "block lists"],
)
def test_deep_nesting_is_refused_and_not_followed(source: str) -> None:
    assert refusal(source)[0] == "yaml-too-deep"


def test_a_refusal_names_the_key_and_the_first_of_two() -> None:
    with pytest.raises(YamlRefused) as caught:
        read_strictly("a:\n  - b: 1\n    b: 2\n")
    assert caught.value.key == ("a", 0, "b")
    assert caught.value.values == {"key": "b", "first": 2}


@given(st.text(alphabet=st.sampled_from("{}[]:,-#&*!|>'\"%@`?~<. \n\tabc01\\é\ufeff😀"), max_size=40))
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        document = read_strictly(source)
    except YamlRefused as refused:
        assert refused.line >= 1
    else:
        assert () in document.lines


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a: b: c\n", "冒号"),
        ("a: 1\n b: 2\n", "冒号"),
        ("a:\n  - x\n b: 1\n", "缩进"),
        ("a: [1, 2\nb: 3\n", "方括号"),
        ("a: {x: 1\nb: 2\n", "花括号"),
        ("a: 'open\n", "引号"),
        ("\ta: 1\n", "空格"),
        ('a: "\\q"\n', "反斜杠"),
        ("a\n", None),
    ],
)
def test_what_the_parser_stumbled_over_is_said_in_the_reader_s_language(
    source: str, said: str | None
) -> None:
    with pytest.raises(SurveyError) as refused:
        read_questionnaire(source, "a.yaml")
    words = refused.value.problems[0].words("zh")
    assert said is None or said in words
    # Nothing of the parser's own English is left.
    assert not set(re.findall("[a-z]{4,}", words)) - {"yaml", "single"}
