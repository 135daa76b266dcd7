"""What a foreign form's pattern (regular expression) means, for the few that have a word here."""

import re

_DIGITS = re.compile(r"\^?(?:\[0-9\]|\\d)(?:\+|\{([0-9]{1,3})(?:,([0-9]{1,3}))?\})\$?")
# Classes, escapes, points and counts; a letter of its own would be a certain provider or domain.
_ANYTHING = re.compile(r"(?:\[\^?\]?(?:\\.|[^\]\\])*\]|\\[wWsSdDbB.+_-]|[.()|?:+*_-]|\{\d{0,3},?\d{0,3}\})+")
_CLASSES = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")


def digits(pattern: str) -> tuple[int | None, int | None] | None:
    """The least and the most digits of a pattern that asks for digits only, None where it sets no bound; None
    for another pattern."""
    found = _DIGITS.fullmatch(pattern)
    if found is None:
        return None
    least = int(found[1]) if found[1] else None
    return least, int(found[2]) if found[2] else least


def is_of_email(pattern: str) -> bool:
    """Whether the pattern asks for an e-mail address of any provider: something, one @, something."""
    whole = pattern.removeprefix("^").removesuffix("$")
    parts = _CLASSES.sub(lambda found: found[0].replace("@", " "), whole).split("@")
    return len(parts) == 2 and all(_ANYTHING.fullmatch(part) for part in parts)
