"""How the terms of a contract are worded: in one language, with its money, percentages and gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from contract.fields import canonical_number
from contract.model.contract import Contract
from contract.model.measures import MetricUse
from contract.model.part import Amount
from contract.texts import translate

_GAPS = {
    "percent": "{number} percentage points",
    "points": "{number} points",
    "scale": "{number} on the scale",
    "count": "{number}",
    "days": "{number} days",
    "per_1000": "{number} per 1,000",
}
_VALUES = {
    "percent": "{number} %",
    "points": "{number} points",
    "scale": "{number}",
    "count": "{number}",
    "days": "{number} days",
    "per_1000": "{number} per 1,000",
}


@dataclass(frozen=True, slots=True)
class Explained:
    """One part of the agreement in plain words; `clause` is the number of the clause it carries out, `metric`
    the target it is about, None where it is about all of them."""

    title: str
    clause: str
    sentences: tuple[str, ...]
    metric: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Words the terms of one contract in one language; `titles` is metric -> what people call it."""

    contract: Contract
    language: str
    titles: Mapping[str, str]

    def t(self, message: str, /, **values: object) -> str:
        """The message in the language, with its values."""
        return translate(message, self.language, **values)

    def metric(self, name: str) -> str:
        return self.titles.get(name, name)

    def use(self, name: str) -> MetricUse:
        return next(use for use in self.contract.metrics if use.metric == name)

    def money(self, amount: Decimal) -> str:
        """Such as "CNY 12,000.00"."""
        fees = self.contract.spec.fees
        if fees is None:
            return f"{amount:,f}"
        return f"{fees.currency}\N{NO-BREAK SPACE}{fees.rounded(amount):,f}"

    def price(self, amount: Amount) -> str:
        """Money, or a percentage of the base fee with what that is."""
        if amount.amount is not None:
            return self.money(amount.amount)
        percent = canonical_number(amount.percent_of_fee or Decimal(0))
        fees = self.contract.spec.fees
        if fees is None:
            return self.t("{percent} % of the base fee", percent=percent)
        return self.t(
            "{percent} % of the base fee ({amount})",
            percent=percent,
            amount=self.money(amount.of(fees.base_per_period)),
        )

    def value(self, metric: str, number: Decimal) -> str:
        """A figure of the metric in its unit: "85 %", "42 points"."""
        return self._worded(_VALUES, metric, number)

    def gap(self, metric: str, number: Decimal) -> str:
        """A distance between two figures of the metric: "2 percentage points"."""
        return self._worded(_GAPS, metric, number)

    def _worded(self, templates: Mapping[str, str], metric: str, number: Decimal) -> str:
        unit = self.use(metric).measured_in
        return (
            self.money(number)
            if unit == "money"
            else self.t(templates[unit], number=canonical_number(number))
        )

    def listed(self, parts: list[str]) -> str:
        return self.t(", ").join(parts)
