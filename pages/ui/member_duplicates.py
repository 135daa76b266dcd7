"""Duplicates of the register: pairs that could be one person, merged and taken apart again."""

import streamlit as st

import warehouse
from pages.ui.layout import notice, section
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from warehouse.membership.file import is_large
from warehouse.membership.merging import aliases, duplicates, merge, take_apart

REASONS = {"phone": "same phone", "email": "same e-mail", "name": "same name and birthday"}
_BY = "operator"


def duplicates_section(house: warehouse.Warehouse, member_id: str | None) -> None:
    """Pairs of all members, or with this one; and those merged so far."""
    section(
        t("Duplicates"),
        t("Merged entries count as one member everywhere, also in what happened; nothing is written over."),
    )
    merged = aliases(house, member_id)
    is_looked_for = member_id is not None or not is_large(house) or _asked_for()
    pairs = duplicates(house, member_id) if is_looked_for else ()
    if is_looked_for and not pairs and not merged:
        notice([t("No two entries agree in phone, e-mail, or name and birthday.")])
    if pairs:
        columns = [Column(t("Member")), Column(t("Could be")), Column(t("Why"))]
        rows = [
            [
                Cell(pair.member_id, href=f"/member?id={pair.member_id}"),
                Cell(pair.other_id, href=f"/member?id={pair.other_id}"),
                Cell(", ".join(t(REASONS[reason]) for reason in pair.reasons)),
            ]
            for pair in pairs
        ]
        show_table(Table(t("Entries that could be one person"), columns, rows))
    with st.expander(t("Merge two entries")), st.form("member-merge", border=False, clear_on_submit=True):
        duplicate = st.text_input(t("Duplicate"), key="merge-duplicate")
        kept = st.text_input(t("Counts as"), member_id or "", key=f"merge-kept-{member_id}")
        reason = st.text_input(t("Reason"), key="merge-reason", max_chars=200)
        if st.form_submit_button(t("Merge")):
            _merge(house, duplicate.strip(), kept.strip(), reason.strip())
    if failure := st.session_state.pop("merge-failure", ""):
        notice([failure], tone="bad")
    for alias in merged:
        values = {"member": alias.member_id, "kept": alias.kept_id, "reason": alias.reason}
        notice([t("{member} counts as {kept}: {reason}", **values)])
        if st.button(t("Take {member} apart again", member=alias.member_id), key=f"apart-{alias.member_id}"):
            take_apart(house, alias, alias.reason, _BY)
            st.rerun()


def _asked_for() -> bool:
    return st.toggle(t("Look through all files: with so many members it takes a while"), key="duplicates-all")


def _merge(house: warehouse.Warehouse, duplicate: str, kept: str, reason: str) -> None:
    if not (duplicate and kept and reason):
        st.session_state["merge-failure"] = t("Give both numbers and the reason.")
    else:
        try:
            merge(house, duplicate, kept, reason, _BY)
        except warehouse.WarehouseError as error:
            st.session_state["merge-failure"] = error.problem.words(language())
    st.rerun()
