"""From a file's columns to responses: rows that can be counted, and everything that was refused on the
way."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import TypeVar

from survey import Answer, Question, Response, response_id_at
from warehouse.importing import meanings
from warehouse.importing.checking import CheckedColumn, ColumnReport, Meaning, Refusal, check_cells, report_on
from warehouse.importing.hidden import Known, answers_to_hidden
from warehouse.importing.mapping import Taken
from warehouse.importing.mapping_reading import LoadedMapping
from warehouse.importing.problems import import_problem
from warehouse.importing.reading import Table
from warehouse.importing.templates import Template

NOT_ASKED = "not_asked"  # why an answer is missing when the file has no column for the question
INVALID = "invalid"  # why, when the cell was refused; its raw text is kept in import_refusal
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file checked by a mapping: the responses of the rows that can be taken, and what was refused.

    `rows` are the responses' row numbers, as in a spreadsheet. `row_refusals` are the cells for which a whole
    row is refused: its id, date, language or weight. The answers and names in `cell_refusals` are left out,
    and the rest of their rows is taken. Both are in the order of the file."""

    responses: tuple[Response, ...]
    rows: tuple[int, ...]
    columns: tuple[ColumnReport, ...]
    row_refusals: tuple[Refusal, ...]
    cell_refusals: tuple[Refusal, ...]

    @property
    def refused_rows(self) -> int:
        return len({refusal.place for refusal in self.row_refusals})


@dataclass(frozen=True, slots=True)
class _Columns:
    """The checked columns; without `ids`, `instants`, `languages` and `weights` a row cannot be counted."""

    ids: CheckedColumn[str]
    instants: CheckedColumn[datetime]
    languages: CheckedColumn[str]
    weights: CheckedColumn[float]
    names: Mapping[str, CheckedColumn[str]]
    answers: Mapping[str, CheckedColumn[Answer]]

    @property
    def of_rows(self) -> tuple[CheckedColumn[object], ...]:
        return self.ids, self.instants, self.languages, self.weights

    @property
    def of_cells(self) -> tuple[CheckedColumn[object], ...]:
        return (*self.names.values(), *self.answers.values())


def check_table(table: Table, loaded: LoadedMapping) -> Checked:
    """Check every column that the mapping reads, then put the rows together."""
    columns = _without_hidden(table, loaded, _columns(table, loaded))
    row_refusals, cell_refusals = _refusals(columns.of_rows), _refusals(columns.of_cells)
    refused = {refusal.place for refusal in row_refusals}
    taken = [place for place in range(len(table.rows)) if place not in refused]
    # A constant has no column of the file, and nothing to report.
    reports = [column.report for column in (*columns.of_rows, *columns.of_cells) if column.report.column]
    responses = _responses(columns, loaded, taken)
    rows = tuple(table.rows[place] for place in taken)
    return Checked(tuple(responses), rows, tuple(reports), row_refusals, cell_refusals)


def _without_hidden(table: Table, loaded: LoadedMapping, columns: _Columns) -> _Columns:
    """The columns without answers to questions that the rest of their row hides."""
    tier = columns.names.get("tier")
    members = {"language": columns.languages, **({"tier": tier} if tier else {})}
    known = Known(columns.instants, loaded.mapping.submitted_at.zone, members)
    hidden = answers_to_hidden(loaded.questionnaire, columns.answers, known, len(table.rows))
    answers = dict(columns.answers)
    for code, places in hidden.items():
        before = answers[code]
        name = before.report.column
        meanings = [places.get(place, each) for place, each in enumerate(before.meanings)]
        answers[code] = report_on(table.columns[name], table.rows, name, before.report.use, meanings)
    return replace(columns, answers=answers)


def _refusals(columns: Iterable[CheckedColumn[object]]) -> tuple[Refusal, ...]:
    found = chain.from_iterable(column.refusals for column in columns)
    return tuple(sorted(found, key=lambda refusal: refusal.place))


def _columns(table: Table, loaded: LoadedMapping) -> _Columns:
    mapping = loaded.mapping
    dates = Template(mapping.submitted_at.text)
    properties = {"member": mapping.member, "tier": mapping.tier, "touchpoint": mapping.touchpoint}
    return _Columns(
        ids=_ids(table, Template(mapping.row_id)),
        instants=check_cells(
            tuple(dates.fill(table)),
            table.rows,
            dates.text,
            "submitted_at",
            meanings.instant(mapping.submitted_at, meanings.ISO if table.sheets else ()),
            table.unread_in(dates.columns),
        ),
        languages=_property(table, mapping.language, "language", meanings.language(mapping.language)),
        weights=_weights(table, mapping.weight),
        names={
            use: _property(table, taken, use, meanings.name(taken))
            for use, taken in properties.items()
            if taken
        },
        answers={
            code: check_cells(
                table.columns[mapping.answers[code].column],
                table.rows,
                mapping.answers[code].column,
                f"answers.{code}",
                meanings.answer(
                    question,
                    mapping.values_of(code),
                    mapping.missing_of(code),
                    mapping.answers[code].separator,
                ),
                table.unread_in([mapping.answers[code].column]),
            )
            for code, question in loaded.questions.items()
        },
    )


