"""How far the caps on deductions are used up after a period, as its ledger applied them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from contract.model.contract import Contract
from contract.model.schemes import PoolAndShare, ScoreToPay
from contract.settlement.capping import rolling_limit
from contract.settlement.ledger import Settlement


@dataclass(frozen=True, slots=True)
class CapUse:
    """`used` of `limit` is deducted, in money; a rolling cap looks over `periods` periods, the window of
    which may begin before the term."""

    kind: Literal["period_cap", "rolling_cap"]
    periods: int
    limit: Decimal
    used: Decimal

    @property
    def left(self) -> Decimal:
        """What could still be deducted."""
        return max(Decimal(0), self.limit - self.used)


def cap_use(contract: Contract, settled: Settlement) -> tuple[CapUse, ...]:
    """The caps of the period that `settled` is of; none for a contract or scheme without them."""
    scheme, fees = contract.spec.consequences, contract.spec.fees
    if scheme is None or fees is None or isinstance(scheme, PoolAndShare | ScoreToPay) or scheme.caps is None:
        return ()
    found = []
    if scheme.caps.per_period is not None:
        limit = fees.rounded(scheme.caps.per_period.of(fees.base_per_period))
        found.append(CapUse("period_cap", 1, limit, settled.deducted))
    if scheme.caps.rolling is not None:
        names = [period.name for period in contract.periods]
        before = names[: names.index(settled.period.name)]
        deducted: dict[str, Decimal] = {}
        for one in settled.history.past:
            deducted[one.period] = deducted.get(one.period, Decimal(0)) + one.deducted
        limit, gone = rolling_limit(scheme.caps.rolling, deducted, before, settled.history.fees, fees)
        found.append(CapUse("rolling_cap", scheme.caps.rolling.periods, limit, gone + settled.deducted))
    return tuple(found)
