"""Fields that are bound to one place of the draft: what is typed stands in the text a moment later."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from babel import Locale, UnknownLocaleError

from pages.ui.editing import desk
from pages.ui.emptied import at_first
from pages.ui.literal import literal
from pages.ui.texts import t
from survey.editing import remove, set_value
from survey.strict_yaml import Key

_LONGEST_LINE = 100_000


def at(content: Any, key: Key) -> Any:
    """What stands there; None when nothing does."""
    for step in key:
        if isinstance(content, dict):
            content = content.get(step)
        elif isinstance(content, list) and isinstance(step, int) and step < len(content):
            content = content[step]
        else:
            return None
    return content


def own_name(language: str) -> str:
    """A language's name for itself."""
    try:
        return Locale.parse(language).get_display_name(language) or language
    except (UnknownLocaleError, ValueError):
        return language


def texts(content: Any, key: Key, label: str, languages: Sequence[str], *, long: bool = False) -> None:
    """One field a language for the texts at that place. A language that is emptied is taken out."""
    for code in languages:
        name = f"{label} · {own_name(code)}" if len(languages) > 1 else label
        text(content, (*key, code), name, long=long)


def text(
    content: Any, key: Key, label: str, *, long: bool = False, placeholder: str = "", hidden: bool = False
) -> None:
    """A text; emptied, its key is taken out."""
    found = at(content, key)
    widget = desk.key(key)
    options: dict[str, Any] = {
        "value": "" if found is None else str(found),
        "key": widget,
        "max_chars": None,
        "placeholder": placeholder,
        "label_visibility": "collapsed" if hidden else "visible",
        "on_change": _typed,
        "args": (key, widget),
    }
    if long:
        st.text_area(literal(label), height=96 if not found or len(str(found)) < 90 else 150, **options)
    else:
        st.text_input(literal(label), **options)


def number(content: Any, key: Key, label: str, *, least: int, most: int, empty: int | None = None) -> None:
    """A whole number; `empty` is what stands there when nothing is written, None for nothing.
    Emptied, its key is taken out."""
    found = at(content, key)
    widget = desk.key(key)
    st.number_input(
        label,
        min_value=least,
        max_value=most,
        value=None,
        step=1,
        key=at_first(widget, found if isinstance(found, int) and least <= found <= most else empty),
        on_change=_chosen,
        args=(key, widget, empty),
    )


def toggle(content: Any, key: Key, label: str, help_text: str = "") -> None:
    """Yes or no; no is the default and is not written."""
    widget = desk.key(key)
    st.toggle(
        label,
        value=at(content, key) is True,
        key=widget,
        help=help_text or None,
        on_change=_chosen,
        args=(key, widget, False),
    )


def choice(content: Any, key: Key, label: str, options: Mapping[str, str], empty: str) -> None:
    """One of several: code -> words; `empty` is the code that is not written."""
    found = at(content, key)
    widget = desk.key(key)
    offered = list(options)
    st.selectbox(
        label,
        offered,
        index=offered.index(found) if found in offered else offered.index(empty),
        format_func=lambda code: options[code],
        key=widget,
        on_change=_chosen,
        args=(key, widget, empty),
    )


def several(
    content: Any, key: Key, label: str, options: Sequence[str], named: Callable[[str], str] = own_name
) -> None:
    """A list of codes, shown by the names that `named` gives them."""
    found = [str(code) for code in at(content, key) or ()]
    widget = desk.key(key)
    st.multiselect(
        label,
        list(dict.fromkeys((*found, *options))),
        default=found,
        format_func=named,
        key=widget,
        placeholder=t("Choose"),
        on_change=_listed,
        args=(key, widget),
    )


def _typed(key: Key, widget: str) -> None:
    typed = st.session_state[widget]
    if typed.strip():
        desk.edit(lambda source: set_value(source, key, typed), fresh=False)
    elif at(desk.content(), key) is not None:
        desk.edit(lambda source: remove(source, key), fresh=False)


def _chosen(key: Key, widget: str, empty: object) -> None:
    chosen = st.session_state[widget]
    if chosen not in (empty, None):
        desk.edit(lambda source: set_value(source, key, chosen))
    elif at(desk.content(), key) is not None:
        desk.edit(lambda source: remove(source, key))


def _listed(key: Key, widget: str) -> None:
    chosen = list(st.session_state[widget])
    desk.edit(lambda source: set_value(source, key, chosen))
