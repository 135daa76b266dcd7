"""The pictures that a survey's questions show: which are there, and one more from a file."""

import streamlit as st

import warehouse
from pages.ui.editing.entries import Entry
from pages.ui.layout import notice, section
from pages.ui.texts import language, t
from warehouse.pictures import add_picture, missing_pictures, shown_pictures


def showing(entry: Entry) -> None:
    """Nothing for a survey without pictures."""
    if entry.survey is None or not shown_pictures(entry.survey.questionnaire):
        return
    section(t("Pictures"), t("PNG, JPEG or WebP, at most 300 KB. A published picture stays as it is."))
    if failure := st.session_state.pop("picture-failure", ""):
        notice([failure], title=t("Nothing was kept"), tone="bad")
    missing = missing_pictures(warehouse.serving(), entry.survey.questionnaire)
    if not missing:
        notice([t("Every picture is there.")], tone="good")
        return
    notice([t("Until a picture is here, its text is shown: {names}.", names=", ".join(missing))])
    name = st.selectbox(t("Picture"), missing, key="picture-name", index=None, width=420)
    given = st.file_uploader(t("Its file"), type=["png", "jpg", "jpeg", "webp"], key="picture-file")
    if (
        st.button(t("Keep this picture"), key="picture-keep", disabled=not (name and given))
        and name
        and given
    ):
        try:
            add_picture(warehouse.serving(), entry.survey.questionnaire, name, given.getvalue())
        except warehouse.WarehouseError as error:
            st.session_state["picture-failure"] = error.problem.words(language())
        st.rerun()
