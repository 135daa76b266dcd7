"""The draft by fields: which part of it is on the desk, its fields, and the questions around it."""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.ui.editing import bound, desk
from pages.ui.editing.new_questions import TYPE_NAMES, new_question, unused
from pages.ui.editing.question_fields import buttons, question_fields
from pages.ui.layout import notice
from pages.ui.texts import language, t
from survey import pick
from survey.editing import insert

LANGUAGES = ("zh", "en", "ja", "ko", "fr", "de", "es", "ru", "ar", "pt", "it", "th", "vi")
HEAD = -1
_LONGEST_LABEL = 60


def outline() -> None:
    """A chooser of the part, and that part's fields."""
    content = desk.content()
    if not isinstance(content, dict):
        notice([t("The YAML text cannot be read yet. Mend it in the text; then the fields are back.")])
        return
    questions = questions_of(content)
    labels = {HEAD: t("Title, introduction and thanks")}
    labels |= {number: _label(number, asked) for number, asked in enumerate(questions)}
    if st.session_state.get("desk-part") not in labels:
        st.session_state["desk-part"] = HEAD
    part = _chosen(labels)
    languages = [str(code) for code in bound.at(content, ("languages",)) or ()]
    if part == HEAD:
        _head(content, languages)
    else:
        with st.container(horizontal=True, gap="small"):
            buttons(("questions",), part, len(questions))
        question_fields(content, part, languages)
    _new(questions, part, languages)


def _chosen(labels: Mapping[int, str]) -> int:
    """The part chosen. The list is a new one whenever its texts are: a browser keeps the words of what is
    chosen, as they were."""
    widget = f"desk-part-{zlib.crc32(repr(labels).encode())}"
    offered = list(labels)
    st.selectbox(
        t("Part"),
        offered,
        index=offered.index(st.session_state["desk-part"]),
        format_func=labels.__getitem__,
        key=widget,
        on_change=_choose,
        args=(widget,),
    )
    return int(st.session_state["desk-part"])


def _choose(widget: str) -> None:
    st.session_state["desk-part"] = st.session_state[widget]


def questions_of(content: Any) -> list[Any]:
    """The questions of the text as plain content, readable or not."""
    found = bound.at(content, ("questions",))
    return found if isinstance(found, list) else []


def chosen_question() -> tuple[str, str]:
    """The code of the question on the desk and its condition, "" for none."""
    questions = questions_of(desk.content())
    part = st.session_state.get("desk-part", HEAD)
    asked = questions[part] if 0 <= part < len(questions) else None
    return (
        (str(asked.get("code", "")), str(asked.get("show_if") or "")) if isinstance(asked, dict) else ("", "")
    )


def _label(number: int, asked: Any) -> str:
    """The question's number and text, as far as there is one."""
    found = asked.get("text") if isinstance(asked, dict) else None
    said = ""
    if isinstance(found, dict):
        said = pick({str(code): str(text or "") for code, text in found.items()}, language(), "zh")[0]
    said = said or (str(asked.get("code", "")) if isinstance(asked, dict) else "")
    cut = said if len(said) <= _LONGEST_LABEL else said[: _LONGEST_LABEL - 1] + "…"
    return f"{number + 1}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}{' '.join(cut.split())}"


def _head(content: Any, languages: Sequence[str]) -> None:
    bound.several(content, ("languages",), t("Languages"), LANGUAGES)
    names = {code: bound.own_name(code) for code in languages}
    if len(names) > 1:
        default = bound.at(content, ("default_language",))
        first = default if default in names else next(iter(names))
        bound.choice(content, ("default_language",), t("Where a translation is missing, show"), names, first)
    bound.texts(content, ("title",), t("Title"), languages)
    bound.texts(content, ("intro",), t("Introduction"), languages, long=True)
    bound.texts(content, ("thanks",), t("Thanks at the end"), languages, long=True)


def _new(questions: Sequence[Any], part: int, languages: Sequence[str]) -> None:
    """A question of a type of one's choice, after the one on the desk, else at the end."""
    names = {code: t(name) for code, name in TYPE_NAMES.items()}
    with (
        st.container(border=True, key="desk-new"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        kind = st.selectbox(
            t("Add a question"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            key="desk-new-type",
            placeholder=t("Choose what is to be answered"),
        )
        st.button(
            t("Add below") if part != HEAD else t("Add at the end"),
            key="desk-new-add",
            icon=":material/add:",
            disabled=kind is None,
            on_click=_add,
            args=(kind, list(questions), part, list(languages)),
        )


def _add(kind: str, questions: list[Any], part: int, languages: list[str]) -> None:
    at = len(questions) if part == HEAD else part + 1
    taken = [str(asked.get("code")) for asked in questions if isinstance(asked, dict)]
    made = new_question(kind, unused("question", taken, len(questions) + 1), languages)
    desk.edit(lambda source: insert(source, ("questions",), at, made))
    st.session_state["desk-part"] = at
    st.session_state["desk-new-type"] = None
