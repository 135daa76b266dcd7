"""What goes over the wire, as models: requests are read by them, and the OpenAPI document is made of them."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationError,
    WithJsonSchema,
)

from pages.web.api.problems import Fault, Refused
from survey import Questionnaire
from survey.characters import says_nothing, unfit_character

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_CLOCK_SLACK = timedelta(minutes=1)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_MOST_TOLD = 20


def _one_line(text: str) -> str:
    if says_nothing(text) or unfit_character(text) or len(text.splitlines()) > 1:
        raise ValueError("nothing to read, or a character that cannot be kept")
    return text


def _instant(value: object) -> object:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError("not an instant with an offset")
    return value


def _of_now_or_earlier(value: datetime) -> datetime:
    if not _EARLIEST <= value <= datetime.now(UTC) + _CLOCK_SLACK:
        raise ValueError("before 2000, or not yet")
    return value.astimezone(UTC)


def _number(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


Line = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_one_line)]
Instant = Annotated[
    AwareDatetime, Strict(False), BeforeValidator(_instant), AfterValidator(_of_now_or_earlier)
]
AnswerValue = Annotated[
    Any,
    WithJsonSchema(
        {
            "description": "A score or number, a text, codes of several choices, or null for no answer. A "
            "file cannot be sent: leave it out; a survey that requires one takes no responses of programs.",
            "anyOf": [
                {"type": "string"},
                {"type": "number"},
                {"type": "array", "items": {"type": "string"}},
                {"type": "null"},
            ],
        }
    ),
]


class Submission(BaseModel):
    """One response. Keys not named here are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    answers: dict[str, AnswerValue] = Field(
        description="Question code -> answer. GET /api/v1/surveys/{slug} gives the schema for a survey."
    )
    language: str = Field(description="The language the questions were read in, such as zh.", max_length=35)
    channel: str = Field(
        default="api", description="How the answers were collected.", pattern="^[a-z][a-z0-9_]{0,39}$"
    )
    submitted_at: Instant | None = Field(
        default=None,
        description="When the answers were given, with offset; the time of arrival when left out.",
    )
    version: int | None = Field(
        default=None,
        description="The version of the questionnaire that was asked; the latest when left out.",
        ge=1,
        le=1_000_000,
    )
    member_id: Line | None = Field(default=None, description="The member who answered.")
    tier: Line | None = Field(default=None, description="The member's tier when answering.")
    weight: Annotated[float, BeforeValidator(_number)] = Field(
        default=1.0, description="The respondent's share in a weighted sample.", ge=0, le=1_000_000
    )


class Stored(BaseModel):
    """The response is on disk."""

    response_id: UUID
    receipt: str = Field(description="For people to quote, such as 7K3M-Q2XD.")


class SurveyDocument(BaseModel):
    """What a survey asks now."""

    survey: str
    title: dict[str, str] = Field(description="Language -> title.")
    takes_answers: bool = Field(description="Whether it takes answers now.")
    questionnaire: Questionnaire
    answers: dict[str, Any] = Field(
        description="The JSON Schema (2020-12) of the key `answers` of a response."
    )


class SurveyList(BaseModel):
    """Every survey there is, each with what it asks now."""

    surveys: list[SurveyDocument]


class ToldProblem(BaseModel):
    """One thing that is wrong. `code` is stable; the sentences are in the language of Accept-Language."""

    code: str
    where: str = Field(description="A question code, a key of the body, a header, or empty.")
    what: str
    todo: str


class ProblemDocument(BaseModel):
    """Problem details by RFC 9457, with everything that is wrong as a list."""

    type: str
    title: str
    status: int
    problems: list[ToldProblem]


def read_submission(content: object, asked: Questionnaire) -> Submission:
    """The submission in a parsed body, for what the survey asks now. Raises Refused(422) with everything that
    is wrong with its keys."""
    try:
        return Submission.model_validate(content)
    except ValidationError as error:
        told = error.errors(include_url=False, include_context=False, include_input=False)
        faults = {_fault(each["type"], each["loc"]): None for each in told[:_MOST_TOLD]}
        languages = ", ".join(asked.languages)
        keys = ", ".join(Submission.model_fields)
        values = {"keys": keys, "languages": languages, "version": asked.version}
        raise Refused(422, *(Fault(code, where, values) for code, where in faults)) from None


def _fault(kind: str, loc: tuple[int | str, ...]) -> tuple[str, str]:
    if not loc:
        return "body-not-an-object", ""
    key = str(loc[0])[:100]
    if kind == "extra_forbidden":
        return "key-not-known", key
    if kind == "missing":
        return "key-not-given", key
    return f"{key.replace('_', '-')}-invalid", key
