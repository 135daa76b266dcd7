"""An import mapping from its file: strict YAML, every refusal naming file, line and key; and its
questionnaire."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from survey import Question, Questionnaire, SurveyError, library, read_questionnaire
from survey.problems import Problem as SurveyProblem
from survey.problems import problem
from survey.strict_yaml import Document, Key, YamlRefused, read_strictly
from warehouse.importing.mapping import AnswerColumn, FileForm, ImportMapping, SubmittedAt, SurveyNamed, Taken
from warehouse.importing.problems import ImportRefusedError, import_problem, near, refused
from warehouse.problems import Problem

M = TypeVar("M", bound=BaseModel)
Parts = Mapping[str, type[BaseModel]]
_MODELS: Parts = {
    "survey": SurveyNamed,
    "file": FileForm,
    "submitted_at": SubmittedAt,
    "language": Taken,
    "member": Taken,
    "tier": Taken,
    "touchpoint": Taken,
    "answers": AnswerColumn,
}
_BUILT_IN = {
    "string_type": "value-not-text",
    "tuple_type": "value-not-list",
    "mapping_type": "value-not-mapping",
    "dict_type": "value-not-mapping",
    "model_type": "value-not-mapping",
    "missing": "key-missing",
    "literal_error": "value-not-offered",
}


@dataclass(frozen=True, slots=True)
class LoadedMapping:
    """A mapping that fits its questionnaire. `questions` are the items it maps."""

    name: str
    sha256: str
    mapping: ImportMapping
    questionnaire: Questionnaire
    questions: Mapping[str, Question]


def load_mapping(path: Path) -> LoadedMapping:
    """The mapping in a file and the questionnaire it names, of the library or a file beside it.

    Raises ImportRefusedError with every problem found."""
    source = mapping_text(path)
    mapping = read_mapping(source, path.name)
    questionnaire = _questionnaire(mapping.questionnaire, path)
    questions = _questions(mapping, questionnaire, path.name)
    return LoadedMapping(
        path.name, hashlib.sha256(source.encode()).hexdigest(), mapping, questionnaire, questions
    )


def read_mapping(source: str, name: str) -> ImportMapping:
    """The mapping in a YAML text; `name` is the file's, for messages. Raises ImportRefusedError."""
    return read_as(ImportMapping, _MODELS, source, name)


def read_as(model: type[M], parts: Parts, source: str, name: str) -> M:
    """What a YAML text says, as that model; `parts` are the models of its keys, to say what a misspelt key
    could have been. Raises ImportRefusedError with every problem found."""
    try:
        document = read_strictly(source)
    except YamlRefused as error:
        place = _place(name, error.line, error.key)
        raise ImportRefusedError([problem(error.code, place, **error.values)]) from None
    try:
        # By way of JSON, since only there is a list an acceptable tuple to a strict model.
        return model.model_validate_json(json.dumps(document.content))
    except ValidationError as error:
        raise ImportRefusedError(
            _problem(found, document, name, {"": model, **parts})
            for found in error.errors()
            # A list whose entries are refused counts as too short as well.
            if found["type"] != "too_short" or not found["input"]
        ) from None


def mapping_text(path: Path) -> str:
    """The text of a mapping or questionnaire file. Raises ImportRefusedError("file-unreadable")."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise refused("file-unreadable", path.name, reason=error.strerror or type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise refused("file-unreadable", path.name, reason="UTF-8") from error


def _questionnaire(named: str, mapping_path: Path) -> Questionnaire:
    if named.endswith((".yaml", ".yml")):
        path = mapping_path.parent / named
        try:
            return read_questionnaire(mapping_text(path), path.name)
        except SurveyError as error:
            raise ImportRefusedError(error.problems) from error
    known = {questionnaire.slug: questionnaire for questionnaire in library()}
    if named not in known:
        where = f"{mapping_path.name} questionnaire"
        slugs = ", ".join(known)
        raise refused(
            "mapping-questionnaire", where, questionnaire=named, known=slugs, near=near(named, known)
        )
    return known[named]


def _questions(mapping: ImportMapping, questionnaire: Questionnaire, name: str) -> Mapping[str, Question]:
    """The mapped items: questions, rows of a matrix, texts for "other".

    Raises ImportRefusedError where mapping and questionnaire do not fit each other."""
    known = {item.code: item for item in questionnaire.items}
    problems: list[Problem] = []
    questions: dict[str, Question] = {}
    for code in mapping.answers:
        where = f"{name} answers.{code}"
        if code not in known:
            values = {"questionnaire": questionnaire.slug, "question": code, "near": near(code, known)}
            problems.append(import_problem("mapping-question", where, **values))
            continue
        question = known[code]
        problems += [
            import_problem("mapping-missing-answer", where, raw=raw, question=code)
            for raw in mapping.missing_of(code)
            if raw in _answers(question)
        ]
        if mapping.touchpoint and question.dimension == "touchpoint":
            problems.append(import_problem("mapping-touchpoint", where, question=code))
        questions[code] = question
    if problems:
        raise ImportRefusedError(problems)
    return questions


def _answers(question: Question) -> set[str]:
    scale = question.scale
    scores = {str(score) for score in range(scale.min, scale.max + 1)} if scale else set()
    return scores | set(question.offered)


def _problem(found: ErrorDetails, document: Document, name: str, models: Parts) -> Problem | SurveyProblem:
    key: Key = found["loc"]
    context = found.get("ctx", {})
    if "code" in context:  # a refusal of the survey's own types
        key = (*key, *context["at"])
        return problem(context["code"], _where(document, name, key), **context["values"])
    where = _where(document, name, key)
    if found["type"] == "extra_forbidden":
        return _unknown_key(key, where, models)
    if found["type"] in _BUILT_IN:
        values = {
            "key": str(key[-1]) if key else "",
            "raw": str(found["input"]),
            "allowed": context.get("expected", ""),
        }
        return problem(_BUILT_IN[found["type"]], where, **values)
    if found["type"] == "too_short":
        return import_problem("mapping-empty", where)
    return import_problem(found["type"], where, **context)


def _unknown_key(key: Key, where: str, models: Parts) -> SurveyProblem:
    model = models["" if len(key) == 1 else str(key[0])]
    unknown, known = str(key[-1]), list(model.model_fields)
    nearest = get_close_matches(unknown[:60], known, n=1)
    if nearest:
        return problem("key-misspelt", where, key=unknown, nearest=nearest[0])
    return problem("key-unknown", where, key=unknown, allowed=", ".join(known))


def _where(document: Document, name: str, key: Key) -> str:
    """The place of the key, or of the nearest thing around it that stands in the file."""
    around = key
    while around not in document.lines:
        around = around[:-1]
    return _place(name, document.lines[around], key)


def _place(name: str, line: int, key: Key) -> str:
    """A place as editors open it, with the key: "2017.yaml:12 answers.overall"."""
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")
    return f"{name}:{line} {path}".strip()
