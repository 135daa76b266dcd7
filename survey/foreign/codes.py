"""The codes that names of foreign forms become."""

import hashlib
import re
import unicodedata
from collections.abc import Collection

from survey.expression.tokens import WORDS as RESERVED

_HASHED = 8


def question_code(raw: str, row: int, taken: Collection[str], longest: int = 40) -> str:
    """A code of ours for a name of theirs, none of those taken."""
    code = re.sub(r"[^a-z0-9_]+", "_", _ascii(raw, longest))
    if not re.search("[a-z0-9]", code):
        code = f"row_{row}"
    elif not re.match("[a-z]", code) or code in RESERVED:
        code = f"q{code}" if code[0].isdigit() or code[0] == "_" else f"q_{code}"
    return _free(code, taken, longest)


def choice_code(raw: str, place: int, taken: Collection[str], longest: int = 40) -> str:
    """The same for a choice; it may begin with a digit."""
    lower = re.sub(r"^-(?=[0-9])", "minus_", _ascii(raw, longest))
    code = re.sub(r"[^a-z0-9_]+", "_", lower).lstrip("_")
    return _free(code or f"choice_{place}", taken, longest)


def _ascii(raw: str, longest: int) -> str:
    """The name in small letters. A letter that codes do not have loses its accent or becomes the number of
    its character, so that a name is the same code wherever it stands: 姓名 is u59d3u540d, prénom prenom."""
    parts = [_letter(char) for char in raw.lower()]
    code = "".join(parts)
    if len(code) <= longest or code == raw.lower():
        return code
    digest = hashlib.sha256(raw.encode(errors="replace")).hexdigest()
    return f"{code[: longest - _HASHED - 1]}_{digest[:_HASHED]}"


def _letter(char: str) -> str:
    if char.isascii() or not char.isalnum():
        return char
    plain = unicodedata.normalize("NFKD", char).casefold()
    plain = "".join(part for part in plain if not unicodedata.combining(part))
    return plain if plain.isascii() else f"u{ord(char):04x}"


def _free(code: str, taken: Collection[str], longest: int) -> str:
    found, number = code[:longest], 2
    while found in taken:
        found = f"{code[: longest - len(str(number)) - 1]}_{number}"
        number += 1
    return found
