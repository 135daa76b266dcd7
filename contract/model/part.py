"""What every part of the file is built on, and the amount that several of them write."""

from decimal import Decimal
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.alias_generators import to_camel

from contract.fields import Money, Percent, mistake


class Part(BaseModel):
    """A part of the file: frozen, strict, keys in camelCase.

    A key that may be left out has a default, and the canonical text leaves out what equals its default: so a
    key added later changes no hash. A default, once released, is never changed: that would change contracts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, alias_generator=to_camel)


class Amount(Part):
    """Money, or a share of the base fee of the period it is applied in: one of the two."""

    percent_of_fee: Percent | None = None
    amount: Money | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.percent_of_fee is None) == (self.amount is None):
            what = "Either a percentage of the fee or an amount is expected here"
            raise mistake("one-of-two", what, "Write percentOfFee: 1.0 or amount: 3000.00, not both")
        return self

    def of(self, fee: Decimal) -> Decimal:
        """The money when the base fee is `fee`, not rounded."""
        if self.amount is not None:
            return self.amount
        return fee * (self.percent_of_fee or Decimal(0)) / 100