def _ids(table: Table, template: Template) -> CheckedColumn[str]:
    """Ids are compared as they stand, trimmed: A1, a1 and Ａ１ are three. The first row of an id has it."""
    ids = tuple(template.fill(table))
    first: dict[str, int] = {}
    found: list[Meaning[str]] = []
    for raw, row in zip(ids, table.rows, strict=True):
        meaning = meanings.row_id(raw)
        if meaning.value and first.setdefault(raw, row) != row:
            meaning = Meaning(problem=import_problem("row-id-twice", row=first[raw]))
        found.append(meaning)
    return report_on(ids, table.rows, template.text, "row_id", found, table.unread_in(template.columns))


def _property(
    table: Table, taken: Taken, use: str, meaning: Callable[[str], Meaning[str]]
) -> CheckedColumn[str]:
    if taken.column is None:
        return _constant(table, use, taken.constant)
    cells = table.columns[taken.column]
    return check_cells(cells, table.rows, taken.column, use, meaning, table.unread_in([taken.column]))


def _weights(table: Table, column: str | None) -> CheckedColumn[float]:
    if column is None:
        return _constant(table, "weight", 1.0)
    cells = table.columns[column]
    return check_cells(cells, table.rows, column, "weight", meanings.weight, table.unread_in([column]))


def _constant(table: Table, use: str, value: T | None) -> CheckedColumn[T]:
    count = len(table.rows)
    return CheckedColumn(ColumnReport("", use, count, {}, ()), (Meaning(value),) * count, ())


def _responses(columns: _Columns, loaded: LoadedMapping, places: Iterable[int]) -> Iterator[Response]:
    mapping, questionnaire = loaded.mapping, loaded.questionnaire
    scores, missing = _scores(columns, questionnaire.scored)
    asks_touchpoint = {q.code for q in questionnaire.questions if q.dimension == "touchpoint"}
    of_all = None if asks_touchpoint else questionnaire.touchpoint
    others = {code: column for code, column in columns.answers.items() if not loaded.questions[code].scored}
    for place in places:
        when = _value(columns.instants, place)
        said = {code: answer for code, column in others.items() if (answer := column.meanings[place].value)}
        named = {use: column.meanings[place].value for use, column in columns.names.items()}
        chosen = {code: answer.choice for code, answer in said.items() if answer.choice is not None}
        touchpoints = [chosen[code] for code in asks_touchpoint if code in chosen]
        yield Response(
            response_id=response_id_at(when, mapping.survey.slug, _value(columns.ids, place)),
            survey=mapping.survey.slug,
            questionnaire=questionnaire.slug,
            version=questionnaire.version,
            channel=mapping.channel,
            language=_value(columns.languages, place),
            submitted_at=when,
            started_at=None,
            weight=_value(columns.weights, place),
            member_id=named.get("member"),
            tier=named.get("tier"),
            touchpoint=touchpoints[0] if touchpoints else named.get("touchpoint") or of_all,
            scores=scores[place],
            missing=missing[place],
            choices={code: (choice,) for code, choice in chosen.items()}
            | {code: answer.choices for code, answer in said.items() if answer.choices is not None},
            texts={code: answer.text for code, answer in said.items() if answer.text is not None},
            numbers={code: answer.number for code, answer in said.items() if answer.number is not None},
            dates={code: answer.day for code, answer in said.items() if answer.day is not None},
        )


def _value(column: CheckedColumn[T], place: int) -> T:
    """What the cell of a row that is taken says; such a row has one in each of these columns."""
    value = column.meanings[place].value
    if value is None:
        raise ValueError(f"row {place} was refused for its {column.report.use}")
    return value


def _scores(
    columns: _Columns, scored: Iterable[Question]
) -> tuple[Sequence[tuple[int | None, ...]], Sequence[tuple[str | None, ...]]]:
    """For each row of the file its scores, and the reasons why there are none, in the questionnaire's order.

    Column by column: a row at a time takes twice as long."""
    count = len(columns.ids.meanings)
    scores: list[Sequence[int | None]] = []
    missing: list[Sequence[str | None]] = []
    for question in scored:
        column = columns.answers.get(question.code)
        if column is None:
            scores.append((None,) * count)
            missing.append((NOT_ASKED,) * count)
        else:
            scores.append([each.value.score if each.value else None for each in column.meanings])
            missing.append([None if each.value else each.missing or INVALID for each in column.meanings])
    # Without a scored question zip would give no row at all.
    return (
        (list(zip(*scores, strict=True)), list(zip(*missing, strict=True))) if scores else ([()] * count,) * 2
    )
