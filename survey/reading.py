"""A questionnaire from YAML text: every refusal names the file, the line and the key."""

import json
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from survey.definition import Choice, DateRange, NumberRange, Question, Questionnaire, Rule, Scale
from survey.directions import reversed_scales
from survey.problems import Problem, SurveyError, problem
from survey.strict_yaml import Document, Key, YamlRefused, read_strictly

_MODELS: Mapping[str, type[BaseModel]] = {
    "questions": Question,
    "choices": Choice,
    "rows": Choice,
    "scale": Scale,
    "number": NumberRange,
    "date": DateRange,
    "validation": Rule,
}
_BUILT_IN = {
    "string_type": "value-not-text",
    "int_type": "value-not-integer",
    "bool_type": "value-not-boolean",
    "tuple_type": "value-not-list",
    "mapping_type": "value-not-mapping",
    "dict_type": "value-not-mapping",
    "model_type": "value-not-mapping",
    "missing": "key-missing",
    "literal_error": "value-not-offered",
    "greater_than_equal": "value-out-of-range",
    "less_than_equal": "value-out-of-range",
}


def read_questionnaire(source: str, name: str) -> Questionnaire:
    """The questionnaire in a YAML text; `name` is the file's, for messages.

    Raises SurveyError with every problem found: of the YAML the first, of the definition one a place."""
    try:
        document = read_strictly(source)
    except YamlRefused as refused:
        where = _where(name, refused.line, refused.key)
        raise SurveyError((problem(refused.code, where, **refused.values),)) from None
    return questionnaire_of(document, name)


def questionnaire_of(document: Document, name: str) -> Questionnaire:
    """The questionnaire of plain content, whatever file it came from. Raises SurveyError as above."""
    try:
        # By way of JSON, since only there is a list an acceptable tuple to a strict model.
        found = Questionnaire.model_validate_json(json.dumps(document.content))
    except ValidationError as error:
        placed = [pair for found in error.errors() for pair in _problems(found, document, name)]
        placed.sort(key=lambda pair: pair[0])
        raise SurveyError(tuple(found for _, found in placed)) from None
    # Not part of the models: what was published before this was noticed must still be read.
    if wrong := tuple(_reversed(found, document, name)):
        raise SurveyError(wrong)
    return found


def _reversed(found: Questionnaire, document: Document, name: str) -> Iterator[Problem]:
    for place, low, high in reversed_scales(found):
        at: Key = ("questions", place, "scale")
        where = _where(name, _line(document, at), at)
        yield problem("scale-reversed", where, min=low, max=high, measures=found.questions[place].measures)


def _problems(found: ErrorDetails, document: Document, name: str) -> Iterator[tuple[int, Problem]]:
    """The lines of an error and the problems that say so."""
    key: Key = found["loc"]
    context = found.get("ctx", {})
    if "faults" in context:
        faults = [(code, (*key, *at), values) for code, at, values in context["faults"]]
    elif found["type"] == "extra_forbidden":
        code, values = _unknown_key(key)
        faults = [(code, key, values)]
    else:
        faults = [(_BUILT_IN[found["type"]], key, _values(found, key))]
    for code, at, values in faults:
        line = _line(document, at)
        yield line, problem(code, _where(name, line, at), **values)


def _values(found: ErrorDetails, key: Key) -> dict[str, object]:
    """What the wordings of pydantic's own errors ask for."""
    context = found.get("ctx", {})
    limits = [f"{sign} {context[name]}" for name, sign in (("ge", "≥"), ("le", "≤")) if name in context]
    return {
        "key": str(key[-1]) if key else "",
        "raw": str(found["input"]),
        "allowed": tuple(re.findall("'(.*?)'", context.get("expected", ""))),
        "limit": "".join(limits),
    }


def _unknown_key(key: Key) -> tuple[str, dict[str, object]]:
    unknown = str(key[-1])
    parents = [part for part in key[:-1] if isinstance(part, str)]
    known = tuple(_MODELS[parents[-1]].model_fields if parents else Questionnaire.model_fields)
    nearest = get_close_matches(unknown[:60], known, n=1)
    if nearest:
        return "key-misspelt", {"key": unknown, "nearest": nearest[0]}
    return "key-unknown", {"key": unknown, "allowed": known}


def _line(document: Document, key: Key) -> int:
    """The line of the key, or of the nearest thing around it that stands in the file."""
    while key not in document.lines:
        key = key[:-1]
    return document.lines[key]


def _where(name: str, line: int, key: Key) -> str:
    """A place as editors open it, with the key: "club.yaml:12 questions[0].code"."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")
    return f"{name}:{line} {path}".strip()
