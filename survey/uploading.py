"""A file given as an answer: what is kept of it beside its bytes, and every reason to refuse it."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from survey.file_kinds import KINDS, TYPE_WORDS, media_types
from survey.parts import FileLimits
from survey.problems import Problem, Term, problem
from survey.question import Question

LONGEST_NAME = 120
MEGABYTE = 1_000_000
_REFERENCE = re.compile(r"([0-9a-f]{64})/([1-9][0-9]{0,8})/([a-z]+/[a-z0-9.+-]+)/([^/\x00-\x1f]{1,120})")
_UNFIT = re.compile(r'[<>:"|?*\x7f]')
_LONGEST_ENDING = 5


@dataclass(frozen=True, slots=True)
class Upload:
    """A file by what it holds: the SHA-256 of its bytes in hexadecimal, its cleaned name, its media type (one
    of `file_kinds.KINDS`), its size in bytes."""

    sha256: str
    name: str
    type: str
    size: int

    @property
    def reference(self) -> str:
        """What stands for it in a form, as the raw answer to its question. It is no proof: whoever takes
        answers has to know that the file was given for this very response."""
        return f"{self.sha256}/{self.size}/{self.type}/{self.name}"


def read_reference(raw: str) -> Upload | None:
    """The upload that a raw answer stands for, None for a text that no `Upload.reference` gave."""
    found = _REFERENCE.fullmatch(raw)
    if found is None or found[3] not in KINDS:
        return None
    return Upload(found[1], found[4], found[3], int(found[2]))


def read_upload(question: Question, name: str, content: bytes, size: int | None = None) -> Upload | Problem:
    """What the file is that was given for this question, or why it cannot be taken. `name` is the name as it
    was sent, `size` that of the whole file where only its beginning is at hand, in bytes."""
    size = len(content) if size is None else size
    shown = clean_name(name)
    if not size:
        return problem("upload-empty", question.code, name=shown)
    if too_large := _too_large(question, size):
        return too_large
    found = media_types(content)
    if not found:
        return problem("upload-kind-unknown", question.code, name=shown, allowed=allowed(question))
    stem, dot, ending = shown.rpartition(".")
    has_ending = bool(dot and stem) and 1 <= len(ending) <= _LONGEST_ENDING and ending.isalnum()
    fitting = [each for each in found if not has_ending or ending.lower() in KINDS[each].endings]
    if not fitting:
        what = KINDS[found[0]].endings[0].upper()
        return problem("upload-name-differs", question.code, name=shown, found=what)
    kind = KINDS[fitting[0]]
    upload = Upload(
        hashlib.sha256(content).hexdigest(),
        shown if has_ending else f"{shown[: LONGEST_NAME - _LONGEST_ENDING - 1]}.{kind.endings[0]}",
        kind.media_type,
        size,
    )
    return unfit(question, upload) or upload


def unfit(question: Question, upload: Upload) -> Problem | None:
    """Why a file is none that this question takes, by its size and type."""
    if KINDS[upload.type].type not in limits(question).types:
        return problem("upload-type-refused", question.code, name=upload.name, allowed=allowed(question))
    return _too_large(question, upload.size)


def limits(question: Question) -> FileLimits:
    """What the question takes."""
    return question.file or FileLimits()


def allowed(question: Question) -> tuple[Term, ...]:
    """The types of files that the question takes, in words."""
    return tuple(Term(TYPE_WORDS[each]) for each in limits(question).types)


def most_bytes(question: Question) -> int:
    """The size in bytes of the largest file that the question takes."""
    return limits(question).max_mb * MEGABYTE


def too_many(question: str, limit: int) -> Problem:
    """Why no more files are taken for one response; `question` is the code of the question."""
    return problem("upload-too-many", question, limit=limit)


def no_room(question: str) -> Problem:
    """Why no more files are taken for a survey."""
    return problem("upload-no-room", question)


def not_anonymous(question: str) -> Problem:
    """Why an anonymous survey takes no file."""
    return problem("upload-anonymous", question)


def _too_large(question: Question, size: int) -> Problem | None:
    if size <= most_bytes(question):
        return None
    found = f"{-(-size * 10 // MEGABYTE) / 10:.1f}"  # rounded up: never the limit itself
    return problem("upload-too-large", question.code, size=found, limit=limits(question).max_mb)


def clean_name(name: str) -> str:
    """A file's name without its folders and without what could mislead: at most 120 characters, none of them
    a control, a mark of direction or a sign that some system forbids; its ending is kept."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode()))[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    plain = " ".join(_UNFIT.sub("_", kept).split()).strip(". ")
    if len(plain) > LONGEST_NAME:
        stem, dot, ending = plain.rpartition(".")
        tail = f".{ending}" if dot and len(ending) <= _LONGEST_ENDING else ""
        plain = (stem if tail else plain)[: LONGEST_NAME - len(tail)] + tail
    return plain or "file"
