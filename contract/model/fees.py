"""What party A pays: the base fee of a period, added services, currency and rounding, days to pay."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Literal

from contract.fields import ClauseNumber, Currency, Days, Identifier, Money, Scale, Text
from contract.model.part import Part


class AddedService(Part):
    """A service beyond the base fee, priced by period or each time it is ordered."""

    id: Identifier
    clause: ClauseNumber
    title: Text
    price: Money
    per: Literal["period", "order"]


class Fees(Part):
    """Money has `scale` decimals; each line of a settlement is rounded once, its total is their sum."""

    clause: ClauseNumber
    currency: Currency
    scale: Scale
    rounding: Literal["half_up", "half_even"] = "half_up"
    base_per_period: Money
    added_services: tuple[AddedService, ...] = ()
    pay_within_days: Days | None = None

    def rounded(self, amount: Decimal) -> Decimal:
        """The amount in whole units of the currency's scale, as a line of the settlement states it."""
        mode = ROUND_HALF_UP if self.rounding == "half_up" else ROUND_HALF_EVEN
        return amount.quantize(Decimal(1).scaleb(-self.scale), mode)
