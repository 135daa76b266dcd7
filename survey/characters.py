"""Which characters of a foreign text are unfit to keep, and when a text says nothing at all."""

import re
import unicodedata

# Control characters but tab and newline; lone surrogates, which neither a database nor UTF-8 can hold;
# U+FFFE and U+FFFF, which make a workbook's XML invalid.
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Letters and symbols by category, yet drawn as nothing: Hangul fillers and the blank Braille cell.
_DRAWN_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def unfit_character(text: str) -> str | None:
    """The first character that cannot be kept, named like "U+0000"; None when all are fit."""
    found = _UNFIT.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def says_nothing(text: str) -> bool:
    """Whether a text is empty for a reader: only white space, ideographic spaces or zero-width characters."""
    return all(char.isspace() or char in _DRAWN_BLANK or unicodedata.category(char) == "Cf" for char in text)


def with_plain_newlines(text: str) -> str:
    """The text with every CR LF or CR, as browsers and old files send them, as one LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
