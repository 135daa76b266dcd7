"""What a settlement starts from: results of a period, what both agreed on, what earlier periods left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from contract.deciding import Decided
from contract.model.examples import ClosedWord
from contract.periods import Period
from contract.targets import Target

Ground = Literal["force_majeure", "caused_by_a", "caused_by_third_party"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one target in a closed period; `figure` is unrounded, in the metric's unit.

    `kept` is what the contract's rule makes of the word, None where it is open. `at_stretch`: met also with
    the stretch as target. `carried`: pooled with the next period, so that nothing is decided yet.
    """

    target: Target
    word: ClosedWord
    kept: bool | None
    figure: Fraction | None
    at_stretch: bool = False
    carried: bool = False


def decided_result(decided: Decided) -> Result:
    """The result of a target as `judge_term` decided it: held against the mean of the targets it was pooled
    under, and open where it was carried on.

    Raises ValueError for the verdict of a period that still runs.
    """
    verdict = decided.verdict
    if verdict.word == "on_course" or verdict.word == "at_risk" or verdict.word == "undecided":
        raise ValueError(f"{verdict.target.metric}: a period that still runs is not settled")
    figure = decided.counts.exact()
    return Result(verdict.target, verdict.word, verdict.kept, figure, decided.at_stretch, decided.carried)


@dataclass(frozen=True, slots=True)
class Relieved:
    """A target set free in a period, on a ground; it counts once all whom the contract names approved."""

    metric: str
    ground: Ground
    approved_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """One period to be settled. `results` by metric; `orders` is how often each added service was ordered.

    `reported` is False when the report on the period was due and did not come. `returned` names (period,
    metric) of earlier misses that both relieved after their settlement.
    """

    period: Period
    results: Mapping[str, Result]
    reported: bool = True
    relief: tuple[Relieved, ...] = ()
    returned: tuple[tuple[str, str], ...] = ()
    orders: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """What a settled period left behind for one metric: `deducted` after caps; exempt: grace or relief.

    `missed` says that the target was not kept, which a word alone does not tell; `earned_back` is what came
    back of the deduction since.
    """

    period: str
    metric: str
    word: ClosedWord
    missed: bool
    exempt: bool
    deducted: Decimal
    earned_back: Decimal = Decimal(0)
