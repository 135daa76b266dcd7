"""The small values a definition is made of - codes, languages, texts, days - and how each is refused."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from survey.characters import unfit_character
from survey.expression.shapes import day
from survey.languages import normalise_language

Path = tuple[str | int, ...]
"""Where in a definition: ("questions", 0, "show_if")."""


def refusal(code: str, *at: str | int, **values: object) -> PydanticCustomError:
    """An error with a code of `wordings`, at a path below the model that raises it."""
    return refusals([(code, at, values)])


def refusals(found: list[tuple[str, Path, Mapping[str, object]]]) -> PydanticCustomError:
    """Several errors of one model at once, each a code, a path and the wording's values."""
    return PydanticCustomError(found[0][0], "{code}", {"code": found[0][0], "faults": found})


def _shaped(pattern: str, code: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise refusal(code, raw=value)
        return value

    return check


def _pattern(pattern: str) -> Any:
    """The pattern for the JSON Schema only: the refusal itself is ours, in words."""
    return Field(json_schema_extra={"pattern": f"^{pattern}$"})


def _language(value: str) -> str:
    language = normalise_language(value)
    if not language:
        raise refusal("language-malformed", raw=value)
    return language


def _text(value: Mapping[str, str]) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for tag, text in value.items():
        language = _language(tag)
        if language in texts:
            raise refusal("language-duplicate", tag, raw=tag)
        character = unfit_character(text)
        if character:
            raise refusal("text-control-character", tag, character=character)
        if len(text) > LONGEST_TEXT:
            raise refusal("text-too-long", tag, length=f"{len(text):,}", limit=f"{LONGEST_TEXT:,}")
        texts[language] = text
    return texts


def _missing_codes(value: Mapping[str, str]) -> Mapping[str, str]:
    for raw, reason in value.items():
        if not raw.strip():
            raise refusal("missing-code-blank", raw)
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", reason):
            raise refusal("reason-malformed", raw, raw=reason)
    return {raw.strip(): reason for raw, reason in value.items()}


def _day(value: str) -> str:
    if value != TODAY and day(value) is None:
        raise refusal("day-malformed", raw=value)
    return value


def _as_text(value: object) -> object:
    return str(value) if type(value) is int else value


def _decimal(text: str) -> str:
    if not re.fullmatch(_DECIMAL, text):
        raise refusal("number-malformed", raw=text)
    number = Decimal(text)
    # One spelling a number, so that 1.0 and 1 hash alike.
    return "0" if number == 0 else f"{number:f}".rstrip("0").rstrip(".") if "." in text else text


LONGEST_TEXT = 20_000
"""Characters of one text in one language."""
TODAY = "today"
"""In place of a day: the day of answering."""

_CODE = "[a-z][a-z0-9_]{0,39}"
_CHOICE_CODE = "[a-z0-9][a-z0-9_]{0,39}"
_SLUG = "[a-z][a-z0-9-]{0,59}"
_PICTURE = r"[a-z0-9][a-z0-9_-]{0,59}\.(?:png|jpg|jpeg|webp|gif)"
_DECIMAL = r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?"

Code = Annotated[str, AfterValidator(_shaped(_CODE, "code-malformed")), _pattern(_CODE)]
ChoiceCode = Annotated[
    str, AfterValidator(_shaped(_CHOICE_CODE, "choice-code-malformed")), _pattern(_CHOICE_CODE)
]
Slug = Annotated[str, AfterValidator(_shaped(_SLUG, "slug-malformed")), _pattern(_SLUG)]
Picture = Annotated[str, AfterValidator(_shaped(_PICTURE, "picture-malformed")), _pattern(_PICTURE)]
Day = Annotated[str, AfterValidator(_day), _pattern(rf"(?:[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{TODAY})")]
DecimalText = Annotated[
    str,
    BeforeValidator(_as_text),
    AfterValidator(_decimal),
    WithJsonSchema({"type": ["integer", "string"], "pattern": f"^{_DECIMAL}$"}),
]
Language = Annotated[str, AfterValidator(_language)]
Texts = Annotated[Mapping[str, str], AfterValidator(_text)]
MissingCodes = Annotated[Mapping[str, str], AfterValidator(_missing_codes)]


def day_of(value: str | None, today: date) -> date | None:
    """The day that a definition's `Day` means on the day of answering."""
    return None if value is None else today if value == TODAY else day(value)


class Part(BaseModel):
    """A piece of a definition: frozen, strict, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    def __copy__(self) -> Self:
        """A copy without what was computed from the original, since `model_copy` changes fields."""
        copied = super().__copy__()
        for name in set(copied.__dict__) - set(type(self).model_fields):
            del copied.__dict__[name]
        return copied
