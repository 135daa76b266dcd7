"""The values a contract file may hold, read strictly: each mistake says what to write instead."""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

LANGUAGES = ("zh", "en")
_MOST_CHARACTERS = 20_000
_MOST_LETTERS = 64  # of a name
_MOST_DECIMALS = 4
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CLAUSE = re.compile(r"[0-9]+(\.[0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_MOST_MONEY = 1_000_000_000_000


def mistake(code: str, what: str, todo: str, /, **values: object) -> PydanticCustomError:
    """A validation error that carries what a `Problem` needs."""
    return PydanticCustomError(code, "{what}", {"what": what, "todo": todo, "values": values})


def canonical_number(number: Decimal) -> str:
    """One text for one number: 85, 85.0 and 85.00 are all "85"."""
    return f"{number.normalize():f}"


def shown(value: object) -> str:
    """A value as a person would point at it: short, nothing in it that a terminal could act on."""
    if isinstance(value, dict):
        return "{...}"
    if isinstance(value, (list, tuple)):
        return "[...]"
    if value is None:
        return "null"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = text if len(text) <= 60 else text[:57] + "..."
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)


def _as_number(value: object, info: ValidationInfo) -> Decimal:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str):
        if info.mode == "json" and _NUMBER.fullmatch(value):
            return Decimal(value)
        plain = unicodedata.normalize("NFKC", value).strip().removesuffix("%").strip()
        if _NUMBER.fullmatch(plain):
            raise _misspelt_number(value, plain)
    todo = "Write a plain number such as 85 or 2.5"
    raise mistake("not-a-number", "“{given}” is not a number", todo, given=shown(value))


def _misspelt_number(given: str, plain: str) -> PydanticCustomError:
    what = "“{given}” is not a plain number"
    if given == plain:
        what = "“{given}” in quotes is a text"
        return mistake("number-in-quotes", what, "Write {plain} without quotes", given=given, plain=plain)
    if given.strip().endswith(("%", "％")):
        return mistake("number-with-sign", what, "Write {plain} without the sign", given=given, plain=plain)
    todo = "Write {plain} in ordinary (half-width) digits"
    return mistake("full-width-digits", what, todo, given=given, plain=plain)


def _few_decimals(number: Decimal) -> Decimal:
    if -int(number.normalize().as_tuple().exponent) > _MOST_DECIMALS:
        todo = "Write at most 4 decimals"
        raise mistake("too-many-decimals", "{given} has too many decimals", todo, given=str(number))
    return abs(number) if number == 0 else number  # minus nought is nought


def _as_whole(value: object, info: ValidationInfo) -> int:
    number = _as_number(value, info)
    if number != int(number):
        todo = "Write a whole number such as 200"
        raise mistake("not-whole", "{given} is not a whole number", todo, given=str(number))
    return int(number)


def _as_words(value: object) -> str:
    if value is None:
        raise mistake("blank", "The text is missing", "Write it, or remove the key where it may be left out")
    if isinstance(value, (tuple, list, dict)):
        raise mistake(
            "not-a-text", "A text is expected here, not {given}", "Write a text", given=shown(value)
        )
    if not isinstance(value, str):
        what = "{given} without quotes is not a text"
        raise mistake("not-a-text", what, 'Put it in quotes: "{given}"', given=shown(value))
    if value.strip() in ("", "-"):
        raise mistake("blank", "The text is missing", "Write it, or remove the key where it may be left out")
    if len(value) > _MOST_CHARACTERS:
        what = "The text has {given} characters"
        raise mistake("too-long", what, "Shorten it to {most}", given=len(value), most=_MOST_CHARACTERS)
    for character in value:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in "\n\t":
            what = "The text holds the invisible character {given}"
            raise mistake("odd-character", what, "Remove it", given=f"U+{ord(character):04X}")
    return value


def _as_day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    what = "“{given}” is not a day of the calendar"
    raise mistake("not-a-day", what, "Write it like 2026-07-01", given=shown(value))


