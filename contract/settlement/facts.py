"""What a settlement starts from: results of a period, what both agreed on, what earlier periods left."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from contract.counts import Counts
from contract.deciding import Decided
from contract.model.examples import ClosedWord
from contract.periods import Period
from contract.targets import Target
from contract.verdict import Verdict, judge

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


def result(target: Target, counts: Counts, verdict: Verdict | None = None) -> Result:
    """The result of `counts`; `verdict` is given where it was not made from them alone (pooling, Holm).

    Raises ValueError for the verdict of a period that still runs.
    """
    judged = verdict or judge(target, counts)
    if judged.word == "on_course" or judged.word == "at_risk" or judged.word == "undecided":
        raise ValueError(f"{target.metric}: a period that still runs is not settled")
    at_stretch = (
        target.stretch is not None and judge(replace(target, value=target.stretch), counts).word == "met"
    )
    return Result(target, judged.word, judged.kept, counts.exact(), at_stretch)


def decided_result(decided: Decided) -> Result:
    """The result of a target as `judge_term` decided it: held against the mean of the targets it was pooled
    under, and open where it was carried on."""
    verdict = decided.verdict
    return replace(result(verdict.target, decided.counts, verdict), carried=decided.carried)


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

    `missed` says that the target was not kept, which a word alone does not tell.
    """

    period: str
    metric: str
    word: ClosedWord
    missed: bool
    exempt: bool
    deducted: Decimal
