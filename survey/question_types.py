"""The types of questions, and for each: what its definition may say, what it measures, how it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

QuestionType = Literal[
    "rating",
    "nps",
    "single_choice",
    "multiple_choice",
    "ranking",
    "matrix",
    "short_text",
    "long_text",
    "number",
    "date",
    "yes_no",
    "consent",
    "signature",
    "file",
    "section",
    "image",
]
Measure = Literal["csat", "nps", "ces", "none"]
Stored = Literal["score", "choice", "choices", "text", "number", "date", "file", "rows", "nothing"]
"""How an answer is kept: a score of the scored list, one code, several codes, a text, a number, a day, a
file, one score a row, or not at all."""


@dataclass(frozen=True, slots=True)
class TypeRules:
    """What is particular to a type: `needs` and `allows` are keys of a question beyond those of all."""

    stored: Stored
    needs: frozenset[str] = frozenset()
    allows: frozenset[str] = frozenset()
    measures: tuple[Measure, ...] = ("none",)


def _keys(*names: str) -> frozenset[str]:
    return frozenset(names)


_ANSWERED = ("required", "missing_codes", "pii", "validation")

TYPES: Mapping[QuestionType, TypeRules] = {
    "rating": TypeRules("score", _keys("scale"), _keys(*_ANSWERED, "look"), ("csat", "ces", "none")),
    "nps": TypeRules("score", _keys("scale"), _keys(*_ANSWERED), ("nps",)),
    "single_choice": TypeRules(
        "choice", _keys("choices"), _keys(*_ANSWERED, "other", "randomise", "dimension")
    ),
    "multiple_choice": TypeRules(
        "choices",
        _keys("choices"),
        _keys(*_ANSWERED, "other", "randomise", "min_choices", "max_choices"),
    ),
    "ranking": TypeRules(
        "choices", _keys("choices"), _keys(*_ANSWERED, "randomise", "min_choices", "max_choices")
    ),
    "matrix": TypeRules(
        "rows", _keys("scale", "rows"), _keys(*_ANSWERED, "randomise"), ("csat", "ces", "none")
    ),
    "short_text": TypeRules("text", allows=_keys(*_ANSWERED, "max_length")),
    "long_text": TypeRules("text", allows=_keys(*_ANSWERED, "max_length")),
    "number": TypeRules("number", allows=_keys(*_ANSWERED, "number")),
    "date": TypeRules("date", allows=_keys(*_ANSWERED, "date")),
    "yes_no": TypeRules("choice", allows=_keys(*_ANSWERED)),
    "consent": TypeRules("choice", allows=_keys("required", "pii")),
    "signature": TypeRules("text", allows=_keys(*_ANSWERED, "max_length")),
    "file": TypeRules("file", allows=_keys("required", "pii", "validation", "file")),
    "section": TypeRules("nothing"),
    "image": TypeRules("nothing", _keys("image")),
}
