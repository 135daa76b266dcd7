"""What was counted for every target of a contract, and the verdicts on its closed periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from contract import Contract, Estimate, MetricUse, Period
from contract.counts import CensusCounts, Counts
from contract.deciding import Counted as Judgeable
from contract.deciding import Decided, judge_term
from contract.verdict import Word
from warehouse.as_of import AsOf
from warehouse.contracts import LoadedContract
from warehouse.counting import Counted, count, index_counts
from warehouse.database import Warehouse
from warehouse.evidence.basis import EVERYTHING, Basis
from warehouse.evidence.problems import refusal
from warehouse.evidence.sealed import Seal
from warehouse.metrics import Metric, agreed, metric
from warehouse.proceedings import freed, proceedings

_RESPONSE_RATE = "response_rate"


@dataclass(frozen=True, slots=True)
class Begun:
    """A period that has begun, the version it belongs to, and what its targets are judged by, by metric: what
    was sealed, where a `seal` was put on it."""

    period: Period
    contract: Contract
    counted: Mapping[str, Judgeable]
    is_closed: bool
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """What came for a target after its period was sealed, which changes nothing.

    `more` answers, those of the period alone: None for a metric counted in full, negative where answers were
    erased. `estimate` and `word` are what the period would come to with them, and with what it is pooled
    with.
    """

    more: int | None
    estimate: Estimate
    word: Word


@dataclass(frozen=True, slots=True)
class Judged:
    """`counts` by version and metric, with every segment; the periods begun, and by period and metric what
    they come to: of the running one what it would come to, did it close now. Of sealed periods all is as it
    was sealed; `late` holds, by period and metric, what came since; `known_since` is that of the contract.

    Nothing is withheld here: who shows it to people does that.
    """

    counts: Mapping[int, Mapping[str, tuple[Metric, tuple[Counted, ...]]]]
    begun: tuple[Begun, ...]
    decided: Mapping[str, Mapping[str, Decided]]
    late: Mapping[tuple[str, str], Late] = field(default_factory=dict)
    known_since: date = date.min

    def closed(self, period: str, metric: str) -> Decided | None:
        """The verdict on a target of a closed period; None for one that runs, or without target."""
        closed = any(one.period.name == period and one.is_closed for one in self.begun)
        return self.decided[period].get(metric) if closed else None


@dataclass(frozen=True, slots=True)
class CountedTerm:
    """What was counted for contracts, by their hash: every metric with its counts, and response rates by
    metric and period."""

    counts: Mapping[str, Mapping[str, tuple[Metric, tuple[Counted, ...]]]]
    rates: Mapping[str, Mapping[tuple[str, str], Decimal | Fraction]]


def count_term(warehouse: Warehouse, loaded: LoadedContract, at: AsOf, basis: Basis) -> CountedTerm:
    """Count for every version that a period begun belongs to, from the rows of `basis`. Raises as
    `judge_contract`."""
    versions = {one.sha256: one for period, one in loaded.periods if at.begun(period.start)}
    return CountedTerm(
        {sha256: _counts(warehouse, one, at, basis) for sha256, one in versions.items()},
        {sha256: _response_rates(warehouse, one, at, basis) for sha256, one in versions.items()},
    )


def judge_contract(
    warehouse: Warehouse,
    loaded: LoadedContract,
    at: AsOf,
    basis: Basis = EVERYTHING,
    seals: Mapping[str, Seal] | None = None,
    known: CountedTerm | None = None,
) -> Judged:
    """Count and judge every period begun, each by the version it belongs to, from the rows of `basis`; those
    with one of `seals`, all of the contract when None, stand as they were sealed.

    A seal counts from the day on which the period is settled. `known` is what `count_term` gave for
    the same day and basis, so that it is not counted again. Raises WarehouseError: "metric-unknown" and
    "metric-kind" when contract and catalogue disagree, "seal-broken", and those of `counting.count`.
    """
    if basis != EVERYTHING or seals is not None or known is not None:
        known = known or count_term(warehouse, loaded, at, basis)
        return _judge(warehouse, loaded, at, basis, loaded.seals if seals is None else seals, known)
    # The seals too: `loaded` may have been read before the last commit.
    terms = (*(each.sha256 for each in loaded.versions), *(each.sha256 for each in loaded.seals.values()))
    key = ("judged", terms, loaded.contract.version, at.moment)
    return warehouse.while_unchanged(
        key,
        lambda: _judge(warehouse, loaded, at, basis, loaded.seals, count_term(warehouse, loaded, at, basis)),
    )


def _judge(
    warehouse: Warehouse,
    loaded: LoadedContract,
    at: AsOf,
    basis: Basis,
    there: Mapping[str, Seal],
    known: CountedTerm,
) -> Judged:
    periods = [(period, contract) for period, contract in loaded.periods if at.begun(period.start)]
    versions = {one.version: one for _, one in periods}
    if not known.counts.keys() >= {one.sha256 for one in versions.values()}:
        known = count_term(warehouse, loaded, at, basis)
    counts = {version: known.counts[one.sha256] for version, one in versions.items()}
    rates = {version: known.rates[one.sha256] for version, one in versions.items()}
    done = proceedings(warehouse, loaded, at.until, basis)
    now = []
    for period, contract in periods:
        mine: dict[str, Judgeable] = {}
        free = freed(contract, done[period.name]) if period.name in done else frozenset()
        for name, (_, found) in counts[contract.version].items():
            target = contract.target(name, period.name)
            counts_there = whole(found, period.name)
            if target is not None and counts_there is not None:
                rate = rates[contract.version].get((name, period.name))
                mine[name] = Judgeable(target, counts_there, rate, relieved=name in free)
        now.append(Begun(period, contract, mine, at.state(period.end) == "closed"))
    seals = {name: seal for name, seal in there.items() if seal.sealed.settled_on < at.until}
    for name, seal in seals.items():
        if not seal.is_whole:
            raise refusal("seal-broken", name)
    begun = [_as_sealed(one, seals.get(one.period.name)) for one in now]
    decided = {
        one.period.name: _decided_then(one.seal) if one.seal else found
        for one, found in zip(begun, _judged(begun), strict=True)
    }
    kept = {version: _counts_then(mine, seals) for version, mine in counts.items()}
    return Judged(kept, tuple(begun), decided, _late(now, begun), loaded.known_since)


def _judged(begun: Sequence[Begun]) -> tuple[Mapping[str, Decided], ...]:
    return judge_term((one.contract, one.counted) for one in begun)


def _as_sealed(one: Begun, seal: Seal | None) -> Begun:
    """The period with what its targets were judged by when it was sealed."""
    if seal is None:
        return one
    counted = {}
    for name, then in seal.sealed.targets.items():
        target = one.contract.target(name, one.period.name)
        if target is not None:
            counted[name] = Judgeable(target, then.counts, then.response_rate, then.relieved)
    return replace(one, counted=counted, seal=seal)


def _decided_then(seal: Seal) -> Mapping[str, Decided]:
    return {name: then.decided for name, then in seal.sealed.targets.items()}


def _counts_then(
    counts: Mapping[str, tuple[Metric, tuple[Counted, ...]]], seals: Mapping[str, Seal]
) -> Mapping[str, tuple[Metric, tuple[Counted, ...]]]:
    """The counts, of sealed periods those that were sealed."""
    found = {}
    for name, (shown, mine) in counts.items():
        then = [
            Counted(period, segment, each)
            for period, seal in seals.items()
            for segment, each in seal.sealed.counted.get(name, {}).items()
        ]
        found[name] = shown, (*(each for each in mine if each.period not in seals), *then)
    return found


def _late(now: Sequence[Begun], begun: Sequence[Begun]) -> Mapping[tuple[str, str], Late]:
    """What has come for sealed periods since, worked out only where something did."""
    changed = [
        (place, name)
        for place, (fresh, sealed) in enumerate(zip(now, begun, strict=True))
        for name, each in sealed.counted.items()
        if sealed.seal and name in fresh.counted and fresh.counted[name].counts != each.counts
    ]
    if not changed:
        return {}
    judged = _judged(now)
    found = {}
    for place, name in changed:
        verdict = judged[place][name].verdict
        more = _n(now[place].counted[name].counts, begun[place].counted[name].counts)
        found[now[place].period.name, name] = Late(more, verdict.estimate, verdict.word)
    return found


def _n(now: Counts, then: Counts) -> int | None:
    """How many more answers there are now than there were then; None for what is counted in full."""
    if isinstance(now, CensusCounts) or isinstance(then, CensusCounts):
        return None
    return now.n - then.n


def whole(counted: Sequence[Counted], period: str) -> Counts | None:
    """The counts of everybody in a period; None without any."""
    return next((one.counts for one in counted if one.period == period and one.segment == ""), None)


def _counts(
    warehouse: Warehouse, contract: Contract, at: AsOf, basis: Basis
) -> dict[str, tuple[Metric, tuple[Counted, ...]]]:
    """Every metric of the contract with its counts, by its name there; an index after what it is made of."""
    found: dict[str, tuple[Metric, tuple[Counted, ...]]] = {}
    for use in contract.metrics:
        if use.kind != "index":
            shown = agreed(use)
            found[use.metric] = shown, count(warehouse, shown, contract.sha256, use, at, basis)
    for use in contract.metrics:
        if use.kind == "index":
            parts = {part.metric: found[part.metric][1] for part in use.components}
            found[use.metric] = agreed(use), index_counts(use, parts)
    return found


def _response_rates(
    warehouse: Warehouse, contract: Contract, at: AsOf, basis: Basis
) -> dict[tuple[str, str], Decimal | Fraction]:
    """By metric and period, in percent of those invited; only where the contract asks for a least rate and
    somebody was invited."""
    asking = {terms.metric for terms in contract.spec.targets if terms.decision.min_response_rate is not None}
    surveys = {use.metric: use.survey for use in contract.metrics if use.metric in asking and use.survey}
    rates: dict[tuple[str, str], Decimal | Fraction] = {}
    for name, survey in surveys.items():
        shown = metric(_RESPONSE_RATE)
        use = MetricUse(id=name, kind=shown.kind, direction=shown.direction, clause="1", survey=survey)
        for each in count(warehouse, shown, contract.sha256, use, at, basis):
            if each.segment == "" and isinstance(each.counts, CensusCounts) and each.counts.opening:
                rates[name, each.period] = Fraction(100 * each.counts.closing, each.counts.opening)
    return rates
