"""A target that rises (or falls) over the term: linear or stepped between points set at periods."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

# Interpolated values are rounded half up to hundredths; a value written in the contract stands as written.
HUNDREDTH = Decimal("0.01")

Interpolation = Literal["linear", "step"]


def ramp_value(
    points: Sequence[tuple[int, Decimal]], interpolate: Interpolation, index: int
) -> Decimal | None:
    """The target of period number `index`, in the unit of the points.

    `points` are (period number, value), in order. Before the first point there is no target (None); after
    the last one its value holds. A step keeps each value until the next point.
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
    return _hundredths(exact)


def _hundredths(exact: Fraction) -> Decimal:
    # A quotient cut to 28 digits rounds as the fraction does: no value with a finite end at .005 is cut.
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(HUNDREDTH, ROUND_HALF_UP)
