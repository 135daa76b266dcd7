"""The cells of a part of a register file as values by key, row by row; the first cell that has none says
why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from survey.problems import Problem as SurveyProblem
from warehouse.importing.checking import Meaning
from warehouse.importing.meanings import ISO, instant, name
from warehouse.importing.reading import Table
from warehouse.importing.templates import Template
from warehouse.problems import Problem
from warehouse.registering import meanings
from warehouse.registering.mapping import (
    Happened,
    MemberMapping,
    PurchaseMapping,
    RegisterMapping,
    dates,
    properties,
)

Values = Mapping[str, Any]
_Read = Callable[[str], Meaning[Any]]


@dataclass(frozen=True, slots=True)
class Wrong:
    """The first cell of a row that cannot be taken: its column, or the mapping's text, and what it says."""

    column: str
    raw: str
    problem: Problem | SurveyProblem


class _Column(NamedTuple):
    key: str
    title: str
    cells: Sequence[str]
    read: _Read
    asked: Sequence[bool] | None  # in which rows; None in all


class Cells:
    """Reads the cells of one file by its mapping. Keys are those of the mapping, with `joined.months` for the
    months before a date; a date that does not hold for a row is None."""

    def __init__(self, mapping: RegisterMapping, uses: Mapping[str, str], *, is_workbook: bool) -> None:
        self._mapping, self._uses = mapping, uses
        self._dates = dates(mapping)
        self._properties = properties(mapping)
        also = ISO if is_workbook else ()
        self._readers: dict[str, _Read] = {
            key: meanings.remembered(instant(spec, also)) for key, spec in self._dates.items()
        } | {
            key: meanings.remembered(meanings.READERS.get(key, name)(taken))
            for key, taken in self._properties.items()
        }

    def rows(self, table: Table) -> Iterator[Values | Wrong]:
        """Each row, in the table's order."""
        columns = list(self._columns(table))
        unread = table.unread_in(self._uses)
        for place in range(len(table.rows)):
            if place in unread:
                yield Wrong(self._mapping.member, "", unread[place])
            else:
                yield _row(columns, place)

    def _columns(self, table: Table) -> Iterator[_Column]:
        mapping = self._mapping
        yield _Column("member", mapping.member, table.columns[mapping.member], meanings.member, None)
        if not isinstance(mapping, MemberMapping) and mapping.row_id:
            ids = list(Template(mapping.row_id).fill(table))
            yield _Column("row_id", mapping.row_id, ids, meanings.row_id, None)
        if isinstance(mapping, PurchaseMapping):
            yield _Column("amount", mapping.amount, table.columns[mapping.amount], meanings.amount, None)
        for key, taken in self._properties.items():
            constant = [taken.constant or ""] * len(table.rows)
            stated = table.columns[taken.column] if taken.column else constant
            yield _Column(key, taken.column or key, stated, self._readers[key], None)
        for key, spec in self._dates.items():
            asked = None
            if isinstance(spec, Happened) and spec.only:
                asked = [is_kept(table, spec.only, place) for place in range(len(table.rows))]
            yield _Column(key, spec.text, list(Template(spec.text).fill(table)), self._readers[key], asked)
            if isinstance(spec, Happened) and spec.months_before:
                months = table.columns[spec.months_before]
                yield _Column(f"{key}.months", spec.months_before, months, meanings.months, asked)


def is_kept(table: Table, only: Mapping[str, Sequence[str]], place: int) -> bool:
    """Whether the row's cells are among the values named for each column."""
    return all(table.columns[column][place] in values for column, values in only.items())


def _row(columns: Sequence[_Column], place: int) -> Values | Wrong:
    values: dict[str, Any] = {}
    for column in columns:
        if column.asked is not None and not column.asked[place]:
            values[column.key] = None
            continue
        found = column.read(column.cells[place])
        if found.problem is not None:
            return Wrong(column.title, column.cells[place], found.problem)
        values[column.key] = found.value
    return values
