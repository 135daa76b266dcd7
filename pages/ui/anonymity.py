"""Whether a survey is anonymous, and the button that makes it so, on the links page."""

import streamlit as st

import warehouse
from pages.ui.layout import notice, section
from pages.ui.numbers import amount
from pages.ui.texts import language, t
from warehouse.anonymity import LEAST, is_anonymous, sealed_answers
from warehouse.life import keep_anonymous
from warehouse.surveys import Survey


def anonymity(chosen: Survey) -> None:
    """The section; it acts at once, for good, and only before anybody has answered."""
    house = warehouse.serving()
    if is_anonymous(house, chosen.slug):
        count = amount(sealed_answers(house, chosen.slug), "count", language())
        section(t("Anonymous survey"))
        lines = [
            t("You see who has answered, and never which answers are whose."),
            t(
                "Answers stay sealed until half an hour after the closing and come out together, if there "
                "are {least} or more.",
                least=LEAST,
            ),
            t("Sealed answers: {count}", count=count),
        ]
        notice(lines)
        return
    section(
        t("Anonymous survey"),
        t(
            "For good, and only before anybody has answered: who has answered is known, what they answered "
            "is not. No figures before the survey has closed, no limits, no program interface, no saving for "
            "later."
        ),
    )
    agreed = st.checkbox(t("It shall stay anonymous"), key=f"links-anonymous-agreed-{chosen.slug}")
    st.button(
        t("Make the survey anonymous"),
        disabled=not agreed,
        key="links-anonymous",
        on_click=_keep,
        args=(chosen.slug,),
    )
    if failure := st.session_state.pop("links-anonymous-failure", None):
        notice([failure], title=t("The survey is as it was"), tone="bad")


def _keep(slug: str) -> None:
    try:
        keep_anonymous(warehouse.serving(), slug)
    except warehouse.WarehouseError as error:
        st.session_state["links-anonymous-failure"] = error.problem.words(language())
