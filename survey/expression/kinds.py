"""The kinds of values an expression handles, and which kind each function takes and gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

KindName = Literal["number", "text", "choice", "choices", "date", "truth", "any"]

Value = Fraction | str | bool | date | tuple[str, ...] | None
"""A number, a text or the code of a choice, true or false, a day, the codes chosen; None where nothing was
answered."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a value; `codes` are those on offer where it is a choice or choices."""

    name: KindName
    codes: tuple[str, ...] = ()


NUMBER, TEXT, DATE, TRUTH = Kind("number"), Kind("text"), Kind("date"), Kind("truth")
ANY = Kind("any")
"""Of something that was refused already: it fits everywhere, so that one mistake is told once."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes, one set of kinds an argument, and what it gives."""

    takes: tuple[frozenset[KindName], ...]
    gives: Kind


_SINGLE: frozenset[KindName] = frozenset({"number", "text", "choice", "date"})
_EVERYTHING: frozenset[KindName] = frozenset({*_SINGLE, "choices"})
_CHOSEN: frozenset[KindName] = frozenset({"choice", "choices"})
_MANY: frozenset[KindName] = frozenset({"choices"})
_TEXTS: frozenset[KindName] = frozenset({"text"})

FUNCTIONS: Mapping[str, Signature] = {
    "selected": Signature((_CHOSEN, _TEXTS), TRUTH),
    "answered": Signature((_EVERYTHING,), TRUTH),
    "count": Signature((_MANY,), NUMBER),
    "length": Signature((_TEXTS,), NUMBER),
    "is_email": Signature((_TEXTS,), TRUTH),
    "is_number": Signature((_TEXTS,), TRUTH),
    "is_digits": Signature((_TEXTS,), TRUTH),
    "date": Signature((_TEXTS,), DATE),
    "today": Signature((), DATE),
    # Gives the kind of its arguments; the checker knows.
    "coalesce": Signature((_SINGLE, _SINGLE), ANY),
}
