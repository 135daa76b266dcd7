"""The pages with their addresses, in the sections of the menu, and which of them a role finds there."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from pages.ui.texts import translate
from warehouse.access import Role

PAGES = Path(__file__).resolve().parents[1]
FIRST = "overview"


@dataclass(frozen=True, slots=True)
class Entry:
    """The page `name`.py; one that is not `shown` keeps its address, and the page itself refuses there."""

    name: str
    title: str
    shown: bool = True


def menu(role: Role | None, language: str) -> dict[str, list[st.Page]]:
    """The sections for Streamlit's navigation."""
    # Each run gets pages of its own, since Streamlit notes in them which one may run.
    return {title: [copy(page) for page in pages] for title, pages in _menu(role, language).items()}


@cache  # a run would look up twenty paths on the disk and as many words
def _menu(role: Role | None, language: str) -> Mapping[str, Sequence[st.Page]]:
    return {title: [_page(entry) for entry in entries] for title, entries in sections(role, language).items()}


def sections(role: Role | None, language: str) -> Mapping[str, Sequence[Entry]]:
    """Every page once, by the title of its section; "" for what stands in the bar itself."""

    def t(message: str) -> str:
        return translate(message, language)

    operates, checks = role == "operator", role in ("operator", "mediator")
    every = {
        "": [Entry(FIRST, t("Overview"))],
        t("Performance"): [
            Entry("targets", t("Targets")),
            Entry("settlement", t("Settlement")),
            Entry("contract", t("Contract")),
            Entry("computed", t("How it is computed")),
        ],
        t("Surveys"): [
            Entry("satisfaction", t("Satisfaction")),
            Entry("fieldwork", t("Fieldwork")),
            Entry("questionnaires", t("Questionnaires"), operates),
            Entry("links", t("Links"), operates),
            Entry("respond", t("Fill in a questionnaire")),
        ],
        t("Membership"): [
            Entry("members", t("Members")),
            Entry("at_risk", t("Members at risk")),
            Entry("campaigns", t("Campaigns and sources")),
            Entry("member", t("Member's file"), operates),
        ],
        t("Service"): [
            Entry("cases", t("Cases")),
            Entry("care", t("Care")),
            Entry("records", t("Records")),
        ],
        t("Operation"): [
            Entry("import_data", t("Import"), operates),
            Entry("audit", t("Record of actions"), checks),
        ],
    }
    # A section of which the role may open nothing is none; the addresses of its pages stay.
    found: dict[str, list[Entry]] = {}
    for title, entries in every.items():
        opens = any(entry.shown for entry in entries)
        found.setdefault(title if opens else "", []).extend(entries)
    return found


def _page(entry: Entry) -> st.Page:
    return st.Page(
        PAGES / f"{entry.name}.py",
        title=entry.title,
        url_path=entry.name,
        default=entry.name == FIRST,
        visibility="visible" if entry.shown else "hidden",
    )
