"""Which version of which contract this is, and the days it covers."""

from datetime import date, timedelta
from typing import Literal

from contract.fields import Day, Identifier, Sha256, Text, Whole, Words
from contract.model.part import Part
from contract.periods import Length, Period, periods


class Supersedes(Part):
    """The version before this one, with the hash of its canonical text."""

    version: Whole
    sha256: Sha256


class Metadata(Part):
    """Which contract this is, and which version; what is signed never changes.

    A version counts from `in_force_from`, or from the first day of the term where that is left out.
    """

    id: Identifier
    version: Whole
    status: Literal["draft", "signed", "in_force", "superseded"]
    title: Text
    authoritative_language: Literal["zh", "en"]
    in_force_from: Day | None = None
    supersedes: Supersedes | None = None


class Term(Part):
    """`first_day` to `last_day`, both included; fiscal years begin on the first of month `fiscal_start`."""

    first_day: Day
    last_day: Day
    timezone: Words
    periods: Length
    fiscal_start: Whole

    @property
    def start(self) -> date:
        """The first day."""
        return self.first_day

    @property
    def end(self) -> date:
        """The day after the last: terms and periods are half-open."""
        return self.last_day + timedelta(days=1)

    def divided(self) -> tuple[Period, ...]:
        """The periods of the term, in order. Raises ValueError when it does not divide into whole ones."""
        return periods(self.start, self.end, self.periods, self.fiscal_start)
