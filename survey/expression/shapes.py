"""The shapes of texts a rule may ask for, each found in one pass: authors write no patterns of their own."""

import re
from datetime import date

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_NEVER_IN_EMAIL = frozenset('@,;:<>()[]"\\')


def day(text: str) -> date | None:
    """The day written as 2026-07-01; None when it is not one."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_email(text: str) -> bool:
    """Whether it looks like an address: one @, something before it, a dotted name after it, no spaces."""
    local, at, domain = text.strip().rpartition("@")
    if not at or not local or len(text) > 254 or any(char in _NEVER_IN_EMAIL for char in local + domain):
        return False
    parts = domain.split(".")
    return len(parts) > 1 and all(parts) and not any(char.isspace() for char in local + domain)


def is_number(text: str) -> bool:
    """Whether it is a plain decimal number in ASCII digits, such as -3 or 2.50."""
    return _NUMBER.fullmatch(text.strip()) is not None


def is_digits(text: str) -> bool:
    """Whether there is nothing but ASCII digits, at least one."""
    return text.strip().isascii() and text.strip().isdigit()
