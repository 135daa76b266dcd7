"""Who is bound: the two parties, who signs for them, and the mediator whom both appoint."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from contract.fields import ClauseNumber, Days, Percent, Text
from contract.model.part import Part

Side = Literal["A", "B"]
Power = Literal["inspect", "reperform", "rule_on_data", "attend"]


class Signatory(Part):
    """Somebody who signs for a party."""

    name: Text
    office: Text | None = None


class Party(Part):
    """Somebody the contract binds."""

    name: Text
    signatories: tuple[Signatory, ...] = ()


class FeeShare(Part):
    """How the parties share what the mediator costs, in percent; together 100."""

    a: Percent = Field(alias="A")
    b: Percent = Field(alias="B")

    @property
    def total(self) -> Decimal:
        return self.a + self.b


class Mediator(Part):
    """Neutral, appointed by both, bound to the same secrecy.

    Powers: `inspect` every figure and paper, `reperform` any figure, `rule_on_data` when the parties differ
    on what was counted, `attend` the work as an observer.
    """

    name: Text
    clause: ClauseNumber | None = None
    appointed_by: tuple[Side, ...] = ()
    powers: tuple[Power, ...] = ()
    respond_within_days: Days | None = None
    fee_share: FeeShare | None = None


class Parties(Part):
    """A is the client, B the provider; the mediator reads what both read."""

    a: Party = Field(alias="A")
    b: Party = Field(alias="B")
    mediator: Mediator | None = None
