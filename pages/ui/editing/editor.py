"""The draft with its preview beside it: whether it is saved, the way back, its fields or its text."""

from urllib.parse import urlencode

import streamlit as st

import warehouse
from pages.ui.editing import desk
from pages.ui.editing.entries import Entry
from pages.ui.editing.outline import chosen_question, outline
from pages.ui.editing.source_text import problem_list, source_text
from pages.ui.layout import Link, links, notice, text
from pages.ui.numbers import instant
from pages.ui.texts import language, t

PREVIEW_HEIGHT = 720


def editor(entry: Entry) -> None:
    """The draft with its preview beside it, below it on a phone."""
    left, right = st.columns([1, 1], gap="medium")
    with left:
        _saved()
        by = {"fields": t("By fields"), "yaml": t("As YAML")}
        chosen = st.segmented_control(
            t("How to edit"),
            list(by),
            format_func=by.__getitem__,
            default="fields",
            required=True,
            key="desk-by",
            label_visibility="collapsed",
        )
        if refused := desk.refusal():
            notice([refused], tone="bad")
        problems = desk.read()[1]
        if problems:
            problem_list(problems)
        if chosen == "yaml":
            source_text(problems)
        else:
            outline()
    with right, st.container(key="desk-preview"):
        stamp = desk.saved_at()
        (at, condition), version = chosen_question(), f"{stamp:%H%M%S%f}" if stamp else "0"
        query = urlencode({"lang": language(), "at": at, "v": version})
        links(Link(t("Open the preview in full"), f"/preview/{entry.questionnaire}"))
        if condition:
            text(
                t(
                    "This question is shown only if {condition}: answer in the preview what it depends on.",
                    condition=condition,
                )
            )
        st.iframe(f"/preview/{entry.questionnaire}?{query}", height=PREVIEW_HEIGHT, alt=t("Preview"))


def _saved() -> None:
    """Whether what is seen is saved, and the way back."""
    with st.container(horizontal=True, vertical_alignment="center", key="desk-saved"):
        st.button(
            t("Undo"),
            key="desk-undo-button",
            icon=":material/undo:",
            disabled=not desk.can_undo(),
            on_click=desk.undo,
        )
        if desk.overtaken():
            st.caption(t("Your last changes are not saved."))
        elif stamp := desk.saved_at():
            when = instant(stamp, warehouse.serving().reporting_zone.key, language())
            st.caption(t("Draft saved {when}", when=when))
        else:
            st.caption(t("As published; the first change makes a draft."))
    if lost := desk.overtaken():
        notice(
            [lost, t("Your text is still here, but the preview shows what is stored.")],
            title=t("Not saved"),
            tone="bad",
        )
        with st.container(horizontal=True):
            is_other = desk.is_other_draft()
            theirs = (
                t("Take the other draft, drop mine")
                if is_other
                else t("Drop mine, begin from what is published")
            )
            mine = t("Keep mine, over the other draft") if is_other else t("Keep mine as the draft")
            st.button(theirs, key="desk-theirs", on_click=desk.take_theirs)
            st.button(mine, key="desk-mine", on_click=desk.keep_mine)
