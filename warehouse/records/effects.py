"""Improvement measures beside the figure they should move: the period before, the period after, and the
difference with its interval. It says what changed, never why."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from contract import Contract, Estimate, Period, estimate
from contract.counts import Counts
from contract.statistics import Difference, difference
from warehouse.access import Role
from warehouse.as_of import AsOf, as_of
from warehouse.contracts import LoadedContract, current_contract
from warehouse.judging import judge_contract, whole
from warehouse.metrics import Metric
from warehouse.records.catalogue import record_type, record_types
from warehouse.records.figures import figures
from warehouse.records.reading import Asked, Row, find
from warehouse.suppression import is_small

if TYPE_CHECKING:
    from warehouse.database import Warehouse

KIND = "improvement_action"


@dataclass(frozen=True, slots=True)
class Side:
    """The figure of one period. `estimate` is in the metric's unit, None where nothing was counted or fewer
    than 5 answered."""

    period: Period
    estimate: Estimate | None


@dataclass(frozen=True, slots=True)
class Effect:
    """A measure that was done, and its figure in the last period that was over by then and in the first that
    began on that day or later; the period in which it was done belongs to neither.

    `metric` is None where the contract and the records count none of the name `named`. `after` and `before`
    are None where there is no such closed period; `known_from` is the day on which there will be one.
    `change` (after less before, in the metric's unit) is None where either figure is missing; its interval is
    None where all was counted and nothing sampled, or none can be given.
    """

    row: Row
    done_on: date
    named: str
    metric: Metric | None
    before: Side | None
    after: Side | None
    known_from: date | None
    change: float | None
    interval: Difference | None

    @property
    def is_proven(self) -> bool:
        """Whether the two differ by more than chance."""
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high

    @property
    def is_better(self) -> bool:
        """Whether the figure moved to its good side."""
        up = (self.change or 0) > 0
        return bool(self.change) and self.metric is not None and up == (self.metric.direction == "higher")


def effects(
    warehouse: "Warehouse", role: Role, most: int = 50, contract: str | None = None
) -> tuple[Effect, ...]:
    """The measures that name a figure and are done, the latest first; none without a contract or for a role
    that may not see them. Raises the errors of `judging.judge_contract`."""
    kind, at = record_type(KIND), as_of(warehouse)
    loaded = current_contract(warehouse, at.until - timedelta(days=1), contract)
    if loaded is None or not kind.seen_by(role):
        return ()
    rows = find(warehouse, kind, role, Asked(most=most)).rows
    counted = _Counted(warehouse, loaded, at, contract)
    return tuple(_effect(row, counted) for row in rows if _done(row) and row.values["metric"])


class _Counted:
    """The counts of every metric that the contract or a record type counts, by period."""

    def __init__(
        self, warehouse: "Warehouse", loaded: LoadedContract, at: AsOf, contract: str | None
    ) -> None:
        closed = {period: at.state(period.end) == "closed" for period, _ in loaded.periods}
        self.periods = [(period, version, closed[period]) for period, version in loaded.periods]
        self._judged = judge_contract(warehouse, loaded, at).counts
        self._recorded = {
            each.metric.name: each for kind in record_types() for each in figures(warehouse, kind, contract)
        }

    def metric(self, name: str) -> Metric | None:
        """The metric of that name in the contract, else among those of records."""
        for mine in self._judged.values():
            if name in mine:
                return mine[name][0]
        return self._recorded[name].metric if name in self._recorded else None

    def counts(self, name: str, period: Period, version: Contract) -> Counts | None:
        """What was counted of everybody in the period."""
        mine = self._judged.get(version.version, {})
        if name in mine:
            return whole(mine[name][1], period.name)
        found = self._recorded.get(name)
        return dict(found.periods).get(period.name) if found else None


def _effect(row: Row, counted: _Counted) -> Effect:
    done, named = _done(row), str(row.values["metric"])
    if done is None:
        raise ValueError("only what was done has an effect")
    metric = counted.metric(named)
    earlier = [(period, version) for period, version, _ in counted.periods if period.end <= done]
    following = [each for each in counted.periods if each[0].start >= done]
    later = [(period, version) for period, version, closed in following if closed]
    coming = [period for period, _, closed in following if not closed]
    before = _side(named, *earlier[-1], counted) if metric and earlier else None
    after = _side(named, *later[0], counted) if metric and later else None
    known_from = coming[0].end if after is None and coming else None
    first, second = (side.estimate if side else None for side in (after, before))
    change, interval = _change(first, second)
    return Effect(row, done, named, metric, before, after, known_from, change, interval)


def _side(name: str, period: Period, version: Contract, counted: _Counted) -> Side:
    counts = counted.counts(name, period, version)
    figure = estimate(counts) if counts is not None else None
    if figure is None or figure.value is None or (figure.n is not None and is_small(figure.n)):
        return Side(period, None)
    return Side(period, figure)


def _change(after: Estimate | None, before: Estimate | None) -> tuple[float | None, Difference | None]:
    """After less before, with the interval of two independent samples: MOVER, for shares Newcombe's."""
    if after is None or before is None or after.value is None or before.value is None:
        return None, None
    if any(each.low is None or each.high is None for each in (after, before)):
        return after.value - before.value, None
    found = difference(after, before)
    return found.value, found


def _done(row: Row) -> date | None:
    done = row.values["done_on"]
    return done if isinstance(done, date) else None
