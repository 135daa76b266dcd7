"""The settlements of a contract's closed periods, from what was counted and what the parties did about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from contract import Contract, Period
from contract.deciding import Decided
from contract.settlement import Facts, Result, Settlement, result, settle, what_if
from contract.settlement.ledger import History
from warehouse.as_of import AsOf, as_of
from warehouse.contracts import LoadedContract, current_contract
from warehouse.database import Warehouse
from warehouse.judging import judge_contract
from warehouse.proceedings import Proceedings, proceedings
from warehouse.suppression import SMALLEST, is_small
from warehouse.wordings import refusal


@dataclass(frozen=True, slots=True)
class Ledger:
    """The settlement of one closed period by the `contract` version that it belongs to.

    `settled_on` is the first local day on which nothing changes any more: the report is due and objections
    are over. Until then it is provisional, as answers and approvals still come in.
    """

    period: Period
    contract: Contract
    settlement: Settlement
    settled_on: date
    is_provisional: bool
    report_due: date | None
    proceedings: Proceedings


@dataclass(frozen=True, slots=True)
class Settlements:
    """The ledgers in the order of the periods; `as_of` is aware."""

    contract: Contract
    is_example: bool
    as_of: datetime
    ledgers: tuple[Ledger, ...]


def settlements(warehouse: Warehouse, instant: datetime | None = None) -> Settlements | None:
    """Every closed period settled, as of an aware instant, now when None.

    None when no contract is loaded or it names no fees. Raises the errors of `judging.judge_contract`.
    """
    at = as_of(warehouse, instant)
    loaded = current_contract(warehouse, at.until - timedelta(days=1))
    if loaded is None or loaded.contract.spec.fees is None:
        return None
    done = proceedings(warehouse, loaded.contract.id, at.until)
    ledgers: list[Ledger] = []
    history: History | None = None
    for facts, contract, decided in _begun(warehouse, loaded, at, done):
        if at.state(facts.period.end) != "closed":
            break
        settled = settle(contract, facts, history)
        history = settled.history
        known = done.get(facts.period.name, Proceedings())
        day = settled_on(contract, facts.period)
        ledgers.append(
            Ledger(
                facts.period,
                contract,
                settled.withholding(_few(decided), SMALLEST),
                day,
                at.until <= day,
                _report_due(contract, facts.period),
                known,
            )
        )
    return Settlements(loaded.contract, loaded.is_example, at.instant, tuple(ledgers))


def what_if_ledger(
    warehouse: Warehouse, period: str, metric: str, figure: Decimal, n: int, instant: datetime | None = None
) -> Settlement:
    """The ledger of a period begun, had `metric` come to `figure` from `n` answers; nothing is written.

    In a running period the other targets stand as if it closed now. Raises WarehouseError: "contract-none",
    "period-unknown" for a period that has not begun, "what-if" for a metric without target or a figure that
    no answers give.
    """
    at = as_of(warehouse, instant)
    loaded = current_contract(warehouse, at.until - timedelta(days=1))
    if loaded is None or loaded.contract.spec.fees is None:
        raise refusal("contract-none")
    history: History | None = None
    names: list[str] = []
    done = proceedings(warehouse, loaded.contract.id, at.until)
    for facts, contract, _ in _begun(warehouse, loaded, at, done):
        names.append(facts.period.name)
        if facts.period.name == period:
            try:
                return what_if(contract, facts, metric, figure, n, history)
            except (KeyError, ValueError) as error:
                raise refusal("what-if", metric, figure=figure, n=n) from error
        history = settle(contract, facts, history).history
    first, last = (names[0], names[-1]) if names else ("–", "–")
    raise refusal("period-unknown", period, first=first, last=last)


def settled_on(contract: Contract, period: Period) -> date:
    """The local day from which the settlement of a period stands: after report and objections."""
    governance = contract.spec.governance
    if governance is None:
        return period.end
    return period.end + timedelta(days=governance.report_due_days + governance.dispute_window_days)


def _report_due(contract: Contract, period: Period) -> date | None:
    """The last local day for the report on a period; None where the contract asks for none."""
    governance = contract.spec.governance
    return period.end + timedelta(days=governance.report_due_days - 1) if governance else None


def _begun(
    warehouse: Warehouse, loaded: LoadedContract, at: AsOf, done: Mapping[str, Proceedings]
) -> Iterator[tuple[Facts, Contract, Mapping[str, Decided]]]:
    """The periods begun, in order: what their settlement starts from, their version, their verdicts."""
    judged = judge_contract(warehouse, loaded, at)
    versions = [(period, one) for period, one in loaded.periods if at.begun(period.start)]
    for period, contract in versions:
        decided = judged.closed.get(period.name) or judged.as_if_closed(contract, period.name)
        known = done.get(period.name, Proceedings())
        due = _report_due(contract, period)
        reported = (
            due is None
            or at.until <= due + timedelta(days=1)
            or (known.report_day is not None and known.report_day <= due)
        )
        yield (
            Facts(
                period=period,
                results={metric: _result(one) for metric, one in decided.items()},
                reported=reported,
                relief=tuple(
                    one for one in known.relief if _day_of(known, one.metric) < settled_on(contract, period)
                ),
                returned=tuple(_returned(versions, period, done)),
                orders=dict(known.orders or {}),
            ),
            contract,
            decided,
        )


def _result(decided: Decided) -> Result:
    found = result(decided.verdict.target, decided.counts, decided.verdict)
    return replace(found, carried=decided.carried)


def _returned(
    versions: Sequence[tuple[Period, Contract]], period: Period, done: Mapping[str, Proceedings]
) -> Iterator[tuple[str, str]]:
    """(period, metric) of earlier misses whose relief was approved by all, after their settlement, in this
    period."""
    for earlier, contract in versions:
        relief = contract.spec.relief
        if earlier.start >= period.start or relief is None:
            continue
        known = done.get(earlier.name, Proceedings())
        for one in known.relief:
            day = _day_of(known, one.metric)
            complete = one.ground in relief.grounds and one.approved_by.issuperset(relief.needs)
            if complete and day >= settled_on(contract, earlier) and period.start <= day < period.end:
                yield earlier.name, one.metric


def _day_of(known: Proceedings, metric: str) -> date:
    return (known.relieved_on or {}).get(metric, date.min)


def _few(decided: Mapping[str, Decided]) -> frozenset[str]:
    """The metrics that fewer answered than may be shown."""
    sizes = {metric: one.verdict.estimate.n for metric, one in decided.items()}
    return frozenset(metric for metric, n in sizes.items() if n and is_small(n))
