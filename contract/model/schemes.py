"""The other schemes of real contracts: a pool at risk that is shared, tables of credits, pay by score."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from contract.fields import ClauseNumber, MetricName, Number, PayPercent, Percent
from contract.model.consequences import Bonus, Caps, Deduction, EarnBack
from contract.model.part import Amount, Part


class PoolShare(Part):
    """The part of the pool that hangs on one metric; all shares together are 1."""

    metric: MetricName
    weight: Number


class PoolAndShare(Part):
    """A part of the fee is held back and paid out by results, metric by metric.

    earned = pool x weight x earned part; the part is 1 when the target is kept, else as `partly` says: 0 for
    `nothing`, and for `linear` (figure - floor) / (target - floor), within 0 and 1. What is not earned stays
    with party A, or joins the pool of the next period (`carried`), which judges it by its own targets and
    weights; what is left at the end of the term stays with party A.
    """

    scheme: Literal["pool_and_share"]
    clause: ClauseNumber
    pool: Amount
    liable: tuple[PoolShare, ...]
    partly: Literal["linear", "nothing"] = "nothing"
    unearned: Literal["kept_by_client", "carried"] = "kept_by_client"
    bonus: Bonus | None = None


class Band(Part):
    """A row: a figure at least as good as `reaching` costs `percent_of_fee`; the last row has no bar."""

    reaching: Number | None = None
    percent_of_fee: Percent


class TableOf(Part):
    """The table of one metric, from the best row to the worst."""

    metric: MetricName
    bands: tuple[Band, ...]


class TierTable(Part):
    """Credits by table, as in the service levels of cloud providers.

    A target that is kept costs nothing; one that is not costs what the first row says that the unrounded
    figure reaches. Without a figure, where a missing report is deemed missed, the last row counts.
    """

    scheme: Literal["tier_table"]
    clause: ClauseNumber
    liable: tuple[TableOf, ...]
    caps: Caps | None = None
    earn_back: EarnBack | None = None
    bonus: Bonus | None = None


class ScoreWeight(Part):
    """What one metric adds to the score: nothing at `zero_at`, all of its weight at `full_at`.

    Left out, `zero_at` is the target's floor and `full_at` the target of the period.
    """

    metric: MetricName
    weight: Number
    zero_at: Number | None = None
    full_at: Number | None = None


class PayPoint(Part):
    """From `score` (0..100) on, `percent` of the base fee is paid."""

    score: Percent
    percent: PayPercent


class ScoreToPay(Part):
    """The base fee itself follows one score of all metrics, as in hospital pay for performance.

    score = 100 x sum of weight x achieved part; the part is 1 when the target is kept, else
    (figure - zero) / (full - zero), within 0 and 1. `pay` turns the score into a percentage of the base fee,
    by steps or linearly between its points, the first at score 0.
    """

    scheme: Literal["score_to_pay"]
    clause: ClauseNumber
    liable: tuple[ScoreWeight, ...]
    interpolate: Literal["step", "linear"]
    pay: tuple[PayPoint, ...]

    def percent_at(self, score: Fraction) -> Fraction:
        """The percentage of the base fee that `score` (0..100) earns, unrounded."""
        before = [point for point in self.pay if Fraction(point.score) <= score]
        after = [point for point in self.pay if Fraction(point.score) > score]
        low = before[-1]
        if self.interpolate == "step" or not after:
            return Fraction(low.percent)
        high = after[0]
        way = (score - Fraction(low.score)) / (Fraction(high.score) - Fraction(low.score))
        return Fraction(low.percent) + (Fraction(high.percent) - Fraction(low.percent)) * way


Scheme = Deduction | PoolAndShare | TierTable | ScoreToPay
Consequences = Annotated[Scheme, Field(discriminator="scheme")]
