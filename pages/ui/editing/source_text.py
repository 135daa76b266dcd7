"""The draft as YAML text, for whoever would rather type it, and every problem of it with line and key."""

from collections.abc import Sequence

import streamlit as st

from pages.ui.editing import desk
from pages.ui.editing.line_numbers import line_numbers
from pages.ui.editing.places import place_of
from pages.ui.markup import show
from pages.ui.texts import language, t
from survey import Problem


def source_text(problems: Sequence[Problem]) -> None:
    """The text in a field of its own, its lines numbered and the wrong ones marked; saved when the field is
    left, or with Ctrl+Enter."""
    widget = desk.key("yaml")
    line_numbers(desk.source().count("\n") + 1, {place_of(problem).line for problem in problems})
    st.text_area(
        t("YAML, saved when you leave the field or press Ctrl+Enter"),
        value=desk.source(),
        height=620,
        key=widget,
        on_change=_typed,
        args=(widget,),
    )


def problem_list(problems: Sequence[Problem]) -> None:
    """What is wrong, each with its line, what stands there, its key and what to do."""
    lines = desk.source().splitlines()
    rows = []
    for problem in problems:
        place = place_of(problem)
        rows.append(
            {
                "line": t("Line {number}", number=place.line) if place.line else "",
                "key": place.key,
                "text": lines[place.line - 1].strip()[:120] if 0 < place.line <= len(lines) else "",
                "words": problem.advice(language()),
            }
        )
    show("problems", title=t("Not ready to publish: {count}", count=len(rows)), rows=rows)


def _typed(widget: str) -> None:
    typed = st.session_state[widget]
    desk.edit(lambda _: typed, fresh=False)
