"""What a questionnaire is: frozen models that refuse every definition that could not be asked or counted."""

import hashlib
import json
from collections.abc import Iterable
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from survey.languages import Text, is_missing
from survey.logic import logic_faults
from survey.paging import pages
from survey.parts import Choice, DateRange, FileLimits, NumberRange, Rule, Scale
from survey.question import OTHER, Question, once
from survey.question_types import Measure, QuestionType
from survey.shapes import Code, Language, Part, Path, Slug, Texts, refusal, refusals

__all__ = [
    "OTHER",
    "Choice",
    "DateRange",
    "FileLimits",
    "Measure",
    "NumberRange",
    "Question",
    "QuestionType",
    "Questionnaire",
    "Rule",
    "Scale",
    "Slug",
    "Texts",
]


class Questionnaire(Part):
    """One immutable version of what is asked; answers refer to its codes, never to its texts.

    `member_fields` are the fields of a member, beside name, tier and language, that texts and expressions
    may use as `member.<field>`; `touchpoint` is that of every response where no question asks for it."""

    slug: Slug
    version: int = Field(ge=1, le=1_000_000)
    languages: tuple[Language, ...]
    default_language: Language
    title: Texts
    intro: Texts
    thanks: Texts
    questions: tuple[Question, ...]
    member_fields: tuple[Code, ...] = ()
    touchpoint: Literal["before", "during", "after"] | None = None

    @cached_property
    def items(self) -> tuple[Question, ...]:
        """Everything that is stored, in the order of the definition, each with a code of its own: a matrix
        as its rows, a text for "other" after its question; sections and pictures are not among them."""
        return tuple(item for question in self.questions for item in question.items)

    @cached_property
    def scored(self) -> tuple[Question, ...]:
        """The items answered by a number on a scale, in the order in which scores are stored."""
        return tuple(item for item in self.items if item.scored)

    @cached_property
    def pages(self) -> tuple[tuple[Question, ...], ...]:
        """The questions page by page: as the author broke them up, and so that what decides about a question
        is answered on a page before it."""
        return pages(self.questions)

    def question(self, code: str) -> Question:
        """The question or item of that code. Raises KeyError."""
        for question in (*self.questions, *self.items):
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
        if not any(question.items for question in self.questions):
            raise refusal("questions-empty", "questions")
        once("questions", (question.code for question in self.questions))
        taken = {question.code for question in self.questions}
        for number, question in enumerate(self.questions):
            for item in question.items:
                if item is not question and item.code in taken:
                    raise refusal("code-duplicate", "questions", number, raw=item.code)
                taken.add(item.code)
        dimensions = [question.dimension for question in self.questions if question.dimension]
        for dimension in dimensions:
            if dimensions.count(dimension) > 1:
                raise refusal("dimension-duplicate", "questions", raw=dimension)
        return self

    @model_validator(mode="after")
    def _texts_are_written(self) -> Self:
        for language in self.languages:
            if self.languages.count(language) > 1:
                raise refusal("language-duplicate", "languages", raw=language)
        if self.default_language not in self.languages:
            raise refusal("language-undeclared", "default_language", raw=self.default_language)
        for at, text in self.texts():
            if is_missing(text.get(self.default_language)):
                raise refusal("text-unwritten", *at, self.default_language, language=self.default_language)
            for language in text:
                if language not in self.languages:
                    raise refusal("language-undeclared", *at, language, raw=language)
        return self

    @model_validator(mode="after")
    def _logic_holds(self) -> Self:
        faults = logic_faults(self.questions, self.member_fields, self.intro, self.thanks, self.title)
        if faults:
            raise refusals(faults)
        return self

    def texts(self) -> Iterable[tuple[Path, Text]]:
        """Every text with its path in the file."""
        yield from ((("title",), self.title), (("intro",), self.intro), (("thanks",), self.thanks))
        for number, question in enumerate(self.questions):
            for path, text in question.texts():
                yield ("questions", number, *path), text
