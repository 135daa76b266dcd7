"""What was counted for every target of a contract, and the verdicts on its closed periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from contract import Contract, MetricUse, judge
from contract.counts import CensusCounts, Counts
from contract.deciding import Counted as Judgeable
from contract.deciding import Decided, judge_term
from warehouse.as_of import AsOf
from warehouse.contracts import LoadedContract
from warehouse.counting import Counted, count, index_counts
from warehouse.database import Warehouse
from warehouse.metrics import Metric, agreed, metric

_RESPONSE_RATE = "response_rate"


@dataclass(frozen=True, slots=True)
class Judged:
    """`counts` by version and metric, with every segment; `closed` by period and metric.

    Nothing is withheld here: who shows it to people does that.
    """

    counts: Mapping[int, Mapping[str, tuple[Metric, tuple[Counted, ...]]]]
    closed: Mapping[str, Mapping[str, Decided]]

    def as_if_closed(self, contract: Contract, period: str) -> Mapping[str, Decided]:
        """What the verdicts of a running period would be, did it close now: nothing is said by them yet."""
        found = {}
        for name, (_, counted) in self.counts[contract.version].items():
            target, counts = contract.target(name, period), whole(counted, period)
            if target is not None and counts is not None:
                found[name] = Decided(judge(target, counts), counts)
        return found


def judge_contract(warehouse: Warehouse, loaded: LoadedContract, at: AsOf) -> Judged:
    """Count and judge every period begun, each by the version it belongs to.

    Raises WarehouseError: "metric-unknown" and "metric-kind" when contract and catalogue disagree, and those
    of `counting.count`.
    """
    begun = {one.version: one for period, one in loaded.periods if at.begun(period.start)}
    counts = {version: _counts(warehouse, one, at) for version, one in begun.items()}
    rates = {version: _response_rates(warehouse, one, at) for version, one in begun.items()}
    closed = [
        (period, one)
        for period, one in loaded.periods
        if at.begun(period.start) and at.state(period.end) == "closed"
    ]
    judgeable = []
    for period, contract in closed:
        mine: dict[str, Judgeable] = {}
        for name, (_, found) in counts[contract.version].items():
            target = contract.target(name, period.name)
            counts_there = whole(found, period.name)
            if target is not None and counts_there is not None:
                rate = rates[contract.version].get((name, period.name))
                mine[name] = Judgeable(target, counts_there, rate)
        judgeable.append((contract, mine))
    verdicts = judge_term(judgeable)
    return Judged(counts, {period.name: found for (period, _), found in zip(closed, verdicts, strict=True)})


def whole(counted: Sequence[Counted], period: str) -> Counts | None:
    """The counts of everybody in a period; None without any."""
    return next((one.counts for one in counted if one.period == period and one.segment == ""), None)


def _counts(
    warehouse: Warehouse, contract: Contract, at: AsOf
) -> dict[str, tuple[Metric, tuple[Counted, ...]]]:
    """Every metric of the contract with its counts, by its name there; an index after what it is made of."""
    found: dict[str, tuple[Metric, tuple[Counted, ...]]] = {}
    for use in contract.metrics:
        if use.kind != "index":
            shown = agreed(use)
            found[use.metric] = shown, count(warehouse, shown, contract.sha256, use, at.until)
    for use in contract.metrics:
        if use.kind == "index":
            parts = {part.metric: found[part.metric][1] for part in use.components}
            found[use.metric] = agreed(use), index_counts(use, parts)
    return found


def _response_rates(
    warehouse: Warehouse, contract: Contract, at: AsOf
) -> dict[tuple[str, str], Decimal | Fraction]:
    """By metric and period, in percent of those invited; only where the contract asks for a least rate and
    somebody was invited."""
    asking = {terms.metric for terms in contract.spec.targets if terms.decision.min_response_rate is not None}
    surveys = {use.metric: use.survey for use in contract.metrics if use.metric in asking and use.survey}
    rates: dict[tuple[str, str], Decimal | Fraction] = {}
    for name, survey in surveys.items():
        shown = metric(_RESPONSE_RATE)
        use = MetricUse(id=name, kind=shown.kind, direction=shown.direction, clause="1", survey=survey)
        for each in count(warehouse, shown, contract.sha256, use, at.until):
            if each.segment == "" and isinstance(each.counts, CensusCounts) and each.counts.opening:
                rates[name, each.period] = Fraction(100 * each.counts.closing, each.counts.opening)
    return rates
