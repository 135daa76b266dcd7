"""The parts of a .qsf, whatever shape PHP gave their lists: a list here is a mapping by number there."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey.foreign.notes import note
from survey.problems import SurveyError

Node = Mapping[str, object]

_MEGABYTE = 1_000_000
_LARGEST = 20
_MOST_QUESTIONS = 5000


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey: what is said of it as a whole, its options, its questions by id, its blocks by id in the
    order of the file, its flow."""

    entry: Node
    options: Node
    questions: Mapping[str, Node]
    blocks: Mapping[str, Node]
    flow: Node


def is_qsf(data: bytes) -> bool:
    """Whether it looks like a survey of Qualtrics."""
    return data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") and b'"SurveyElements"' in data


def read_survey(data: bytes, name: str) -> Survey:
    """The survey in the file. Raises SurveyError."""
    if len(data) > _LARGEST * _MEGABYTE:
        size = len(data) // _MEGABYTE
        raise SurveyError((note("import-too-large", name, size=size, limit=_LARGEST),))
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise SurveyError((note("qualtrics-broken", name),)) from None
    whole = mapping(content)
    elements = [mapping(element) for _, element in items(whole.get("SurveyElements"))]
    if not elements:
        raise SurveyError((note("qualtrics-not-a-survey", name, raw="SurveyElements"),))
    questions: dict[str, Node] = {}
    blocks: dict[str, Node] = {}
    single: dict[str, Node] = {}
    for element in elements:
        kind, payload = words(element.get("Element")), element.get("Payload")
        if kind == "SQ":
            question = mapping(payload)
            qid = words(question.get("QuestionID")) or words(element.get("PrimaryAttribute"))
            questions.setdefault(qid, question)
        elif kind == "BL":
            for key, value in items(payload):
                block = mapping(value)
                blocks.setdefault(words(block.get("ID")) or key, block)
        else:
            single.setdefault(kind, mapping(payload))
    if len(questions) > _MOST_QUESTIONS:
        raise SurveyError((note("qualtrics-too-long", name, limit=_MOST_QUESTIONS),))
    entry = mapping(whole.get("SurveyEntry"))
    return Survey(entry, single.get("SO", {}), questions, blocks, single.get("FL", {}))


def mapping(value: object) -> Node:
    """The mapping that the value is; an empty one when it is none."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> Iterator[tuple[str, object]]:
    """What a list or a mapping holds, with its number or key."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield str(number), item


def words(value: object) -> str:
    """The text or the number that the value is, as text; "" when it is neither."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def is_on(value: object) -> bool:
    """Whether it means yes."""
    return value is True or words(value).lower() in ("true", "1", "on", "yes")


def whole(value: object) -> int | None:
    """The whole number that it is or says."""
    said = words(value).strip()
    return int(said) if re.fullmatch("-?[0-9]{1,9}", said) else None


def decimal(value: object) -> str | None:
    """The plain number that it is or says, as the definition writes numbers."""
    said = words(value).strip()
    found = re.fullmatch(r"(-?(?:0|[1-9][0-9]{0,11}))(\.[0-9]{1,6})?0*", said)
    return f"{found[1]}{found[2] or ''}" if found else None


def ordered(listed: object, order: object) -> list[tuple[str, Node]]:
    """Choices or answers in the order they are shown in: those the order names, then those it forgets."""
    every = {key: mapping(value) for key, value in items(listed)}
    named = [words(key) for _, key in items(order)]
    keys = dict.fromkeys((*(key for key in named if key in every), *every))
    return [(key, every[key]) for key in keys]
