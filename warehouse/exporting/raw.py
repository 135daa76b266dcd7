"""What was written down, as it is stored: responses, answers, imported files; streamed, never held whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from survey.uploading import read_reference
from warehouse.database import Warehouse
from warehouse.exporting.by_engine import ByEngine
from warehouse.exporting.raw_cells import example_cell, item_cells, known_cells
from warehouse.exporting.spans import spans
from warehouse.exporting.table import Kind, Table, is_example
from warehouse.filters import Filters

RESPONSE_COLUMNS = (
    *("response_id", "questionnaire", "version", "member_id", "tier", "touchpoint", "channel", "language"),
    *("started_at", "submitted_at", "day", "weight"),
)
ANSWER_COLUMNS = (
    *("response_id", "survey", "questionnaire", "version", "member_id", "tier", "touchpoint", "channel"),
    *("language", "submitted_at", "day", "weight", "question", "type", "measures", "score", "missing_code"),
    *("choice", "place", "written", "number", "date"),
)

# What the columns hold that are no texts.
KINDS: Mapping[str, Kind] = {
    "version": "int",
    "started_at": "instant",
    "submitted_at": "instant",
    "day": "day",
    "weight": "float",
    "score": "int",
    "place": "int",
    "number": "float",
    "date": "day",
    "example": "bool",
}
FILE_PARTS = ("type", "size", "sha256", "address")
"""What stands beside the name of a file: its media type, bytes, SHA-256, and where it is to be had here."""

SPAN = 20_000
"""Responses that are rows in memory at once."""


def answer_column(code: str) -> str:
    """The column of an item's answers, in the table of responses."""
    return f"question.{code}" if code in (*RESPONSE_COLUMNS, "example") else code


@dataclass(frozen=True, slots=True)
class _Question:
    """An item. `position` is the 1-based place in the scores of its version; None for all but scores."""

    code: str
    type: str
    position: int | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The column of the answer; for a score also that of the reason why it is missing, for a file
        those of what is known of it."""
        column = answer_column(self.code)
        if self.type == "file":
            return (column, *(f"{self.code}.{part}" for part in FILE_PARTS))
        return (column,) if self.position is None else (column, f"{self.code}.missing")


def responses(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a response, in the order they were stored, and one column an item (question, row of a matrix,
    text for "other"), of all versions of the survey.

    Answers are codes, never labels. A scored item has a second column, `<code>.missing`, for the reason why
    the score is missing. An item named like one of the other columns is `question.<code>`. Several choices
    stand in one cell, apart by a space, as they were sent: a ranking with the best first. Of a file there
    is the name, and what FILE_PARTS says in columns of its own.
    """
    versions = _versions(warehouse, filters.survey)
    asked = (question for questions in versions.values() for question in questions)
    columns = tuple(dict.fromkeys(column for question in asked for column in question.columns))
    batches = _batches(warehouse, filters)
    example = is_example(warehouse, filters)
    rows = ((*row, example) for row in _laid_out(batches, versions, columns))
    items = [question for questions in versions.values() for question in questions]
    kinds: dict[str, Kind] = dict.fromkeys(columns, "text")
    kinds |= {answer_column(item.code): "int" for item in items if item.position is not None}
    kinds |= {answer_column(item.code): "float" for item in items if item.type == "number"}
    kinds |= {name: kind for name, kind in KINDS.items() if name in (*RESPONSE_COLUMNS, "example")}
    return Table(
        (*RESPONSE_COLUMNS, *columns, "example"),
        rows,
        kinds,
        _by_engine(warehouse, filters, versions, is_example=example),
    )


def _batches(warehouse: Warehouse, filters: Filters) -> Iterator[Sequence[Any]]:
    """Lists of responses as they are stored: scores by position, everything else by question as a text."""
    stored = ", ".join(f"f.{column}" for column in (*RESPONSE_COLUMNS, "scores", "missing"))
    words = {"cells": f"{stored}, p.questions, p.bodies", "said": "count(*) AS said_count"}
    for span in spans(warehouse, "exports/responses", filters.parameters(), words, SPAN):
        yield [row[:-1] for row in sorted(span.fetchall(), key=itemgetter(-1))]


