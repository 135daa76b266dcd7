"""What the API answers when it refuses: coded problems in the reader's language, by RFC 9457."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse

import warehouse
from pages.ui.texts import choose_language, translate
from pages.web.body import printable
from pages.web.journal import note_codes

MEDIA_TYPE = "application/problem+json"
_MOST_SHOWN = 50

# code -> (what is wrong, what to do); every text stands in locale/zh/api.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "api-unknown": ("There is nothing at this address", "See /api/v1/openapi.json for what there is."),
    "method-refused": ("{method} is not taken here", "Use one of: {allowed}."),
    "key-missing": (
        "No key was sent",
        "Send the header Authorization: Bearer KEY; the operator makes a key with python -m warehouse key.",
    ),
    "key-refused": (
        "This key is not known, or it was revoked",
        "Ask the operator for a new one.",
    ),
    "survey-unknown": ("There is no survey “{slug}”", "Check the address, or ask the operator."),
    "record-type-none": ("There is no record type “{name}”", "Use one of: {known}."),
    "record-none": ("There is no record “{number}”, or it was withdrawn", "Check the address, or PUT it."),
    "record-value": ("A field takes one value", "Send a text, a number, true, false or null."),
    "idempotency-key-missing": (
        "One header Idempotency-Key is needed, of 1 to 200 visible ASCII characters",
        "Make a new one for each response, such as a UUID, and send the same one with each repeat.",
    ),
    "idempotency-key-reused": (
        "A response with other content was stored under this Idempotency-Key",
        "It is kept as it was. If this is another response, send it with a new Idempotency-Key.",
    ),
    "body-too-large": (
        "The body has more than {limit} bytes",
        "Send one response a request, with shorter texts.",
    ),
    "body-not-json-type": (
        "The body is not declared as JSON",
        "Send the header Content-Type: application/json, and no Content-Encoding.",
    ),
    "json-not-utf8": ("The body is not UTF-8 text", "Encode the JSON in UTF-8."),
    "json-malformed": ("The body is not JSON", "Correct it at line {line}, column {column}."),
    "json-key-twice": ("The key stands twice in one object", "Send each key once."),
    "json-not-a-number": ("{constant} is not JSON", "Leave the key out, or send null."),
    "json-number-huge": (
        "A number has more than {limit} characters, or is too large",
        "Send a number that a person could have meant.",
    ),
    "json-too-deep": (
        "The body is nested more than {limit} levels deep",
        "Send answers as texts, numbers or lists.",
    ),
    "body-not-an-object": ("The body is not an object", "Send an object with the keys {keys}."),
    "key-not-known": ("There is no such key", "Use only these: {keys}."),
    "key-not-given": ("The key is missing", "Add it."),
    "body-not-a-list": (
        "The body is not a list",
        "Send a list of up to {limit} objects with the keys {keys}.",
    ),
    "rows-too-many": ("The list has more than {limit} rows", "Send up to {limit} rows a request."),
    "rows-too-large": ("The body has more than {limit} bytes", "Send fewer rows a request."),
    "row-value": (
        "A key takes one value",
        "Send a text or a number; null empties it where it may be left out.",
    ),
    "row-date-sent": (
        "This is not a date that can be read",
        "Send 2026-07-01T09:30:00+08:00, with its offset, or a day like 2026-07-01, from 1970 until now.",
    ),
    "row-member-unknown": (
        "The register has no such member",
        "Send the member to /api/v1/register/members first, or import the file of members.",
    ),
    "row-event-unknown": ("This is not an event that the register knows", "Send one of {known}."),
    "row-language-unknown": ("This is not a language", "Send its code, such as zh or en."),
    "row-sent-twice": ("The id stands in an earlier row of the list", "Send each row once."),
    "answer-file": (
        "A file cannot be sent by a program",
        "Leave this answer out; people send files with the form of the survey.",
    ),
    "answers-invalid": (
        "This is not an object of answers",
        "Send an object: question code, then its answer.",
    ),
    "version-invalid": (
        "The survey has no such version of its questionnaire",
        "Send the number of one that was published, or leave it out for version {version}.",
    ),
    "language-invalid": ("The survey is not asked in this language", "Send one of these: {languages}."),
    "channel-invalid": (
        "This cannot be a channel",
        "Use at most 40 lower-case letters, digits and _, beginning with a letter, such as call_centre.",
    ),
    "submitted-at-invalid": (
        "This is not an instant that a response can have",
        "Send date, time and offset, such as 2026-07-01T09:30:00+08:00, from the year 2000 until now.",
    ),
    "member-id-invalid": (
        "This cannot be a member's id",
        "Send a text of 1 to 100 characters in one line, or null.",
    ),
    "tier-invalid": ("This cannot be a tier", "Send a text of 1 to 100 characters in one line, or null."),
    "weight-invalid": ("The weight cannot be used", "Send a number from 0 to 1000000."),
}


class Stated(Protocol):
    """A problem of any room: its code, its place, and what is wrong and what to do, apart."""

    @property
    def code(self) -> str: ...

    @property
    def where(self) -> str: ...

    def parts(self, language: str, /) -> tuple[str, str]: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem of a request itself. `where` is a key of the body, a header, or empty."""

    code: str
    where: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def parts(self, language: str, /) -> tuple[str, str]:
        """What is wrong, and what to do."""
        what, todo = WORDINGS[self.code]
        return translate(what, language).format(**self.values), translate(todo, language).format(
            **self.values
        )


class Refused(Exception):
    """The request is answered with this HTTP status, these problems and headers."""

    def __init__(self, status: int, *problems: Stated, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.problems = problems
        self.headers = headers or {}


def problem_document(status: int, problems: Sequence[Stated], language: str) -> dict[str, object]:
    """The document of RFC 9457 for these problems, of which the first 50 are told."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "problems": [_told(problem, language) for problem in problems[:_MOST_SHOWN]],
    }


def refusal(request: Request, refused: Refused) -> JSONResponse:
    """The answer to a refused request, in the language of its Accept-Language; counted in the audit."""
    if refused.problems:
        warehouse.serving().audit.note_refused(refused.problems[0].code, "api")
    language = reader_language(request)
    note_codes(request.scope, dict.fromkeys(problem.code for problem in refused.problems))
    return JSONResponse(
        problem_document(refused.status, refused.problems, language),
        refused.status,
        {"Content-Language": language, **refused.headers},
        MEDIA_TYPE,
    )


def reader_language(request: Request) -> str:
    """The language of what is said to whoever sent the request: Accept-Language alone, no cookie."""
    return choose_language(None, None, request.headers.get("accept-language"))


def _told(problem: Stated, language: str) -> dict[str, str]:
    what, todo = problem.parts(language)
    told = {"code": problem.code, "where": problem.where, "what": what.rstrip(".。"), "todo": todo}
    return {name: str(printable(text)) for name, text in told.items()}
