"""One line of a ledger, and how money and percentages stand in its words."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from contract.model.fees import Fees
from contract.texts import Message

LineKind = Literal[
    "base_fee",
    "added_service",
    "deduction",
    "period_cap",
    "rolling_cap",
    "earn_back",
    "relief",
    "bonus",
    "bonus_cap",
    "carried_in",
    "score",
]


@dataclass(frozen=True, slots=True)
class Line:
    """`amount` is added to what party A pays, so a deduction is negative; `reason` shows the arithmetic."""

    kind: LineKind
    clause: str
    metric: str | None
    amount: Decimal
    reason: Message


def money(amount: Decimal, fees: Fees) -> str:
    """The amount with its decimals, such as 12,000.00."""
    return f"{fees.rounded(amount):,f}"


def plain(number: Decimal | Fraction) -> str:
    """A number as short as it is exact, at most six decimals: 1.5, 4, 0.333333."""
    value = number if isinstance(number, Decimal) else Decimal(number.numerator) / Decimal(number.denominator)
    text = f"{value.quantize(Decimal('0.000001')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exactly(number: Fraction) -> Decimal:
    """The number as Decimal with 28 digits, before the one rounding of its line."""
    return Decimal(number.numerator) / Decimal(number.denominator)
