"""Import: a foreign survey file by a mapping, checked first, loaded whole or not at all; and the contract."""

from pathlib import Path

import streamlit as st

import warehouse
from pages.ui.access import require
from pages.ui.contract_upload import contract_section
from pages.ui.import_report import past_imports, report_lines, report_table
from pages.ui.layout import Link, framed, heading, links, notice, section
from pages.ui.markup import show
from pages.ui.numbers import amount
from pages.ui.register_upload import register_section
from pages.ui.stopping import stoppable, was_stopped
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from pages.ui.uploaded import file_name, on_disk
from survey import pick
from warehouse.exports import export_rows
from warehouse.filters import Filters, default_survey
from warehouse.importing import ImportRefusedError, Prepared, load, prepare
from warehouse.importing.mapping_reading import load_mapping

require("operator")

SAMPLES = Path(warehouse.__file__).parent / "samples"
OWN = ""


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
        was_stopped()
        if prepared := st.session_state.get("import-prepared"):
            _report(prepared)
        if failure := st.session_state.get("import-failure"):
            notice(failure, title=t("Nothing was stored"), tone="bad")
        if done := st.session_state.get("import-done"):
            lines = report_lines(done, language())
            notice(lines, title=t("The import is done"), tone="good")
            links(Link(t("See its figures"), f"/satisfaction?survey={done.survey}"))
        _history()
        register_section()
        contract_section()


def _choose_mapping() -> tuple[str, bytes] | None:
    """The mapping's name and text."""
    shipped = {
        path.name: pick(load_mapping(path).mapping.survey.title, language(), "en")[0] for path in _mappings()
    }
    labels = shipped | {OWN: t("A mapping of my own")}
    name = st.selectbox(
        t("Mapping"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key="import-mapping",
        placeholder=t("Choose a mapping"),
        on_change=_forget,
        width=420,
    )
    if name is None:
        return None
    if name != OWN:
        return name, (SAMPLES / name).read_bytes()
    given = st.file_uploader(
        t("Mapping file (YAML)"), type=["yaml", "yml"], key="import-mapping-file", on_change=_forget
    )
    return (file_name(given.name), given.getvalue()) if given else None


def _choose_file(mapping: tuple[str, bytes] | None) -> tuple[str, bytes] | None:
    """The data file's name and bytes; for a mapping that ships with the project its file ships too."""
    if mapping is None:
        return None
    sample = (SAMPLES / mapping[0]).with_suffix(".csv")
    if st.session_state["import-mapping"] != OWN and sample.exists():
        sources = {"sample": t("The file that comes with it"), "own": t("A file of my own")}
        source = st.segmented_control(
            t("File"),
            list(sources),
            format_func=sources.__getitem__,
            default="sample",
            required=True,
            key="import-source",
            on_change=_forget,
        )
        if source == "sample":
            return sample.name, sample.read_bytes()
    given = st.file_uploader(
        t("Data file (CSV, XLSX or Parquet)"),
        type=["csv", "txt", "tsv", "xlsx", "parquet"],
        key="import-file",
        on_change=_forget,
    )
    return (file_name(given.name), given.getvalue()) if given else None


def _check(mapping: tuple[str, bytes] | None, file: tuple[str, bytes] | None) -> None:
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
    section(t("Imported so far"))
    if not rows:
        notice([t("No file has been imported yet.")])
        return
    show_table(past_imports(rows, house.reporting_zone.key, language()))
    links(Link(t("Download as CSV"), "/export/imports.csv", download=True))


def _mappings() -> list[Path]:
    return sorted(SAMPLES.glob("*.yaml"), reverse=True)


def _forget() -> None:
    for name in ("import-prepared", "import-failure", "import-done"):
        st.session_state.pop(name, None)


page()
