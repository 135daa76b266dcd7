"""The ledger of a period: its lines in the order of contract/RULES.md, and totals that are their sums."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from contract.model.consequences import Deduction
from contract.model.contract import Contract
from contract.model.fees import Fees
from contract.model.schemes import PoolAndShare, ScoreToPay, TierTable
from contract.periods import Period
from contract.reproducing import Outcome
from contract.settlement.by_result import pay_by_score, share_pool
from contract.settlement.capping import cap_lines, cut
from contract.settlement.cases import Case, cases_of
from contract.settlement.charges import Charged, by_points, by_table
from contract.settlement.facts import Facts, Past
from contract.settlement.history import History
from contract.settlement.line import Line, LineKind, money
from contract.settlement.relieving import freed_of, late_relief
from contract.settlement.rewards import bonuses, earned_back
from contract.texts import Message, as_written


@dataclass(frozen=True, slots=True)
class Settlement:
    """What party A pays for a period. `total` is the sum of the lines, added services included.

    `deducted` is after caps and positive; `payable` leaves out added services. `outcomes` are before caps.
    Money is in `currency`. `history` is what the next period starts from.
    """

    period: Period
    currency: str
    lines: tuple[Line, ...]
    outcomes: Mapping[str, Outcome]
    deducted: Decimal
    earned_back: Decimal
    bonus: Decimal
    payable: Decimal
    total: Decimal
    history: History

    def withholding(self, metrics: Collection[str], limit: int) -> "Settlement":
        """The same ledger without figures of metrics that fewer than `limit` answered; the money stays."""
        said = Message("fewer than {limit} answers, so no figure is shown", {"limit": str(limit)})
        lines = (replace(line, reason=said) if line.metric in metrics else line for line in self.lines)
        return replace(self, lines=tuple(lines))


def settle(contract: Contract, facts: Facts, history: History | None = None) -> Settlement:
    """The ledger of the period in `facts`.

    Without `history` nothing happened before: earlier periods cost their base fees. Raises ValueError for a
    contract without fees, KeyError for a period outside the term.
    """
    fees = contract.spec.fees
    if fees is None:
        raise ValueError("a contract without fees has nothing to settle")
    names = [period.name for period in contract.periods]
    before = names[: names.index(facts.period.name)]
    known = history or History()
    past = tuple(_after_relief(known.past, facts.returned))
    fees_before = {name: known.fees.get(name, fees.base_per_period) for name in before}
    cases = cases_of(contract, facts)
    lines = [*_fee_lines(fees, facts)]
    charged, rest, closing, back = _consequences(
        contract, cases, replace(known, past=past, fees=fees_before), before, fees
    )
    lines += [*charged.lines, *closing, *late_relief(contract, facts.returned, known, fees)]
    given_back = _sum(lines, "period_cap", "rolling_cap")
    asked = (
        -_sum(lines, "deduction") if not isinstance(contract.spec.consequences, ScoreToPay) else Decimal(0)
    )
    deducted = asked - given_back
    after_caps = cut(charged.costs, deducted, fees)
    services = _sum(lines, "added_service")
    total = sum((line.amount for line in lines), Decimal(0))
    return Settlement(
        period=facts.period,
        currency=fees.currency,
        lines=tuple(lines),
        outcomes=charged.outcomes,
        deducted=deducted,
        earned_back=_sum(lines, "earn_back", "relief"),
        bonus=_sum(lines, "bonus", "bonus_cap"),
        payable=total - services,
        total=total,
        history=History(
            past=(
                *_earning(past, back),
                *(_left(facts.period.name, case, after_caps) for case in cases.values()),
            ),
            fees={**fees_before, facts.period.name: fees.base_per_period},
            pool_rest=rest,
            scored=_scored(contract, facts, known, cases),
        ),
    )


def settle_term(contract: Contract, facts: Iterable[Facts]) -> tuple[Settlement, ...]:
    """The ledgers of consecutive periods, each from what the one before left."""
    settled: list[Settlement] = []
    for each in facts:
        settled.append(settle(contract, each, settled[-1].history if settled else None))
    return tuple(settled)


_EarnedBack = tuple[tuple[str, Line], ...]


def _consequences(
    contract: Contract, cases: Mapping[str, Case], known: History, before: Sequence[str], fees: Fees
) -> tuple[Charged, Decimal, tuple[Line, ...], _EarnedBack]:
    """What the scheme charges, the rest of its pool, the lines that follow (caps, earn-back, bonus), and of
    which periods the earn-back is."""
    match scheme := contract.spec.consequences:
        case None:
            return Charged((), {}), Decimal(0), (), ()
        case ScoreToPay():
            return pay_by_score(scheme, cases, fees), Decimal(0), (), ()
        case PoolAndShare():
            is_last = len(before) + 1 == len(contract.periods)
            shared = share_pool(scheme, cases, known.pool_rest, fees, is_last)
            return shared.charged, shared.rest, bonuses(scheme.bonus, scheme.clause, cases, fees), ()
        case Deduction():
            charged = by_points(scheme, cases, known.past, before, fees)
        case TierTable():
            charged = by_table(scheme, cases, fees)
    asked = sum(charged.costs.values(), Decimal(0))
    gone: dict[str, Decimal] = {}
    for one in known.past:
        gone[one.period] = gone.get(one.period, Decimal(0)) + one.deducted
    caps = cap_lines(scheme.caps, scheme.clause, asked, gone, before, known.fees, fees)
    back = earned_back(scheme.earn_back, scheme.clause, cases, known.past, before, fees)
    lines = (line for _, line in back)
    return charged, Decimal(0), (*caps, *lines, *bonuses(scheme.bonus, scheme.clause, cases, fees)), back


def _fee_lines(fees: Fees, facts: Facts) -> Iterable[Line]:
    base = fees.rounded(fees.base_per_period)
    said = Message("base fee of the period: {amount}", {"amount": money(base, fees)})
    yield Line("base_fee", fees.clause, None, base, said)
    for service in fees.added_services:
        count = 1 if service.per == "period" else facts.orders.get(service.id, 0)
        if count:
            amount = fees.rounded(service.price * count)
            reason = Message(
                "{service}: {count} × {price} = {amount}",
                {
                    "service": as_written(service.title),
                    "id": service.id,
                    "count": str(count),
                    "price": money(service.price, fees),
                    "amount": money(amount, fees),
                },
            )
            yield Line("added_service", service.clause, None, amount, reason)


def _earning(past: Sequence[Past], back: _EarnedBack) -> Iterable[Past]:
    """The past in which a miss says what came back of it."""
    came = {(period, line.metric): line.amount for period, line in back}
    for one in past:
        yield replace(one, earned_back=one.earned_back + came.get((one.period, one.metric), Decimal(0)))


def _scored(
    contract: Contract, facts: Facts, known: History, cases: Mapping[str, Case]
) -> Mapping[str, Mapping[str, Case]]:
    if not isinstance(contract.spec.consequences, ScoreToPay):
        return {}
    freed = {period: freed_of(period, known.scored[period], facts.returned) for period in known.scored}
    return {**freed, facts.period.name: cases}


def _after_relief(past: Sequence[Past], named: Sequence[tuple[str, str]]) -> Iterable[Past]:
    """The past in which a miss that was relieved later is exempt and cost nothing."""
    for one in past:
        if (one.period, one.metric) in named:
            yield replace(one, exempt=True, missed=False, deducted=Decimal(0))
        else:
            yield one


def _left(period: str, case: Case, after_caps: Mapping[str, Decimal]) -> Past:
    missed, exempt = case.standing == "missed", case.standing == "exempt"
    word = "missed" if case.deemed else case.result.word
    return Past(period, case.metric, word, missed, exempt, after_caps.get(case.metric, Decimal(0)))


def _sum(lines: Iterable[Line], *kinds: LineKind) -> Decimal:
    return sum((line.amount for line in lines if line.kind in kinds), Decimal(0))
