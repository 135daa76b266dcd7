"""A staged table checked by a mapping, set by set: what `assembling.check_table` finds row by row, for tables
of any size."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from survey.problems import Problem as SurveyProblem
from warehouse.importing.checking import (
    MOST_LETTERS,
    ColumnReport,
    RefusedCell,
    RefusedValue,
    shortened,
)
from warehouse.importing.large.asking import MOST_BYTES, ask_about, hours_of
from warehouse.importing.large.hiding import find_hidden
from warehouse.importing.large.instants import Hours
from warehouse.importing.large.staging import Staged
from warehouse.importing.large.uses import Use, shown_text, uses_of
from warehouse.importing.mapping_reading import LoadedMapping
from warehouse.importing.problems import import_problem
from warehouse.importing.storing import Progress
from warehouse.problems import Problem
from warehouse.slices import slices

MOST_VALUES = 1_000  # refused values of a column that a report names
_AT_A_TIME = 10_000


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """`refused_rows` cannot be counted and are left out; `refused_cells` are left out of rows that are taken,
    or refused themselves. `hours` reads the dates where they are many."""

    staged: Staged = field(repr=False)
    uses: tuple[Use, ...] = field(repr=False)
    hidden: Mapping[int, SurveyProblem] = field(repr=False)
    columns: tuple[ColumnReport, ...]
    refused_rows: int
    refused_cells: int
    hours: Hours | None = field(repr=False, default=None)

    def refusals(self) -> Iterator[RefusedCell]:
        """Every refused cell in the order of the file."""
        twice = self.staged.scratch.ask("twice_values", {"most": None})
        first = {text: row for text, _, row, _ in twice}
        scratch, end = self.staged.scratch, self.staged.first + self.staged.rows

        def size(start: int, upto: int) -> tuple[int, int]:
            count, content = scratch.ask("refusals_size", {"first": start, "end": upto})[0]
            return int(count), int(content)

        for start, upto in slices(self.staged.first, end, size, _AT_A_TIME, MOST_BYTES):
            rows = scratch.ask("refusals", {"first": start, "end": upto})
            for number, column, raw, code, place in rows:
                if code == "row-id-twice":
                    problem: Problem | SurveyProblem | None = import_problem(code, row=first[raw])
                elif code == "answer-hidden":
                    problem = self.hidden[place]
                else:
                    problem = self.uses[place].meaning(raw).problem
                if problem is not None:
                    yield RefusedCell(number, column, shown_text(raw), problem)


def check_staged(staged: Staged, loaded: LoadedMapping, progress: Progress) -> CheckedTable:
    """Check every column that the mapping reads; `progress` is told of each."""
    scratch, uses = staged.scratch, uses_of(staged, loaded)
    scratch.ask("make_refusals")
    hours = next(hours_of(staged, use) for use in uses if use.kind == "instant")
    for number, use in enumerate(uses, start=1):
        ask_about(staged, use, hours)
        progress(number, len(uses))
    scratch.ask("make_twice")
    hidden = find_hidden(staged, uses, loaded)
    columns = tuple(_report(staged, place, use, hidden.get(place)) for place, use in enumerate(uses))
    scratch.ask("add_twice", {"column": uses[0].column})
    rows, cells = scratch.ask("refusal_counts")[0]
    return CheckedTable(staged, uses, hidden, columns, rows, cells, hours)


def _report(staged: Staged, place: int, use: Use, hidden: SurveyProblem | None) -> ColumnReport:
    """The report on one use; its refused cells are added to the list."""
    scratch = staged.scratch
    tally = dict(scratch.ask("tally", values=use.values, meanings=use.meanings))
    refused_cells = int(tally.pop(None, 0))
    named: list[RefusedValue] = []
    if refused_cells:
        known = {"place": place, "of_row": use.of_row, "column": use.column}
        scratch.ask("add_refusals", known, view=use.view, meanings=use.meanings)
        values = _named(staged, use)
        first = dict(scratch.ask("first_rows", {"raws": [raw for raw, _ in values]}, view=use.view))
        for raw, count in values:
            if problem := use.meaning(raw).problem:
                named.append(RefusedValue(shortened(shown_text(raw)), count, tuple(first[raw]), problem))
    if use.key == "row_id":
        twice = scratch.ask("twice_values", {"most": MOST_VALUES})
        refused_cells += int(scratch.ask("twice_count")[0][0])
        named += [
            RefusedValue(raw, count, tuple(rows), import_problem("row-id-twice", row=first_row))
            for raw, count, first_row, rows in twice
        ]
    if hidden:
        scratch.ask("refuse_hidden", {"place": place, "column": use.column})
        refused_cells += int(scratch.ask("hidden_count", {"place": place})[0][0])
        wanted = {"place": place, "most": MOST_VALUES, "letters": MOST_LETTERS + 1}
        named += [
            RefusedValue(shortened(raw), count, tuple(rows), hidden)
            for raw, count, rows in scratch.ask("hidden_values", wanted)
        ]
    named.sort(key=lambda each: (-each.count, each.first_rows[0]))
    missing = {reason: int(count) for reason, count in tally.items()}
    valid = staged.rows - sum(missing.values()) - refused_cells
    more = refused_cells - sum(each.count for each in named)
    return ColumnReport(use.column, use.key, valid, missing, tuple(named), more)


def _named(staged: Staged, use: Use) -> list[tuple[str, int]]:
    """The refused texts of a use that the report names, with how often each stands there: the most frequent,
    of long ones as many as memory bears."""
    scratch, counts, size = staged.scratch, dict[int, int](), 0
    most = {"most": MOST_VALUES}
    for spot, count, content in scratch.ask("refused_values", most, values=use.values, meanings=use.meanings):
        size += content
        if counts and size > MOST_BYTES:
            break
        counts[spot] = int(count)
    raws = dict(scratch.ask("raws_at", {"spots": list(counts)}, values=use.values))
    return [(raws[spot], count) for spot, count in counts.items()]
