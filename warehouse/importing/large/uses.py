"""What a mapping reads of a staged table: for each use a view of its texts, and who says what they mean."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from survey import Question
from warehouse.importing import meanings
from warehouse.importing.checking import Meaning
from warehouse.importing.large.staging import UNREAD, Staged
from warehouse.importing.mapping import AnswerColumn, Taken
from warehouse.importing.mapping_reading import LoadedMapping
from warehouse.importing.problems import import_problem
from warehouse.importing.templates import ROW, Template

# Texts that mean themselves wherever a text is read as it stands, which a test holds against the readers. A
# first letter that is no digit keeps out what could be a missing code.
_LETTERS = r"[\p{L}\p{N}\p{P}\p{S} ]*[\p{L}\p{N}\p{P}]"
PLAIN = rf"[0-9A-Za-z\p{{Han}}](?:{_LETTERS})?"
PLAIN_WORD = rf"[A-Za-z\p{{Han}}](?:{_LETTERS})?"
ISO_PARTS = ("%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M:%S.%f%z")


@dataclass(frozen=True, slots=True)
class Use:
    """`view` names the texts of all rows, `text` is their expression in `raw AS r`. `column` and `key` are
    those of the report. `kind` is of what the values are: text, score, choice, choices, number,
    day, instant, weight.

    Texts of up to `plain_letters` characters that match `plain` and are not in `special` mean themselves.
    Where `of_row`, a refused cell refuses its row."""

    view: str
    column: str
    key: str
    kind: str
    of_row: bool
    reader: Callable[[str], Meaning[Any]]
    plain: str = ""
    plain_letters: int = 0
    special: tuple[str, ...] = ()
    text: str = ""

    @property
    def values(self) -> str:
        """The table of its distinct texts that are asked about."""
        return f"{self.view}_values"

    @property
    def meanings(self) -> str:
        """The table of what they mean."""
        return f"{self.view}_meanings"

    def meaning(self, text: str) -> Meaning[Any]:
        """What one text of the view means; cells without a value come with the reason."""
        found = re.search(f"{UNREAD}([a-z-]+){UNREAD}", text) if UNREAD in text else None
        return Meaning(problem=import_problem(found[1])) if found else self.reader(text)


def shown_text(text: str) -> str:
    """The text without the marks of cells that had no value."""
    return re.sub(f"{UNREAD}[a-z-]+{UNREAD}", "", text) if UNREAD in text else text


def uses_of(staged: Staged, loaded: LoadedMapping) -> tuple[Use, ...]:
    """Every use that reads the file, in the order of the report, with its view made. Constants are none."""
    found = tuple(replace(use, text=text) for use, text in _uses(staged, loaded))
    for use in found:
        staged.scratch.ask("view", text=use.text, view=use.view, row=staged.row, first=str(staged.first))
    return found


def _uses(staged: Staged, loaded: LoadedMapping) -> Iterator[tuple[Use, str]]:
    mapping = loaded.mapping
    ids, dates = Template(mapping.row_id), Template(mapping.submitted_at.text)
    yield (
        Use("u_row_id", ids.text, "row_id", "text", True, meanings.row_id, PLAIN, meanings.MOST_NAME),
        _filled(ids, staged),
    )
    forms = (*meanings.ISO, *ISO_PARTS) if staged.sheets or staged.encoding == "parquet" else ()
    yield (
        Use(
            "u_submitted_at",
            dates.text,
            "submitted_at",
            "instant",
            True,
            meanings.instant(mapping.submitted_at, forms),
        ),
        _filled(dates, staged),
    )
    if mapping.language.column is not None:
        reader = meanings.language(mapping.language)
        yield _of_column(staged, "language", mapping.language.column, "text", True, reader)
    if mapping.weight is not None:
        yield _of_column(staged, "weight", mapping.weight, "weight", True, meanings.weight)
    properties = {"member": mapping.member, "tier": mapping.tier, "touchpoint": mapping.touchpoint}
    for key, taken in properties.items():
        if taken and taken.column is not None:
            yield _name(staged, key, taken, taken.column)
    for place, (code, question) in enumerate(loaded.questions.items()):
        yield _answer(
            staged, place, question, mapping.answers[code], mapping.values_of(code), mapping.missing_of(code)
        )


def _of_column(
    staged: Staged, key: str, column: str, kind: str, of_row: bool, reader: Callable[[str], Meaning[Any]]
) -> tuple[Use, str]:
    return Use(f"u_{key}", column, key, kind, of_row, reader), _cell(staged, column)


def _name(staged: Staged, key: str, taken: Taken, column: str) -> tuple[Use, str]:
    plain, letters = (PLAIN, meanings.MOST_NAME) if taken.values is None else ("", 0)
    use = Use(f"u_{key}", column, key, "text", False, meanings.name(taken), plain, letters)
    return use, _cell(staged, column)


def _answer(
    staged: Staged,
    place: int,
    question: Question,
    answered: AnswerColumn,
    values: Mapping[str, str],
    missing: Mapping[str, str],
) -> tuple[Use, str]:
    kind = "score" if question.scored else {"date": "day"}.get(question.stored, question.stored)
    special = (*values, *missing)
    plain, letters = "", 0
    if kind == "text":
        plain, letters = (PLAIN_WORD if special else PLAIN), question.max_length
    use = Use(
        f"u_answer_{place}",
        answered.column,
        f"answers.{question.code}",
        kind,
        False,
        meanings.answer(question, values, missing, answered.separator),
        plain,
        letters,
        special,
    )
    return use, _cell(staged, answered.column)


def _cell(staged: Staged, column: str) -> str:
    return f"coalesce(r.{staged.columns[column]}, '')"


def _filled(template: Template, staged: Staged) -> str:
    """As `Template.fill`, as an expression."""
    pieces = template.pieces
    texts = [
        "'" + piece.replace("'", "''") + "'"
        if place % 2 == 0
        else f"CAST({staged.row} AS VARCHAR)"
        if piece == ROW
        else _cell(staged, piece)
        for place, piece in enumerate(pieces)
        if place % 2 or piece
    ]
    whole = f"concat({', '.join(texts)})" if texts else "''"
    named = [_cell(staged, column) for column in template.columns]
    return f"CASE WHEN concat({', '.join(named)}) = '' THEN '' ELSE {whole} END" if named else whole
