"""A target that rises (or falls) over the term: linear or stepped between points set at periods."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

# Interpolated values are rounded half up, to hundredths where the contract says nothing else; a value written
# in the contract stands as written.
DECIMALS = 2

Interpolation = Literal["linear", "step"]


def ramp_value(
    points: Sequence[tuple[int, Decimal]],
    interpolate: Interpolation,
    index: int,
    decimals: int | None = None,
) -> Decimal | None:
    """The target of period number `index`, in the unit of the points.

    `points` are (period number, value), in order. Before the first point there is no target (None); after
    the last one its value holds. A step keeps each value until the next point. A value between two points is
    rounded to `decimals`.
    """
    before = [point for point in points if point[0] <= index]
    after = [point for point in points if point[0] > index]
    if not before:
        return None
    (first, low) = before[-1]
    if interpolate == "step" or not after or first == index:
        return low
    (last, high) = after[0]
    exact = Fraction(low) + (Fraction(high) - Fraction(low)) * Fraction(index - first, last - first)
    return _rounded(exact, DECIMALS if decimals is None else decimals)


def _rounded(exact: Fraction, decimals: int) -> Decimal:
    # A quotient cut to 28 digits rounds as the fraction does: no value with a finite end at .005 is cut.
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return quotient.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
