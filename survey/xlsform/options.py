"""The column pactboard_options: what XLSForm has no column for, as one line of JSON.

It holds the expressions as they were written too; a condition that was changed in the workbook wins."""

import json
from collections.abc import Mapping

from survey.definition import Questionnaire
from survey.expression import ExpressionRefused, Kind
from survey.foreign.content import Content
from survey.foreign.tree import Untranslatable
from survey.logic import kinds
from survey.question import Question
from survey.xlsform.phrasing import constraint_of, relevant_of

LIMITS = ("date", "min_choices", "max_choices", "validation")
# What has columns of its own; everything else a question may say goes into the cell.
_SAID = frozenset(
    (
        *("code", "type", "text", "help", "required", "choices", "rows", "other", "randomise", "measures"),
        "scale",
    )
)
HEAD = frozenset(
    ("slug", "version", "languages", "default_language", "title", "intro", "thanks", "questions")
)
"""Keys of a questionnaire that the sheet "settings" has columns for."""
_KEYS = frozenset(Question.model_fields) - _SAID


def options_of(question: Question) -> str:
    """The cell for a question; "" when XLSForm says everything."""
    content = question.model_dump(mode="json", exclude_defaults=True)
    kept = {key: value for key, value in content.items() if key in _KEYS}
    if question.validation:
        kept["validation"] = question.validation.expression
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def read_head(cell: str) -> Content | None:
    """What the cell of the sheet "settings" says; None when it cannot be read."""
    found = _mapping(cell)
    fits = found is not None and (frozenset(Questionnaire.model_fields) - HEAD).issuperset(found)
    return found if fits else None


def read_options(cell: str) -> Content | None:
    """What the cell says; None when it cannot be read."""
    found = _mapping(cell)
    if found is None or not _KEYS.issuperset(found):
        return None
    fits = isinstance(found.get("show_if", ""), str) and isinstance(found.get("validation", ""), str)
    return found if fits else None


def _mapping(cell: str) -> Content | None:
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def sayable(question: Question) -> dict[str, Kind]:
    """The names that XLSForm has for the answers to a question: a matrix has only those of its rows."""
    own = question.code if question.type == "matrix" else ""
    return {name: kind for name, kind in kinds(question).items() if name != own}


def native_relevant(show_if: str | None, known: Mapping[str, Kind]) -> tuple[str, bool]:
    """The cell "relevant" for a show_if, and whether it says all of it."""
    try:
        return relevant_of(show_if, known), True
    except (Untranslatable, ExpressionRefused):
        return "", False


def native_constraint(question: Question, known: Mapping[str, Kind]) -> tuple[str, bool]:
    """The cell "constraint" for limits and validation, and whether it says all of them."""
    try:
        return constraint_of(question, known), True
    except (Untranslatable, ExpressionRefused):
        return constraint_of(question.model_copy(update={"validation": None}), known), False
