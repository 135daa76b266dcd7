"""What was counted for every target of a contract, and the verdicts on its closed periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from contract import Contract, MetricUse, Period
from contract.counts import CensusCounts, Counts
from contract.deciding import Counted as Judgeable
from contract.deciding import Decided, judge_term
from warehouse.as_of import AsOf
from warehouse.contracts import LoadedContract
from warehouse.counting import Counted, count, index_counts
from warehouse.database import Warehouse
from warehouse.metrics import Metric, agreed, metric
from warehouse.proceedings import freed, proceedings

_RESPONSE_RATE = "response_rate"


@dataclass(frozen=True, slots=True)
class Begun:
    """A period that has begun, the version it belongs to, and what its targets are judged by, by metric."""

    period: Period
    contract: Contract
    counted: Mapping[str, Judgeable]
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """`counts` by version and metric, with every segment; the periods begun, and by period and metric what
    they come to: of the running one what it would come to, did it close now.

    Nothing is withheld here: who shows it to people does that.
    """

    counts: Mapping[int, Mapping[str, tuple[Metric, tuple[Counted, ...]]]]
    begun: tuple[Begun, ...]
    decided: Mapping[str, Mapping[str, Decided]]

    def closed(self, period: str, metric: str) -> Decided | None:
        """The verdict on a target of a closed period; None for one that runs, or without target."""
        closed = any(one.period.name == period and one.is_closed for one in self.begun)
        return self.decided[period].get(metric) if closed else None


def judge_contract(warehouse: Warehouse, loaded: LoadedContract, at: AsOf) -> Judged:
    """Count and judge every period begun, each by the version it belongs to.

    Raises WarehouseError: "metric-unknown" and "metric-kind" when contract and catalogue disagree, and those
    of `counting.count`.
    """
    versions = {one.version: one for period, one in loaded.periods if at.begun(period.start)}
    counts = {version: _counts(warehouse, one, at) for version, one in versions.items()}
    rates = {version: _response_rates(warehouse, one, at) for version, one in versions.items()}
    done = proceedings(warehouse, loaded, at.until)
    begun = []
    for period, contract in loaded.periods:
        if not at.begun(period.start):
            continue
        mine: dict[str, Judgeable] = {}
        free = freed(contract, done[period.name]) if period.name in done else frozenset()
        for name, (_, found) in counts[contract.version].items():
            target = contract.target(name, period.name)
            counts_there = whole(found, period.name)
            if target is not None and counts_there is not None:
                rate = rates[contract.version].get((name, period.name))
                mine[name] = Judgeable(target, counts_there, rate, relieved=name in free)
        begun.append(Begun(period, contract, mine, at.state(period.end) == "closed"))
    verdicts = judge_term((one.contract, one.counted) for one in begun)
    decided = {one.period.name: found for one, found in zip(begun, verdicts, strict=True)}
    return Judged(counts, tuple(begun), decided)


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
