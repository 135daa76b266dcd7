"""Pieces of a definition on their way from a foreign form, and the questionnaire they end as."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from survey.definition import Questionnaire
from survey.expression import ExpressionRefused, Kind, check, parse
from survey.foreign.tree import Untranslatable
from survey.problems import Problem
from survey.question import Question

Content = dict[str, object]
"""A piece of a definition, as its YAML would say it."""

INTRO = "Please answer the following questions."
THANKS = "Thank you for your answers."
INVALID = "This answer is not valid. Please check it."


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read, and what was left out or changed on the way, in the order of the file."""

    questionnaire: Questionnaire
    notes: tuple[Problem, ...]


def question_of(content: Content) -> Question | None:
    """The question of a piece of definition; None when it will be refused with the whole."""
    try:
        return Question.model_validate_json(json.dumps(content))
    except ValidationError:
        return None


def must_hold(expression: str, known: Mapping[str, Kind]) -> None:
    """Raises Untranslatable when the expression would be refused where these names are known."""
    try:
        faults = check(parse(expression), known)
    except ExpressionRefused:
        raise Untranslatable from None
    if faults:
        raise Untranslatable


def slug_of(named: str) -> str:
    """The slug that a name becomes."""
    slug = re.sub("[^a-z0-9]+", "-", named.lower()).strip("-")
    if not slug:
        return "form"
    return (slug if slug[0].isalpha() else f"form-{slug}")[:60].strip("-")
