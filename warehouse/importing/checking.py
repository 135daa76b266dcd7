"""Checks a column's distinct values once each and says what became of every cell: valid, missing and why,
refused."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from survey.problems import Problem as SurveyProblem
from warehouse.problems import Problem

_FIRST_ROWS = 3
MOST_LETTERS = 200  # of a text that a report names
NOTHING_UNREAD: Mapping[int, Problem] = {}
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Meaning(Generic[T_co]):
    """What one raw value means: a value, or the reason why it is missing, or the problem for which it is
    refused."""

    value: T_co | None = None
    missing: str | None = None
    problem: Problem | SurveyProblem | None = None


@dataclass(frozen=True, slots=True)
class RefusedValue:
    """One raw value that was refused: how often, in which rows first (numbered as in a spreadsheet), and
    why."""

    raw: str
    count: int
    first_rows: tuple[int, ...]
    problem: Problem | SurveyProblem


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """What became of one column's cells; valid, missing and refused ones add up to the rows of the file.

    `column` is its name in the file, or the mapping's text where cells are put together; `use` is the
    mapping's key. Of a large file `refused` names the most frequent values; `more_refused` are the cells with
    others."""

    column: str
    use: str
    valid: int
    missing: Mapping[str, int]
    refused: tuple[RefusedValue, ...]
    more_refused: int = 0

    @property
    def refused_cells(self) -> int:
        return sum(value.count for value in self.refused) + self.more_refused


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused cell. `place` is the row's place in the table, from 0; `row` its number as in a
    spreadsheet."""

    place: int
    row: int
    column: str
    raw: str
    problem: Problem | SurveyProblem

    @property
    def code(self) -> str:
        return self.problem.code


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """One refused cell with the reason; `row` is its number as in a spreadsheet."""

    row: int
    column: str
    raw: str
    problem: Problem | SurveyProblem


@dataclass(frozen=True, slots=True)
class CheckedColumn(Generic[T_co]):
    """The report, what each row's cell means, in the table's order, and the refused cells."""

    report: ColumnReport
    meanings: Sequence[Meaning[T_co]]
    refusals: tuple[Refusal, ...]


def shortened(text: str) -> str:
    """As much of the text as a report names; the list of refusals has it whole."""
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"


def check_cells(
    cells: Sequence[str],
    rows: Sequence[int],
    column: str,
    use: str,
    meaning: Callable[[str], Meaning[T]],
    unread: Mapping[int, Problem] = NOTHING_UNREAD,
) -> CheckedColumn[T]:
    """Ask for the meaning of each distinct cell once. `rows` are the cells' row numbers; `unread`, by place,
    why a cell has no value at all."""
    counts = Counter(cells)
    known = {raw: meaning(raw) for raw in counts}
    return report_on(cells, rows, column, use, [known[raw] for raw in cells], unread)


def report_on(
    cells: Sequence[str],
    rows: Sequence[int],
    column: str,
    use: str,
    meanings: Sequence[Meaning[T]],
    unread: Mapping[int, Problem] = NOTHING_UNREAD,
) -> CheckedColumn[T]:
    """The report on cells whose meanings, one a row, are known already but for `unread` ones."""
    if unread:
        meanings = [
            Meaning(problem=unread[place]) if place in unread else each for place, each in enumerate(meanings)
        ]
    refusals: list[Refusal] = []
    problems: dict[str, Problem | SurveyProblem] = {}
    missing: Counter[str] = Counter()
    for place, each in enumerate(meanings):
        if each.problem is not None:
            refusals.append(Refusal(place, rows[place], column, cells[place], each.problem))
            problems.setdefault(cells[place], each.problem)
        elif each.missing is not None:
            missing[each.missing] += 1
    valid = len(cells) - len(refusals) - missing.total()
    report = ColumnReport(
        column, use, valid, dict(missing.most_common()), _refused_values(refusals, problems)
    )
    return CheckedColumn(report, meanings, tuple(refusals))


def _refused_values(
    refusals: Sequence[Refusal], problems: Mapping[str, Problem | SurveyProblem]
) -> tuple[RefusedValue, ...]:
    """The distinct refused values, the most frequent first."""
    places: dict[str, list[int]] = {raw: [] for raw in problems}
    for refusal in refusals:
        places[refusal.raw].append(refusal.row)
    ordered = sorted(places.items(), key=lambda item: -len(item[1]))
    return tuple(
        RefusedValue(shortened(raw), len(at), tuple(at[:_FIRST_ROWS]), problems[raw]) for raw, at in ordered
    )
