"""The body of a request: what parsers disagree about is refused by name, and nothing large is held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.web.api.problems import Refused
from pages.web.api.reading import DEEPEST, parse
from tests.pages.web.api.calling import Program, codes, good, stored


def refused_with(body: bytes) -> str:
    with pytest.raises(Refused) as refused:
        parse(body)
    assert refused.value.status == 400
    return refused.value.problems[0].code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "json-malformed"),
        (b"{", "json-malformed"),
        (b"{'a': 1}", "json-malformed"),
        (b'{"a": 1,}', "json-malformed"),
        (b'{"a": 1} {}', "json-malformed"),
        (b'{"a": 01}', "json-malformed"),
        (b'{"a": "line\nend"}', "json-malformed"),
        (b'\xef\xbb\xbf{"a": 1}', "json-malformed"),
        (b'{"a": "\xff"}', "json-not-utf8"),
        (b'{"a": "\xed\xa0\x80"}', "json-not-utf8"),
        ('{"a": 1}'.encode("utf-16"), "json-not-utf8"),
        (b'{"a": 1, "b": 2, "a": 1}', "json-key-twice"),
        (b'{"a": {"b": 1, "\\u0062": 2}}', "json-key-twice"),
        (b'{"a": NaN}', "json-not-a-number"),
        (b'{"a": -Infinity}', "json-not-a-number"),
        (b'{"a": 1e400}', "json-number-huge"),
        (b'{"a": ' + b"9" * 5000 + b"}", "json-number-huge"),
        (b'{"a": 0.' + b"1" * 50 + b"}", "json-number-huge"),
        (b"[" * 60_000, "json-too-deep"),
        (b'{"a":' * 9_000 + b"1" + b"}" * 9_000, "json-too-deep"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), "json-too-deep"),
    ],
)
def test_what_is_no_plain_json_is_refused_by_name(body: bytes, code: str) -> None:
    assert refused_with(body) == code


def test_as_deep_as_it_may_be_and_brackets_in_texts_are_read() -> None:
    assert parse(b"[" * DEEPEST + b"]" * DEEPEST)
    assert parse(b'{"a": "' + b"[" * 500 + b'\\"{"}') == {"a": "[" * 500 + '"{'}


@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:\\0129.eE+-aN ', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        parse(body)
    except Refused as refused:
        assert refused.status == 400 and len(refused.problems) == 1


def test_a_body_over_64_kb_is_refused_and_one_below_is_read(program: Program) -> None:
    most = good(answers={"overall": 5, "comment": "x" * 66_000})
    refused = program.send(most)
    assert refused.status_code == 413 and codes(refused) == [("body-too-large", "")]
    padded = b'{"language": "en", "answers": {"overall": 5}' + b" " * 65_000 + b"}"
    assert program.send(padded).status_code == 201
    assert stored() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"content_type": "text/plain"},
        {"content_type": "application/x-www-form-urlencoded"},
        {"content_type": "application/jsonx"},
        {"content_type": ""},
        {"content_encoding": "gzip"},
    ],
)
def test_what_is_not_declared_as_json_is_refused(program: Program, headers: dict[str, str]) -> None:
    refused = program.send(**headers)
    assert refused.status_code == 415 and codes(refused) == [("body-not-json-type", "Content-Type")]


def test_json_may_name_its_encoding(program: Program) -> None:
    assert program.send(content_type="Application/JSON; charset=utf-8").status_code == 201
