"""A file into the warehouse by a mapping: read and checked first, then stored; a small one in one
transaction, a large one in parts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from duckdb import DuckDBPyConnection

from survey import new_response_id
from survey.archive import ZIP, judge
from warehouse.database import Warehouse
from warehouse.importing.assembling import Checked, check_table
from warehouse.importing.batch import (
    MOST_CHANGED,
    alone,
    check_taken,
    keep_batch,
    known_again,
    open_survey,
)
from warehouse.importing.checking import Refusal, RefusedCell
from warehouse.importing.comparing import compare
from warehouse.importing.files import find_columns, open_source
from warehouse.importing.large.preparing import PreparedLarge, prepare_large
from warehouse.importing.large.storing import load_large
from warehouse.importing.mapping_reading import LoadedMapping, load_mapping
from warehouse.importing.reading import Table, as_written, read_columns
from warehouse.importing.report import ImportReport
from warehouse.importing.row_choice import LeftOut, choose_rows
from warehouse.importing.storing import Progress, make_ready, store_columns
from warehouse.importing.workbook import MOST_UNPACKED
from warehouse.sql import sql
from warehouse.surveys import publishing

PARQUET = b"PAR1"
LARGE_TEXT = 4_000_000  # bytes: some 50,000 rows, which are stored in a quarter of a second
LARGE_WORKBOOK = 8_000_000  # bytes unpacked: some 200,000 cells


@dataclass(frozen=True, slots=True)
class PreparedSmall:
    """A small file that was read and checked. `report` says what a load would meet, with nothing stored."""

    loaded: LoadedMapping
    checked: Checked
    report: ImportReport

    def refusals(self) -> Iterator[RefusedCell]:
        """Every refused cell with its reason, in the order of the file."""
        every = (*self.checked.row_refusals, *self.checked.cell_refusals)
        for each in sorted(every, key=lambda each: each.row):
            yield RefusedCell(each.row, each.column, each.raw, each.problem)


Prepared: TypeAlias = PreparedSmall | PreparedLarge


def prepare(path: Path, mapping_path: Path, progress: Progress = lambda done, total: None) -> Prepared:
    """Read and check a file by a mapping; needs no warehouse. Of a large file `progress` is told how many
    steps of how many are done.

    Raises ImportRefusedError with everything wrong with the mapping, or why the file cannot be read as a
    whole."""
    loaded = load_mapping(mapping_path)
    if _is_large(path):
        return prepare_large(path, loaded, progress)
    return prepare_small(path, loaded)


def prepare_small(path: Path, loaded: LoadedMapping) -> PreparedSmall:
    """The same for a file whose rows may be held in memory."""
    table, left_out = choose_rows(_table(path, loaded), loaded.mapping.only)
    checked = check_table(table, loaded)
    return PreparedSmall(loaded, checked, _report(table, left_out, loaded, checked))


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
    whole; a file of which every row is refused always is. A small file is stored whole or not at all; of a
    large one each part is, and the next import of it goes on where one was stopped. Raises
    ImportRefusedError("file-strict", "file-all-refused") and the errors of `surveys.publish` and
    `Warehouse.transaction`."""
    check_taken(prepared.report, strict=strict)
    with alone(warehouse):
        if known := known_again(warehouse, prepared):
            return known
        if isinstance(prepared, PreparedLarge):
            return load_large(warehouse, prepared, progress)
        return _store(warehouse, prepared, progress)


def _is_large(path: Path) -> bool:
    """Whether its rows are more than should be held in memory, or stored at once."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
        if start == PARQUET:
            return True
        if start != ZIP:
            return size > LARGE_TEXT
        # A workbook that is refused for its size says so in either way; the small one reads no more of it.
        return LARGE_WORKBOOK < judge(path.read_bytes(), 0).unpacked <= MOST_UNPACKED
    except OSError:
        return False  # which says what is wrong


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


def _store(warehouse: Warehouse, prepared: PreparedSmall, progress: Progress) -> ImportReport:
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
        open_survey(cursor, prepared.loaded)
        if known.fresh:
            store_columns(cursor, ready.columns, prepared.loaded, import_id)
        keep_batch(cursor, import_id, done, prepared)
        _keep_refusals(cursor, import_id, prepared)
    return done


def _keep_refusals(cursor: DuckDBPyConnection, import_id: str, prepared: PreparedSmall) -> None:
    refusals: tuple[Refusal, ...] = (*prepared.checked.row_refusals, *prepared.checked.cell_refusals)
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
