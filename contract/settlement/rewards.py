"""What comes back or on top: earn-back of earlier misses, bonus at the stretch."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from contract.model.consequences import Bonus, EarnBack
from contract.model.fees import Fees
from contract.settlement.cases import Case
from contract.settlement.facts import Past
from contract.settlement.line import Line, money, plain
from contract.texts import Message


def earned_back(
    terms: EarnBack | None,
    clause: str,
    cases: Mapping[str, Case],
    past: Sequence[Past],
    before: Sequence[str],
    fees: Fees,
) -> tuple[tuple[str, Line], ...]:
    """A line for each earlier miss that was followed by enough periods met, the last of them now, with the
    period of the miss."""
    if terms is None:
        return ()
    lines = []
    for metric, case in cases.items():
        if case.standing == "exempt" or case.deemed or case.result.carried or case.result.word != "met":
            continue
        known = {one.period: one for one in past if one.metric == metric}
        met_in_a_row = 1
        for period in reversed(before):
            one = known.get(period)
            if one is not None and one.exempt:
                continue
            if one is not None and one.missed and met_in_a_row == terms.after_met and one.deducted > 0:
                amount = fees.rounded(one.deducted * terms.returns / 100)
                reason = Message(
                    "met in {count} periods after the miss in {period}: {percent} % of {deducted} = {amount}",
                    {
                        "count": str(terms.after_met),
                        "period": period,
                        "percent": plain(terms.returns),
                        "deducted": money(one.deducted, fees),
                        "amount": money(amount, fees),
                    },
                )
                lines.append((period, Line("earn_back", clause, metric, amount, reason)))
            if one is None or one.missed or one.word != "met" or met_in_a_row >= terms.after_met:
                break
            met_in_a_row += 1
    return tuple(lines)


def bonuses(terms: Bonus | None, clause: str, cases: Mapping[str, Case], fees: Fees) -> tuple[Line, ...]:
    """A line for each liable target met at its stretch, and one for the cap that cuts their sum."""
    if terms is None:
        return ()
    each = fees.rounded(terms.on_stretch.of(fees.base_per_period))
    lines = [
        Line(
            "bonus",
            clause,
            metric,
            each,
            Message(
                "met at the stretch {stretch}: {amount}",
                {"stretch": plain(case.result.target.stretch or Decimal(0)), "amount": money(each, fees)},
            ),
        )
        for metric, case in cases.items()
        if case.standing == "kept" and case.result.at_stretch
    ]
    total = sum((line.amount for line in lines), Decimal(0))
    if terms.cap is not None and total > (limit := fees.rounded(terms.cap.of(fees.base_per_period))):
        values = {"total": money(total, fees), "limit": money(limit, fees)}
        reason = Message("{total} earned, of which the period pays at most {limit}", values)
        lines.append(Line("bonus_cap", clause, None, limit - total, reason))
    return tuple(lines)
