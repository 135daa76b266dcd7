"""Import: a foreign survey file by a mapping, checked first, loaded whole or not at all; and the contract."""

from pathlib import Path

import streamlit as st

import warehouse
from pages.ui.access import require
from pages.ui.contract_upload import contract_section
from pages.ui.file_choice import File, choose_file, choose_mapping
from pages.ui.import_report import past_imports, report_lines, report_table
from pages.ui.layout import Link, framed, heading, links, notice, section
from pages.ui.markup import show
from pages.ui.numbers import amount
from pages.ui.register_upload import register_section
from pages.ui.stopping import stoppable, was_stopped
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from pages.ui.uploaded import on_disk
from survey import pick
from warehouse.exports import export_rows
from warehouse.filters import Filters, default_survey
from warehouse.importing import ImportRefusedError, Prepared, load, prepare
from warehouse.importing.mapping_reading import load_mapping

require("operator")

SAMPLES = Path(warehouse.__file__).parent / "samples"


def page() -> None:
    """Choose, check, load; then what has been imported so far."""
    with framed():
        heading(
            t("Import"),
            lead=t("Answers of other survey tools, your own register, and the contract it all serves."),
        )
        section(
            t("Answers"),
            t("A CSV, XLSX or Parquet file of another tool, and a mapping that says what its columns hold."),
        )
        mapping = _choose_mapping()
        file = _choose_file(mapping)
        _check(mapping, file)
        if prepared := st.session_state.get("import-prepared"):
            _report(prepared)
        was_stopped()
        if failure := st.session_state.get("import-failure"):
            notice(failure, title=t("Nothing was stored"), tone="bad")
        if done := st.session_state.get("import-done"):
            lines = report_lines(done, language())
            notice(lines, title=t("The import is done"), tone="good")
            links(Link(t("See its figures"), f"/satisfaction?survey={done.survey}"))
        _history()
        register_section()
        contract_section()


def _choose_mapping() -> File | None:
    titles = {
        path.name: pick(load_mapping(path).mapping.survey.title, language(), "en")[0] for path in _mappings()
    }
    return choose_mapping(SAMPLES, titles, "import-mapping", "import-mapping-file", _forget)


def _choose_file(mapping: File | None) -> File | None:
    label, endings = t("Data file (CSV, XLSX or Parquet)"), ("csv", "txt", "tsv", "xlsx", "parquet")
    return choose_file(SAMPLES, mapping, label, endings, "import", _forget)


def _check(mapping: File | None, file: File | None) -> None:
    ready = mapping is not None and file is not None
    if not st.button(t("Check the file"), disabled=not ready, key="import-check") or not mapping or not file:
        return
    _forget()
    with stoppable(t("Reading and checking")) as tell, on_disk(mapping, file) as (mapping_path, path):
        try:
            prepared = prepare(path, mapping_path, tell)
            st.session_state["import-prepared"] = prepared
            if prepared.report.takes_nothing:  # which cannot be loaded
                warehouse.serving().audit.note_refused("file-all-refused", "import")
        except ImportRefusedError as refused:
            warehouse.serving().audit.note_refused(refused.problems[0].code, "import")
            st.session_state["import-failure"] = [problem.words(language()) for problem in refused.problems]


def _report(prepared: Prepared) -> None:
    report = prepared.report
    section(t("What the check found"))
    show("notes", notes=report_lines(report, language()))
    show_table(report_table(report, language()))
    count = report.rows - report.refused_rows
    label = t("Load {count} responses", count=amount(count, "count", language()))
    if not st.button(label, type="primary", key="import-load", disabled=not count):
        return
    try:
        with stoppable(t("Loading")) as tell:
            done = load(warehouse.serving(), prepared, progress=tell)
    except warehouse.WarehouseError as error:
        _forget()
        st.session_state["import-failure"] = [error.problem.words(language())]
    else:
        _forget()
        st.session_state["import-done"] = done
    st.rerun()


def _history() -> None:
    house = warehouse.serving()
    export = export_rows(house, "imports", Filters(default_survey(house)), language())
    rows = [dict(zip(export.table.columns, row, strict=True)) for row in export.table.rows]
    section(t("Answers imported so far"))
    if not rows:
        notice([t("No file of answers has been imported yet.")])
        return
    show_table(past_imports(rows, house.reporting_zone.key, language()))
    links(Link(t("Download as CSV"), "/export/imports.csv", download=True))


def _mappings() -> list[Path]:
    return sorted(SAMPLES.glob("*.yaml"), reverse=True)


def _forget() -> None:
    for name in ("import-prepared", "import-failure", "import-done"):
        st.session_state.pop(name, None)


page()
