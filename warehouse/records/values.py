"""One value of a record: from the text that somebody wrote, and back to a text that can be read again."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TypeAlias
from zoneinfo import ZoneInfo

from survey.characters import without_deceiving
from warehouse.calendar import from_stored, to_stored
from warehouse.problems import Problem
from warehouse.records.declaring import Field, FieldKind
from warehouse.records.problems import record_problem

Value: TypeAlias = str | int | Decimal | date | datetime | time | bool | None
"""As stored: a choice by its code, an instant as naive UTC, a time of day as clocks on walls show it."""

LONGEST = {"text": 200, "note": 5_000}
"""Characters."""
_MOST = 10**12
_DIGITS = re.compile(r"-?[0-9]{1,15}")
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_DATED = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[ T]([0-9]{1,2})(:.*))?")
_TIMED = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(?:[:：]00)?")
_CHINESE = re.compile(r"([0-9]{4}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日 *")
_MONEY = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,2})?")
_WORDS = {
    "yes": True,
    "true": True,
    "1": True,
    "是": True,
    "no": False,
    "false": False,
    "0": False,
    "否": False,
}
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


def read_value(field: Field, written: str, zone: ZoneInfo, language: str = "en") -> Value | Problem:
    """The value of a text, None for a blank one; or what is wrong with it, named by the field's title."""
    text = written.strip()
    where = field.title.said(language)
    if not text:
        return record_problem("record-required", where) if field.required else None
    if field.kind == "choice":
        return _choice(field, text, where, language)
    return _READERS[field.kind](field, text, zone, where)


def written_value(field: Field, value: Value, zone: ZoneInfo) -> str:
    """The text from which `read_value` makes the value again; instants in the zone's own time."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            local = from_stored(value).astimezone(zone)
            return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)


def _text(field: Field, text: str, zone: ZoneInfo, where: str) -> Value | Problem:
    most = LONGEST[field.kind]
    allowed = "\n\t" if field.kind == "note" else ""
    text = without_deceiving(text.replace("\r\n", "\n")).strip()
    if not text:
        return record_problem("record-required", where) if field.required else None
    strange = any(unicodedata.category(c) in ("Cc", "Cs", "Cn") and c not in allowed for c in text)
    return record_problem("record-text", where, most=most) if strange or len(text) > most else text


def _choice(field: Field, text: str, where: str, language: str) -> Value | Problem:
    for choice in field.choices:
        if text.casefold() in {choice.code, choice.title.en.casefold(), choice.title.zh.casefold()}:
            return choice.code
    known = ", ".join(f"{choice.code} ({choice.title.said(language)})" for choice in field.choices)
    return record_problem("record-choice", where, value=_short(text), known=known)


def _whole(field: Field, text: str, zone: ZoneInfo, where: str) -> Value | Problem:
    least, most = _bounds(field)
    digits = _ungrouped(text).removesuffix(".0")  # as a spreadsheet writes whole numbers
    if _DIGITS.fullmatch(digits) and least <= int(digits) <= most:
        return int(digits)
    return record_problem("record-whole", where, value=_short(text), least=least, most=most)


def _money(field: Field, text: str, zone: ZoneInfo, where: str) -> Value | Problem:
    least, most = _bounds(field)
    digits = _ungrouped(text)
    try:
        if _MONEY.fullmatch(digits) and least <= Decimal(digits) <= most:
            return Decimal(digits).quantize(Decimal("0.01"))
    except InvalidOperation:
        pass
    return record_problem("record-money", where, value=_short(text), least=least, most=most)


def _day(field: Field, text: str, zone: ZoneInfo, where: str) -> Value | Problem:
    try:
        # A spreadsheet's day comes with a midnight.
        day = date.fromisoformat(_iso(text).removesuffix(" 00:00:00").removesuffix(" 00:00"))
        if _FIRST <= day <= _LAST:
            return day
    except ValueError:
        pass
    return record_problem("record-day", where, value=_short(text))


def _time(field: Field, text: str, zone: ZoneInfo, where: str) -> Value | Problem:
    if (found := _TIMED.fullmatch(text)) and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    return record_problem("record-time", where, value=_short(text))


def _instant(field: Field, text: str, zone: ZoneInfo, where: str) -> Value | Problem:
    try:
        iso = _iso(text)
        instant = datetime.fromisoformat(iso)
        if len(iso) > 10 and _FIRST <= instant.date() <= _LAST:
            aware = instant if instant.tzinfo else instant.replace(tzinfo=zone)
            return to_stored(aware.astimezone(UTC).replace(microsecond=0))
    except (ValueError, OverflowError):
        pass
    return record_problem("record-instant", where, value=_short(text), zone=zone.key)


def _yes_no(field: Field, text: str, zone: ZoneInfo, where: str) -> Value | Problem:
    if (found := _WORDS.get(text.casefold())) is not None:
        return found
    return record_problem("record-yes-no", where, value=_short(text))


def _ungrouped(text: str) -> str:
    """Without the commas between thousands; any other comma, as that of "12,50", makes it no number."""
    return text.replace(",", "") if _GROUPED.fullmatch(text) else text


def _iso(text: str) -> str:
    """A day, with a time or without, as ISO writes it; spreadsheets write 2026/7/1 9:05, Chinese ones also
    2026年7月1日 9:05."""
    found = _DATED.fullmatch(_CHINESE.sub(r"\1-\2-\3 ", text, count=1).strip())
    if found is None:
        return text
    year, month, day, hour, rest = found.groups()
    iso = f"{year}-{int(month):02}-{int(day):02}"
    return iso if hour is None else f"{iso} {int(hour):02}{rest}"


def _bounds(field: Field) -> tuple[int, int]:
    least = 0 if field.least is None else field.least
    return least, _MOST if field.most is None else field.most


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


_READERS: Mapping[FieldKind, Callable[[Field, str, ZoneInfo, str], Value | Problem]] = {
    "text": _text,
    "note": _text,
    "whole": _whole,
    "money": _money,
    "day": _day,
    "time": _time,
    "instant": _instant,
    "yes_no": _yes_no,
}
