"""Which characters of a foreign text are unfit to keep, and when a text says nothing at all."""

import re
import unicodedata

# Control characters but tab and newline; lone surrogates, which neither a database nor UTF-8 can hold;
# U+FFFE and U+FFFF, which make a workbook's XML invalid.
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Turn the order of what is read after them, or stand unseen between letters. The joiners of emoji and of
# Persian, and the marks of a direction, which turn nothing else, are kept.
_DECEIVING = re.compile(r"[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# Letters and symbols by category, yet drawn as nothing: Hangul fillers and the blank Braille cell.
_DRAWN_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def unfit_character(text: str) -> str | None:
    """The first character that cannot be kept, named like "U+0000"; None when all are fit."""
    found = _UNFIT.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def says_nothing(text: str) -> bool:
    """Whether a text is empty for a reader: only white space, ideographic spaces or zero-width characters."""
    return all(char.isspace() or char in _DRAWN_BLANK or unicodedata.category(char) == "Cf" for char in text)


def without_deceiving(text: str) -> str:
    """The text without overrides of its direction and spaces of no width: what is read stands there."""
    return _DECEIVING.sub("", text)


def with_plain_newlines(text: str) -> str:
    """The text with every CR LF or CR, as browsers and old files send them, as one LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
