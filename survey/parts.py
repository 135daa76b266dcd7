"""What questions are made of: choices, scales, ranges of numbers and days, rules."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from survey.expression.shapes import day, is_number
from survey.file_kinds import FILE_TYPES, FileType
from survey.shapes import ChoiceCode, Day, DecimalText, Part, Texts, refusal


class Choice(Part):
    """One answer on offer, or one row of a matrix. `code` is what is stored; `text` what is read. Of several
    choices an `exclusive` one is made alone; in random order those that `stay_last` end the list as
    written."""

    code: ChoiceCode
    text: Texts
    exclusive: bool = False
    stay_last: bool = False


class Scale(Part):
    """A scale of whole numbers from `min` to `max`, the best at `max`, with the words at its two ends.

    `labels` may name every point: score -> text, from `min` to `max` without a gap."""

    min: int = Field(ge=-100, le=100)
    max: int = Field(ge=-100, le=100)
    low: Texts
    high: Texts
    labels: Mapping[str, Texts] = Field(default={})

    @property
    def points(self) -> tuple[str, ...]:
        """The scores as they are sent, in order."""
        return tuple(str(score) for score in range(self.min, self.max + 1))

    @model_validator(mode="after")
    def _runs_upwards(self) -> Self:
        if self.min >= self.max:
            raise refusal("scale-order", "min", min=self.min, max=self.max)
        if self.labels and set(self.labels) != set(self.points):
            raise refusal("scale-labels", "labels", min=self.min, max=self.max)
        return self


class NumberRange(Part):
    """Which numbers an answer may be: both ends belong to it; `decimals` is how many places are kept; `unit`
    is shown beside the field."""

    min: DecimalText | None = None
    max: DecimalText | None = None
    decimals: int = Field(default=0, ge=0, le=6)
    unit: Texts | None = None

    @property
    def least(self) -> Decimal | None:
        """`min` as a number."""
        return None if self.min is None else Decimal(self.min)

    @property
    def most(self) -> Decimal | None:
        """`max` as a number."""
        return None if self.max is None else Decimal(self.max)

    def holds(self, raw: str) -> bool:
        """Whether what was sent is a number of this range, whatever its decimals."""
        if not is_number(raw):
            return False
        number = Decimal(raw.strip())
        return not (
            (self.least is not None and number < self.least) or (self.most is not None and number > self.most)
        )

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.least is not None and self.most is not None and self.least > self.most:
            raise refusal("range-order", "min", min=self.min, max=self.max)
        return self


class DateRange(Part):
    """Which days an answer may be, both ends included; `today` is the day of answering."""

    min: Day | None = None
    max: Day | None = None

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        first, last = day(self.min or ""), day(self.max or "")
        if first and last and first > last:
            raise refusal("range-order", "min", min=self.min, max=self.max)
        return self


class FileLimits(Part):
    """Which files an answer may be, one for each question: their types, and the size of the largest in
    megabytes (millions of bytes)."""

    types: tuple[FileType, ...] = FILE_TYPES
    max_mb: int = Field(default=5, ge=1, le=20)

    @model_validator(mode="after")
    def _types_are_named_once(self) -> Self:
        if not self.types or len(set(self.types)) != len(self.types):
            raise refusal("file-types", "types", allowed=FILE_TYPES)
        return self


class Rule(Part):
    """What a given answer must fulfil, and what to say when it does not."""

    expression: str
    message: Texts
