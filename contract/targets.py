"""The target of one metric in one period: the value after the ramp and how it is decided."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from contract.metrics import Direction
from contract.periods import Period

Rule = Literal["simple", "breach_must_be_proven", "success_must_be_proven"]
NoCases = Literal["open", "missed"]
LeadsTo = Literal["pool_with_next", "simple", "nothing"]


@dataclass(frozen=True, slots=True)
class NotProven:
    """What a result that proves nothing leads to.

    `pool_with_next` adds its counts to those of the next period, at most `max_carries` times in a row; then
    the figure itself decides. `simple` lets the figure decide at once; `nothing` leaves it as it is.
    """

    leads_to: LeadsTo = "nothing"
    max_carries: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """`value` is in the metric's unit; `confidence` is one-sided, in (0.5, 1).

    A census has no sampling error: its confidence is 1 and its `min_n` 0. `min_response_rate` is in percent
    of those asked. `floor` is the value below which (above, where lower is better) a miss is of the worst
    severity, `stretch` the one that earns a bonus. In a period of `grace` the target is measured and shown,
    without any consequence. `no_cases` says whether a period without answers is open or not kept.
    """

    metric: str
    clause: str
    period: Period
    value: Decimal
    direction: Direction
    rule: Rule
    confidence: float
    min_n: int
    min_response_rate: Decimal | None = None
    floor: Decimal | None = None
    stretch: Decimal | None = None
    grace: bool = False
    not_proven: NotProven = NotProven()
    no_cases: NoCases = "open"

    def reached_by(self, figure: Fraction | float) -> bool:
        """Whether `figure`, in the metric's unit, is at least as good as the target; nothing is rounded."""
        value = Fraction(self.value)
        return Fraction(figure) >= value if self.direction == "higher" else Fraction(figure) <= value
