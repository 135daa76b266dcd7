"""What the parties did about a period: report handed in and answered, relief approved by each side, services
ordered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from duckdb import DuckDBPyConnection

from contract import Contract, Period
from contract.settlement import Relieved
from contract.settlement.facts import Ground
from survey.characters import says_nothing, unfit_character
from warehouse.as_of import as_of
from warehouse.audit.chain import record
from warehouse.calendar import local_day, to_stored, utc_now
from warehouse.contracts import LoadedContract, current_contract
from warehouse.evidence.basis import EVERYTHING, Basis
from warehouse.sql import sql
from warehouse.surveys import EXAMPLE_SETTING
from warehouse.wordings import refusal

if TYPE_CHECKING:
    from warehouse.database import Warehouse

Side = Literal["A", "B"]
Answer = Literal["approved", "returned"]
_MOST_ORDERS = 1_000_000
MOST_COMMENT = 2_000  # characters
_WITHOUT_GOVERNANCE = 30  # days, as contract/RULES.md says


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """What party A said to a report on a local day; `figures` is the fingerprint of the figures it saw."""

    day: date
    answer: Answer
    comment: str
    figures: str


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What is known of one period: the local day of its first report (None: it did not come), relief, orders
    by service.

    `relief` is what each side approved until the period was settled; `approved` what they approved by now,
    `approved_on` the local day of the last approval, by metric. `answers` are party A's to the report, the
    first one first; the last one counts.
    """

    report_day: date | None = None
    relief: tuple[Relieved, ...] = ()
    approved: tuple[Relieved, ...] = ()
    approved_on: Mapping[str, date] = field(default_factory=dict)
    orders: Mapping[str, int] = field(default_factory=dict)
    answers: tuple[ReportAnswer, ...] = ()


def hand_in_report(warehouse: "Warehouse", period: str, contract: str | None = None) -> None:
    """Keep that party B's report on the period came today; here and below, the period of the contract of that
    id, of the one in force when None.

    Raises WarehouseError: "contract-none", "period-unknown", "period-running" while the period is not over.
    """
    terms, today = _contract(warehouse, period, contract), _today(warehouse)
    ends = next(one.end for one in terms.periods if one.name == period)
    if today < ends:
        raise refusal("period-running", period, ends=ends.isoformat())
    _keep(warehouse, terms, period, "report", "", "B", "")


def answer_report(
    warehouse: "Warehouse",
    period: str,
    answer: Answer,
    comment: str,
    figures: str,
    contract: str | None = None,
) -> None:
    """Keep that party A approves the report that came, or gives it back, with its comment.

    `figures` is the fingerprint of what it saw. Raises WarehouseError: "contract-none", "period-unknown",
    "report-none" before a report came, "report-comment" for a text that is too long or cannot be kept, and
    for a report given back without a word.
    """
    terms, comment = _contract(warehouse, period, contract), comment.strip()
    loaded = current_contract(warehouse, contract=contract)
    known = proceedings(warehouse, loaded, _today(warehouse) + timedelta(days=1)) if loaded else {}
    if known.get(period, Proceedings()).report_day is None:
        raise refusal("report-none", period)
    blank = says_nothing(comment)
    if len(comment) > MOST_COMMENT or unfit_character(comment) or (blank and answer == "returned"):
        raise refusal("report-comment", period, most=MOST_COMMENT)
    detail = json.dumps({"comment": "" if blank else comment, "figures": figures}, ensure_ascii=False)
    _keep(warehouse, terms, period, "answer", answer, "A", detail)


def approve_relief(
    warehouse: "Warehouse", period: str, metric: str, ground: str, side: Side, contract: str | None = None
) -> None:
    """Keep that a side sets the target of `metric` free in the period; it counts once all needed sides did.

    Raises WarehouseError: "contract-none", "period-unknown", "relief-none" where the contract knows no relief
    on this ground, "relief-metric" for a metric without a target in the period.
    """
    terms = _contract(warehouse, period, contract)
    relief = terms.spec.relief
    if relief is None or ground not in relief.grounds:
        known = ", ".join(relief.grounds) if relief else "–"
        raise refusal("relief-none", period, ground=ground, known=known)
    if terms.target(metric, period) is None:
        raise refusal("relief-metric", period, metric=metric)
    _keep(warehouse, terms, period, "relief", metric, side, ground)


def withdraw_relief(
    warehouse: "Warehouse", period: str, metric: str, side: Side, contract: str | None = None
) -> None:
    """Keep that a side takes its approval back. Raises WarehouseError: "contract-none", "period-unknown",
    "period-settled" once the period is settled."""
    terms = _contract(warehouse, period, contract)
    _refuse_settled(warehouse, terms, period)
    _keep(warehouse, terms, period, "relief", metric, side, "")


def order_service(
    warehouse: "Warehouse", period: str, service: str, count: int, contract: str | None = None
) -> None:
    """Keep how often an added service was ordered in the period, in all.

    Raises WarehouseError: "contract-none", "period-unknown", "period-settled", "service-unknown" for one that
    is not priced by order, "service-count".
    """
    terms = _contract(warehouse, period, contract)
    _refuse_settled(warehouse, terms, period)
    fees = terms.spec.fees
    known = [one.id for one in fees.added_services if one.per == "order"] if fees else []
    if service not in known:
        raise refusal("service-unknown", period, service=service, known=", ".join(known) or "–")
    if not 0 <= count <= _MOST_ORDERS:
        raise refusal("service-count", period, count=count, most=_MOST_ORDERS)
    _keep(warehouse, terms, period, "order", service, "A", str(count))


