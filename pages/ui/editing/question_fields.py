"""One question by fields: what everybody needs at once, the rest folded away; no YAML to be known."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.ui.editing import bound, desk
from pages.ui.editing.new_questions import TYPE_NAMES, new_choice
from pages.ui.literal import literal
from pages.ui.markup import show
from pages.ui.texts import language, t
from survey.editing import insert, move, remove
from survey.file_kinds import FILE_TYPES, TYPE_WORDS
from survey.question_types import TYPES
from survey.strict_yaml import Key
from survey.texts import translate as say

MEASURES = {
    "none": "nothing",
    "csat": "Satisfaction (CSAT)",
    "ces": "Effort (CES)",
    "nps": "Recommendation (NPS)",
}
LOOKS = {"numbers": "Numbers", "stars": "Stars", "smileys": "Faces"}


def question_fields(content: Any, at: int, languages: Sequence[str]) -> None:
    """The fields of the question in that place."""
    key: Key = ("questions", at)
    asked = bound.at(content, key)
    if not isinstance(asked, dict):
        return
    rules = TYPES.get(asked.get("type", ""))
    allowed = rules.needs | rules.allows if rules else frozenset()
    bound.texts(content, (*key, "text"), t("Text"), languages, long=True)
    bound.texts(content, (*key, "help"), t("Explanation"), languages)
    if "required" in allowed:
        bound.toggle(content, (*key, "required"), t("An answer is required"))
    if "scale" in allowed:
        _scale(content, key, languages, is_fixed=asked.get("type") == "nps")
    for listed in ("rows", "choices"):
        if listed in allowed:
            _listed(content, key, listed, languages)
    if "other" in allowed:
        bound.toggle(content, (*key, "other"), t("Also offer “other”, with a text"))
    if "image" in allowed:
        bound.text(content, (*key, "image"), t("Picture"))
    if "file" in allowed and isinstance(asked.get("file"), dict):
        bound.several(content, (*key, "file", "types"), t("Types of files"), FILE_TYPES, _type_of_file)
        bound.number(content, (*key, "file", "max_mb"), t("Largest file, in MB"), least=1, most=20, empty=5)
    with st.expander(t("More about this question")):
        _more(content, key, allowed, rules.measures if rules else ())


def _type_of_file(code: str) -> str:
    """What the survey's own forms call that type of file."""
    return say(TYPE_WORDS[code], language()) if code in TYPE_WORDS else code


def _scale(content: Any, key: Key, languages: Sequence[str], *, is_fixed: bool) -> None:
    if not is_fixed:
        with st.container(horizontal=True):
            bound.number(content, (*key, "scale", "min"), t("Scale from"), least=-100, most=100)
            bound.number(content, (*key, "scale", "max"), t("to, the best"), least=-100, most=100)
    for end, label in (("low", t("Words at the low end")), ("high", t("Words at the high end"))):
        with st.container(horizontal=True, gap="small"):
            bound.texts(content, (*key, "scale", end), label, languages)


def _listed(content: Any, key: Key, name: str, languages: Sequence[str]) -> None:
    """The choices, or the rows of a matrix: each with its texts, its code and its place."""
    found = bound.at(content, (*key, name))
    items = found if isinstance(found, list) else []
    show("choices", title=t("Choices") if name == "choices" else t("Rows"))
    for number in range(len(items)):
        with st.container(border=True, key=desk.key(f"box-{name}-{number}"), gap="small"):
            _one(content, (*key, name), number, len(items), languages)
    codes = [str(one.get("code")) for one in items if isinstance(one, dict)]
    st.button(
        t("Add a choice") if name == "choices" else t("Add a row"),
        key=desk.key(f"add-{name}"),
        icon=":material/add:",
        on_click=_add,
        args=((*key, name), len(items), new_choice(name, codes, languages)),
    )


def _one(content: Any, listed: Key, number: int, count: int, languages: Sequence[str]) -> None:
    place = (*listed, number)
    with st.container(horizontal=True, gap="small"):
        bound.texts(content, (*place, "text"), t("Text"), languages)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        bound.text(content, (*place, "code"), t("Code"))
        buttons(listed, number, count)


def buttons(listed: Key, number: int, count: int) -> None:
    """Up, down and away for one item of a list."""
    name = f"{listed[-1]}-{number}"
    for icon, to, label in (("arrow_upward", number - 1, t("Up")), ("arrow_downward", number + 1, t("Down"))):
        st.button(
            literal(label),
            key=desk.key(f"{icon}-{name}"),
            icon=f":material/{icon}:",
            disabled=not 0 <= to < count,
            on_click=_move,
            args=(listed, number, to),
        )
    st.button(
        t("Delete"),
        key=desk.key(f"delete-{name}"),
        icon=":material/delete:",
        on_click=_delete,
        args=(listed, number),
    )


def _more(content: Any, key: Key, allowed: frozenset[str], measures: Sequence[str]) -> None:
    kind = bound.at(content, (*key, "type"))
    st.caption(t("Type: {name}", name=t(TYPE_NAMES[kind]) if kind in TYPE_NAMES else literal(str(kind))))
    bound.text(content, (*key, "code"), t("Code, stored with each answer"))
    if len(measures) > 1:
        names = {code: t(MEASURES[code]) for code in MEASURES if code in measures}
        bound.choice(content, (*key, "measures"), t("It measures"), names, "none")
    if "look" in allowed:
        names = {code: t(name) for code, name in LOOKS.items()}
        bound.choice(content, (*key, "look"), t("Look"), names, "numbers")
    if "max_length" in allowed:
        bound.number(
            content,
            (*key, "max_length"),
            t("Longest answer, in characters"),
            least=1,
            most=100_000,
            empty=2000,
        )
    if "max_choices" in allowed:
        bound.number(content, (*key, "min_choices"), t("Choose at least"), least=1, most=1000)
        bound.number(content, (*key, "max_choices"), t("Choose at most"), least=1, most=1000)
    bound.text(
        content, (*key, "show_if"), t("Show only if"), placeholder=t("such as overall <= 2; empty: always")
    )
    bound.toggle(content, (*key, "new_page"), t("Begins a new page"))
    if "randomise" in allowed:
        bound.toggle(content, (*key, "randomise"), t("In a random order for each person"))
    if "pii" in allowed:
        bound.toggle(content, (*key, "pii"), t("Answers may name a person"))


def _add(listed: Key, at: int, item: object) -> None:
    desk.edit(lambda source: insert(source, listed, at, item))


def _move(listed: Key, at: int, to: int) -> None:
    desk.edit(lambda source: move(source, listed, at, to))
    if listed == ("questions",):
        st.session_state["desk-part"] = to


def _delete(listed: Key, at: int) -> None:
    desk.edit(lambda source: remove(source, (*listed, at)))
    if listed == ("questions",):
        st.session_state["desk-part"] = max(at - 1, 0)
