"""What single cells of a register file mean, each distinct one asked once: members, amounts, dates, basic
data."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from survey import normalise_language
from survey.characters import unfit_character
from warehouse.calendar import local_day
from warehouse.importing.checking import Meaning
from warehouse.importing.mapping import Taken
from warehouse.importing.meanings import MOST_NAME, name
from warehouse.importing.problems import import_problem
from warehouse.problems import Problem
from warehouse.registering.mapping import EVENTS
from warehouse.registering.problems import row_problem

MOST_MONTHS = 1_200
KEPT_MEANINGS = 200_000  # of each column, so that dates that come again are read once
_AMOUNT = re.compile(r"(\d{1,12})(?:\.(\d+))?", re.ASCII)
_PHONE = re.compile(r"\+?[0-9 ()./-]+", re.ASCII)
_EMAIL = re.compile(r"[^@\s,;<>\"]+@(?:[^@\s.,;<>\"]+\.)+[^@\s.,;<>\"]{2,}")
_EARLIEST_BIRTH = date(1900, 1, 1)
T = TypeVar("T")


def remembered(meaning: Callable[[str], Meaning[T]]) -> Callable[[str], Meaning[T]]:
    """The same, keeping what the last many distinct cells meant."""
    return lru_cache(maxsize=KEPT_MEANINGS)(meaning)


def days_in(zone: ZoneInfo) -> Callable[[datetime], date]:
    """The local day of an instant in that zone, kept as above."""
    return lru_cache(maxsize=KEPT_MEANINGS)(lambda at: local_day(at, zone))


def member(raw: str) -> Meaning[str]:
    """A member's number, kept as it stands."""
    if not raw:
        return Meaning(problem=row_problem("member-blank"))
    if len(raw) > MOST_NAME or unfit_character(raw):
        return Meaning(problem=row_problem("member-unfit", most=MOST_NAME))
    return Meaning(raw)


def row_id(raw: str) -> Meaning[str]:
    """The number of an order or another row."""
    return Meaning(raw) if raw else Meaning(problem=import_problem("row-id-blank", rule="{row}"))


def amount(raw: str) -> Meaning[Decimal]:
    """Money from 0 on with at most two decimals; further zeros, which spreadsheets add, say nothing."""
    if raw.startswith("-") and _AMOUNT.fullmatch(raw[1:]):
        return Meaning(problem=row_problem("amount-returned"))
    found = _AMOUNT.fullmatch(raw)
    decimals = (found[2] or "").rstrip("0") if found else ""
    if found is None or len(decimals) > 2:
        return Meaning(problem=row_problem("amount-unfit"))
    return Meaning(Decimal(f"{found[1]}.{decimals:0<2}"))


def months(raw: str) -> Meaning[int]:
    """A number of months."""
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 4 and int(raw) <= MOST_MONTHS):
        return Meaning(problem=row_problem("months-unfit"))
    return Meaning(int(raw))


def event(taken: Taken) -> Callable[[str], Meaning[str]]:
    """The reader of events."""
    read = name(taken)

    def meaning(raw: str) -> Meaning[str]:
        found = read(raw)
        if found.value not in EVENTS:
            return Meaning(problem=row_problem("event-unknown", known=", ".join(EVENTS)))
        return found

    return meaning


def language(taken: Taken) -> Callable[[str], Meaning[str]]:
    """The reader of languages: the mapping's values, or codes such as zh-CN."""

    def meaning(raw: str) -> Meaning[str]:
        code = normalise_language((raw if taken.values is None else taken.values.get(raw)) or "")
        return Meaning(code) if code else Meaning(problem=row_problem("language-unknown"))

    return meaning


def months_before(instant: datetime, count: int, zone: ZoneInfo) -> datetime:
    """The instant so many months earlier in that zone; a day that the month has not is its last."""
    local = instant.astimezone(zone)
    year, month = divmod(local.year * 12 + local.month - 1 - count, 12)
    last = (datetime(year + month // 11, (month + 1) % 12 + 1, 1, tzinfo=UTC) - datetime.resolution).day
    return local.replace(year=year, month=month + 1, day=min(local.day, last)).astimezone(UTC)


def oddity(field: str, text: str, today: date) -> Problem | None:
    """What is wrong with a basic datum that is kept as it stands; None when nothing can be seen."""
    match field:
        case "phone":
            digits = sum(char.isdigit() for char in text)
            fits = _PHONE.fullmatch(text) is not None and 7 <= digits <= 15
        case "email":
            fits = _EMAIL.fullmatch(text) is not None and len(text) <= 254
        case "birthday":
            fits = _is_birthday(text, today)
        case _:
            return None
    return None if fits else row_problem(f"{field}-unfit")


def _is_birthday(text: str, today: date) -> bool:
    try:
        return _EARLIEST_BIRTH <= date.fromisoformat(text) <= today and len(text) == 10
    except ValueError:
        return False


READERS: Mapping[str, Callable[[Taken], Callable[[str], Meaning[str]]]] = {
    "event": event,
    "language": language,
}
"""The readers of the properties that are not just short texts."""