def settled_on(contract: Contract, period: Period) -> date:
    """The local day from which the settlement of a period stands: after its report and the objections."""
    governance = contract.spec.governance
    if governance is None:
        return period.end + timedelta(days=_WITHOUT_GOVERNANCE)
    return period.end + timedelta(days=governance.report_due_days + governance.dispute_window_days)


def freed(contract: Contract, known: Proceedings, by_now: bool = False) -> frozenset[str]:
    """The metrics whose relief stands on a ground of the contract and was approved by all it names, until the
    period was settled or by now."""
    relief = contract.spec.relief
    if relief is None:
        return frozenset()
    return frozenset(
        one.metric
        for one in (known.approved if by_now else known.relief)
        if one.ground in relief.grounds and one.approved_by.issuperset(relief.needs)
    )


def proceedings(
    warehouse: "Warehouse", loaded: LoadedContract, until: date, basis: Basis = EVERYTHING
) -> Mapping[str, Proceedings]:
    """What happened before the local day `until`, among the rows of `basis`, by period of the contract."""
    settled = {period.name: settled_on(contract, period) for period, contract in loaded.periods}
    found: dict[str, _Found] = {}
    asked = {"contract": loaded.contract.id, "until": until, "last": basis.last_proceeding}
    rows = warehouse.read("proceedings/all", **asked)
    for period, event, subject, side, detail, day in rows:
        if period in settled:
            found.setdefault(period, _Found(settled[period])).add(event, subject, side, detail, day)
    return {period: each.read() for period, each in found.items()}


_Approvals = dict[tuple[str, str], tuple[Ground, date]]  # by metric and side


class _Found:
    """Gathers the rows of one period, in the order they were kept."""

    def __init__(self, settled: date) -> None:
        self._settled = settled
        self._reports: list[date] = []
        self._in_time: _Approvals = {}
        self._late: _Approvals = {}
        self._orders: dict[str, int] = {}
        self._answers: list[ReportAnswer] = []

    def add(self, event: str, subject: str, side: str, detail: str, day: date) -> None:
        if event == "report":
            self._reports.append(day)
        elif event == "answer":
            said = json.loads(detail)
            answer: Answer = "approved" if subject == "approved" else "returned"
            self._answers.append(ReportAnswer(day, answer, said["comment"], said["figures"]))
        elif event == "order" and day < self._settled:
            self._orders[subject] = int(detail)
        elif event == "relief":
            ground = next((one for one in get_args(Ground) if one == detail), None)
            for approvals in (self._in_time, self._late) if day < self._settled else (self._late,):
                if ground is None:
                    approvals.pop((subject, side), None)
                else:
                    approvals[subject, side] = ground, day

    def read(self) -> Proceedings:
        days: dict[str, date] = {}
        for (metric, _), (_, day) in self._late.items():
            days[metric] = max(day, days.get(metric, day))
        report = min(self._reports, default=None)
        in_time, by_now = _relief(self._in_time), _relief(self._late)
        return Proceedings(report, in_time, by_now, days, self._orders, tuple(self._answers))


def _relief(approvals: _Approvals) -> tuple[Relieved, ...]:
    sides: dict[tuple[str, Ground], set[str]] = {}
    for (metric, side), (ground, _) in approvals.items():
        sides.setdefault((metric, ground), set()).add(side)
    return tuple(Relieved(metric, ground, frozenset(found)) for (metric, ground), found in sides.items())


def _refuse_settled(warehouse: "Warehouse", contract: Contract, period: str) -> None:
    day = next(settled_on(contract, one) for one in contract.periods if one.name == period)
    if _today(warehouse) >= day:
        raise refusal("period-settled", period, day=day.isoformat())


def _contract(warehouse: "Warehouse", period: str, contract: str | None) -> Contract:
    loaded = current_contract(warehouse, contract=contract)
    if loaded is None:
        raise refusal("contract-none")
    known = {one.name: version for one, version in loaded.periods}
    if period not in known:
        raise refusal("period-unknown", period, first=next(iter(known)), last=list(known)[-1])
    return known[period]


def _today(warehouse: "Warehouse") -> date:
    """The local day; in an example warehouse the last one of its figures, where its story has come to."""
    if warehouse.read("core/setting", name=EXAMPLE_SETTING):
        return as_of(warehouse).until - timedelta(days=1)
    return local_day(utc_now(), warehouse.reporting_zone)


def _keep(
    warehouse: "Warehouse", contract: Contract, period: str, event: str, subject: str, side: str, detail: str
) -> None:
    with warehouse.transaction() as cursor:
        store(cursor, contract.id, period, event, subject, side, detail, _today(warehouse), utc_now())
        # What somebody wrote stands with the report; the record of actions says only that they did.
        said = {"kind": event, "on": subject, "side": side, "detail": "" if event == "answer" else detail}
        record(cursor, "proceeding", f"{contract.id} {period}", **said)


def store(
    cursor: DuckDBPyConnection,
    contract: str,
    period: str,
    event: str,
    subject: str,
    side: str,
    detail: str,
    day: date,
    recorded_at: datetime,
) -> None:
    """Keep one row as part of the caller's transaction."""
    row = {"contract": contract, "period": period, "event": event, "subject": subject, "side": side}
    row |= {"detail": detail}
    cursor.execute(sql("proceedings/insert"), {**row, "day": day, "recorded_at": to_stored(recorded_at)})
