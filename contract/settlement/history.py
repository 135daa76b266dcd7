"""What the periods before left for the settlement of the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from contract.settlement.cases import Case
from contract.settlement.facts import Past


@dataclass(frozen=True, slots=True)
class History:
    """Results and deductions, base fees by period, the rest of the pool.

    `scored` holds the cases of periods that were paid by a score, for a relief granted later.
    """

    past: tuple[Past, ...] = ()
    fees: Mapping[str, Decimal] = field(default_factory=dict)
    pool_rest: Decimal = Decimal(0)
    scored: Mapping[str, Mapping[str, Case]] = field(default_factory=dict)
