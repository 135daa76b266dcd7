"""Relief that both parties granted after a period was settled: its money comes back where it is granted."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from contract.model.contract import Contract
from contract.model.fees import Fees
from contract.model.schemes import PoolAndShare, ScoreToPay
from contract.settlement.by_result import pay_by_score
from contract.settlement.cases import Case
from contract.settlement.history import History
from contract.settlement.line import Line, money
from contract.texts import Message

Named = Collection[tuple[str, str]]


def late_relief(contract: Contract, named: Named, known: History, fees: Fees) -> tuple[Line, ...]:
    """A line for each earlier miss among `named` (period, metric): what it still costs.

    Of a score, a line for each period: what the fee would have been without the targets relieved. What a pool
    carried on is not returned: it went into the pools that followed.
    """
    relief, scheme = contract.spec.relief, contract.spec.consequences
    if relief is None or (isinstance(scheme, PoolAndShare) and scheme.unearned == "carried"):
        return ()
    if isinstance(scheme, ScoreToPay):
        return tuple(_rescored(scheme, relief.clause, named, known, fees))
    return tuple(
        Line("relief", relief.clause, one.metric, left, _reason(one.period, left, fees))
        for one in known.past
        if (one.period, one.metric) in named and (left := one.deducted - one.earned_back) > 0
    )


def freed_of(period: str, cases: Mapping[str, Case], named: Named) -> dict[str, Case]:
    """The cases of a period in which those relieved later are exempt."""
    return {
        metric: replace(case, standing="exempt", deemed=False) if (period, metric) in named else case
        for metric, case in cases.items()
    }


def _rescored(scheme: ScoreToPay, clause: str, named: Named, known: History, fees: Fees) -> Iterator[Line]:
    for period, cases in known.scored.items():
        then = fees.model_copy(update={"base_per_period": known.fees.get(period, fees.base_per_period)})
        paid, due = (
            sum((line.amount for line in pay_by_score(scheme, each, then).lines), Decimal(0))
            for each in (cases, freed_of(period, cases, named))
        )
        if due > paid:
            yield Line("relief", clause, None, due - paid, _reason(period, due - paid, fees))


def _reason(period: str, amount: Decimal, fees: Fees) -> Message:
    values = {"period": period, "amount": money(amount, fees)}
    return Message("relief granted for {period}: {amount} comes back", values)
