"""What every import does around its rows: one at a time, the survey opened, the batch kept, a file known
again."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from duckdb import DuckDBPyConnection

from warehouse.anonymity import check_not_anonymous
from warehouse.audit.chain import record
from warehouse.calendar import from_stored, to_stored, utc_now
from warehouse.database import Warehouse
from warehouse.importing.checking import RefusedCell
from warehouse.importing.mapping_reading import LoadedMapping
from warehouse.importing.problems import refused
from warehouse.importing.report import ImportReport
from warehouse.memory import PerWarehouse
from warehouse.sql import sql
from warehouse.surveys import publishing, store_survey

MOST_CHANGED = 20  # rows named that differ from what is stored
_locks = PerWarehouse(lambda warehouse: threading.Lock())


class PreparedFile(Protocol):
    """A file that was read and checked, of whatever size. `report` says what a load would meet, with nothing
    stored."""

    @property
    def loaded(self) -> LoadedMapping: ...
    @property
    def report(self) -> ImportReport: ...
    def refusals(self) -> Iterator[RefusedCell]:
        """Every refused cell with its reason, in the order of the file."""


@contextmanager
def alone(warehouse: Warehouse) -> Iterator[None]:
    """Others may not import meanwhile: what is known before a transaction must be so within it."""
    with _locks(warehouse):
        yield


def check_taken(report: ImportReport, *, strict: bool) -> None:
    """Raises ImportRefusedError("file-strict", "file-all-refused") for a file that is refused as a whole."""
    if strict and report.has_refusals:
        raise refused("file-strict", report.file, rows=report.refused_rows, cells=report.refused_cells)
    if report.takes_nothing:
        raise refused("file-all-refused", report.file, rows=report.rows)


def known_again(warehouse: Warehouse, prepared: PreparedFile) -> ImportReport | None:
    """The report when this file was imported by this mapping before; its survey is opened if it is not."""
    report = prepared.report
    before = warehouse.read("importing/same_file", survey=report.survey, **hashes(prepared))
    if not before:
        return None
    with publishing(warehouse) as cursor:
        open_survey(cursor, prepared.loaded)
    known = report.rows - report.refused_rows
    return replace(report, stored=0, known=known, same_file=from_stored(before[0][0]))


def hashes(prepared: PreparedFile) -> dict[str, str]:
    """What tells one import from another."""
    return {"file_sha256": prepared.report.sha256, "mapping_sha256": prepared.loaded.sha256}


def open_survey(cursor: DuckDBPyConnection, loaded: LoadedMapping) -> None:
    """Publish what is asked. A survey that this import makes takes no answers; the form of one that is there
    stays as it was."""
    named = loaded.mapping.survey
    is_there = cursor.execute(sql("core/survey"), {"survey": named.slug}).fetchone()
    check_not_anonymous(cursor, named.slug)
    store_survey(cursor, loaded.questionnaire, named.slug, named.title, is_example=False)
    if not is_there:
        row = {"survey": named.slug, "event": "closed", "recorded_at": to_stored(utc_now())}
        cursor.execute(sql("core/insert_survey_event"), row)


def keep_batch(
    cursor: DuckDBPyConnection, import_id: str, report: ImportReport, prepared: PreparedFile
) -> None:
    """Keep that the file was imported, and the report on it."""
    cursor.execute(
        sql("importing/insert_batch"),
        {
            "import_id": import_id,
            "survey": report.survey,
            "file_name": report.file,
            **hashes(prepared),
            "rows_read": report.rows,
            "rows_loaded": report.stored,
            "report": report.as_json(),
            "recorded_at": to_stored(utc_now()),
        },
    )
    counts = {"rows": report.rows, "stored": report.stored, "refused": report.refused_rows}
    record(cursor, "imported", report.survey, file_sha256=report.sha256, **counts)
