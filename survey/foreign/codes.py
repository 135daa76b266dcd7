"""The codes that names of foreign forms become."""

import re
from collections.abc import Collection

from survey.expression.tokens import WORDS as RESERVED


def question_code(raw: str, row: int, taken: Collection[str], longest: int = 40) -> str:
    """A code of ours for a name of theirs, none of those taken."""
    code = re.sub(r"[^a-z0-9_]+", "_", raw.lower())
    if not re.search("[a-z0-9]", code):
        code = f"row_{row}"
    elif not re.match("[a-z]", code) or code in RESERVED:
        code = f"q{code}" if code[0].isdigit() or code[0] == "_" else f"q_{code}"
    return _free(code, taken, longest)


def choice_code(raw: str, place: int, taken: Collection[str], longest: int = 40) -> str:
    """The same for a choice; it may begin with a digit."""
    lower = re.sub(r"^-(?=[0-9])", "minus_", raw.lower())
    code = re.sub(r"[^a-z0-9_]+", "_", lower).lstrip("_")
    return _free(code or f"choice_{place}", taken, longest)


def _free(code: str, taken: Collection[str], longest: int) -> str:
    found, number = code[:longest], 2
    while found in taken:
        found = f"{code[: longest - len(str(number)) - 1]}_{number}"
        number += 1
    return found
