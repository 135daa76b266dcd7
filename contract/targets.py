"""The target of one metric in one period: the value after the ramp and how it is decided."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from contract.metrics import Direction
from contract.periods import Period

Rule = Literal["simple", "breach_must_be_proven", "success_must_be_proven"]


@dataclass(frozen=True, slots=True)
class Target:
    """`value` is in the metric's unit; `confidence` is one-sided, in (0.5, 1).

    A census has no sampling error: its confidence is 1 and its `min_n` 0.
    """

    metric: str
    clause: str
    period: Period
    value: Decimal
    direction: Direction
    rule: Rule
    confidence: float
    min_n: int

    def reached_by(self, figure: Fraction | float) -> bool:
        """Whether `figure`, in the metric's unit, is at least as good as the target; nothing is rounded."""
        value = Fraction(self.value)
        return Fraction(figure) >= value if self.direction == "higher" else Fraction(figure) <= value
