"""Records: what the contract asks for beside surveys and members, each type on this one page."""

import streamlit as st

import warehouse
from pages.ui.access import require
from pages.ui.layout import example_notice, framed, heading, notice
from pages.ui.records.changes import changes_section, waiting_section
from pages.ui.records.effects import effects_section
from pages.ui.records.entering import record_form
from pages.ui.records.figures import record_figures
from pages.ui.records.limits import KIND as LIMITS
from pages.ui.records.limits import limits_section
from pages.ui.records.listing import records_list
from pages.ui.records.one import one_record
from pages.ui.records.warnings import BUDGET, budget_warning
from pages.ui.texts import language, t
from warehouse.calendar import local_day, utc_now
from warehouse.contracts import current_contract
from warehouse.example import example_loaded
from warehouse.records.catalogue import types_seen_by
from warehouse.records.changing import changes
from warehouse.records.checking import new_number
from warehouse.records.declaring import RecordType
from warehouse.records.effects import KIND
from warehouse.records.importing import import_records
from warehouse.records.problems import RecordRefusedError

role = require()


def page() -> None:
    """The type that the address names: its list, or one record of it."""
    house = warehouse.serving()
    with framed():
        kinds = {kind.name: kind for kind in types_seen_by(role)}
        asked = st.query_params.get("type", "")
        kind = kinds[asked] if asked in kinds else next(iter(kinds.values()))
        heading(
            kind.title.said(language()), meta=[kind.clause.said(language())], lead=kind.lead.said(language())
        )
        if example_loaded(house):
            example_notice()
        _choose(kinds, kind)
        if record_id := st.query_params.get("record"):
            one_record(kind, role, record_id)
            return
        if said := st.session_state.pop("records-imported", ""):
            notice([said], title=t("The import is done"), tone="good")
        known = changes(house, kind, most=_CHANGES)
        if kind.name == BUDGET and (loaded := current_contract(house)):
            budget_warning(loaded.contract, with_link=False)
        waiting_section(kind, role, [change for change in known if change.state == "asked"])
        # Above the list: on a phone nobody would find them below fifty rows.
        _add(kind)
        if role == "operator":
            _import(kind)
        if kind.name == LIMITS:
            limits_section()
        records_list(kind, role)
        changes_section(role, known)
        record_figures(kind)
        if kind.name == KIND:
            effects_section(role)


def _choose(kinds: dict[str, RecordType], kind: RecordType) -> None:
    titles = {each.name: each.title.said(language()) for each in kinds.values()}
    st.session_state["records-type"] = kind.name
    st.selectbox(
        t("Kind of record"),
        list(titles),
        format_func=titles.__getitem__,
        key="records-type",
        on_change=_to_type,
        width=320,
    )


def _to_type() -> None:
    for name in ("record", "value", "text", "on", "page"):
        st.query_params.pop(name, None)
    st.query_params["type"] = st.session_state["records-type"]


def _add(kind: RecordType) -> None:
    fields = kind.entered_by(role)
    if not fields or role not in ("operator", *kind.write):
        return
    house = warehouse.serving()
    # The number is given when the form is shown, so that sending it twice stores it once.
    key = f"records-new-{kind.name}"
    number = st.session_state.setdefault(key, new_number(local_day(utc_now(), house.reporting_zone)))
    with st.expander(t("Add a record")):
        if record_form(kind, number, fields, {}, role):
            del st.session_state[key]
            st.session_state["record-said"] = (number, t("It is stored."))
            st.query_params["record"] = number
            st.rerun()


def _import(kind: RecordType) -> None:
    with st.expander(t("Import a file")):
        show_columns = ", ".join(["record_id", *(field.code for field in kind.fields if not field.derived)])
        notice(
            [
                t(
                    "CSV or XLSX, one record a row, under these headings or their titles: {columns}.",
                    columns=show_columns,
                ),
                t("A row with the number of a record corrects it. One wrong cell, and nothing is stored."),
                t("Where that changes what counts, a column reason says why."),
            ]
        )
        file = st.file_uploader(
            t("File (CSV or XLSX)"), type=["csv", "txt", "xlsx"], key=f"records-file-{kind.name}"
        )
        if file is None or not st.button(t("Import it"), key=f"records-import-{kind.name}"):
            return
        try:
            stored = import_records(
                warehouse.serving(), kind, file.getvalue(), file.name, language=language()
            )
        except RecordRefusedError as error:
            lines = [problem.words(language()) for problem in error.problems[:_MOST_TOLD]]
            notice(lines, title=t("Nothing was stored"), tone="bad")
            return
        st.session_state["records-imported"] = t(
            "{added} new, {corrected} corrected, {known} as they were.",
            added=stored.added,
            corrected=stored.corrected,
            known=stored.known,
        )
        st.rerun()  # what waits for consent stands above and was drawn before


_MOST_TOLD = 50
_CHANGES = 50
page()