def _by_engine(
    warehouse: Warehouse, filters: Filters, versions: Mapping[int, Sequence[_Question]], *, is_example: bool
) -> ByEngine | None:
    found = item_cells(versions)
    if found is None:
        return None
    items, said = found
    cells = (*known_cells(RESPONSE_COLUMNS, KINDS, "f"), *items, example_cell(is_example))
    return ByEngine(warehouse, "exports/responses", filters.parameters(), cells, said, ordered=False)


def answers(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row an answer: its score, why that is missing, the chosen code and its place (the rank in a
    ranking), the text as written, the number, or the date."""
    example, place = is_example(warehouse, filters), ANSWER_COLUMNS.index("number")
    stored = ", ".join(f"a.{'body' if column == 'written' else column}" for column in ANSWER_COLUMNS)
    found = spans(warehouse, "exports/answers", filters.parameters(), {"cells": stored}, SPAN)
    return Table(
        (*ANSWER_COLUMNS, "example"),
        (
            (*row[:place], _plain(row[place]), *row[place + 1 :], example)
            for span in found
            for row in span.fetchall()
        ),
        {name: KINDS.get(name, "text") for name in ANSWER_COLUMNS} | {"example": "bool"},
        ByEngine(
            warehouse,
            "exports/answers",
            filters.parameters(),
            (*known_cells(ANSWER_COLUMNS, KINDS, "a"), example_cell(example)),
        ),
    )


def imports(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row an imported file, of every survey."""
    return as_stored(warehouse, "exports/imports", {})


def as_stored(warehouse: Warehouse, sql_name: str, parameters: Mapping[str, object]) -> Table:
    """All rows of the query, streamed."""
    batches = warehouse.stream(sql_name, **parameters)
    columns = tuple(next(batches))
    return Table(columns, (row for batch in batches for row in batch))


def _versions(warehouse: Warehouse, survey: str) -> dict[int, tuple[_Question, ...]]:
    """The questions of each version, newest version first."""
    versions: dict[int, tuple[_Question, ...]] = {}
    for version, *question in warehouse.read("exports/questions", survey=survey):
        versions[version] = (*versions.get(version, ()), _Question(*question))
    return versions


def _laid_out(
    batches: Iterator[Sequence[Any]], versions: Mapping[int, Sequence[_Question]], columns: Sequence[str]
) -> Iterator[Sequence[object]]:
    place = RESPONSE_COLUMNS.index("version")
    for batch in batches:
        for row in batch:
            *known, scores, missing, questions, bodies = row
            said: dict[str, str] = {}
            for question, body in zip(questions or (), bodies or (), strict=True):
                said[question] = f"{said[question]} {body}" if question in said else body
            cells: dict[str, object] = {}
            for question in versions[row[place]]:
                values: tuple[object, ...]
                if question.type == "number":
                    values = (_plain(said.get(question.code)),)
                elif question.type == "file":
                    values = _file(said.get(question.code), row[0], question.code)
                elif question.position is None:
                    values = (said.get(question.code),)
                else:
                    values = (scores[question.position - 1], missing[question.position - 1])
                cells.update(zip(question.columns, values, strict=True))
            yield (*known, *(cells.get(column) for column in columns))


def _file(reference: str | None, response_id: object, question: str) -> tuple[object, ...]:
    """The cells of a file: its name and FILE_PARTS."""
    found = read_reference(reference or "")
    if found is None:
        return (None,) * (1 + len(FILE_PARTS))
    return (found.name, found.type, found.size, found.sha256, file_address(response_id, question))


def file_address(response_id: object, question: str) -> str:
    """Where on this server the file is to be had that answers that question of that response."""
    return f"/file/{response_id}/{question}"


def _plain(number: object) -> Decimal | None:
    """The number without the zeros behind its point: the tables keep six places of each."""
    if number is None:
        return None
    whole, _, places = f"{Decimal(str(number)):f}".partition(".")
    return Decimal(f"{whole}.{places}".rstrip("0").rstrip("."))
