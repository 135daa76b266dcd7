"""Markup becomes the text a reader would see, whatever is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.foreign.markup import plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain", "plain"),
        ("two\nlines", "two\nlines"),
        ("1 < 2 &amp; 3", "1 < 2 & 3"),
        ("<p>one</p>\n<p>two</p>", "one\n\ntwo"),
        ("a<br>b<br />c", "a\nb\nc"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<b>bold</b>&nbsp;<i>word</i>", "bold word"),
        ("<script>alert('x')</script>safe", "safe"),
        ("<style>p {color: red}</style>safe", "safe"),
        ("<img src=x onerror=alert(1) alt='a cat'>", "[a cat]"),
        ("<a href='https://example.org/a'>terms</a>", "terms (https://example.org/a)"),
        ("<a href='javascript:alert(1)'>terms</a>", "terms"),
        ("<![if gte mso 9]>Word<![endif]>", "Word"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<p", "<p"),
    ],
)
def test_what_markup_says(markup: str, text: str) -> None:
    assert plain_text(markup).text == text


def test_what_cannot_be_shown_as_text_is_named_once() -> None:
    found = plain_text("<img src=a><img src=b><video></video><b>x</b>")
    assert found.lost == ("img", "video")
    assert found.formatted
    assert not plain_text("a & b").formatted


@given(st.text(alphabet="<>/!-[]&;abp ='\"\n", max_size=60))
def test_no_markup_breaks_the_reader(markup: str) -> None:
    plain_text(markup)
