"""What each liable target costs before caps, by points or by table: one line a target, also where it is
nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from contract.model.consequences import Deduction, severity_of
from contract.model.fees import Fees
from contract.model.schemes import TableOf, TierTable
from contract.reproducing import Outcome
from contract.settlement.cases import Case
from contract.settlement.facts import Past
from contract.settlement.line import Line, money, plain
from contract.texts import Message

_FREE = {
    "kept": Message("the target is kept: nothing is deducted"),
    "open": Message("nothing is decided yet: nothing is deducted"),
    "exempt": Message("grace or relief: measured and shown, nothing is deducted"),
}


@dataclass(frozen=True, slots=True)
class Charged:
    """The lines of a scheme, and what each target came to before caps."""

    lines: tuple[Line, ...]
    outcomes: Mapping[str, Outcome]

    @property
    def costs(self) -> Mapping[str, Decimal]:
        return {metric: outcome.amount for metric, outcome in self.outcomes.items()}


def by_points(
    scheme: Deduction, cases: Mapping[str, Case], past: Sequence[Past], before: Sequence[str], fees: Fees
) -> Charged:
    """Points by severity, weight and repeat, times the value of a point; `before` are the earlier periods."""
    return _charged(
        scheme.clause, cases, {m: _points(scheme, case, past, before, fees) for m, case in cases.items()}
    )


def by_table(scheme: TierTable, cases: Mapping[str, Case], fees: Fees) -> Charged:
    """The percentage of the fee in the first row that the figure reaches; deemed missed, in the last."""
    tables = {table.metric: table for table in scheme.liable}
    return _charged(scheme.clause, cases, {m: _row(tables[m], case, fees) for m, case in cases.items()})


_Priced = tuple[Outcome, Message]


def _charged(clause: str, cases: Mapping[str, Case], priced: Mapping[str, _Priced]) -> Charged:
    lines = (
        Line("deduction", clause, metric, -priced[metric][0].amount, priced[metric][1]) for metric in cases
    )
    return Charged(tuple(lines), {metric: outcome for metric, (outcome, _) in priced.items()})


def _points(
    scheme: Deduction, case: Case, past: Sequence[Past], before: Sequence[str], fees: Fees
) -> _Priced:
    if case.standing != "missed":
        return Outcome(None, None, Decimal(0)), _FREE[case.standing]
    severity = severity_of(scheme.severities(case.metric), case.gap, case.below_floor)
    weight = next(one.weight for one in scheme.liable if one.metric == case.metric)
    again = _repeated(scheme, case.metric, past, before)
    factor = scheme.repeat.multiply if scheme.repeat and again else Decimal(1)
    points = severity.points * weight * factor
    value = scheme.point_value.of(fees.base_per_period)
    amount = fees.rounded(points * value)
    reason = Message(
        "{why}, so {severity}; points: {base} × weight {weight} × repeat {factor} = {points}; "
        "{points} × {value} = {amount}",
        {
            "why": _why(case),
            "severity": severity.words,
            "base": plain(severity.points),
            "weight": plain(weight),
            "factor": plain(factor),
            "points": plain(points),
            "value": money(value, fees),
            "amount": money(amount, fees),
        },
    )
    return Outcome(severity.name, points, amount), reason


def _row(table: TableOf, case: Case, fees: Fees) -> _Priced:
    if case.standing != "missed":
        return Outcome(None, None, Decimal(0)), _FREE[case.standing]
    higher, figure = case.result.target.direction == "higher", case.result.figure
    row = table.bands[-1]
    if figure is not None and not case.deemed:
        row = next(
            (
                band
                for band in table.bands
                if band.reaching is None
                or (figure >= Fraction(band.reaching) if higher else figure <= Fraction(band.reaching))
            ),
            row,
        )
    amount = fees.rounded(fees.base_per_period * row.percent_of_fee / 100)
    bar = (
        Message("the last row")
        if row.reaching is None
        else Message("the row from {bar}", {"bar": plain(row.reaching)})
    )
    reason = Message(
        "{why}, so {row}: {percent} % of {fee} = {amount}",
        {
            "why": _why(case),
            "row": bar,
            "percent": plain(row.percent_of_fee),
            "fee": money(fees.base_per_period, fees),
            "amount": money(amount, fees),
        },
    )
    return Outcome(None, None, amount), reason


def _why(case: Case) -> Message:
    if case.deemed:
        return Message("no report came, which counts as missed")
    target, figure = case.result.target, case.result.figure
    if figure is None:
        return Message("there is no figure")
    values = {"figure": plain(figure), "target": plain(target.value), "gap": plain(case.gap)}
    if target.reached_by(figure):
        return Message("{figure} against {target}: reached, but not proven", values)
    if case.below_floor and target.floor is not None:
        return Message(
            "{figure} against {target}: below the floor {floor}", values | {"floor": plain(target.floor)}
        )
    return Message("{figure} against {target}: a gap of {gap}", values)


def _repeated(scheme: Deduction, metric: str, past: Sequence[Past], before: Sequence[str]) -> bool:
    if scheme.repeat is None:
        return False
    window = before[-scheme.repeat.within :]
    return any(
        one.missed and not one.exempt and one.metric == metric and one.period in window for one in past
    )
