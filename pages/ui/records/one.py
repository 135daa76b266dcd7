"""One record: what it says now, the form that corrects it, and every row that was ever written about it."""

from collections.abc import Sequence

import streamlit as st

import warehouse
from pages.ui.layout import Link, links, notice, section
from pages.ui.markup import show
from pages.ui.numbers import day
from pages.ui.records.changes import revision_words, waiting_section, waits_words, who
from pages.ui.records.entering import record_form
from pages.ui.records.telling import address, told
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from warehouse.access import Role
from warehouse.records.case_reworking import BY_CLOCK
from warehouse.records.changing import MOST_REASON, Change, changes
from warehouse.records.declaring import RecordType
from warehouse.records.reading import Row, changed, history
from warehouse.records.storing import Stored, withdraw

# What is filled by a step in the handling of a case, the one that says most first.
_STEPS = {
    "resolved_again_at": "Resolved",
    "reopened_at": "Reopened",
    "resolved_at": "Resolved",
    "paused_at": "Waits for the customer",
    "first_response_at": "Responded to",
}


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
    is_closed = now.withdrawn and bool(kind.asks(role))
    if is_closed:
        notice(
            [t("This record was withdrawn and counts no longer. Only the operator can let it count again.")]
        )
    elif now.withdrawn:
        notice([t("This record was withdrawn and counts no longer. Saving it anew lets it count again.")])
    said_of, said = st.session_state.pop("record-said", ("", ""))
    if said_of == record_id:
        notice([said], tone="good")
    known = changes(house, kind, record_id)
    waiting_section(kind, role, [change for change in known if change.state == "asked"])
    facts = [
        (field.title.said(chosen), told(field, now.values[field.code], zone, chosen)) for field in fields
    ]
    show("facts", facts=facts)
    # What the role may write but not read is left as it is.
    entered = [field for field in kind.entered_by(role) if field in fields]
    if entered and not is_closed:
        with st.expander(t("Correct or complete it")):
            if stored := record_form(kind, record_id, entered, now.values, role):
                _again(record_id, stored_words(stored, kind, role))
    _withdrawing(kind, role, now)
    section(
        t("History"),
        t("Nothing is overwritten: each correction is a row of its own, and the last one counts."),
    )
    show_table(_history_table(kind, rows, role, known))


def _withdrawing(kind: RecordType, role: Role, now: Row) -> None:
    """The reason and the button that take a record out, or ask for it."""
    if now.withdrawn or (role != "operator" and role not in kind.write):
        return
    with (
        st.expander(t("Withdraw this record")),
        st.form(f"record-withdraw-{kind.name}-{now.record_id}", enter_to_submit=False),
    ):
        words = t(
            "It counts no longer then; what was written stays readable, with the reason and who did it."
        )
        show("notes", notes=[words, *filter(None, [waits_words(kind, role)])])
        key = f"record-withdraw-reason-{now.record_id}"
        reason = st.text_input(t("Reason"), key=key, max_chars=MOST_REASON)
        if not st.form_submit_button(t("Withdraw this record"), key=f"record-withdraw-{now.record_id}"):
            return
    try:
        done = withdraw(warehouse.serving(), kind, now.record_id, role, role, reason)
    except warehouse.WarehouseError as error:
        notice([error.problem.words(language())], title=t("Nothing was changed"), tone="bad")
    else:
        said = t("It is withdrawn.") if done else f"{t('It is asked for.')} {waits_words(kind, role)}"
        _again(now.record_id, said)


def _history_table(kind: RecordType, rows: Sequence[Row], role: Role, known: Sequence[Change]) -> Table:
    zone, chosen = warehouse.serving().reporting_zone, language()
    fields = {field.code: field for field in kind.seen_by(role)}
    made = {change.revision: change for change in known}
    lines = []
    for place in reversed(range(len(rows))):
        row = rows[place]
        said = [
            f"{fields[code].title.said(chosen)}: {told(fields[code], row.values[code], zone, chosen)}"
            for code in changed(rows, place)
        ]
        if change := made.get(row.revision):
            said.append(revision_words(change, zone, chosen))
        local = row.recorded_at.astimezone(zone)
        lines.append(
            [
                Cell(f"{day(local.date(), chosen)} {local:%H:%M:%S}"),
                Cell(who(row.recorded_by, chosen)),
                Cell(_done(kind, rows, place), "; ".join(said)),
            ]
        )
    return Table(t("History"), [Column(t("When")), Column(t("By whom")), Column(t("What"))], lines)


def _done(kind: RecordType, rows: Sequence[Row], place: int) -> str:
    """What a row of the history did, in a word."""
    row = rows[place]
    if row.withdrawn:
        return t("Withdrawn")
    if place == 0:
        return t("First entry")
    if row.recorded_by == BY_CLOCK:
        return t("Time limits worked out anew")
    if kind.name == "service_case":
        now, before = row.values, rows[place - 1].values
        filled = {code for code in changed(rows, place) if before[code] is None}
        for code, word in _STEPS.items():
            if code in filled:
                return t(word)
        if "paused_at" in changed(rows, place) and now["paused_at"] is None:
            return t("Goes on")
    return t("Correction")


def stored_words(stored: Stored, kind: RecordType, role: Role) -> str:
    """What became of one record that was sent."""
    if not stored.asked:
        return t("It is stored.")
    said = t("It is stored, without what was entered late.") if stored.added else t("It is asked for.")
    return f"{said} {waits_words(kind, role)}"


def _again(record_id: str, said: str) -> None:
    st.session_state["record-said"] = (record_id, said)
    st.rerun()
