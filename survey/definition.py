"""What a questionnaire is: frozen models that refuse every definition that could not be asked or counted."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from survey.characters import unfit_character
from survey.languages import Text, is_missing, normalise_language

QuestionType = Literal["rating", "nps", "single_choice", "long_text"]
Measure = Literal["csat", "nps", "ces", "none"]

_MEASURES_OF: Mapping[QuestionType, tuple[Measure, ...]] = {
    "rating": ("csat", "ces", "none"),
    "nps": ("nps",),
    "single_choice": ("none",),
    "long_text": ("none",),
}


def _refusal(code: str, *at: str | int, **values: object) -> PydanticCustomError:
    """An error with a code of `wordings`, at a path below the model that raises it."""
    return PydanticCustomError(code, "{code}", {"code": code, "at": list(at), "values": values})


def _shaped(pattern: str, code: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise _refusal(code, raw=value)
        return value

    return check


def _language(value: str) -> str:
    language = normalise_language(value)
    if not language:
        raise _refusal("language-malformed", raw=value)
    return language


def _text(value: Mapping[str, str]) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    for tag, text in value.items():
        language = _language(tag)
        if language in texts:
            raise _refusal("language-duplicate", tag, raw=tag)
        character = unfit_character(text)
        if character:
            raise _refusal("text-control-character", tag, character=character)
        texts[language] = text
    return texts


def _missing_codes(value: Mapping[str, str]) -> Mapping[str, str]:
    for raw, reason in value.items():
        if not raw.strip():
            raise _refusal("missing-code-blank", raw)
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", reason):
            raise _refusal("reason-malformed", raw, raw=reason)
    return {raw.strip(): reason for raw, reason in value.items()}


Code = Annotated[str, AfterValidator(_shaped(r"[a-z][a-z0-9_]{0,39}", "code-malformed"))]
ChoiceCode = Annotated[str, AfterValidator(_shaped(r"[a-z0-9][a-z0-9_]{0,39}", "choice-code-malformed"))]
Slug = Annotated[str, AfterValidator(_shaped(r"[a-z][a-z0-9-]{0,59}", "slug-malformed"))]
Language = Annotated[str, AfterValidator(_language)]
Texts = Annotated[Mapping[str, str], AfterValidator(_text)]
MissingCodes = Annotated[Mapping[str, str], AfterValidator(_missing_codes)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Choice(_Model):
    """One answer on offer. `code` is what is stored; `text` what is read."""

    code: ChoiceCode
    text: Texts


class Scale(_Model):
    """A scale of whole numbers from `min` to `max`, the best at `max`, with the words at its two ends."""

    min: int = Field(ge=-100, le=100)
    max: int = Field(ge=-100, le=100)
    low: Texts
    high: Texts

    @model_validator(mode="after")
    def _runs_upwards(self) -> Self:
        if self.min >= self.max:
            raise _refusal("scale-order", "min", min=self.min, max=self.max)
        return self


class Question(_Model):
    """One question. `missing_codes` is raw code -> why there is no answer ("refused", "not_applicable", ...);
    `max_length` is in characters and holds for long texts; `pii` marks answers that may name a person."""

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

    @property
    def scored(self) -> bool:
        """Whether the answer is a number on a scale."""
        return self.type in ("rating", "nps")

    @model_validator(mode="after")
    def _scale_fits(self) -> Self:
        if self.scored and self.scale is None:
            raise _refusal("scale-needed", type=self.type)
        if self.scale and not self.scored:
            raise _refusal("scale-unneeded", "scale", type=self.type)
        if self.scale and self.type == "nps" and (self.scale.min, self.scale.max) != (0, 10):
            raise _refusal("scale-not-nps", "scale", min=self.scale.min, max=self.scale.max)
        return self

    @model_validator(mode="after")
    def _choices_fit(self) -> Self:
        if self.type != "single_choice":
            if self.choices:
                raise _refusal("choices-unneeded", "choices", type=self.type)
            if self.dimension:
                raise _refusal("dimension-unfitting", "dimension")
        elif len(self.choices) < 2:
            raise _refusal("choices-too-few", "choices")
        _once("choices", (choice.code for choice in self.choices))
        return self

    @model_validator(mode="after")
    def _measure_fits(self) -> Self:
        allowed = _MEASURES_OF[self.type]
        if self.measures not in allowed:
            found = {"measures": self.measures, "type": self.type, "allowed": allowed}
            raise _refusal("measure-unfitting", "measures", **found)
        return self

    @model_validator(mode="after")
    def _missing_codes_are_no_answers(self) -> Self:
        answers = {choice.code for choice in self.choices}
        if self.scale:
            answers |= {str(score) for score in range(self.scale.min, self.scale.max + 1)}
        for raw in self.missing_codes:
            if raw in answers:
                raise _refusal("missing-code-taken", "missing_codes", raw, raw=raw)
        return self


class Questionnaire(_Model):
    """One immutable version of what is asked; answers refer to its codes, never to its texts."""

    slug: Slug
    version: int = Field(ge=1, le=1_000_000)
    languages: tuple[Language, ...]
    default_language: Language
    title: Texts
    intro: Texts
    thanks: Texts
    questions: tuple[Question, ...]

    @property
    def scored(self) -> tuple[Question, ...]:
        """The questions answered by a number, in the order in which scores are stored."""
        return tuple(question for question in self.questions if question.scored)

    def question(self, code: str) -> Question:
        """The question of that code. Raises KeyError."""
        for question in self.questions:
            if question.code == code:
                return question
        raise KeyError(code)

    def canonical_json(self) -> str:
        """The definition as one line of JSON that `Questionnaire.model_validate_json` reads back.

        Keys are sorted and defaults left out, so that a later optional key leaves old hashes alone."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        """The SHA-256 of the canonical JSON in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()

    @model_validator(mode="after")
    def _codes_are_used_once(self) -> Self:
        if not self.questions:
            raise _refusal("questions-empty", "questions")
        _once("questions", (question.code for question in self.questions))
        dimensions = [question.dimension for question in self.questions if question.dimension]
        for dimension in dimensions:
            if dimensions.count(dimension) > 1:
                raise _refusal("dimension-duplicate", "questions", raw=dimension)
        return self

    @model_validator(mode="after")
    def _texts_are_written(self) -> Self:
        for language in self.languages:
            if self.languages.count(language) > 1:
                raise _refusal("language-duplicate", "languages", raw=language)
        if self.default_language not in self.languages:
            raise _refusal("language-undeclared", "default_language", raw=self.default_language)
        for at, text in self._texts():
            if is_missing(text.get(self.default_language)):
                raise _refusal("text-unwritten", *at, self.default_language, language=self.default_language)
            for language in text:
                if language not in self.languages:
                    raise _refusal("language-undeclared", *at, language, raw=language)
        return self

    def _texts(self) -> Iterable[tuple[tuple[str | int, ...], Text]]:
        """Every text with its path in the file."""
        yield from ((("title",), self.title), (("intro",), self.intro), (("thanks",), self.thanks))
        for number, question in enumerate(self.questions):
            here = ("questions", number)
            yield (*here, "text"), question.text
            if question.help is not None:
                yield (*here, "help"), question.help
            if question.scale:
                yield (*here, "scale", "low"), question.scale.low
                yield (*here, "scale", "high"), question.scale.high
            for place, choice in enumerate(question.choices):
                yield (*here, "choices", place, "text"), choice.text


def _once(where: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for number, code in enumerate(codes):
        if code in seen:
            raise _refusal("code-duplicate", where, number, "code", raw=code)
        seen.add(code)
