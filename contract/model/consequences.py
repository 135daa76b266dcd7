"""What all schemes share: severities, repeats, caps, earn-back, bonus; and the scheme of points and money."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from contract.fields import ClauseNumber, MetricName, Percent, Periods, Positive, Text
from contract.model.part import Amount, Part
from contract.texts import Message, as_written

_NAMES = {
    "minor": Message("minor"),
    "mild": Message("mild"),
    "moderate": Message("moderate"),
    "major": Message("major"),
    "serious": Message("serious"),
    "severe": Message("severe"),
    "critical": Message("critical"),
    "below": Message("below"),
}


class Severity(Part):
    """How bad a miss is: its gap to the target, in the metric's unit, at most `up_to`; the last is open.

    `title` is what sentences call it; names that many contracts use need none.
    """

    name: MetricName
    title: Text | None = None
    up_to: Positive | None = None
    points: Positive

    @property
    def words(self) -> Message:
        """What it is called, in each language."""
        return as_written(self.title) if self.title else _NAMES.get(self.name, Message(self.name))


class Repeat(Part):
    """Points are multiplied, once, when the same target was missed in one of the `within` periods before.

    Periods of grace or relief and periods before the term do not count as missed.
    """

    within: Periods
    multiply: Positive


class RollingCap(Part):
    """At most this percentage of the base fees of the last `periods` periods, the present one included.

    The window always has its full length: the part before the term counts with the fee of the first period.
    """

    periods: Periods
    percent_of_fees: Percent


class Caps(Part):
    """Limits of what is deducted: the period's own first, then the rolling one on what is left."""

    per_period: Amount | None = None
    rolling: RollingCap | None = None


class EarnBack(Part):
    """Met in each of the next `after_met` periods, `returns` percent of what a miss cost comes back."""

    after_met: Periods
    returns: Percent


class Bonus(Part):
    """For each liable target met at its stretch, by the rule of the target; at most `cap` a period."""

    on_stretch: Amount
    cap: Amount | None = None


class Liable(Part):
    """A metric whose target carries liability; `weight` multiplies its points.

    `severity` replaces the common severities where the metric's unit or spread asks for its own.
    """

    metric: MetricName
    weight: Positive = Decimal(1)
    severity: tuple[Severity, ...] = ()


class Deduction(Part):
    """Service points: gap -> severity -> points -> money, as in service-credit regimes.

    points = points of the severity x weight x repeat multiplier; money = points x `point_value`.
    """

    scheme: Literal["deduction"]
    clause: ClauseNumber
    severity: tuple[Severity, ...]
    liable: tuple[Liable, ...]
    point_value: Amount
    repeat: Repeat | None = None
    caps: Caps | None = None
    earn_back: EarnBack | None = None
    bonus: Bonus | None = None

    def severities(self, metric: str) -> tuple[Severity, ...]:
        """The severities of a liable metric. Raises KeyError for a metric without liability."""
        own = {liable.metric: liable.severity for liable in self.liable}[metric]
        return own or self.severity


def severity_of(severities: Sequence[Severity], gap: Fraction, below_floor: bool) -> Severity:
    """The first severity that the gap fits, its limit included; below the floor the last, whatever the gap.

    `gap` is how far the unrounded figure lies on the bad side of the target, 0 when it lies on the good one.
    """
    if below_floor:
        return severities[-1]
    return next(
        (one for one in severities if one.up_to is None or gap <= Fraction(one.up_to)), severities[-1]
    )
