"""Schemes that pay by result: a pool shared metric by metric, and a fee that follows one score."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from contract.model.fees import Fees
from contract.model.schemes import PoolAndShare, ScoreToPay, ScoreWeight
from contract.reproducing import Outcome
from contract.settlement.cases import Case
from contract.settlement.charges import Charged
from contract.settlement.line import Line, exactly, money, plain
from contract.texts import Message, listed


@dataclass(frozen=True, slots=True)
class Shared:
    """What the pool came to: its lines and outcomes, and the rest that joins the pool of the next period."""

    charged: Charged
    rest: Decimal


def share_pool(
    scheme: PoolAndShare, cases: Mapping[str, Case], carried_in: Decimal, fees: Fees, is_last: bool
) -> Shared:
    """Pay out the pool and what the last period left of its own; a metric without a result earns its share.

    After the last period of the term nothing is carried on.
    """
    pot = fees.rounded(scheme.pool.of(fees.base_per_period)) + carried_in
    lines: list[Line] = []
    if carried_in:
        said = Message("not earned before, joins this pool: {amount}", {"amount": money(carried_in, fees)})
        lines.append(Line("carried_in", scheme.clause, None, carried_in, said))
    outcomes: dict[str, Outcome] = {}
    for share in scheme.liable:
        case = cases.get(share.metric)
        if case is None:
            continue
        whole = fees.rounded(pot * share.weight)
        part = _earned_part(scheme, case)
        earned = fees.rounded(exactly(part * Fraction(whole)))
        reason = Message(
            "{pot} × weight {weight} = {whole}, earned {percent} % = {earned}; {unearned} is not paid",
            {
                "pot": money(pot, fees),
                "weight": plain(share.weight),
                "whole": money(whole, fees),
                "percent": plain(100 * part),
                "earned": money(earned, fees),
                "unearned": money(whole - earned, fees),
            },
        )
        outcomes[share.metric] = Outcome(None, None, whole - earned)
        lines.append(Line("deduction", scheme.clause, share.metric, earned - whole, reason))
    unearned = sum((outcome.amount for outcome in outcomes.values()), Decimal(0))
    carried = scheme.unearned == "carried" and not is_last
    return Shared(Charged(tuple(lines), outcomes), unearned if carried else Decimal(0))


def pay_by_score(scheme: ScoreToPay, cases: Mapping[str, Case], fees: Fees) -> Charged:
    """One line that brings the base fee to what the score earns; open targets take their weight out."""
    counted = [share for share in scheme.liable if _scores(cases.get(share.metric))]
    base = fees.base_per_period
    outcomes = {metric: Outcome(None, None, Decimal(0)) for metric in cases}
    if not counted:
        nothing = Message("there is nothing to score: the full fee is paid")
        return Charged((Line("score", scheme.clause, None, Decimal(0), nothing),), outcomes)
    weights = sum((Fraction(share.weight) for share in counted), Fraction(0))
    parts = {share.metric: _achieved(share, cases[share.metric]) for share in counted}
    score = (
        100 * sum((Fraction(share.weight) * parts[share.metric] for share in counted), Fraction(0)) / weights
    )
    percent = scheme.percent_at(score)
    paid = fees.rounded(exactly(Fraction(base) * percent / 100))
    reason = Message(
        "score {score} from {parts}: {percent} % of {fee} = {paid}",
        {
            "score": plain(score),
            "parts": listed([f"{metric} {plain(100 * part)} %" for metric, part in parts.items()]),
            "percent": plain(percent),
            "fee": money(base, fees),
            "paid": money(paid, fees),
        },
    )
    return Charged((Line("score", scheme.clause, None, paid - fees.rounded(base), reason),), outcomes)


def _earned_part(scheme: PoolAndShare, case: Case) -> Fraction:
    if case.deemed:
        return Fraction(0)
    if case.standing != "missed":
        return Fraction(1)
    target, figure = case.result.target, case.result.figure
    if scheme.partly == "nothing" or figure is None or target.floor is None:
        return Fraction(0)
    return _between(figure, Fraction(target.floor), Fraction(target.value))


def _scores(case: Case | None) -> bool:
    return case is not None and (case.deemed or case.standing in ("kept", "missed"))


def _achieved(share: ScoreWeight, case: Case) -> Fraction:
    if case.deemed:
        return Fraction(0)
    if case.standing == "kept":
        return Fraction(1)
    target, figure = case.result.target, case.result.figure
    zero = share.zero_at if share.zero_at is not None else target.floor
    full = share.full_at if share.full_at is not None else target.value
    if figure is None or zero is None:
        return Fraction(0)
    return _between(figure, Fraction(zero), Fraction(full))


def _between(figure: Fraction, zero: Fraction, full: Fraction) -> Fraction:
    """How far the figure is on the way from `zero` to `full`, within 0 and 1."""
    if zero == full:
        return Fraction(1) if figure >= full else Fraction(0)
    return min(Fraction(1), max(Fraction(0), (figure - zero) / (full - zero)))
