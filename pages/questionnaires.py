"""Questionnaires: every survey and how it stands; one of them edited, compared, published and run."""

import streamlit as st

from pages.ui.access import require
from pages.ui.editing.differences import differences
from pages.ui.editing.editor import editor
from pages.ui.editing.entries import Entry, find_entry
from pages.ui.editing.new_survey import new_survey
from pages.ui.editing.publishing import publishing
from pages.ui.editing.running import running
from pages.ui.editing.showing import showing
from pages.ui.editing.survey_table import state_words, survey_table
from pages.ui.layout import Link, framed, heading, links, notice
from pages.ui.numbers import amount
from pages.ui.texts import language, t
from survey import pick

require("operator")

WIDTH = 1360


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
        editor(entry)


page()
