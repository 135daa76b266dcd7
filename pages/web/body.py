"""Reads a posted form within limits: bytes, fields and repeats are bounded before a value is looked at."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request

from pages.web.multipart import NotMultipart, Parts, SentFile
from survey import Questionnaire, Raw
from survey.uploading import most_bytes


class Posted(dict[str, tuple[str, ...]]):
    """What a form sent: name -> every value sent under it, in their order; and `files`, by the code of the
    question that each was sent for."""

    def __init__(
        self, values: Mapping[str, tuple[str, ...]], files: Mapping[str, SentFile] | None = None
    ) -> None:
        super().__init__(values)
        self.files = files or {}


KEPT = "_kept_"
"""Before the name of an answer that a form keeps for a page further on: it counts once it is shown again."""

_ENCODED_CHARACTER = 12  # four bytes of UTF-8, each as %XX
_OWN_BYTES, _OWN_FIELDS = 16 * 1024, 50  # for scores, codes and names; for what the form itself sends


class BodyRefused(Exception):
    """The body cannot be read as one of our forms; `status` is the HTTP status to answer with."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a form may send, as bytes of its body without files, as number of its fields, and as
    bytes of the file of each question, by its code."""

    most_bytes: int = 64 * 1024
    most_fields: int = 200
    files: Mapping[str, int] = field(default_factory=dict)

    def raised_for(self, questionnaire: Questionnaire) -> "Limits":
        """These limits, raised where a full sheet of this questionnaire would not keep within them."""
        texts = sum(item.max_length for item in questionnaire.items if item.stored == "text")
        fields = sum(max(1, len(item.offered)) for item in questionnaire.items)
        files = {item.code: most_bytes(item) for item in questionnaire.items if item.stored == "file"}
        return Limits(
            max(self.most_bytes, _OWN_BYTES + _ENCODED_CHARACTER * texts),
            max(self.most_fields, _OWN_FIELDS + fields),
            {**self.files, **{code: max(most, self.files.get(code, 0)) for code, most in files.items()}},
        )


async def read_form(request: Request, limits: Limits) -> Posted:
    """The fields of a urlencoded body; where questions ask for files also of a multipart one, with its files.

    Bytes that are not UTF-8 come out as lone surrogates, for the validator to refuse by name; line ends come
    out as LF, as the browser counts them.

    Raises:
        BodyRefused: 413 too many bytes, 415 another content type, 400 too many fields.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "multipart/form-data" and limits.files:
        return await _read_with_files(request, limits)
    if kind != "application/x-www-form-urlencoded":
        raise BodyRefused(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limits.most_bytes:
            raise BodyRefused(413)
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "surrogateescape"),
            keep_blank_values=True,
            max_num_fields=limits.most_fields,
            errors="surrogateescape",
        )
    except ValueError as error:
        raise BodyRefused(400) from error
    return Posted(_by_name(pairs))


async def _read_with_files(request: Request, limits: Limits) -> Posted:
    parts = Parts(limits.files, limits.most_bytes, limits.most_fields + len(limits.files))
    try:
        await parts.read(request.headers["content-type"], request.stream())
    except NotMultipart as error:
        raise BodyRefused(413 if error.is_large else 400) from error
    return Posted(_by_name(parts.pairs), parts.files)


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        values[name] = (*values.get(name, ()), value.replace("\r\n", "\n"))
    return values


def raw_answers(posted: Posted, several: Collection[str]) -> dict[str, Raw]:
    """The fields that are not the form's own, as `survey` reads them: a list for the names of `several`.

    Raises:
        BodyRefused: 400 when another name has two values that differ.
    """
    return {
        name: values if name in several else only(posted, name)
        for name, values in posted.items()
        if not name.startswith("_")
    }


def kept_answers(posted: Posted, several: Collection[str]) -> dict[str, Raw]:
    """What the form has kept for pages further on, from before somebody went back. Raises as above."""
    ahead = Posted({name.removeprefix(KEPT): v for name, v in posted.items() if name.startswith(KEPT)})
    return raw_answers(ahead, several)


def all_answers(posted: Posted, several: Collection[str]) -> dict[str, Raw]:
    """Everything that was typed, sent or kept, as the form shows it again. Raises as above."""
    return {**kept_answers(posted, several), **raw_answers(posted, several)}


def only(posted: Posted, name: str) -> str:
    """The one value sent under that name, "" for none. Raises BodyRefused, 400, when there are several."""
    values = set(posted.get(name, ("",)))
    if len(values) != 1:
        raise BodyRefused(400)
    return values.pop()


def printable(raw: Raw) -> Raw:
    """`raw` with every lone surrogate replaced by U+FFFD, so that it can be shown and encoded."""
    if isinstance(raw, str):
        return raw.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return tuple(str(printable(value)) for value in raw or ())
