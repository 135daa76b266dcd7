"""The part of the import page that brings the register in: members, purchases or events, by a mapping."""

from pathlib import Path

import streamlit as st

import warehouse
from pages.ui.file_choice import File, choose_file, choose_mapping
from pages.ui.handover import handover
from pages.ui.layout import Link, links, notice, section
from pages.ui.markup import show
from pages.ui.numbers import amount, instant
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from pages.ui.uploaded import on_disk
from survey import pick
from warehouse.calendar import from_stored
from warehouse.importing import ImportRefusedError
from warehouse.membership.tiers import stated_tiers
from warehouse.registering import Prepared, RegisterReport, load, prepare
from warehouse.registering.checking import Refused
from warehouse.registering.mapping import MODELS, Kind, load_mapping
from warehouse.registering.refusals import table_of
from warehouse.registering.wording import fault_lines, outcome

SAMPLES = Path(warehouse.__file__).parent / "samples" / "register"
KINDS: dict[Kind, str] = {"members": "Members", "purchases": "Purchases", "events": "Events"}


def register_section() -> None:
    """Choose, check, load; then which files came in so far."""
    section(
        t("Members, purchases, events"),
        t("Files of your register, one row each, and a mapping that says what their columns hold."),
    )
    kind = st.segmented_control(
        t("What the file holds"),
        list(KINDS),
        format_func=lambda code: t(KINDS[code]),
        default="members",
        required=True,
        key="register-kind",
        on_change=_forget,
    )
    mapping = _choose_mapping(kind)
    file = _choose_file(mapping)
    if (
        st.button(t("Check the file"), disabled=not (mapping and file), key="register-check")
        and mapping
        and file
    ):
        _forget()
        _check(kind, mapping, file)
    if prepared := st.session_state.get("register-prepared"):
        _offer(prepared)
    if failure := st.session_state.get("register-failure"):
        notice(failure, title=t("Nothing was stored"), tone="bad")
    if done := st.session_state.get("register-done"):
        _done(done)
    _history()
    links(Link(t("Cases, care and other records have their own page"), "/records"))


def _choose_mapping(kind: Kind) -> File | None:
    titles = {}
    for path in sorted(SAMPLES.glob("*.yaml")):
        if f"kind: {MODELS[kind].__name__}\n" in path.read_text("utf-8"):
            titles[path.name] = pick(load_mapping(path, kind).mapping.title, language(), "en")[0]
    return choose_mapping(SAMPLES, titles, f"register-mapping-{kind}", "register-mapping-file", _forget)


def _choose_file(mapping: File | None) -> File | None:
    label, endings = t("Data file (CSV or XLSX)"), ("csv", "txt", "tsv", "xlsx")
    return choose_file(SAMPLES, mapping, label, endings, "register", _forget)


def _check(kind: Kind, mapping: File, file: File) -> None:
    zone, tiers = warehouse.serving().reporting_zone, stated_tiers(warehouse.serving())
    with st.spinner(t("Reading and checking")), on_disk(mapping, file) as (mapping_path, path):
        try:
            st.session_state["register-prepared"] = prepare(path, mapping_path, kind, zone, tiers)
        except ImportRefusedError as refused:
            st.session_state["register-failure"] = [problem.words(language()) for problem in refused.problems]


def _offer(prepared: Prepared) -> None:
    report = prepared.report
    chosen = language()
    show("notes", notes=[*outcome(report, chosen, stored=False), *fault_lines(report, chosen)])
    count = report.rows - report.refused - report.left_out
    label = t("Load {count} rows", count=amount(count, "count", chosen))
    if not st.button(label, type="primary", key="register-load", disabled=not count):
        return
    bar = st.progress(0.0, t("Loading"))
    rows: list[Refused] = []

    def tell(at: int, of: int) -> None:
        bar.progress(at / of if of else 1.0)

    try:
        done = load(warehouse.serving(), prepared, progress=tell, on_refused=rows.extend)
    except (warehouse.WarehouseError, ImportRefusedError) as error:
        _forget()
        problems = error.problems if isinstance(error, ImportRefusedError) else [error.problem]
        st.session_state["register-failure"] = [problem.words(chosen) for problem in problems]
    else:
        _forget()
        key = handover.hold(table_of(prepared.header, rows, chosen)) if rows else ""
        st.session_state["register-done"] = (done, key)
    st.rerun()


def _done(done: tuple[RegisterReport, str]) -> None:
    report, key = done
    lines = [*outcome(report, language(), stored=True), *fault_lines(report, language())]
    notice(lines, title=t("The import is done"), tone="good")
    shown = [Link(t("See the members"), "/members"), Link(t("See who is at risk"), "/at_risk")]
    if key:
        shown.append(Link(t("Refused rows as CSV"), f"/export/refused/{key}.csv", download=True))
    links(*shown)


def _history() -> None:
    house = warehouse.serving()
    rows = house.read("register/imports")
    if not rows:
        return
    chosen, zone = language(), house.reporting_zone.key
    names = ("Rows", "New", "Corrected", "There before", "Refused")
    show_table(
        Table(
            t("Register files imported so far"),
            [
                Column(t("File")),
                Column(t("What the file holds")),
                *(Column(t(name), right=True) for name in names),
            ],
            [
                [
                    Cell(file, instant(from_stored(at), zone, chosen)),
                    Cell(t(KINDS[kind])),
                    *(Cell(amount(count, "count", chosen)) for count in counts),
                ]
                for at, kind, file, *counts in rows
            ],
        )
    )


def _forget() -> None:
    for key in ("register-prepared", "register-failure", "register-done"):
        st.session_state.pop(key, None)
