"""One record: what it says now, the form that corrects it, and every row that was ever written about it."""

from collections.abc import Sequence

import streamlit as st

import warehouse
from pages.ui.layout import Link, links, notice, section
from pages.ui.markup import show
from pages.ui.numbers import day
from pages.ui.records.entering import record_form
from pages.ui.records.telling import address, told
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from warehouse.access import Role
from warehouse.records.declaring import RecordType
from warehouse.records.reading import Row, changed, history
from warehouse.records.storing import withdraw

_ROLES = {"operator": "Operator", "party_a": "Party A", "party_b": "Party B", "mediator": "Mediator"}


def one_record(kind: RecordType, role: Role, record_id: str) -> None:
    """The record of that number, or that there is none."""
    house = warehouse.serving()
    links(Link(t("Back to the list"), address(kind)))
    rows = history(house, kind, role, record_id)
    if not rows:
        notice([t("There is no record of this number.")])
        return
    now = rows[-1]
    zone, chosen, fields = house.reporting_zone, language(), kind.seen_by(role)
    section(record_id)
    if now.withdrawn:
        notice([t("This record was withdrawn and counts no longer. Saving it anew lets it count again.")])
    if st.session_state.pop("record-said", None) == record_id:
        notice([t("It is stored.")], tone="good")
    facts = [
        (field.title.said(chosen), told(field, now.values[field.code], zone, chosen)) for field in fields
    ]
    show("facts", facts=facts)
    entered = kind.entered_by(role)
    if entered:
        with st.expander(t("Correct or complete it")):
            if record_form(kind, record_id, entered, now.values, role):
                _again(record_id)
            _withdraw_button(kind, role, now)
    section(
        t("History"),
        t("Nothing is overwritten: each correction is a row of its own, and the last one counts."),
    )
    show_table(_history_table(kind, rows, role))


def _withdraw_button(kind: RecordType, role: Role, now: Row) -> None:
    if now.withdrawn or (role != "operator" and role not in kind.write):
        return
    if st.button(t("Withdraw this record"), key=f"record-withdraw-{now.record_id}"):
        try:
            withdraw(warehouse.serving(), kind, now.record_id, role, role)
        except warehouse.WarehouseError as error:
            notice([error.problem.words(language())], title=t("Nothing was changed"), tone="bad")
        else:
            st.rerun()


def _history_table(kind: RecordType, rows: Sequence[Row], role: Role) -> Table:
    zone, chosen = warehouse.serving().reporting_zone, language()
    fields = {field.code: field for field in kind.seen_by(role)}
    lines = []
    for place in reversed(range(len(rows))):
        row = rows[place]
        said = [
            f"{fields[code].title.said(chosen)}: {told(fields[code], row.values[code], zone, chosen)}"
            for code in changed(rows, place)
        ]
        local = row.recorded_at.astimezone(zone)
        lines.append(
            [
                Cell(f"{day(local.date(), chosen)} {local:%H:%M:%S}"),
                Cell(_who(row.recorded_by)),
                Cell(
                    t("Withdrawn") if row.withdrawn else t("First entry") if place == 0 else t("Correction"),
                    "; ".join(said),
                ),
            ]
        )
    return Table(t("History"), [Column(t("When")), Column(t("By whom")), Column(t("What"))], lines)


def _who(recorded_by: str) -> str:
    """The role in words, and the file or program behind it as it was given."""
    role, _, rest = recorded_by.partition(": ")
    named = t(_ROLES[role]) if role in _ROLES else role
    return f"{named}: {rest}" if rest else named


def _again(record_id: str) -> None:
    st.session_state["record-said"] = record_id
    st.rerun()
