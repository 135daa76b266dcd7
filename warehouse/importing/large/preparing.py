"""A large file read and checked by a mapping: in constant memory, beside the warehouse."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from survey.archive import ZIP
from warehouse.importing.checking import RefusedCell
from warehouse.importing.files import check_header, find_columns
from warehouse.importing.large.checking import CheckedTable, check_staged
from warehouse.importing.large.plain import make_plain
from warehouse.importing.large.scratch import Scratch
from warehouse.importing.large.staging import (
    Staged,
    choose,
    parquet_header,
    stage_parquet,
    stage_records,
    stage_text,
)
from warehouse.importing.mapping_reading import LoadedMapping
from warehouse.importing.problems import refused
from warehouse.importing.reading import read_bytes
from warehouse.importing.report import ImportReport
from warehouse.importing.row_choice import LeftOut
from warehouse.importing.storing import Progress
from warehouse.importing.workbook import read_workbook

_PARQUET = b"PAR1"


@dataclass(frozen=True, slots=True)
class PreparedLarge:
    """A large file that was read and checked; it keeps a folder of its own for as long as it is held."""

    loaded: LoadedMapping
    checked: CheckedTable
    report: ImportReport

    def refusals(self) -> Iterator[RefusedCell]:
        """Every refused cell with its reason, in the order of the file."""
        return self.checked.refusals()


def prepare_large(
    path: Path, loaded: LoadedMapping, progress: Progress = lambda done, total: None
) -> PreparedLarge:
    """Raises ImportRefusedError, saying why the file cannot be read as a whole. What `progress` raises stops
    it."""
    steps = 1 + len(loaded.mapping.uses)  # reading takes about as long as a few columns
    progress(0, steps)
    scratch = Scratch(path)
    before = _state(path)
    read = _staged(scratch, path, loaded)
    if _state(path) != before:  # its hash and its rows may be of different states of it
        raise refused("file-changed", path.name)
    staged, left_out = choose(read, loaded.mapping.only)
    progress(1, steps)
    checked = check_staged(staged, loaded, lambda done, of: progress(1 + done * (steps - 1) // of, steps))
    return PreparedLarge(loaded, checked, _report(staged, left_out, loaded, checked))


def _state(path: Path) -> tuple[int, int, int] | None:
    """What changes with a file; None when it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _staged(scratch: Scratch, path: Path, loaded: LoadedMapping) -> Staged:
    """The file by its first bytes, whatever its name says."""
    uses, form = loaded.mapping.uses, loaded.mapping.file
    with path.open("rb") as file:
        start = file.read(4)
    if start == _PARQUET:
        types = parquet_header(scratch, path)
        check_header(tuple(types), uses, path.name)
        return stage_parquet(scratch, path, types, tuple(uses), neutralised=form.neutralised)
    if start == ZIP:
        book = read_workbook(read_bytes(path), path.name, form.sheet, form.heading)
        header, delimiter = find_columns(book, uses, form)
        rest = header, delimiter, tuple(uses), form.heading
        return stage_records(scratch, book, *rest, neutralised=form.neutralised)
    text = make_plain(path, path.name, form.encoding, scratch.folder / "text")
    header, delimiter = find_columns(text, uses, form)
    return stage_text(
        scratch, text, header, delimiter, tuple(uses), form.heading, neutralised=form.neutralised
    )


def _report(
    staged: Staged, left_out: tuple[LeftOut, ...], loaded: LoadedMapping, checked: CheckedTable
) -> ImportReport:
    uses = loaded.mapping.uses
    return ImportReport(
        file=staged.name,
        sha256=staged.sha256,
        encoding=staged.encoding,
        delimiter=staged.delimiter,
        sheets=staged.sheets,
        mapping=loaded.name,
        survey=loaded.mapping.survey.slug,
        questionnaire=loaded.questionnaire.slug,
        version=loaded.questionnaire.version,
        rows=staged.rows,
        stored=0,
        known=0,
        changed=0,
        changed_rows=(),
        refused_rows=checked.refused_rows,
        refused_cells=checked.refused_cells,
        columns=checked.columns,
        left_out=left_out,
        unread=tuple(column for column in staged.header if column not in uses),
    )
