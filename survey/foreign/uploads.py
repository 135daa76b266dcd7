"""What a foreign form asks of an uploaded file, as one of our questions would say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.file_kinds import FILE_TYPES, KINDS, TYPE_WORDS
from survey.foreign.content import Content
from survey.parts import FileLimits
from survey.problems import Term

_LARGEST_MB = 20


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """The key "file" of a question, and what is to be told of it."""

    content: Content
    told: Mapping[str, object]


def file_question(endings: Sequence[str] = (), kilobytes: int | None = None) -> FileQuestion:
    """The question for files whose names may end so (any, where none is known here) and that have at most so
    many kilobytes; what is larger than a question may take is cut to that."""
    known = {ending: kind.type for kind in KINDS.values() for ending in kind.endings}
    named = {known[ending] for ending in endings if ending in known}
    types = [each for each in FILE_TYPES if each in named] or list(FILE_TYPES)
    most = FileLimits().max_mb if kilobytes is None else min(max(1, -(-kilobytes // 1000)), _LARGEST_MB)
    allowed = tuple(Term(TYPE_WORDS[each]) for each in types)
    return FileQuestion({"types": types, "max_mb": most}, {"limit": most, "allowed": allowed})
