"""What the parties did about each period, from what was entered: report handed in and answered, relief
approved by each side, services ordered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from contract import Contract, Period
from contract.settlement import Relieved
from contract.settlement.facts import Ground
from warehouse.calendar import from_stored
from warehouse.contracts import LoadedContract
from warehouse.evidence.basis import EVERYTHING, Basis

if TYPE_CHECKING:
    from warehouse.database import Warehouse

Answer = Literal["approved", "returned"]
TAKEN_BACK = "taken-back"  # of a report: the day entered was a mistake
_WITHOUT_GOVERNANCE = 30  # days, as contract/RULES.md says


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """What party A said to a version of the report on a local day, at the instant it was kept; `figures` is
    the fingerprint of the figures it saw, `name` who of party A it was, "" before names were asked for."""

    day: date
    answer: Answer
    comment: str
    figures: str
    name: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class Proceedings:
    """What is known of one period: the local day of its first report (None: it did not come), relief, orders
    by service.

    `version` is the number of the report handed in last, 0 before the first; a new one begins when a report
    comes after an answer. `relief` is what each side approved until the period was settled; `approved` what
    they approved by now, `approved_on` the local day of the last approval, by metric. `answers` are party A's
    to the report, the first one first; the last one counts.
    """

    report_day: date | None = None
    relief: tuple[Relieved, ...] = ()
    approved: tuple[Relieved, ...] = ()
    approved_on: Mapping[str, date] = field(default_factory=dict)
    orders: Mapping[str, int] = field(default_factory=dict)
    answers: tuple[ReportAnswer, ...] = ()
    version: int = 0

    @property
    def answered(self) -> ReportAnswer | None:
        """What party A said to the report handed in last; that stands until a new version comes."""
        mine = [one for one in self.answers if one.version == self.version]
        return mine[-1] if mine else None


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
        self._reports: list[tuple[int, date]] = []
        self._version = 0
        self._in_time: _Approvals = {}
        self._late: _Approvals = {}
        self._orders: dict[str, int] = {}
        self._answers: list[ReportAnswer] = []

    def add(
        self, number: int, event: str, subject: str, side: str, detail: str, day: date, at: datetime
    ) -> None:
        in_time = day < self._settled and (self._last is None or number <= self._last)
        if event == "report" and detail == TAKEN_BACK:
            self._reports = [each for each in self._reports if each[0] != self._version]
            self._version = max((version for version, _ in self._reports), default=0)
        elif event == "report":
            if not self._reports or any(one.version == self._version for one in self._answers):
                self._version += 1
            self._reports.append((self._version, date.fromisoformat(detail) if detail else day))
        elif event == "answer":
            said = json.loads(detail)
            answer: Answer = "approved" if subject == "approved" else "returned"
            who, when = said.get("name", ""), from_stored(at)
            found = ReportAnswer(day, answer, said["comment"], said["figures"], who, when, self._version)
            self._answers.append(found)
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
        report = min((day for _, day in self._reports), default=None)
        in_time, by_now = _relief(self._in_time), _relief(self._late)
        answers = tuple(self._answers)
        return Proceedings(report, in_time, by_now, days, self._orders, answers, self._version)


def _relief(approvals: _Approvals) -> tuple[Relieved, ...]:
    sides: dict[tuple[str, Ground], set[str]] = {}
    for (metric, side), (ground, _) in approvals.items():
        sides.setdefault((metric, ground), set()).add(side)
    return tuple(Relieved(metric, ground, frozenset(found)) for (metric, ground), found in sides.items())
