"""What the parties enter about a period: that the report came and what party A says to it, relief, orders."""

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from duckdb import DuckDBPyConnection

from contract import Contract
from survey.characters import says_nothing, unfit_character
from warehouse.as_of import as_of
from warehouse.audit.chain import record
from warehouse.calendar import local_day, to_stored, utc_now
from warehouse.contracts import LoadedContract, current_contract
from warehouse.proceedings import TAKEN_BACK, Answer, Proceedings, proceedings, settled_on
from warehouse.sql import sql
from warehouse.surveys import EXAMPLE_SETTING
from warehouse.wordings import refusal

if TYPE_CHECKING:
    from warehouse.database import Warehouse

Side = Literal["A", "B"]
_MOST_ORDERS = 1_000_000
MOST_COMMENT = 2_000  # characters
MOST_NAME = 100


def hand_in_report(
    warehouse: "Warehouse",
    period: str,
    contract: str | None = None,
    came: date | None = None,
    figures: str = "",
) -> None:
    """Keep that party B's report on the period came on a local day, today when None; here and below, the
    period of the contract of that id, of the one in force when None.

    After party A's answer it is a new version: of a report that was given back, or of an approved one whose
    `figures` are others by now. Raises WarehouseError: "contract-none", "period-unknown", "period-running"
    for a day before the period is over, "report-day" for one to come, "period-settled" for another day than
    today once it is settled.
    """
    loaded, terms = _loaded(warehouse, period, contract)
    today = local_today(warehouse)
    answered = _known(warehouse, loaded, period).answered
    if answered and answered.answer == "approved" and figures in ("", answered.figures):
        raise refusal("report-approved", period, version=answered.version)
    ends = next(one.end for one in terms.periods if one.name == period)
    if (came or today) < ends:
        raise refusal("period-running", period, ends=ends.isoformat())
    if came is not None and came > today:
        raise refusal("report-day", period, day=came.isoformat())
    if came in (None, today):
        _keep(warehouse, terms, period, "report", "", "B", "")
        return
    _refuse_settled(warehouse, loaded, terms, period)
    _keep(warehouse, terms, period, "report", "", "B", came.isoformat())


def take_back_report(warehouse: "Warehouse", period: str, contract: str | None = None) -> None:
    """Keep that the report did not come on the day entered, which was a mistake. Raises WarehouseError:
    "contract-none", "period-unknown", "period-settled", "report-answered" once party A answered it."""
    loaded, terms = _loaded(warehouse, period, contract)
    if answered := _known(warehouse, loaded, period).answered:
        raise refusal("report-answered", period, version=answered.version)
    _refuse_settled(warehouse, loaded, terms, period)
    _keep(warehouse, terms, period, "report", "", "B", TAKEN_BACK)


def answer_report(
    warehouse: "Warehouse",
    period: str,
    answer: Answer,
    name: str,
    comment: str,
    figures: str,
    contract: str | None = None,
) -> None:
    """Keep that somebody of party A, by name, approves the report that came, or gives it back, with a
    comment.

    Each version is answered once. `figures` is the fingerprint of what was seen. Raises WarehouseError:
    "contract-none", "period-unknown", "report-none" before a report came, "report-comment" for a text that is
    too long or cannot be kept, "report-comment-none" for a report given back without a word, "report-name"
    without a name, "report-answered" for a version that has its answer.
    """
    (loaded, terms), comment, name = _loaded(warehouse, period, contract), comment.strip(), name.strip()
    known = _known(warehouse, loaded, period)
    if known.report_day is None:
        raise refusal("report-none", period)
    if known.answered:
        raise refusal("report-answered", period, version=known.version)
    if says_nothing(name) or len(name) > MOST_NAME or unfit_character(name):
        raise refusal("report-name", period, most=MOST_NAME)
    blank = says_nothing(comment)
    if len(comment) > MOST_COMMENT or unfit_character(comment):
        raise refusal("report-comment", period, most=MOST_COMMENT)
    if blank and answer == "returned":
        raise refusal("report-comment-none", period)
    said = {"name": name, "comment": "" if blank else comment, "figures": figures}
    _keep(warehouse, terms, period, "answer", answer, "A", json.dumps(said, ensure_ascii=False))


def approve_relief(
    warehouse: "Warehouse", period: str, metric: str, ground: str, side: Side, contract: str | None = None
) -> None:
    """Keep that a side sets the target of `metric` free in the period; it counts once all needed sides did.

    Raises WarehouseError: "contract-none", "period-unknown", "relief-none" where the contract knows no relief
    on this ground, "relief-metric" for a metric without a target in the period.
    """
    _, terms = _loaded(warehouse, period, contract)
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
    loaded, terms = _loaded(warehouse, period, contract)
    _refuse_settled(warehouse, loaded, terms, period)
    _keep(warehouse, terms, period, "relief", metric, side, "")


def order_service(
    warehouse: "Warehouse", period: str, service: str, count: int, contract: str | None = None
) -> None:
    """Keep how often an added service was ordered in the period, in all.

    Raises WarehouseError: "contract-none", "period-unknown", "period-settled", "service-unknown" for one that
    is not priced by order, "service-count".
    """
    loaded, terms = _loaded(warehouse, period, contract)
    _refuse_settled(warehouse, loaded, terms, period)
    fees = terms.spec.fees
    known = [one.id for one in fees.added_services if one.per == "order"] if fees else []
    if service not in known:
        raise refusal("service-unknown", period, service=service, known=", ".join(known) or "–")
    if not 0 <= count <= _MOST_ORDERS:
        raise refusal("service-count", period, count=count, most=_MOST_ORDERS)
    _keep(warehouse, terms, period, "order", service, "A", str(count))


def _known(warehouse: "Warehouse", loaded: LoadedContract, period: str) -> Proceedings:
    """What happened in the period by the end of today."""
    known = proceedings(warehouse, loaded, local_today(warehouse) + timedelta(days=1))
    return known.get(period, Proceedings())


def _refuse_settled(warehouse: "Warehouse", loaded: LoadedContract, terms: Contract, period: str) -> None:
    """A settled period stands; one that was settled before the contract was known here, once it is sealed."""
    day = next(settled_on(terms, one) for one in terms.periods if one.name == period)
    stands = local_today(warehouse) >= day and day >= loaded.known_since
    if stands or period in loaded.seals:
        raise refusal("period-settled", period, day=day.isoformat())


def _loaded(warehouse: "Warehouse", period: str, contract: str | None) -> tuple[LoadedContract, Contract]:
    """The contract, and the version that the period belongs to."""
    loaded = current_contract(warehouse, contract=contract)
    if loaded is None:
        raise refusal("contract-none")
    known = {one.name: version for one, version in loaded.periods}
    if period not in known:
        raise refusal("period-unknown", period, first=next(iter(known)), last=list(known)[-1])
    return loaded, known[period]


def local_today(warehouse: "Warehouse") -> date:
    """The local day; in an example warehouse the last one of its figures, where its story has come to."""
    if warehouse.read("core/setting", name=EXAMPLE_SETTING):
        return as_of(warehouse).until - timedelta(days=1)
    return local_day(utc_now(), warehouse.reporting_zone)


def _keep(
    warehouse: "Warehouse", contract: Contract, period: str, event: str, subject: str, side: str, detail: str
) -> None:
    with warehouse.transaction() as cursor:
        store(cursor, contract.id, period, event, subject, side, detail, local_today(warehouse), utc_now())
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
