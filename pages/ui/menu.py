"""The pages with their addresses, and which of them a role finds in the menu."""

from pathlib import Path

import streamlit as st

from pages.ui.texts import t

PAGES = Path(__file__).resolve().parents[1]


def menu(role: str | None) -> list[st.Page]:
    """Every page; one that the role may not open is left out of the menu, its address stays and refuses."""
    return [
        _page("overview", t("Overview"), default=True),
        _page("satisfaction", t("Satisfaction")),
        _page("members", t("Members")),
        _page("at_risk", t("Members at risk")),
        _page("member", t("Member's file"), shown=role == "operator"),
        _page("fieldwork", t("Fieldwork")),
        _page("cases", t("Cases")),
        _page("care", t("Care")),
        _page("records", t("Records")),
        _page("targets", t("Targets")),
        _page("settlement", t("Settlement")),
        _page("contract", t("Contract")),
        _page("computed", t("How it is computed")),
        _page("questionnaires", t("Questionnaires"), shown=role == "operator"),
        _page("import_data", t("Import"), shown=role == "operator"),
        _page("links", t("Links"), shown=role == "operator"),
        _page("audit", t("Record"), shown=role in ("operator", "mediator")),
        _page("respond", t("Questionnaire")),
    ]


def _page(name: str, title: str, shown: bool = True, default: bool = False) -> st.Page:
    return st.Page(
        PAGES / f"{name}.py",
        title=title,
        url_path=name,
        default=default,
        visibility="visible" if shown else "hidden",
    )
