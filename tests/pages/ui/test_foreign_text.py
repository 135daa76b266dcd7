"""Text from people stays text: in our HTML, in widgets' labels, in figures."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from pages.ui.figure_style import plain
from pages.ui.layout import section, text
from pages.ui.literal import literal
from pages.ui.markup import gathered, render, show
from pages.ui.tables import Cell, Column, Table, show_table

HOSTILE = "<img src=x onerror=alert(1)> **b** $x^2$ [l](javascript:alert(1)) {{ 7*7 }} :red[r] & \"q\" 'q'"


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("heading", {"title": HOSTILE, "meta": [HOSTILE], "lead": HOSTILE}),
        ("notice", {"lines": [HOSTILE], "title": HOSTILE, "tone": "bad"}),
        ("section", {"title": HOSTILE, "note": HOSTILE}),
        ("notes", {"notes": [HOSTILE]}),
        ("steps", {"steps": [HOSTILE]}),
        ("table", {"table": Table(HOSTILE, [Column(HOSTILE)], [[Cell(HOSTILE, HOSTILE)]])}),
    ],
)
def test_our_html_escapes_every_value(template: str, values: dict[str, object]) -> None:
    html = render(template, **values)
    assert "<img" not in html and "&lt;img src=x onerror=alert(1)&gt;" in html and "{{ 7*7 }}" in html
    assert '"q"' not in html


def test_parts_put_together_are_one_element_in_their_order_and_escaped_as_before() -> None:
    def draw() -> None:
        section(HOSTILE)
        text(HOSTILE)

    parts = render("section", title=HOSTILE, note=""), render("text", body=HOSTILE)
    assert (
        gathered(draw).html == f'<div class="pb-stack"><div>{parts[0]}</div>\n<div>{parts[1]}</div>\n</div>'
    )
    with pytest.raises(UndefinedError):
        gathered(lambda: show("section", title="only this"))
    assert gathered(lambda: None).html.count("<") == 2, "and nothing is left of what failed"


def test_a_value_that_was_not_given_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        render("section", title="only this")


def test_a_row_of_another_length_than_its_table_is_refused() -> None:
    with pytest.raises(ValueError, match="a row has 1 cells for 2 columns"):
        show_table(Table("t", [Column("a"), Column("b")], [[Cell("1")]]))


def test_a_figure_s_label_is_neither_html_nor_latex_nor_a_template() -> None:
    assert plain("<a href=x>$y$</a> %{x}") == "&lt;a href=x&gt;&#36;y&#36;&lt;/a&gt; %&#123;x}"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1))
def test_a_label_shows_any_text_as_it_is(text: str) -> None:
    label = literal(text)
    # CommonMark: a backslash before ASCII punctuation makes it an ordinary character.
    assert not re.search(r"[`*_\[\]<>$~#|&]", re.sub(r"\\.", "", label))
    shown = re.sub(r"\\(.)", r"\1", label).replace("\N{WORD JOINER}", "")
    assert shown.split() == text.replace("\N{WORD JOINER}", "").split()


def test_a_label_of_plain_words_is_read_out_as_it_is_written() -> None:
    assert literal("Satisfaction with the handling (1 to 5)") == "Satisfaction with the handling (1 to 5)"


@pytest.mark.parametrize("text", [":material/delete:", ":red[gone]", "a :+1: b"])
def test_a_directive_of_streamlit_s_markdown_is_broken_up(text: str) -> None:
    assert ":\N{WORD JOINER}" in literal(text)
