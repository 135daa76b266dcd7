"""What the parties did about a period: report handed in, relief approved by each side, services ordered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from duckdb import DuckDBPyConnection

from contract import Contract
from contract.settlement import Relieved
from contract.settlement.facts import Ground
from warehouse.as_of import as_of
from warehouse.calendar import local_day, to_stored, utc_now
from warehouse.contracts import current_contract
from warehouse.sql import sql
from warehouse.surveys import EXAMPLE_SETTING
from warehouse.wordings import refusal

if TYPE_CHECKING:
    from warehouse.database import Warehouse

Side = Literal["A", "B"]
_MOST_ORDERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What is known of one period: the local day of its report (None: it did not come), relief by metric,
    orders by service. `relieved_on` is the local day on which the last side approved."""

    report_day: date | None = None
    relief: tuple[Relieved, ...] = ()
    relieved_on: Mapping[str, date] | None = None
    orders: Mapping[str, int] | None = None


def hand_in_report(warehouse: "Warehouse", period: str) -> None:
    """Keep that party B's report on the period came today.

    Raises WarehouseError: "contract-none", "period-unknown", "period-running" while the period is not over.
    """
    contract, today = _contract(warehouse, period), _today(warehouse)
    ends = next(one.end for one in contract.periods if one.name == period)
    if today < ends:
        raise refusal("period-running", period, ends=ends.isoformat())
    _keep(warehouse, contract, period, "report", "", "B", "")


def approve_relief(warehouse: "Warehouse", period: str, metric: str, ground: str, side: Side) -> None:
    """Keep that a side sets the target of `metric` free in the period; it counts once all needed sides did.

    Raises WarehouseError: "contract-none", "period-unknown", "relief-none" where the contract knows no relief
    on this ground, "relief-metric" for a metric without a target in the period.
    """
    contract = _contract(warehouse, period)
    relief = contract.spec.relief
    if relief is None or ground not in relief.grounds:
        known = ", ".join(relief.grounds) if relief else "–"
        raise refusal("relief-none", period, ground=ground, known=known)
    if contract.target(metric, period) is None:
        raise refusal("relief-metric", period, metric=metric)
    _keep(warehouse, contract, period, "relief", metric, side, ground)


def withdraw_relief(warehouse: "Warehouse", period: str, metric: str, side: Side) -> None:
    """Keep that a side takes its approval back. Raises WarehouseError: "contract-none", "period-unknown"."""
    _keep(warehouse, _contract(warehouse, period), period, "relief", metric, side, "")


def order_service(warehouse: "Warehouse", period: str, service: str, count: int) -> None:
    """Keep how often an added service was ordered in the period, in all.

    Raises WarehouseError: "contract-none", "period-unknown", "service-unknown" for one that is not priced by
    order, "service-count".
    """
    contract = _contract(warehouse, period)
    fees = contract.spec.fees
    known = [one.id for one in fees.added_services if one.per == "order"] if fees else []
    if service not in known:
        raise refusal("service-unknown", period, service=service, known=", ".join(known) or "–")
    if not 0 <= count <= _MOST_ORDERS:
        raise refusal("service-count", period, count=count, most=_MOST_ORDERS)
    _keep(warehouse, contract, period, "order", service, "A", str(count))


def proceedings(warehouse: "Warehouse", contract: str, until: date) -> Mapping[str, Proceedings]:
    """What happened before the local day `until`, by period."""
    found: dict[str, _Found] = {}
    rows = warehouse.read("proceedings/latest", contract=contract, until=until)
    for period, event, subject, side, detail, day in rows:
        found.setdefault(period, _Found()).add(event, subject, side, detail, day)
    return {period: each.read() for period, each in found.items()}


class _Found:
    """Gathers the rows of one period."""

    def __init__(self) -> None:
        self._report: date | None = None
        self._relief: dict[tuple[str, Ground], dict[str, date]] = {}
        self._orders: dict[str, int] = {}

    def add(self, event: str, subject: str, side: str, detail: str, day: date) -> None:
        if event == "report":
            self._report = day
        elif event == "order":
            self._orders[subject] = int(detail)
        elif event == "relief":
            for ground in get_args(Ground):
                if ground == detail:
                    self._relief.setdefault((subject, ground), {})[side] = day

    def read(self) -> Proceedings:
        relief = tuple(
            Relieved(metric, ground, frozenset(sides)) for (metric, ground), sides in self._relief.items()
        )
        days = {metric: max(sides.values()) for (metric, _), sides in self._relief.items()}
        return Proceedings(self._report, relief, days, self._orders)


def _contract(warehouse: "Warehouse", period: str) -> Contract:
    loaded = current_contract(warehouse)
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
