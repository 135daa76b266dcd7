"""The scorecard: every target of the contract in every period begun, with its counts and what they mean."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contract import (
    Contract,
    Counts,
    Estimate,
    MetricUse,
    Period,
    Target,
    Verdict,
    estimate,
    live_status,
    withheld,
)
from contract.deciding import Decided
from warehouse.as_of import AsOf, State, as_of
from warehouse.calendar import utc_now
from warehouse.contracts import LoadedContract, current_contract
from warehouse.counting import Counted
from warehouse.database import Warehouse
from warehouse.evidence.sealed import Seal
from warehouse.judging import Late, judge_contract
from warehouse.left_out import left_out
from warehouse.metrics import Metric
from warehouse.suppression import SMALLEST, is_small, suppress


@dataclass(frozen=True, slots=True)
class Row:
    """One target in one period. `clause` is the clause's number, `segment` "" for everybody.

    `verdict` carries estimate, target and reason; final for a closed period, a status for a running one.
    Counts and estimate are those that decided: after pooling also of the periods before.
    Where fewer than 5 answered, `counts` is None and the verdict carries no figure. `pooled` names these
    periods; `carried`: it decides nothing yet and goes into the next one. With a `seal` all is as it was
    sealed, `late` says what came since. `left_out` counts what is in the figure neither way yet. `version`
    is that of the contract which the period belongs to.
    """

    metric: Metric
    clause: str
    period: Period
    state: State
    segment: str
    counts: Counts | None
    verdict: Verdict
    version: int
    pooled: tuple[str, ...] = ()
    carried: bool = False
    seal: Seal | None = None
    late: Late | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class TierRow:
    """The same figure of one tier, for reading only: the contract sets its targets for everybody.

    `estimate` is in the metric's unit; it is None where the tier is suppressed as too small.
    """

    metric: Metric
    period: Period
    state: State
    tier: str
    estimate: Estimate | None
    version: int
    seal: Seal | None = None

    @property
    def suppressed(self) -> bool:
        """Whether the tier is not shown because it, or another one, is too small."""
        return self.estimate is None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Rows in the order of the contract's metrics, then by period. Instants are aware.

    `contract` is the version in force; a period of an earlier one is judged by that one's targets.
    """

    contract: Contract
    is_example: bool
    as_of: datetime
    generated_at: datetime
    rows: tuple[Row, ...]
    tiers: tuple[TierRow, ...]

    @property
    def latest(self) -> tuple[tuple[Row | None, Row | None], ...]:
        """For each metric its latest closed and its running row; None where there is none."""
        latest: dict[str, list[Row | None]] = {}
        for row in self.rows:
            latest.setdefault(row.metric.name, [None, None])[row.state == "running"] = row
        return tuple((closed, running) for closed, running in latest.values())


def scorecard(
    warehouse: Warehouse, instant: datetime | None = None, contract: str | None = None
) -> Scorecard | None:
    """The scorecard of the contract of that id, else of the one in force, as of an aware instant, now when
    None; None when it is not loaded.

    Raises WarehouseError: "metric-unknown" and "metric-kind" when contract and catalogue disagree,
    and those of `counting.count`.
    """
    at = as_of(warehouse, instant)
    loaded = current_contract(warehouse, at.until - timedelta(days=1), contract)
    if loaded is None:
        return None
    rows: list[Row] = []
    tiers: list[TierRow] = []
    judged = judge_contract(warehouse, loaded, at)
    seals = {one.period.name: one.seal for one in judged.begun}
    for version, use, periods in _uses(loaded, at):
        shown, counted = judged.counts[version.version][use.metric]
        sealed = {each.name: seal for each in periods if (seal := seals[each.name])}
        aside = left_out(warehouse, shown, version.sha256, at, sealed)
        for period in periods:
            target = version.target(use.metric, period.name)
            if target is None:
                continue
            mine = {each.segment: each for each in counted if each.period == period.name}
            decided = judged.closed(period.name, use.metric)
            if decided is None:
                elapsed = period.elapsed(at.instant, version.term.timezone)
                decided = Decided(live_status(target, mine[""].counts, elapsed), mine[""].counts)
            row = _row(shown, target, decided, at, version.version)
            seal, late = seals[period.name], judged.late.get((period.name, use.metric))
            late = None if row.counts is None else late
            rows.append(replace(row, seal=seal, late=late, left_out=aside.get(period.name, 0)))
            tiers += [replace(each, seal=seal) for each in _tiers(shown, period, at, mine, version.version)]
    return Scorecard(loaded.contract, loaded.is_example, at.instant, utc_now(), tuple(rows), tuple(tiers))


def _uses(loaded: LoadedContract, at: AsOf) -> Iterator[tuple[Contract, MetricUse, list[Period]]]:
    """Metric by metric, each version with the periods that belong to it and have begun; the metrics in the
    order of the version in force, then those that only other versions have."""
    versions = (loaded.contract, *loaded.versions)
    names = dict.fromkeys(use.metric for version in versions for use in version.metrics)
    for name in names:
        for version in loaded.versions:
            mine = [period for period, one in loaded.periods if one is version and at.begun(period.start)]
            use = next((use for use in version.metrics if use.metric == name), None)
            if use is not None and mine:
                yield version, use, mine


def _row(shown: Metric, target: Target, decided: Decided, at: AsOf, version: int) -> Row:
    period, verdict = target.period, decided.verdict
    counts: Counts | None = decided.counts
    if is_small(verdict.estimate.n or 0):
        verdict, counts = withheld(verdict, SMALLEST), None
    state, pool = at.state(period.end), (decided.pooled, decided.carried)
    return Row(shown, target.clause, period, state, "", counts, verdict, version, *pool)


def _tiers(
    shown: Metric, period: Period, at: AsOf, counted: dict[str, Counted], version: int
) -> Iterator[TierRow]:
    counts = {segment: each.counts for segment, each in counted.items()}
    figures = {segment: estimate(each) for segment, each in counts.items()}
    sizes = {segment: figure.n for segment, figure in figures.items() if segment and figure.n is not None}
    total = figures[""].n
    for group in suppress(sizes, total):
        figure = None if group.suppressed else figures[group.name]
        yield TierRow(shown, period, at.state(period.end), group.name, figure, version)
