"""Caps on what a period deducts: the period's own first, then the rolling one on what is left."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal

from contract.model.consequences import Caps, RollingCap
from contract.model.fees import Fees
from contract.settlement.line import Line, money, plain
from contract.texts import Message


def cap_lines(
    caps: Caps | None,
    clause: str,
    asked: Decimal,
    deducted_before: Mapping[str, Decimal],
    before: Sequence[str],
    fees_before: Mapping[str, Decimal],
    fees: Fees,
) -> tuple[Line, ...]:
    """What the caps give back of the `asked` deductions: at most a line each.

    `deducted_before` is by period and after caps, `before` the earlier periods of the term in order, and
    `fees_before` their base fees.
    """
    lines: list[Line] = []
    if caps is None:
        return ()
    if caps.per_period is not None:
        limit = fees.rounded(caps.per_period.of(fees.base_per_period))
        if asked > limit:
            values = {"asked": money(asked, fees), "limit": money(limit, fees)}
            reason = Message("{asked} deducted, of which the period bears at most {limit}", values)
            lines.append(Line("period_cap", clause, None, asked - limit, reason))
            asked = limit
    if caps.rolling is not None:
        limit, gone = rolling_limit(caps.rolling, deducted_before, before, fees_before, fees)
        left = max(Decimal(0), limit - gone)
        if asked > left:
            reason = Message(
                "{percent} % of the fees of {count} periods is {limit}, of which {gone} is used up: "
                "of {asked}, {left} is deducted",
                {
                    "percent": plain(caps.rolling.percent_of_fees),
                    "count": str(caps.rolling.periods),
                    "limit": money(limit, fees),
                    "gone": money(gone, fees),
                    "left": money(left, fees),
                    "asked": money(asked, fees),
                },
            )
            lines.append(Line("rolling_cap", clause, None, asked - left, reason))
    return tuple(lines)


def rolling_limit(
    cap: RollingCap,
    deducted_before: Mapping[str, Decimal],
    before: Sequence[str],
    fees_before: Mapping[str, Decimal],
    fees: Fees,
) -> tuple[Decimal, Decimal]:
    """What the window of this period may cost in all, and what the periods before have used of it."""
    window = before[-(cap.periods - 1) :] if cap.periods > 1 else ()
    # What of the window lies before the term counts with the fee of the first period.
    first = fees_before[before[0]] if before else fees.base_per_period
    base = sum((fees_before[period] for period in window), fees.base_per_period)
    base += first * (cap.periods - 1 - len(window))
    gone = sum((deducted_before.get(period, Decimal(0)) for period in window), Decimal(0))
    return fees.rounded(base * cap.percent_of_fees / 100), gone


def cut(costs: Mapping[str, Decimal], total: Decimal, fees: Fees) -> dict[str, Decimal]:
    """The costs cut in proportion to add up to `total`; the units left over fall on the first of them."""
    asked = sum(costs.values(), Decimal(0))
    if asked <= total:
        return dict(costs)
    unit = Decimal(1).scaleb(-fees.scale)
    shares = {metric: (cost * total / asked).quantize(unit, ROUND_DOWN) for metric, cost in costs.items()}
    rest = total - sum(shares.values(), Decimal(0))
    for metric, cost in costs.items():
        if rest <= 0:
            break
        if cost > shares[metric]:
            shares[metric] += unit
            rest -= unit
    return shares
