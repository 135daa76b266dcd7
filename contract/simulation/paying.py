"""What the simulated terms cost: each settled by `contract.settlement`, once for all runs that are alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from contract.model.consequences import Deduction
from contract.model.contract import Contract
from contract.model.fees import Fees
from contract.model.schemes import ScoreToPay, TierTable
from contract.periods import Period
from contract.settlement import Facts, Result, Settlement, settle
from contract.settlement.facts import Past
from contract.settlement.history import History
from contract.simulation.judging import KEPT, NOT_KEPT, WORDS, Judged
from contract.simulation.proving import Flags, Whole
from contract.targets import Target

AMOUNTS = ("deducted", "earned_back", "bonus", "payable")


@dataclass(frozen=True, slots=True)
class Paid:
    """One period of every run. `amounts` by name of `AMOUNTS`, in the smallest unit of money; `wrongly`:
    something is deducted for a target that the truth reaches, `rightly`: for one that it does not."""

    amounts: Mapping[str, Whole]
    wrongly: Flags
    rightly: Flags


@dataclass(frozen=True, slots=True)
class _Priced:
    """What one kind of run comes to in a period, and the place of what it leaves in the list of histories."""

    amounts: tuple[int, ...]
    wrongly: bool
    rightly: bool
    left: int


@dataclass(frozen=True, slots=True)
class _Memory:
    """How many periods back a settlement looks: for misses that repeat, for rows of targets met that earn a
    miss back, and for money under a rolling cap."""

    misses: int
    rows: int
    money: int


def pay_runs(
    contract: Contract,
    judged: Sequence[Mapping[str, Judged]],
    reached: Sequence[Mapping[str, bool]],
) -> tuple[Paid, ...]:
    """The money of each period of the term. `reached` says of which targets the truth is good enough.

    Every report comes, nothing is relieved, no added service is ordered. Raises ValueError for a contract
    without fees.
    """
    fees = contract.spec.fees
    if fees is None:
        raise ValueError("a contract without fees has nothing to settle")
    memory, names = _memory(contract), [period.name for period in contract.periods]
    histories, places = [History()], {_key(History()): 0}
    paid = []
    states: NDArray[np.int64] | None = None
    rows = zip(contract.periods, judged, reached, strict=True)
    for number, (period, verdicts, truths) in enumerate(rows):
        ages = {name: number + 1 - place for place, name in enumerate(names)}
        results, kinds = _kinds(contract, verdicts)
        if states is None:
            states = np.zeros(len(kinds), dtype=np.int64)
        alike, kind = np.unique(np.column_stack([states, kinds]), axis=0, return_inverse=True)
        priced = []
        for state, *which in alike.tolist():
            found = {metric: results[metric][place] for metric, place in zip(results, which, strict=True)}
            settled = settle(contract, Facts(period, found), histories[state])
            left = _trimmed(settled.history, ages, memory)
            place = places.setdefault(_key(left), len(histories))
            if place == len(histories):
                histories.append(left)
            priced.append(_price(contract, settled, found, truths, fees, place))
        kind = kind.ravel()
        states = np.array([one.left for one in priced], dtype=np.int64)[kind]
        amounts = np.array([one.amounts for one in priced], dtype=np.int64)[kind]
        paid.append(
            Paid(
                {name: amounts[:, place] for place, name in enumerate(AMOUNTS)},
                np.array([one.wrongly for one in priced])[kind],
                np.array([one.rightly for one in priced])[kind],
            )
        )
    return tuple(paid)


def _kinds(
    contract: Contract, verdicts: Mapping[str, Judged]
) -> tuple[Mapping[str, Sequence[Result]], Whole]:
    """The results that cost differently, by liable metric, and which of them each run has (by column)."""
    results: dict[str, Sequence[Result]] = {}
    runs = len(next(iter(verdicts.values())).words) if verdicts else 0
    columns = [np.zeros((runs, 0), dtype=np.int64)]
    for metric, one in verdicts.items():
        if not contract.liable(metric):
            continue
        dear = (one.kept == NOT_KEPT) & ~one.carried & (not one.target.grace)
        grade = np.where(dear, _grades(contract, metric, one), 0)
        marks = [one.words, one.kept, one.carried, one.held, one.at_stretch, grade]
        _, first, place = np.unique(np.column_stack(marks), axis=0, return_index=True, return_inverse=True)
        results[metric] = [_result(one, int(run)) for run in first]
        columns.append(place.reshape(-1, 1))
    return results, np.hstack(columns)


def _result(one: Judged, run: int) -> Result:
    word, kept = WORDS[one.words[run]], int(one.kept[run])
    return Result(
        one.targets[one.held[run]],
        word,
        None if kept not in (KEPT, NOT_KEPT) else kept == KEPT,
        Fraction(int(one.sums[run]), int(one.sizes[run])),
        bool(one.at_stretch[run]),
        bool(one.carried[run]),
    )


def _grades(contract: Contract, metric: str, one: Judged) -> Whole:
    """Figures of one grade cost the same where they are not kept: they lie between the same two edges.

    Where every figure has its own price, the figure itself is the grade.
    """
    grades = np.zeros(len(one.sums), dtype=np.int64)
    for place, target in enumerate(one.targets):
        here = one.held == place
        if not here.any():
            continue
        sums, n = one.sums[here], int(one.sizes[here][0])
        edges = _edges(contract, metric, target)
        if edges is None:
            grades[here] = sums
            continue
        for edge in edges:
            numerator, denominator = edge.as_integer_ratio()
            low = numerator * n // denominator  # the largest sum that does not lie above the edge
            exactly = numerator * n % denominator == 0
            grades[here] += (sums > low).astype(np.int64) + (exactly & (sums >= low))
    return grades


def _edges(contract: Contract, metric: str, target: Target) -> Sequence[Decimal] | None:
    """The figures at which the price of a target changes; None where every figure has its own."""
    floor = [] if target.floor is None else [target.floor]
    match contract.spec.consequences:
        case Deduction() as scheme:
            steps = [one.up_to for one in scheme.severities(metric) if one.up_to is not None]
            sign = -1 if target.direction == "higher" else 1
            return [target.value, *floor, *(target.value + sign * step for step in steps)]
        case TierTable() as scheme:
            bands = next(table.bands for table in scheme.liable if table.metric == metric)
            return [target.value, *(band.reaching for band in bands if band.reaching is not None)]
    return None


def _memory(contract: Contract) -> _Memory:
    scheme = contract.spec.consequences
    misses = rows = money = 0
    if isinstance(scheme, Deduction) and scheme.repeat:
        misses = scheme.repeat.within
    if isinstance(scheme, Deduction | TierTable):
        if scheme.caps and scheme.caps.rolling:
            money = scheme.caps.rolling.periods - 1
        if scheme.earn_back:  # periods of grace do not break a row, so it may reach further back
            rows = scheme.earn_back.after_met
            rows += max((len(terms.grace) for terms in contract.spec.targets), default=0)
    return _Memory(misses, rows, money)


def _trimmed(history: History, ages: Mapping[str, int], memory: _Memory) -> History:
    """What of the past later periods can still look at; `ages` counts from 1 for the period just settled."""
    past: list[Past] = []
    sums: dict[str, Decimal] = {}
    for one in history.past:
        age = ages[one.period]
        if age <= memory.rows and (one.missed or one.exempt or one.word == "met"):
            past.append(one)
        elif age <= memory.misses and one.missed:
            past.append(one if age <= memory.money else replace(one, deducted=Decimal(0)))
        elif age <= memory.money and one.deducted:
            sums[one.period] = sums.get(one.period, Decimal(0)) + one.deducted
    past += [Past(period, "", "missed", True, False, total) for period, total in sums.items()]
    return History(tuple(past), {}, history.pool_rest)


def _key(history: History) -> tuple[tuple[Past, ...], Decimal]:
    return history.past, history.pool_rest


def _price(
    contract: Contract,
    settled: Settlement,
    results: Mapping[str, Result],
    truths: Mapping[str, bool],
    fees: Fees,
    left: int,
) -> _Priced:
    if isinstance(contract.spec.consequences, ScoreToPay):
        short = settled.payable < fees.rounded(fees.base_per_period)
        charged = {
            metric
            for metric, one in results.items()
            if short and one.kept is False and not one.carried and not one.target.grace
        }
    else:
        charged = {metric for metric, one in settled.outcomes.items() if one.amount and settled.deducted}
    return _Priced(
        tuple(int(getattr(settled, name).scaleb(fees.scale)) for name in AMOUNTS),
        any(truths[metric] for metric in charged),
        any(not truths[metric] for metric in charged),
        left,
    )


def liable_truths(contract: Contract, period: Period, reached: Mapping[str, bool]) -> tuple[bool, ...]:
    """Whether the truth reaches each target of the period that money hangs on; grace leaves one out."""
    return tuple(
        good
        for metric, good in reached.items()
        if contract.liable(metric) and (target := contract.target(metric, period.name)) and not target.grace
    )
