"""What an import mapping says: which columns of a foreign file hold which answers, and what their values
mean."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from survey.definition import Slug, Texts
from survey.languages import normalise_language
from warehouse.importing.headings import Heading
from warehouse.importing.templates import Template

EXCEL = "excel"  # a date as the number a spreadsheet keeps: days since 1899-12-30
Encoding = Literal[
    "auto", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "shift_jis", "cp1252"
]
Delimiter = Literal["auto", ",", ";", "\t", "|"]
HeadingRow = Literal[1, 2, 3, 4, 5]
Separator = Literal[" ", ",", ";", "|", "/", "，", "；", "、"]
Reasons = Mapping[str, str]
"""Raw value -> why there is no answer. A question without an answer for another cause: `not_asked`."""

_REASON = re.compile(r"[a-z][a-z0-9_]{0,39}")


def _refusal(code: str, value: str) -> PydanticCustomError:
    values = {"value": value, "column": "{RESPNUM}", "row": "{row}"}
    return PydanticCustomError(code, "{value}", values)


def _short_form(value: object) -> object:
    """`tier: LEVEL` is short for `tier: {column: LEVEL}`."""
    return {"column": value} if isinstance(value, str) else value


def _codes(value: object) -> object:
    """`" 5 Outstanding": 5` means the code "5" for what is trimmed to "5 Outstanding"."""
    if not isinstance(value, Mapping):
        return value
    whole = {raw: str(code) if type(code) is int else code for raw, code in value.items()}
    return {raw.strip(): code for raw, code in whole.items()}


def _texts(value: object) -> object:
    """Whole numbers stand for their digits; the values are compared with trimmed cells."""
    if not isinstance(value, list | tuple):
        return value
    whole = [str(raw) if type(raw) is int else raw for raw in value]
    return tuple(raw.strip() if isinstance(raw, str) else raw for raw in whole)


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _refusal("mapping-zone", value) from None
    return value


def _reasons(value: Reasons) -> Reasons:
    for reason in value.values():
        if not _REASON.fullmatch(reason):
            raise _refusal("mapping-reason", reason)
    return {raw.strip(): reason for raw, reason in value.items()}


def _format(value: str) -> str:
    """A date's form is usable when it can read what it writes."""
    if value == EXCEL:
        return value
    try:
        datetime.strptime(datetime(2017, 5, 13, 9, 30, tzinfo=UTC).strftime(value), value)  # noqa: DTZ007 the zone is another key
    except ValueError:
        raise _refusal("mapping-format", value) from None
    if not any(sign in value for sign in ("%Y", "%y", "%c", "%x")):
        raise _refusal("mapping-format", value)
    return value


Column = Annotated[str, AfterValidator(str.strip)]
Codes = Annotated[Mapping[str, str], BeforeValidator(_codes)]
Blankable = Annotated[Mapping[str, str | None], BeforeValidator(_codes)]
Kept = Annotated[tuple[str, ...], BeforeValidator(_texts), Field(min_length=1)]
Missing = Annotated[Reasons, AfterValidator(_reasons)]


class MappingPart(BaseModel):
    """A part of a mapping file: strict, and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SurveyNamed(MappingPart):
    """The survey the answers go to; it is made when it is not there yet."""

    slug: Slug
    title: Texts


class FileForm(MappingPart):
    """How the file is written. "auto" looks: at a byte order mark and the bytes, and at which delimiter finds
    columns. `header_rows` stand before the answers; `header_row` of them, from 1, names the columns, or all
    together where it is left out. `sheet` is that of a workbook; the first visible one where it is left out.
    `neutralised` says that texts bear the apostrophe that our exports put before what a spreadsheet would
    run."""

    encoding: Encoding = "auto"
    delimiter: Delimiter = "auto"
    header_rows: HeadingRow = 1
    header_row: HeadingRow | None = None
    sheet: str | None = None
    neutralised: bool = False

    @model_validator(mode="after")
    def _names_stand_in_the_heading(self) -> Self:
        if self.header_row is not None and self.header_row > self.header_rows:
            raise _refusal("mapping-header-row", str(self.header_row))
        return self

    @property
    def heading(self) -> Heading:
        """The rows that name the columns."""
        return Heading(self.header_rows, self.header_row)


class SubmittedAt(MappingPart):
    """When a row was answered: a text put together from cells, read in the first of the forms that fits."""

    text: str
    formats: Annotated[tuple[Annotated[str, AfterValidator(_format)], ...], Field(min_length=1)]
    zone: Annotated[str, AfterValidator(_zone)]


class Taken(MappingPart):
    """A property of the respondent: from a column, its values translated where `values` is given, or one for
    all."""

    column: Column | None = None
    values: Blankable | None = None
    constant: str | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.column is None) == (self.constant is None) or (
            self.constant is not None and self.values is not None
        ):
            raise _refusal("mapping-source", self.constant or self.column or "")
        return self

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Everything the mapping itself says this can become."""
        named = (self.constant, *(self.values or {}).values())
        return tuple(name for name in named if name is not None)


