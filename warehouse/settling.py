"""The settlements of a contract's closed periods, from what was counted and what the parties did about it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from contract import Contract, Period
from contract.deciding import Decided
from contract.settlement import Facts, Settlement, decided_result, settle, what_if
from contract.settlement.history import History
from warehouse.as_of import AsOf, as_of
from warehouse.contracts import current_contract
from warehouse.database import Warehouse
from warehouse.evidence.sealed import Seal
from warehouse.judging import Begun, Judged, judge_contract
from warehouse.proceedings import Proceedings, freed, proceedings, settled_on
from warehouse.suppression import SMALLEST, is_small
from warehouse.wordings import refusal


@dataclass(frozen=True, slots=True)
class Ledger:
    """The settlement of one closed period by the `contract` version that it belongs to.

    `settled_on` is the first local day on which nothing changes any more: the report is due and objections
    are over. Until then it is provisional, as answers and approvals still come in. With a `seal` it is as it
    was sealed; `late` is how many of its targets something came for since. `is_open`: reports, orders and
    relief may still be entered, since it is provisional, or was settled before the contract was loaded and is
    not sealed.
    """

    period: Period
    contract: Contract
    settlement: Settlement
    settled_on: date
    is_provisional: bool
    report_due: date | None
    proceedings: Proceedings
    seal: Seal | None = None
    late: int = 0
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Settlements:
    """The ledgers in the order of the periods; `as_of` is aware."""

    contract: Contract
    is_example: bool
    as_of: datetime
    ledgers: tuple[Ledger, ...]


def settlements(
    warehouse: Warehouse, instant: datetime | None = None, contract: str | None = None
) -> Settlements | None:
    """Every closed period of the contract of that id, else of the one in force, settled as of an aware
    instant, now when None.

    None when it is not loaded or names no fees. Raises the errors of `judging.judge_contract`.
    """
    at = as_of(warehouse, instant)
    loaded = current_contract(warehouse, at.until - timedelta(days=1), contract)
    if loaded is None or loaded.contract.spec.fees is None:
        return None
    done = proceedings(warehouse, loaded, at.until)
    judged = judge_contract(warehouse, loaded, at)
    late = Counter(period for period, _ in judged.late)
    ledgers = []
    for one, settled in settle_closed(judged, at, done):
        day = settled_on(one.contract, one.period)
        ledgers.append(
            Ledger(
                one.period,
                one.contract,
                settled.withholding(_few(judged.decided[one.period.name]), SMALLEST),
                day,
                at.until <= day,
                _report_due(one.contract, one.period),
                done.get(one.period.name, Proceedings()),
                one.seal,
                late[one.period.name],
                one.seal is None and (at.until <= day or day < loaded.known_since),
            )
        )
    return Settlements(loaded.contract, loaded.is_example, at.instant, tuple(ledgers))


def settle_closed(
    judged: Judged, at: AsOf, done: Mapping[str, Proceedings]
) -> Iterator[tuple[Begun, Settlement]]:
    """The closed periods in order, each from what the one before left: sealed ones as they were sealed, the
    others worked out. Periods of a version without fees are left out."""
    history: History | None = None
    for one in judged.begun:
        if not one.is_closed:
            return
        if one.contract.spec.fees is None:
            continue
        settled = one.seal.sealed.settlement if one.seal else None
        settled = settled or settle(one.contract, _facts(judged, one, at, done), history)
        history = settled.history
        yield one, settled


def what_if_ledger(
    warehouse: Warehouse,
    period: str,
    metric: str,
    figure: Decimal,
    n: int,
    instant: datetime | None = None,
    contract: str | None = None,
) -> Settlement:
    """The ledger of a period begun, had `metric` come to `figure` from `n` answers; nothing is written.

    In a running period the other targets stand as if it closed now. Raises WarehouseError: "contract-none",
    "period-unknown" for a period that has not begun, "what-if" for a metric without target or a figure that
    no answers give.
    """
    at = as_of(warehouse, instant)
    loaded = current_contract(warehouse, at.until - timedelta(days=1), contract)
    if loaded is None or loaded.contract.spec.fees is None:
        raise refusal("contract-none")
    done = proceedings(warehouse, loaded, at.until)
    judged = judge_contract(warehouse, loaded, at)
    names = [one.period.name for one in judged.begun]
    if period not in names:
        first, last = (names[0], names[-1]) if names else ("–", "–")
        raise refusal("period-unknown", period, first=first, last=last)
    *before, asked = judged.begun[: names.index(period) + 1]
    if asked.contract.spec.fees is None:
        raise refusal("what-if", metric, figure=figure, n=n)
    history: History | None = None
    for one, settled in settle_closed(judged, at, done):
        if one.period.start < asked.period.start:
            history = settled.history
    term = [(one.contract, one.counted) for one in (*before, asked)]
    try:
        return what_if(term, _facts(judged, asked, at, done), metric, figure, n, history)
    except (KeyError, ValueError, ArithmeticError) as error:
        raise refusal("what-if", metric, figure=figure, n=n) from error


def _report_due(contract: Contract, period: Period) -> date | None:
    """The last local day for the report on a period; None where the contract asks for none."""
    governance = contract.spec.governance
    return period.end + timedelta(days=governance.report_due_days - 1) if governance else None


def _facts(judged: Judged, one: Begun, at: AsOf, done: Mapping[str, Proceedings]) -> Facts:
    """What the settlement of a period starts from."""
    known = done.get(one.period.name, Proceedings())
    due = _report_due(one.contract, one.period)
    in_time = known.report_day is not None and due is not None and known.report_day <= due
    # A contract loaded after that day says nothing of a report of then, until its day is entered.
    unknown = known.report_day is None and due is not None and due < judged.known_since
    return Facts(
        period=one.period,
        results={metric: decided_result(each) for metric, each in judged.decided[one.period.name].items()},
        reported=due is None or at.until <= due + timedelta(days=1) or in_time or unknown,
        relief=known.relief,
        returned=tuple(_returned(judged, one.period, done)),
        orders=known.orders,
    )


def _returned(judged: Judged, period: Period, done: Mapping[str, Proceedings]) -> Iterator[tuple[str, str]]:
    """(period, metric) of earlier misses whose relief was approved by all, after their settlement, in this
    period."""
    for earlier in judged.begun:
        known = done.get(earlier.period.name, Proceedings())
        for metric in sorted(freed(earlier.contract, known, by_now=True) - freed(earlier.contract, known)):
            if earlier.period.start < period.start and period.start <= known.approved_on[metric] < period.end:
                yield earlier.period.name, metric


def _few(decided: Mapping[str, Decided]) -> frozenset[str]:
    """The metrics that fewer answered than may be shown."""
    sizes = {metric: one.verdict.estimate.n for metric, one in decided.items()}
    return frozenset(metric for metric, n in sizes.items() if n and is_small(n))
