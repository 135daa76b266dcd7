"""One member, for the operator: basic data, class, what happened, answers and cases, changes, duplicates."""

import streamlit as st

import warehouse
from pages.ui.access import require
from pages.ui.layout import framed, heading, notice, section
from pages.ui.markup import show
from pages.ui.member_duplicates import duplicates_section
from pages.ui.member_file import TITLES, change_table, field_words, happening_table, service_table
from pages.ui.membership import tier_title
from pages.ui.numbers import NOTHING
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from warehouse.contracts import current_contract
from warehouse.membership.file import MemberFile, edit, find, is_large, member_file, state_tier
from warehouse.membership.tiers import tier_titles
from warehouse.registering.mapping import BASIC

role = require("operator")
ONLY_BEGINNINGS = (
    "With so many members the beginnings of numbers, phones and e-mail addresses are looked for, the last "
    "digits of phones, and every part of names; not the middle of a number or an address."
)


def page() -> None:
    """Look a member up; then the file."""
    house = warehouse.serving()
    asked = st.query_params.get("id", "")
    file = member_file(house, asked) if asked else None
    with framed():
        heading(t("Member's file"), meta=[file.member_id] if file else [])
        st.text_input(
            t("Number, name, phone or e-mail"), key="member-search", placeholder=t("Look up"), width=360
        )
        if text := st.session_state.get("member-search", "").strip():
            _found(house, text)
        if file is None:
            if asked:
                notice([t("There is no member {member}, or it counts as another one.", member=asked)])
            duplicates_section(house, None)
            return
        if said := st.session_state.pop("member-done", ""):
            notice([said], tone="good")
        _basic(house, file)
        _tier(house, file)
        section(t("Membership and purchases"))
        show_table(happening_table(file, house, language()))
        section(t("Answers and cases"), t("Anonymous answers are nobody's and not among them."))
        if file.services:
            show_table(service_table(file, house, language()))
        else:
            notice([t("Nothing is known.")])
        section(t("Changes of the file"), t("Nothing is written over: each change is a row."))
        show_table(change_table(file, house, language()))
        duplicates_section(house, file.member_id)


def _found(house: warehouse.Warehouse, text: str) -> None:
    found = find(house, text)
    if not found:
        notice([t("No member fits."), *([t(ONLY_BEGINNINGS)] if is_large(house) else [])])
        return
    columns = [Column(t("Member")), *(Column(t(TITLES[name])) for name in ("name", "phone", "email"))]
    rows = [
        [
            Cell(each.member_id, href=f"/member?id={each.member_id}"),
            *(Cell(part or NOTHING) for part in (each.name, each.phone, each.email)),
        ]
        for each in found
    ]
    show_table(Table(t("Members found"), columns, rows))


def _basic(house: warehouse.Warehouse, file: MemberFile) -> None:
    section(t("Basic data"))
    known = [*BASIC, "channel", "language", *(["attributes"] if file.fields["attributes"] else [])]
    show(
        "facts", facts=[(t(TITLES[name]), field_words(name, file.fields[name], language())) for name in known]
    )
    if file.odd:
        said = [f"{t(TITLES[name])}: {problem.words(language())}" for name, problem in file.odd.items()]
        notice(said, title=t("To be corrected"), tone="bad")
    with st.expander(t("Correct the basic data")), st.form("member-basic", border=False):
        given = {
            name: st.text_input(t(TITLES[name]), file.fields[name], key=f"member-{file.member_id}-{name}")
            for name in BASIC
        }
        if st.form_submit_button(t("Save")):
            changed = edit(house, file, given, role)
            st.session_state["member-done"] = t("Saved.") if changed else t("Nothing was changed.")
            st.rerun()


def _tier(house: warehouse.Warehouse, file: MemberFile) -> None:
    section(t("Class"))
    now = tier_title(house, file.tier) if file.tier else t("Not there")
    how = t("stated by hand or by the register") if file.is_stated else t("by deals and amounts")
    show("facts", facts=[(t("Class now"), f"{now} ({how})" if file.tier else now)])
    with st.expander(t("State another class")), st.form("member-tier", border=False):
        offered = [*tier_titles(current_contract(house)), ""]
        chosen = st.selectbox(
            t("Class"),
            offered,
            index=None,
            format_func=lambda code: tier_title(house, code) if code else t("By deals and amounts again"),
            key=f"member-{file.member_id}-tier",
        )
        reason = st.text_input(t("Reason"), key=f"member-{file.member_id}-reason", max_chars=200)
        if st.form_submit_button(t("Save")):
            if chosen is None or not reason.strip():
                notice([t("Choose a class and give the reason.")], tone="bad")
                return
            state_tier(house, file.member_id, chosen or None, reason.strip(), role)
            st.session_state["member-done"] = t("Saved.")
            st.rerun()


page()
