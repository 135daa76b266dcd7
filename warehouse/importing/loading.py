"""A file into the warehouse by a mapping: read and checked first, then stored in one transaction or not at
all."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from duckdb import DuckDBPyConnection

from survey import new_response_id
from warehouse.calendar import from_stored, to_stored, utc_now
from warehouse.database import Warehouse
from warehouse.importing.assembling import Checked, check_table
from warehouse.importing.mapping_reading import LoadedMapping, load_mapping
from warehouse.importing.problems import ImportRefusedError, import_problem, near, refused
from warehouse.importing.reading import Table, read_columns, read_content, read_header
from warehouse.importing.report import ImportReport
from warehouse.responses import store_responses
from warehouse.sql import sql
from warehouse.surveys import publishing, store_survey

Progress = Callable[[int, int], None]
"""Told how many responses of how many have been stored; what it raises stops the import, and nothing is
stored."""

_AT_A_TIME = 5_000


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
    table = _table(path, loaded)
    checked = check_table(table, loaded)
    return Prepared(loaded, checked, _report(table, loaded, checked))


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
    whole. Raises ImportRefusedError("file-strict") and the errors of `surveys.publish` and
    `Warehouse.transaction`."""
    report = prepared.report
    if strict and report.has_refusals:
        raise refused("file-strict", report.file, rows=report.refused_rows, cells=report.refused_cells)
    mapping = prepared.loaded.mapping
    with publishing(warehouse) as cursor:
        store_survey(
            cursor,
            prepared.loaded.questionnaire,
            mapping.survey.slug,
            mapping.survey.title,
            is_example=False,
        )
        before = cursor.execute(
            sql("importing/same_file"),
            {"survey": report.survey, "file_sha256": report.sha256, "mapping_sha256": prepared.loaded.sha256},
        ).fetchone()
        if before:
            known = report.rows - report.refused_rows
            return replace(report, stored=0, known=known, same_file=from_stored(before[0]))
        return _store(cursor, warehouse, prepared, progress)


def _table(path: Path, loaded: LoadedMapping) -> Table:
    uses, form = loaded.mapping.uses, loaded.mapping.file
    content = read_content(path, form.encoding)
    header, delimiter = read_header(content, uses, form.delimiter)
    counts = Counter(header)
    problems = [
        import_problem("column-twice", path.name, column=column, use=use, count=counts[column])
        if column in counts
        else import_problem("column-missing", path.name, column=column, use=use, near=near(column, counts))
        for column, use in uses.items()
        if counts[column] != 1
    ]
    if problems:
        raise ImportRefusedError(problems)
    return read_columns(content, header, delimiter, uses)


def _report(table: Table, loaded: LoadedMapping, checked: Checked) -> ImportReport:
    uses = loaded.mapping.uses
    return ImportReport(
        file=table.name,
        sha256=table.sha256,
        encoding=table.encoding,
        delimiter=table.delimiter,
        mapping=loaded.name,
        survey=loaded.mapping.survey.slug,
        questionnaire=loaded.questionnaire.slug,
        version=loaded.questionnaire.version,
        rows=len(table.rows),
        stored=0,
        known=0,
        redated=0,
        refused_rows=checked.refused_rows,
        refused_cells=len(checked.cell_refusals),
        columns=checked.columns,
        unread=tuple(column for column in table.header if column not in uses),
    )


def _store(
    cursor: DuckDBPyConnection, warehouse: Warehouse, prepared: Prepared, progress: Progress
) -> ImportReport:
    report, import_id = prepared.report, str(new_response_id())
    there = {
        row[0] for row in cursor.execute(sql("importing/known_rows"), {"survey": report.survey}).fetchall()
    }
    rows_there = {_row_part(response_id) for response_id in there}
    known = {
        each.response_id for each in prepared.checked.responses if _row_part(each.response_id) in rows_there
    }
    responses = [each for each in prepared.checked.responses if each.response_id not in known]
    last_seq = 0
    progress(0, len(responses))
    for start in range(0, len(responses), _AT_A_TIME):
        part = responses[start : start + _AT_A_TIME]
        stored = store_responses(
            cursor, part, warehouse.reporting_zone, import_id=import_id, after_seq=last_seq
        )
        last_seq = stored.last_seq
        progress(start + len(part), len(responses))
    done = replace(report, stored=len(responses), known=len(known), redated=len(known - there))
    _keep(cursor, import_id, done, prepared)
    return done


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


def _row_part(response_id: UUID) -> str:
    """The part of an imported row's id that does not depend on its date: a corrected date makes no second
    response."""
    return str(response_id)[14:]
