"""Questionnaires: every survey and how it stands; one of them edited, compared, published and run."""

import streamlit as st

import warehouse
from pages.ui.access import require
from pages.ui.editing import desk
from pages.ui.editing.differences import differences
from pages.ui.editing.entries import Entry, find_entry
from pages.ui.editing.new_survey import new_survey
from pages.ui.editing.outline import chosen_question, outline
from pages.ui.editing.publishing import publishing
from pages.ui.editing.running import running
from pages.ui.editing.showing import showing
from pages.ui.editing.source_text import problem_list, source_text
from pages.ui.editing.survey_table import state_words, survey_table
from pages.ui.layout import Link, framed, heading, links, notice, text
from pages.ui.numbers import amount, instant
from pages.ui.texts import language, t
from survey import pick

require("operator")

WIDTH = 1360
PREVIEW_HEIGHT = 720


def page() -> None:
    """All surveys, or the one that the address names."""
    with framed(WIDTH):
        slug = st.query_params.get("survey", "")
        entry = find_entry(slug)
        if entry is None:
            heading(
                t("Questionnaires"), lead=t("What is asked, how each survey stands, and a new one to begin.")
            )
            if slug:
                notice([t("There is no survey and no draft of that name.")], tone="bad")
            survey_table()
            new_survey()
            return
        _head(entry)
        _parts(entry)


def _head(entry: Entry) -> None:
    links(Link(t("All questionnaires"), "/questionnaires"))
    facts = [state_words(entry)]
    if entry.survey:
        facts.append(t("Version {version}", version=entry.survey.questionnaire.version))
    if entry.life:
        facts.append(t("{count} responses", count=amount(entry.life.responses, "count", language())))
    heading(pick(entry.title, language(), "zh")[0], meta=facts)
    if entry.survey:
        links(Link(t("The form: {address}", address=f"/s/{entry.survey.slug}"), f"/s/{entry.survey.slug}"))


def _parts(entry: Entry) -> None:
    parts = {"edit": t("Edit"), "differences": t("Differences"), "run": t("Publish and run")}
    chosen = st.segmented_control(
        t("What to do"),
        list(parts),
        format_func=parts.__getitem__,
        default="edit",
        required=True,
        key="part",
        label_visibility="collapsed",
    )
    entry.lay_out()
    if chosen == "differences":
        differences(entry)
    elif chosen == "run":
        publishing(entry)
        showing(entry)
        running(entry)
    else:
        _edit(entry)


def _edit(entry: Entry) -> None:
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
        if chosen == "yaml":
            source_text()
        if problems:
            problem_list(problems)
        if chosen != "yaml":
            outline()
    with right, st.container(key="desk-preview"):
        stamp = desk.saved_at()
        (at, condition), version = chosen_question(), f"{stamp:%H%M%S%f}" if stamp else "0"
        address = f"/preview/{entry.questionnaire}?lang={language()}&at={at}&v={version}"
        st.iframe(address, height=PREVIEW_HEIGHT, alt=t("Preview"))
        if condition:
            text(
                t(
                    "This question is shown only if {condition}: answer in the preview what it depends on.",
                    condition=condition,
                )
            )
        links(Link(t("Open the preview in full"), f"/preview/{entry.questionnaire}"))


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
        if stamp := desk.saved_at():
            when = instant(stamp, warehouse.serving().reporting_zone.key, language())
            st.caption(t("Draft saved {when}", when=when))
        else:
            st.caption(t("As published; the first change makes a draft."))
    if lost := desk.overtaken():
        notice([lost, t("Your text is still here, but it is not saved.")], title=t("Not saved"), tone="bad")
        with st.container(horizontal=True):
            st.button(t("Take the other draft, drop mine"), key="desk-theirs", on_click=desk.take_theirs)
            st.button(t("Keep mine, over the other draft"), key="desk-mine", on_click=desk.keep_mine)


page()
