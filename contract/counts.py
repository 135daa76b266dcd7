"""What was counted for a metric in a period, before any statistics: one shape for each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from contract.metrics import Unit


def _whole(**counts: int) -> None:
    for name, count in counts.items():
        if count < 0:
            raise ValueError(f"{name} is a count and cannot be {count}")


@dataclass(frozen=True, slots=True)
class ShareCounts:
    """`successes` of `n` answers, such as satisfied of asked."""

    successes: int
    n: int

    def __post_init__(self) -> None:
        _whole(successes=self.successes, n=self.n)
        if self.successes > self.n:
            raise ValueError(f"{self.successes} successes cannot come from {self.n} answers")

    def exact(self) -> Fraction | None:
        """The share in percent without rounding; None when nobody answered."""
        return Fraction(100 * self.successes, self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class NpsCounts:
    """Answers to the 0-10 question: detractors 0-6, passives 7-8, promoters 9-10."""

    detractors: int
    passives: int
    promoters: int

    def __post_init__(self) -> None:
        _whole(detractors=self.detractors, passives=self.passives, promoters=self.promoters)

    @property
    def n(self) -> int:
        return self.detractors + self.passives + self.promoters

    def exact(self) -> Fraction | None:
        """Promoters less detractors in points (-100..100) without rounding; None when nobody answered."""
        return Fraction(100 * (self.promoters - self.detractors), self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class MeanCounts:
    """Answers a scale point. Name every point of the scale, also those that nobody chose (count 0)."""

    counts: Mapping[int, int]

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.counts.items())))

    def __post_init__(self) -> None:
        _whole(**{f"point {point}": count for point, count in self.counts.items()})

    @property
    def n(self) -> int:
        return sum(self.counts.values())

    def exact(self) -> Fraction | None:
        """The mean in scale units without rounding; None when nobody answered."""
        total = sum(point * count for point, count in self.counts.items())
        return Fraction(total, self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class CensusCounts:
    """A figure counted in full: `value` in the metric's unit, None when there was nothing to count from.

    `opening` and `closing` are the counts it was made from, such as members at the start and at the end; both
    0 where it was made from others, as an index is, which is in points. A flow comes about over the period,
    such as growth, so that half of it is due at half time; a `level` is a state, such as the share of gold
    members or an index, due at any time. `unit` says how `value` is written; an index is in points.
    """

    value: float | None
    opening: int
    closing: int
    level: bool = False
    unit: Unit = "percent"

    def __post_init__(self) -> None:
        _whole(opening=self.opening, closing=self.closing)
        if self.value is not None and not isfinite(self.value):
            raise ValueError(f"a counted figure cannot be {self.value}; None says that there is none")

    @property
    def is_part(self) -> bool:
        """Whether the value is `closing` as a percentage of `opening`: so many of so many."""
        if self.unit != "percent" or self.value is None or not self.opening:
            return False
        # Counts of money are in whole units, the value is not.
        return abs(self.value - 100 * self.closing / self.opening) < 1

    def exact(self) -> Fraction | None:
        """The value without binary noise: 3.499999999999992, a float's 100 * (1.035 - 1), is 3.5."""
        return None if self.value is None else Fraction(f"{self.value:.12f}")


def index_figure(value: float | None) -> CensusCounts:
    """The figure of an index: a state at any time, in points, made of other metrics."""
    return CensusCounts(value, 0, 0, level=True, unit="points")


Counts = ShareCounts | NpsCounts | MeanCounts | CensusCounts
SampleCounts = ShareCounts | NpsCounts | MeanCounts
