"""The draft on the operator's desk: every change is saved as it is made, and can be taken back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

import warehouse
from pages.ui.editing.places import NAME
from pages.ui.texts import language, t
from survey import Questionnaire, SurveyError, read_questionnaire
from survey.editing import EditRefused
from survey.problems import Problem
from survey.strict_yaml import YamlRefused, read_strictly
from warehouse.drafts import Draft, draft, save_draft
from warehouse.surveys import questionnaire

_NAMES = ("slug", "source", "saved_at", "generation", "undo", "refused", "lost")
_LONGEST_UNDO = 50


def lay(slug: str, source: str, saved_at: datetime | None) -> None:
    """Put this text on the desk, in place of what lay there; `saved_at` is that of the draft it came from."""
    generation = st.session_state.get("desk-generation", 0)
    if st.session_state.get("desk-slug") != slug:
        st.session_state.pop("desk-part", None)
    for name in _NAMES:
        st.session_state.pop(f"desk-{name}", None)
    st.session_state["desk-slug"] = slug
    st.session_state["desk-source"] = source
    st.session_state["desk-saved_at"] = saved_at
    st.session_state["desk-undo"] = []
    st.session_state["desk-generation"] = generation + 1


def clear() -> None:
    """Take away what lies here: it is published, or discarded."""
    for name in _NAMES:
        if name != "generation":
            st.session_state.pop(f"desk-{name}", None)


def lies_here(slug: str) -> bool:
    """Whether the draft of that survey lies on the desk."""
    return bool(st.session_state.get("desk-slug") == slug and "desk-source" in st.session_state)


def source() -> str:
    """The text as it is now."""
    return str(st.session_state["desk-source"])


def saved_at() -> datetime | None:
    """When it was saved, UTC; None when nothing of it has been."""
    found: datetime | None = st.session_state["desk-saved_at"]
    return found


def key(name: object) -> str:
    """A widget's key, new for every text that came from elsewhere than the widget itself."""
    return f"desk-{st.session_state['desk-generation']}-{name}"


def content() -> Any:
    """What the text says, as plain mappings and lists; None while it is no plain YAML."""
    try:
        return read_strictly(source()).content
    except YamlRefused:
        return None


def read() -> tuple[Questionnaire | None, tuple[Problem, ...]]:
    """The questionnaire the text defines, or why it does not define one."""
    try:
        return read_questionnaire(source(), NAME), ()
    except SurveyError as error:
        return None, error.problems


def edit(change: Callable[[str], str], *, fresh: bool = True) -> None:
    """Change the text and save it. `fresh` draws every field anew; a field that holds what it has just
    written need not be."""
    st.session_state.pop("desk-refused", None)
    before = source()
    try:
        after = change(before)
    except (EditRefused, YamlRefused):
        st.session_state["desk-refused"] = t(
            "This part is written in a way that the fields cannot change. Change it in the YAML text."
        )
        renew()
        return
    if after != before:
        st.session_state["desk-undo"] = [*st.session_state["desk-undo"], before][-_LONGEST_UNDO:]
        _keep(after)
    if fresh:
        renew()


def undo() -> None:
    """Take the last change back; it is saved like any other."""
    if st.session_state["desk-undo"]:
        _keep(st.session_state["desk-undo"].pop())
        renew()


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(st.session_state["desk-undo"])


def renew() -> None:
    """Draw every field anew from the text."""
    st.session_state["desk-generation"] += 1


def take_theirs() -> None:
    """Lay out the draft as somebody else has saved it, or what is published where there is none."""
    slug = st.session_state["desk-slug"]
    if found := draft(warehouse.serving(), slug):
        lay(slug, found.source, found.saved_at)
    else:  # then the page lays out what is published, at the same question
        for name in ("source", "lost"):
            st.session_state.pop(f"desk-{name}", None)


def keep_mine() -> None:
    """Save this text over what somebody else has saved."""
    found = draft(warehouse.serving(), st.session_state["desk-slug"])
    st.session_state["desk-saved_at"] = found.saved_at if found else None
    _keep(source(), is_asked=True)


def is_other_draft() -> bool:
    """Whether somebody else's draft is what is stored."""
    return draft(warehouse.serving(), st.session_state["desk-slug"]) is not None


def refusal() -> str:
    """Why the last change was not made, "" when it was."""
    return str(st.session_state.get("desk-refused", ""))


def overtaken() -> str:
    """Why the last change was not saved, "" when it was: somebody else has saved or published meanwhile."""
    return str(st.session_state.get("desk-lost", ""))


def _keep(text: str, *, is_asked: bool = False) -> None:
    """Save the text. Before the first time it is told whether the version it was to become is there already:
    then it was written from an older one. `is_asked`: somebody was told, and wants it all the same."""
    version = None if is_asked or saved_at() else _taken_version()
    st.session_state["desk-source"] = text
    if version:
        st.session_state["desk-lost"] = t(
            "Version {version} was published meanwhile, and your text is written from the version before it.",
            version=version,
        )
        return
    st.session_state.pop("desk-lost", None)
    try:
        kept: Draft = save_draft(
            warehouse.serving(), st.session_state["desk-slug"], text, "operator", based_on=saved_at()
        )
    except warehouse.WarehouseError as error:
        st.session_state["desk-lost"] = error.problem.words(language())
    else:
        st.session_state["desk-saved_at"] = kept.saved_at


def _taken_version() -> int | None:
    """The version that the text says, where it is published already."""
    found = content()
    version = found.get("version") if isinstance(found, dict) else None
    if not isinstance(version, int):
        return None
    return version if questionnaire(warehouse.serving(), st.session_state["desk-slug"], version) else None