class AnswerColumn(MappingPart):
    """Where the answers to one item stand. `values` and `missing` stand in for the mapping's own, not beside
    them. `separator` parts several choices in one cell, in rank order for a ranking."""

    column: Column
    values: Codes | None = None
    missing: Missing | None = None
    separator: Separator = " "


def _codes_of_languages(taken: Taken) -> Taken:
    for language in taken.outcomes:
        if normalise_language(language) != language:
            raise _refusal("mapping-language", language)
    return taken


def _name(value: str) -> str:
    if not _REASON.fullmatch(value):
        raise _refusal("mapping-name", value)
    return value


def _tells_rows_apart(value: str) -> str:
    if not Template(value).varies:
        raise _refusal("mapping-row-id", value)
    return value


Name = Annotated[str, AfterValidator(_name)]
RowId = Annotated[str, AfterValidator(_tells_rows_apart)]
Property = Annotated[Taken, BeforeValidator(_short_form)]
Answered = Annotated[AnswerColumn, BeforeValidator(_short_form)]


class ImportMapping(MappingPart):
    """The whole mapping file. `values` and `missing` hold for every question that has none of its own. `only`
    names columns and the values with which a row counts; the others are left out."""

    apiVersion: Literal["pactboard/v1"]
    kind: Literal["ImportMapping"]
    survey: SurveyNamed
    questionnaire: str
    file: FileForm = FileForm()
    only: Mapping[Column, Kept] = Field(default_factory=dict)
    row_id: RowId
    submitted_at: SubmittedAt
    language: Annotated[Property, AfterValidator(_codes_of_languages)]
    weight: Column | None = None
    member: Property | None = None
    tier: Property | None = None
    touchpoint: Property | None = None
    channel: str = "import"
    values: Codes = Field(default_factory=dict)
    missing: Missing = Field(default_factory=dict)
    answers: Annotated[Mapping[str, Answered], Field(min_length=1)]

    def values_of(self, question: str) -> Mapping[str, str]:
        """What the raw values of a mapped question stand for, where they are not codes themselves."""
        own = self.answers[question].values
        return self.values if own is None else own

    def missing_of(self, question: str) -> Reasons:
        """Which raw values of a mapped question are no answer, and why."""
        own = self.answers[question].missing
        return self.missing if own is None else own

    @property
    def uses(self) -> Mapping[str, str]:
        """Every column the mapping reads -> the first key that uses it."""
        properties = {
            "language": self.language,
            "member": self.member,
            "tier": self.tier,
            "touchpoint": self.touchpoint,
        }
        columns = [
            *((column, "only") for column in self.only),
            *((column, "row_id") for column in Template(self.row_id).columns),
            *((column, "submitted_at") for column in Template(self.submitted_at.text).columns),
            *([(self.weight, "weight")] if self.weight is not None else []),
            *((taken.column, key) for key, taken in properties.items() if taken and taken.column is not None),
            *((answer.column, f"answers.{question}") for question, answer in self.answers.items()),
        ]
        first: dict[str, str] = {}
        for column, key in columns:
            first.setdefault(column, key)
        return first
