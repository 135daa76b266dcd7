"""What the parties did about each period, from what was entered: report handed in and answered, relief
approved by each side, services ordered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from contract import Contract, Period
from contract.settlement import Relieved
from contract.settlement.facts import Ground
from warehouse.contracts import LoadedContract
from warehouse.evidence.basis import EVERYTHING, Basis

if TYPE_CHECKING:
    from warehouse.database import Warehouse

Answer = Literal["approved", "returned"]
TAKEN_BACK = "taken-back"  # of a report: the day entered was a mistake
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
    found = {each.name: _Found(_last_in_time(loaded, version, each)) for each, version in loaded.periods}
    told = set()
    asked = {"contract": loaded.contract.id, "until": until, "last": basis.last_proceeding}
    rows = warehouse.read("proceedings/all", **asked)
    for number, period, *row in rows:
        if period in found:
            found[period].add(number, *row)
            told.add(period)
    return {period: each.read() for period, each in found.items() if period in told}


def _last_in_time(loaded: LoadedContract, contract: Contract, period: Period) -> tuple[date, int | None]:
    """Until which day, and up to which row, a period may be changed: until it is settled or, where it was
    before the contract was known here, until it is sealed."""
    settled = settled_on(contract, period)
    if settled >= loaded.known_since:
        return settled, None
    seal = loaded.seals.get(period.name)
    return date.max, seal.sealed.basis.last_proceeding if seal else None


_Approvals = dict[tuple[str, str], tuple[Ground, date]]  # by metric and side


class _Found:
    """Gathers the rows of one period, in the order they were kept."""

    def __init__(self, last: tuple[date, int | None]) -> None:
        self._settled, self._last = last
        self._reports: list[date] = []
        self._in_time: _Approvals = {}
        self._late: _Approvals = {}
        self._orders: dict[str, int] = {}
        self._answers: list[ReportAnswer] = []

    def add(self, number: int, event: str, subject: str, side: str, detail: str, day: date) -> None:
        in_time = day < self._settled and (self._last is None or number <= self._last)
        if event == "report" and detail == TAKEN_BACK:
            self._reports.clear()
        elif event == "report":
            self._reports.append(date.fromisoformat(detail) if detail else day)
        elif event == "answer":
            said = json.loads(detail)
            answer: Answer = "approved" if subject == "approved" else "returned"
            self._answers.append(ReportAnswer(day, answer, said["comment"], said["figures"]))
        elif event == "order" and in_time:
            self._orders[subject] = int(detail)
        elif event == "relief":
            ground = next((one for one in get_args(Ground) if one == detail), None)
            for approvals in (self._in_time, self._late) if in_time else (self._late,):
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
