"""One question of a questionnaire, and the items its answer is stored as."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from survey.languages import Text
from survey.parts import Choice, DateRange, FileLimits, NumberRange, Rule, Scale
from survey.question_types import TYPES, Measure, QuestionType, Stored
from survey.shapes import ChoiceCode, Code, MissingCodes, Part, Path, Picture, Texts, refusal, refusals

OTHER = "other"
"""The code stored for a choice that is not on the list."""

_OTHER_LENGTH = 200
_OF_SOME_TYPES = frozenset().union(*(rules.needs | rules.allows for rules in TYPES.values()))
_MISSING_WITHOUT: Mapping[str, str] = {"scale": "scale-needed", "choices": "choices-too-few"}
_UNNEEDED: Mapping[str, str] = {
    "scale": "scale-unneeded",
    "choices": "choices-unneeded",
    "dimension": "dimension-unfitting",
}


class Question(Part):
    """One question. `missing_codes` is raw code -> why there is no answer ("refused", "not_applicable", ...);
    `max_length` is in characters and holds for texts; `pii` marks answers that may name a person; `show_if`
    is an expression over earlier answers; `new_page` starts a page with this question."""

    code: Code
    type: QuestionType
    text: Texts
    help: Texts | None = None
    required: bool = False
    scale: Scale | None = None
    choices: tuple[Choice, ...] = ()
    missing_codes: MissingCodes = Field(default={})
    measures: Measure = "none"
    pii: bool = False
    dimension: Literal["touchpoint"] | None = None
    max_length: int = Field(default=2000, ge=1, le=100_000)
    show_if: str | None = None
    validation: Rule | None = None
    new_page: bool = False
    look: Literal["numbers", "stars", "smileys"] = "numbers"
    other: bool = False
    randomise: bool = False
    min_choices: int | None = Field(default=None, ge=1, le=1000)
    max_choices: int | None = Field(default=None, ge=1, le=1000)
    rows: tuple[Choice, ...] = ()
    number: NumberRange | None = None
    date: DateRange | None = None
    image: Picture | None = None
    file: FileLimits | None = None

    @property
    def stored(self) -> Stored:
        """How its answer is kept."""
        return TYPES[self.type].stored

    @property
    def scored(self) -> bool:
        """Whether the answer is one number on a scale."""
        return self.stored == "score"

    @property
    def offered(self) -> tuple[ChoiceCode, ...]:
        """The codes that may be chosen, in the order of the definition."""
        if self.type in ("yes_no", "consent"):
            return ("yes", "no")
        return (*(choice.code for choice in self.choices), *((OTHER,) if self.other else ()))

    @property
    def exclusive(self) -> frozenset[str]:
        """The codes of the choices that exclude all others."""
        return frozenset(choice.code for choice in self.choices if choice.exclusive)

    @property
    def most_choices(self) -> int:
        """How many choices may be made at most."""
        return min(self.max_choices or len(self.offered), len(self.offered))

    @property
    def items(self) -> tuple["Question", ...]:
        """What is stored of it, each under a code of its own: a matrix as one rating a row, `<code>_<row>`;
        a choice with its text for "other", `<code>_other`; a section or a picture as nothing."""
        if self.stored == "nothing":
            return ()
        return self._derived if self.type == "matrix" else (self, *self._derived)

    @cached_property
    def _derived(self) -> tuple["Question", ...]:
        if self.type == "matrix":
            return tuple(self._row(row) for row in self.rows)
        return (self._other(),) if self.other else ()

    def _row(self, row: Choice) -> "Question":
        return Question(
            code=f"{self.code}_{row.code}",
            type="rating",
            text=row.text,
            required=self.required,
            scale=self.scale,
            missing_codes=self.missing_codes,
            measures=self.measures,
            pii=self.pii,
        )

    def _other(self) -> "Question":
        return Question(
            code=f"{self.code}_{OTHER}",
            type="short_text",
            text=self.text,
            pii=self.pii,
            max_length=_OTHER_LENGTH,
        )

    def texts(self) -> Iterable[tuple[Path, Text]]:
        """Every text with its path in the question."""
        yield ("text",), self.text
        if self.help is not None:
            yield ("help",), self.help
        if self.scale:
            yield ("scale", "low"), self.scale.low
            yield ("scale", "high"), self.scale.high
            for point, label in self.scale.labels.items():
                yield ("scale", "labels", point), label
        for key, listed in (("choices", self.choices), ("rows", self.rows)):
            for place, choice in enumerate(listed):
                yield (key, place, "text"), choice.text
        if self.number and self.number.unit is not None:
            yield ("number", "unit"), self.number.unit
        if self.validation:
            yield ("validation", "message"), self.validation.message

    @model_validator(mode="after")
    def _keys_fit(self) -> Self:
        rules, faults = TYPES[self.type], list[tuple[str, Path, Mapping[str, object]]]()
        for key in sorted(rules.needs):
            if not getattr(self, key):
                code = _MISSING_WITHOUT.get(key, "question-key-needed")
                faults.append((code, () if key == "scale" else (key,), {"key": key, "type": self.type}))
        for key in sorted(_OF_SOME_TYPES - rules.needs - rules.allows):
            if getattr(self, key) != type(self).model_fields[key].default:
                code = _UNNEEDED.get(key, "question-key-unneeded")
                faults.append((code, (key,), {"key": key, "type": self.type}))
        if self.measures not in rules.measures:
            found = {"measures": self.measures, "type": self.type, "allowed": rules.measures}
            faults.append(("measure-unfitting", ("measures",), found))
        if self.scale and self.type == "nps" and (self.scale.min, self.scale.max) != (0, 10):
            faults.append(("scale-not-nps", ("scale",), {"min": self.scale.min, "max": self.scale.max}))
        if faults:
            raise refusals(faults)
        return self

    @model_validator(mode="after")
    def _choices_fit(self) -> Self:
        if self.choices and len(self.choices) < 2:
            raise refusal("choices-too-few", "choices")
        once("choices", self.offered)
        once("rows", (row.code for row in self.rows))
        least, most = self.min_choices or 1, self.most_choices
        if self.choices and (least > most or (self.max_choices or 1) > len(self.offered)):
            at = "min_choices" if self.min_choices else "max_choices"
            raise refusal("choices-bounds", at, min=least, max=most, offered=len(self.offered))
        return self

    @model_validator(mode="after")
    def _choices_are_marked_where_it_counts(self) -> Self:
        for key, listed in (("choices", self.choices), ("rows", self.rows)):
            for place, choice in enumerate(listed):
                if choice.exclusive and (self.type != "multiple_choice" or key == "rows"):
                    raise refusal("choice-exclusive", key, place, "exclusive", type=self.type)
                if choice.stay_last and not self.randomise:
                    raise refusal("choice-last", key, place, "stay_last")
        return self

    @model_validator(mode="after")
    def _missing_codes_are_no_answers(self) -> Self:
        answers = {*self.offered, *(self.scale.points if self.scale else ())}
        numbers = (self.number or NumberRange()) if self.type == "number" else None
        for raw in self.missing_codes:
            if raw in answers or (numbers and numbers.holds(raw)):
                raise refusal("missing-code-taken", "missing_codes", raw, raw=raw)
        return self

    @model_validator(mode="after")
    def _a_signature_is_personal(self) -> Self:
        if self.type == "signature" and not self.pii:
            raise refusal("signature-not-pii", "type")
        return self

    @model_validator(mode="after")
    def _item_codes_are_codes(self) -> Self:
        for place, row in enumerate(self.rows):
            if len(f"{self.code}_{row.code}") > _LONGEST_CODE:
                raise refusal("row-code-long", "rows", place, "code", raw=row.code, limit=_LONGEST_CODE)
        if self.other and len(f"{self.code}_{OTHER}") > _LONGEST_CODE:
            raise refusal("row-code-long", "other", raw=OTHER, limit=_LONGEST_CODE)
        return self


_LONGEST_CODE = 40


def once(where: str, codes: Iterable[str]) -> None:
    """Refuse a code that stands twice in the list of that key."""
    seen: set[str] = set()
    for number, code in enumerate(codes):
        if code in seen:
            raise refusal("code-duplicate", where, number, "code", raw=code)
        seen.add(code)
