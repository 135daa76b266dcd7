"""Which of the liable targets of a period cost something: kept, missed, open, or exempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from contract.model.contract import Contract
from contract.settlement.facts import Facts, Result

Standing = Literal["kept", "missed", "open", "exempt"]


@dataclass(frozen=True, slots=True)
class Case:
    """A liable target in its period; exempt by grace or relief. `deemed`: missed for want of a report."""

    metric: str
    result: Result
    standing: Standing
    deemed: bool = False

    @property
    def gap(self) -> Fraction:
        """How far the figure lies on the bad side of the target, in the metric's unit; 0 on the good side."""
        target, figure = self.result.target, self.result.figure
        if figure is None or target.reached_by(figure):
            return Fraction(0)
        return abs(figure - Fraction(target.value))

    @property
    def below_floor(self) -> bool:
        """Whether the miss is of the worst severity: below the floor, deemed, or without any figure."""
        target, figure = self.result.target, self.result.figure
        if self.deemed or figure is None:
            return True
        if target.floor is None:
            return False
        floor = Fraction(target.floor)
        return figure < floor if target.direction == "higher" else figure > floor


def cases_of(contract: Contract, facts: Facts) -> Mapping[str, Case]:
    """The liable targets that have a result, in the order of the scheme."""
    scheme = contract.spec.consequences
    liable = [one.metric for one in scheme.liable] if scheme else []
    return {
        metric: _case(contract, facts, metric, facts.results[metric])
        for metric in liable
        if metric in facts.results
    }


def relieved(contract: Contract, facts: Facts) -> frozenset[str]:
    """The metrics whose relief stands on a ground of the contract and was approved by all it names."""
    relief = contract.spec.relief
    if relief is None:
        return frozenset()
    return frozenset(
        one.metric
        for one in facts.relief
        if one.ground in relief.grounds and one.approved_by.issuperset(relief.needs)
    )


def _case(contract: Contract, facts: Facts, metric: str, found: Result) -> Case:
    governance = contract.spec.governance
    silent = not facts.reported and governance is not None and governance.no_report == "deemed_missed"
    if found.target.grace or metric in relieved(contract, facts):
        return Case(metric, found, "exempt")
    if silent:
        return Case(metric, found, "missed", deemed=True)
    if found.kept is None or found.carried:
        return Case(metric, found, "open")
    return Case(metric, found, "kept" if found.kept else "missed")