def _as_language(value: object) -> str:
    if value in LANGUAGES:
        return str(value)
    near = next((language for language in LANGUAGES if str(value).lower().startswith(language)), "")
    todo = "Write {near}" if near else "Write zh and en, nothing else"
    what = "“{given}” is not a language of a contract"
    raise mistake("unknown-language", what, todo, given=shown(value), near=near)


def _in_both(texts: Mapping[str, str]) -> Mapping[str, str]:
    for language in LANGUAGES:
        if language not in texts:
            what = "The text in {language} is missing"
            todo = "Write the text in both languages, zh and en"
            raise mistake("missing-language", what, todo, language=language)
    return texts


def _matching(pattern: re.Pattern[str], example: str) -> AfterValidator:
    def check(value: str) -> str:
        if not pattern.fullmatch(value) or len(value) > _MOST_LETTERS:
            what = "“{given}” cannot be a name here"
            raise mistake("bad-name", what, "Write it like {example}", given=shown(value), example=example)
        return value

    return AfterValidator(check)


def _pattern(pattern: re.Pattern[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern.pattern}$", "maxLength": _MOST_LETTERS})


def _between(
    lowest: Decimal | int, highest: int, hint: str = "Write a number in that range"
) -> AfterValidator:
    def check(value: Decimal | int) -> Decimal | int:
        if not lowest <= value <= highest:
            what = "{given} does not lie between {lowest} and {highest}"
            raise mistake("out-of-range", what, hint, given=str(value), lowest=lowest, highest=highest)
        return value

    return AfterValidator(check)


def _share(value: Decimal) -> Decimal:
    if 0 < value < 1:
        what = "{given} means {given} %, which looks like a fraction"
        times = canonical_number(value * 100)
        todo = "Write {times} for {times} %"
        raise mistake("fraction-for-percent", what, todo, given=str(value), times=times)
    return value


Number = Annotated[
    Decimal,
    BeforeValidator(_as_number),
    AfterValidator(_few_decimals),
    PlainSerializer(canonical_number, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
Whole = Annotated[int, BeforeValidator(_as_whole)]
Day = Annotated[
    date, BeforeValidator(_as_day), WithJsonSchema({"type": "string", "pattern": f"^{_DAY.pattern}$"})
]
Words = Annotated[str, BeforeValidator(_as_words), WithJsonSchema({"type": "string", "minLength": 1})]
MetricName = Annotated[str, BeforeValidator(_as_words), _matching(_NAME, "csat_top2"), _pattern(_NAME)]
Identifier = Annotated[
    str, BeforeValidator(_as_words), _matching(_IDENTIFIER, "club-2025-001"), _pattern(_IDENTIFIER)
]
ClauseNumber = Annotated[str, BeforeValidator(_as_words), _matching(_CLAUSE, "5.2"), _pattern(_CLAUSE)]
Text = Annotated[
    Mapping[Annotated[str, BeforeValidator(_as_language)], Words],
    AfterValidator(_in_both),
    WithJsonSchema(
        {
            "type": "object",
            "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
            "required": list(LANGUAGES),
            "additionalProperties": False,
        }
    ),
]
Percent = Annotated[Number, _between(0, 100, "Write a percentage from 0 to 100")]
WholePercent = Annotated[Percent, AfterValidator(_share)]  # nobody agrees on less than one percent here
PayPercent = Annotated[Number, _between(0, 200, "Write a percentage from 0 to 200")]
Money = Annotated[Number, _between(0, _MOST_MONEY, "Write an amount of money that is not negative")]
Positive = Annotated[Number, _between(Decimal("0.0001"), 1000, "Write a number above 0, at most 1000")]
Count = Annotated[Whole, _between(0, 10**9, "Write a count that is not negative")]
Scale = Annotated[Whole, _between(0, _MOST_DECIMALS)]
Days = Annotated[Whole, _between(1, 3650, "Write a number of days, at least 1")]
Periods = Annotated[Whole, _between(1, 120, "Write a number of periods, at least 1")]
Sha256 = Annotated[
    str, BeforeValidator(_as_words), _matching(_SHA256, "64 digits 0-9 and a-f"), _pattern(_SHA256)
]
Currency = Annotated[str, BeforeValidator(_as_words), _matching(_CURRENCY, "CNY"), _pattern(_CURRENCY)]
