"""The reading of a table of any size, general: the wanted columns of a CSV, workbook or Parquet file as
trimmed texts in a scratch database, whoever asks for them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.csv_format import original
from warehouse.files import sha256_of
from warehouse.importing.headings import Heading
from warehouse.importing.large.plain import PlainText
from warehouse.importing.large.scratch import Scratch
from warehouse.importing.large.shape import regular_shape
from warehouse.importing.problems import ImportRefusedError, refused
from warehouse.importing.reading import AROUND, MOST_CELL, NAMED, Source, ragged_refusal
from warehouse.importing.row_choice import LeftOut
from warehouse.sized import parts

UNREAD = "\0"  # stands around the code of a cell's problem, before its text: no file has this character
_AT_A_TIME, _MOST_BYTES = 20_000, 32_000_000
_FEWEST = 1_000  # rows that fit into so many bytes: the engine takes up 2,048 at once, in fixed memory
_BARE = r"[!-~\p{Han}](?:(?s:.*)[!-~\p{Han}\p{P}])?"  # begins and ends with what is not trimmed
_NESTED = ("STRUCT", "MAP", "UNION", "BLOB", "BIT", "VARIANT")


@dataclass(frozen=True, slots=True)
class Staged:
    """A table in the scratch database: `raw` has the wanted columns as c0, c1, … (`columns` says which is
    which), blank cells as NULL. `row` is the expression of a row's number as in a spreadsheet, `first` the
    place of the first row below the heading."""

    scratch: Scratch = field(repr=False)
    name: str
    sha256: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    columns: Mapping[str, str]
    rows: int
    row: str
    first: int
    sheets: tuple[str, ...] = ()

    def size(self, first: int, end: int) -> tuple[int, int]:
        """How many rows are at these places, and how many bytes their texts have."""
        cells = " + ".join(f"coalesce(strlen(r.{column}), 0)" for column in self.columns.values())
        found = self.scratch.ask("part_bytes", {"first": first, "end": end}, bytes=cells)
        return end - first, int(found[0][0])


def stage_text(
    scratch: Scratch,
    source: PlainText,
    header: tuple[str, ...],
    delimiter: str,
    wanted: Sequence[str],
    heading: Heading,
    *,
    neutralised: bool,
) -> Staged:
    """The wanted columns of a text file, by the engine where it is regular, else record by record.

    Raises ImportRefusedError as `reading.read_columns` does."""
    shape = regular_shape(source.path, delimiter, len(header))
    if shape is not None and shape.records > heading.rows and not _is_dense(source.path, shape.records):
        names = {f"c{place}": "VARCHAR" for place in range(len(header))}
        read = [f't."c{header.index(column)}"' for column in wanted]
        values: dict[str, object] = {"path": str(source.path), "delimiter": delimiter, "columns": names}
        if shape.bare and not neutralised:
            cells = [f"nullif({cell}, '')" for cell in read]
        else:
            cells = [_trimmed(cell, neutralised=neutralised) for cell in read]
            values["around"] = AROUND
        try:
            scratch.ask("read_csv", values, cells=_listed(cells))
        except (duckdb.Error, ImportRefusedError):  # the other reader says what is wrong, or that nothing is
            pass
        else:
            if int(scratch.ask("count_rows")[0][0]) == shape.records:
                return _staged(scratch, source, header, delimiter, wanted, "r.rowid + 1", heading.rows)
            scratch.ask("drop_raw")
    return stage_records(scratch, source, header, delimiter, wanted, heading, neutralised=neutralised)


def stage_records(
    scratch: Scratch,
    source: Source,
    header: tuple[str, ...],
    delimiter: str,
    wanted: Sequence[str],
    heading: Heading,
    *,
    neutralised: bool,
) -> Staged:
    """The same of any source, record by record. Raises ImportRefusedError as `reading.read_columns` does."""
    places = [header.index(column) for column in wanted]
    found = _records(source, delimiter, places, len(header), heading, neutralised=neutralised)
    first, is_dense = True, False
    for part in parts(found, _AT_A_TIME, _MOST_BYTES):
        if is_dense:
            raise refused("file-dense", source.name, row=part[0][0], most=_MOST_BYTES // 1_000_000)
        is_dense = len(part) < _FEWEST
        numbers, *columns = zip(*part, strict=True)
        table = pa.table(
            {"row_number": pa.array(numbers, pa.int64())}
            | {f"c{place}": pa.array(cells, pa.string()) for place, cells in enumerate(columns)}
        )
        scratch.take("read_given" if first else "add_given", table)
        first = False
    if first:
        raise refused("file-no-rows", source.name)
    return _staged(scratch, source, header, delimiter, wanted, "r.row_number", 0)


def stage_parquet(
    scratch: Scratch, path: Path, header: Mapping[str, str], wanted: Sequence[str], *, neutralised: bool
) -> Staged:
    """The wanted columns of a Parquet file, each value as its text; the first row is row 1. `header` is that
    of `parquet_header`.

    Raises ImportRefusedError: "file-damaged", "file-nested", "file-no-rows", "file-cell"."""
    cells = []
    for column in wanted:
        if header[column].endswith("]") or header[column].startswith(_NESTED):
            kind = header[column].split("(")[0]
            raise refused("file-nested", path.name, column=column, type=kind)
        quoted = column.replace('"', '""')
        cells.append(_trimmed(_spelt(f't."{quoted}"', header[column]), neutralised=neutralised))
    try:
        scratch.ask("read_parquet", {"path": str(path), "around": AROUND}, cells=_listed(cells))
    except duckdb.Error as error:
        raise refused("file-damaged", path.name, reason=type(error).__name__) from error
    for place in range(len(wanted)):
        long = scratch.ask("longest", {"most": MOST_CELL}, row="r.rowid + 1", column=f"r.c{place}")
        if long:
            raise refused("file-cell", path.name, row=long[0][0], most=f"{MOST_CELL:,}")
    source = PlainText(path.name, path, sha256_of(path), "parquet")
    return _staged(scratch, source, tuple(header), "none", wanted, "r.rowid + 1", 0)


def parquet_header(scratch: Scratch, path: Path) -> dict[str, str]:
    """Column -> its type. Raises ImportRefusedError("file-damaged")."""
    try:
        return {row[0]: row[1] for row in scratch.ask("parquet_columns", {"path": str(path)})}
    except duckdb.Error as error:
        raise refused("file-damaged", path.name, reason=type(error).__name__) from error


def choose(staged: Staged, only: Mapping[str, Sequence[str]]) -> tuple[Staged, tuple[LeftOut, ...]]:
    """As `row_choice.choose_rows`, and raises the same."""
    if not only:
        return staged, ()
    because = "CASE"
    params: dict[str, object] = {"heading": staged.first}
    for place, (column, values) in enumerate(only.items()):
        params[f"kept{place}"] = list(values)
        cell = f"coalesce(r.{staged.columns[column]}, '')"
        because += f" WHEN NOT list_contains($kept{place}, {cell}) THEN ['{place}', {cell}]"
    because += " END"
    names = list(only)
    left = [
        LeftOut(names[int(place)], said.rsplit(UNREAD, 1)[-1], count)
        for place, said, count in staged.scratch.ask("left_out", params, because=because, row=staged.row)
    ]
    rows = staged.rows - sum(each.count for each in left)
    if not rows:
        raise refused("file-none-kept", staged.name, rows=staged.rows, columns=", ".join(only))
    staged.scratch.ask("choose", params, because=because, row=staged.row)
    staged.scratch.ask("drop_raw")
    staged.scratch.ask("rename_chosen")
    return replace(staged, rows=rows, row="r.kept_number", first=0), tuple(left)


def _staged(
    scratch: Scratch,
    source: Source,
    header: tuple[str, ...],
    delimiter: str,
    wanted: Sequence[str],
    row: str,
    first: int,
) -> Staged:
    rows = int(scratch.ask("count_rows")[0][0]) - first
    if not rows:
        raise refused("file-no-rows", source.name)
    columns = {column: f"c{place}" for place, column in enumerate(wanted)}
    return Staged(
        scratch,
        source.name,
        source.sha256,
        source.encoding,
        delimiter,
        header,
        columns,
        rows,
        row,
        first,
        source.sheets,
    )


def _is_dense(path: Path, records: int) -> bool:
    """Whether the engine would need much memory for each step: record by record it is found out why."""
    return path.stat().st_size > records * _MOST_BYTES // _FEWEST


def _records(
    source: Source,
    delimiter: str,
    places: Sequence[int],
    width: int,
    heading: Heading,
    *,
    neutralised: bool,
) -> Iterator[tuple[int | str | None, ...]]:
    """Row number and wanted cells of each record; refused at the end are those of another width."""
    ragged: list[int] = []
    count = 0
    for number, record in source.records(delimiter):
        if number <= heading.rows:
            continue
        if len(record) != width:
            count += 1
            if len(ragged) < NAMED:
                ragged.append(number)
        elif not count:
            cells = [record[place].strip(AROUND) for place in places]
            if neutralised:
                cells = [original(cell) for cell in cells]
            if source.unread:
                cells = [_marked(source, number, at, cell) for at, cell in zip(places, cells, strict=True)]
            yield (number, *(cell or None for cell in cells))
    if count:
        raise ragged_refusal(source.name, count, width, ragged)


def _marked(source: Source, number: int, at: int, cell: str) -> str:
    """A cell without a value says why, in a way that no other cell can."""
    why = source.unread.get((number, at))
    return f"{UNREAD}{why.code}{UNREAD}{cell}" if why else cell


def _spelt(value: str, kind: str) -> str:
    """The expression of a value's text, as the same table would have it as CSV."""
    text = f"CAST({value} AS VARCHAR)"
    if kind in ("FLOAT", "DOUBLE"):  # what is not a number is how pandas writes a blank one
        whole = f"{value} = trunc({value}) AND abs({value}) < 1e15"
        return (
            f"CASE WHEN NOT isfinite({value}) THEN NULL WHEN {whole} "
            f"THEN CAST(CAST({value} AS BIGINT) AS VARCHAR) ELSE {text} END"
        )
    if kind == "BOOLEAN":
        return f"upper({text})"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"CAST(timezone('UTC', {value}) AS VARCHAR) || '+0000'"
    if kind.startswith("TIMESTAMP"):
        return f"CAST(CAST({value} AS TIMESTAMP) AS VARCHAR)"
    return text


def _trimmed(value: str, *, neutralised: bool) -> str:
    """Most cells have nothing around them, which is seen sooner than it is taken off."""
    cell = f"CASE WHEN regexp_full_match({value}, '{_BARE}') THEN {value} ELSE trim({value}, $around) END"
    if neutralised:
        cell = f"regexp_replace({cell}, '^''', '')"
    return f"nullif({cell}, '')"


def _listed(cells: Sequence[str]) -> str:
    return ", ".join(f"{cell} AS c{place}" for place, cell in enumerate(cells))
