"""Warnings of the budget: what is overspent in the period that runs, and what will be at the pace so far."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from warehouse.as_of import as_of

if TYPE_CHECKING:
    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class Overspent:
    """A line, or all of the period together with an empty number and title; amounts in the contract's
    currency.

    `is_over`: more is spent than planned. Else `projected` will be by the end of the period, `ends_on`, if it
    goes on as it did: what is spent, times the days of the period, by those that are over.
    """

    period: str
    ends_on: date
    record_id: str
    title: str
    planned: Decimal
    spent: Decimal
    projected: Decimal
    is_over: bool


def overspent(warehouse: "Warehouse", contract_sha256: str) -> tuple[Overspent, ...]:
    """The warnings as of now, the total first, then what is over, then what will be; none is the good
    answer."""
    values = {"contract": contract_sha256, "as_of": as_of(warehouse).until}
    return tuple(Overspent(*row) for row in warehouse.read("records/overspending", **values))
