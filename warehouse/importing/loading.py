"""A file into the warehouse by a mapping: read and checked first, then stored in one transaction or not at
all."""

import threading
from dataclasses import dataclass, replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from survey import new_response_id
from warehouse.anonymity import check_not_anonymous
from warehouse.audit.chain import record
from warehouse.calendar import from_stored, to_stored, utc_now
from warehouse.database import Warehouse
from warehouse.importing.assembling import Checked, check_table
from warehouse.importing.comparing import compare
from warehouse.importing.files import find_columns, open_source
from warehouse.importing.mapping_reading import LoadedMapping, load_mapping
from warehouse.importing.problems import refused
from warehouse.importing.reading import Table, as_written, read_columns
from warehouse.importing.report import ImportReport
from warehouse.importing.row_choice import LeftOut, choose_rows
from warehouse.importing.storing import Progress, make_ready, store_ready
from warehouse.memory import PerWarehouse
from warehouse.sql import sql
from warehouse.surveys import publishing, store_survey

MOST_CHANGED = 20  # rows named that differ from what is stored
_locks = PerWarehouse(lambda warehouse: threading.Lock())


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that was read and checked. `report` says what a load would meet, with nothing stored."""

    loaded: LoadedMapping
    checked: Checked
    report: ImportReport


def prepare(path: Path, mapping_path: Path) -> Prepared:
    """Read and check a file by a mapping; needs no warehouse.

    Raises ImportRefusedError with everything wrong with the mapping, or why the file cannot be read as a
    whole."""
    loaded = load_mapping(mapping_path)
    table, left_out = choose_rows(_table(path, loaded), loaded.mapping.only)
    checked = check_table(table, loaded)
    return Prepared(loaded, checked, _report(table, left_out, loaded, checked))


def load(
    warehouse: Warehouse,
    prepared: Prepared,
    *,
    strict: bool = False,
    progress: Progress = lambda done, total: None,
) -> ImportReport:
    """Store the responses of a checked file, once each: rows that are in the survey already are recognised by
    their id.

    What is stored is never changed by a later import. With `strict`, a file with any refusal is refused
    whole; a file of which every row is refused always is. Raises ImportRefusedError("file-strict",
    "file-all-refused") and the errors of `surveys.publish` and `Warehouse.transaction`."""
    report = prepared.report
    if strict and report.has_refusals:
        raise refused("file-strict", report.file, rows=report.refused_rows, cells=report.refused_cells)
    if report.takes_nothing:
        raise refused("file-all-refused", report.file, rows=report.rows)
    # Others may not import meanwhile: what is known before the transaction must be so within it.
    with _locks(warehouse):
        keys = {"file_sha256": report.sha256, "mapping_sha256": prepared.loaded.sha256}
        before = warehouse.read("importing/same_file", survey=report.survey, **keys)
        if before:
            with publishing(warehouse) as cursor:
                _open(cursor, prepared)
            known = report.rows - report.refused_rows
            return replace(report, stored=0, known=known, same_file=from_stored(before[0][0]))
        return _store(warehouse, prepared, progress)


def _table(path: Path, loaded: LoadedMapping) -> Table:
    uses, form = loaded.mapping.uses, loaded.mapping.file
    source = open_source(path, form)
    header, delimiter = find_columns(source, uses, form)
    table = read_columns(source, header, delimiter, uses, form.heading)
    return as_written(table) if form.neutralised else table


def _report(
    table: Table, left_out: tuple[LeftOut, ...], loaded: LoadedMapping, checked: Checked
) -> ImportReport:
    uses = loaded.mapping.uses
    return ImportReport(
        file=table.name,
        sha256=table.sha256,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheets=table.sheets,
        mapping=loaded.name,
        survey=loaded.mapping.survey.slug,
        questionnaire=loaded.questionnaire.slug,
        version=loaded.questionnaire.version,
        rows=len(table.rows),
        stored=0,
        known=0,
        changed=0,
        changed_rows=(),
        refused_rows=checked.refused_rows,
        refused_cells=len(checked.cell_refusals),
        columns=checked.columns,
        left_out=left_out,
        unread=tuple(column for column in table.header if column not in uses),
    )


def _store(warehouse: Warehouse, prepared: Prepared, progress: Progress) -> ImportReport:
    """Make everything ready first: during the transaction nobody else is stored."""
    import_id = str(new_response_id())
    known = compare(warehouse, prepared.checked, prepared.loaded.questionnaire)
    done = replace(
        prepared.report,
        stored=len(known.fresh),
        known=known.count,
        changed=len(known.changed),
        changed_rows=known.changed[:MOST_CHANGED],
    )
    ready = make_ready(known.fresh, warehouse.reporting_zone, progress)
    with publishing(warehouse) as cursor:
        if ready.zone != warehouse.reporting_zone:  # a contract of another zone was loaded meanwhile
            ready = make_ready(known.fresh, warehouse.reporting_zone, progress)
        _open(cursor, prepared)
        if known.fresh:
            store_ready(cursor, ready, known.fresh[0], import_id)
        _keep(cursor, import_id, done, prepared)
        counts = {"rows": done.rows, "stored": done.stored, "refused": done.refused_rows}
        record(cursor, "imported", done.survey, file_sha256=done.sha256, **counts)
    return done


def _open(cursor: DuckDBPyConnection, prepared: Prepared) -> None:
    """Publish what is asked. A survey that this import makes takes no answers; the form of one that is there
    stays as it was."""
    named = prepared.loaded.mapping.survey
    is_there = cursor.execute(sql("core/survey"), {"survey": named.slug}).fetchone()
    check_not_anonymous(cursor, named.slug)
    store_survey(cursor, prepared.loaded.questionnaire, named.slug, named.title, is_example=False)
    if not is_there:
        row = {"survey": named.slug, "event": "closed", "recorded_at": to_stored(utc_now())}
        cursor.execute(sql("core/insert_survey_event"), row)


def _keep(cursor: DuckDBPyConnection, import_id: str, report: ImportReport, prepared: Prepared) -> None:
    cursor.execute(
        sql("importing/insert_batch"),
        {
            "import_id": import_id,
            "survey": report.survey,
            "file_name": report.file,
            "file_sha256": report.sha256,
            "mapping_sha256": prepared.loaded.sha256,
            "rows_read": report.rows,
            "rows_loaded": report.stored,
            "report": report.as_json(),
            "recorded_at": to_stored(utc_now()),
        },
    )
    refusals = (*prepared.checked.row_refusals, *prepared.checked.cell_refusals)
    if refusals:
        cursor.execute(
            sql("importing/insert_refusals"),
            {
                "import_id": import_id,
                "row_number": [refusal.row for refusal in refusals],
                "column_name": [refusal.column for refusal in refusals],
                "raw": [refusal.raw for refusal in refusals],
                "code": [refusal.code for refusal in refusals],
            },
        )
