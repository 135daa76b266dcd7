"""A mapping written for a questionnaire: every item under the column that our own export of responses has."""

import json
import re
from collections.abc import Iterator

from survey import Question, Questionnaire, pick
from warehouse.exporting.raw import answer_column

_PLAIN = re.compile(r"(?!(?:true|false|null|yes|no|on|off|y|n)\Z)[a-z][a-z0-9_]*")
_LONGEST_NOTE = 90


def mapping_for(questionnaire: Questionnaire, named: str, survey: str, language: str) -> str:
    """The YAML text of a mapping that reads our export of responses to this questionnaire into that survey;
    for the file of another tool only its columns and values are to be changed.

    `named` is how the mapping names the questionnaire: its slug in the library, or a file beside it. What is
    asked stands beside each item, in the language."""
    return "\n".join(_lines(questionnaire, named, survey, language)) + "\n"


def _lines(questionnaire: Questionnaire, named: str, survey: str, language: str) -> Iterator[str]:
    title = {
        code: pick(questionnaire.title, code, questionnaire.default_language)[0] for code in ("en", "zh")
    }
    yield "apiVersion: pactboard/v1"
    yield "kind: ImportMapping"
    yield "survey:"
    yield f"  slug: {survey}"
    yield f"  title: {json.dumps(title, ensure_ascii=False)}"
    yield f"questionnaire: {json.dumps(named, ensure_ascii=False)}"
    yield "file: {neutralised: true}"
    yield 'row_id: "{response_id}"'
    yield "submitted_at:"
    yield '  text: "{submitted_at}"'
    yield '  formats: ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z"]'
    yield "  zone: UTC"
    yield "language: language"
    yield "weight: weight"
    yield "member: member_id"
    yield "tier: tier"
    if not any(question.dimension == "touchpoint" for question in questionnaire.questions):
        yield "touchpoint: touchpoint"
    yield "answers:"
    for item in (each for each in questionnaire.items if each.stored != "file"):
        code = item.code if _PLAIN.fullmatch(item.code) else json.dumps(item.code)
        column = answer_column(item.code)
        column = column if _PLAIN.fullmatch(column) else json.dumps(column)
        yield f"  {code}: {column}{_note(item, questionnaire, language)}"


def _note(item: Question, questionnaire: Questionnaire, language: str) -> str:
    """A comment: the codes that the answer may be, and what is asked."""
    allowed = " ".join(item.offered)
    if item.scale:
        allowed = f"{item.scale.min}..{item.scale.max}"
    asked = " ".join(pick(item.text, language, questionnaire.default_language)[0].split())
    said = f"{allowed}: {asked}" if allowed else asked
    said = "".join(char for char in said if char.isprintable())
    return f"  # {said if len(said) <= _LONGEST_NOTE else said[: _LONGEST_NOTE - 1] + '…'}"
