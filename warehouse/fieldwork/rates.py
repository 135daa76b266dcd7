"""AAPOR's rates of a wave: which of our endings is which disposition, and what each rate says.

The dispositions follow AAPOR Standard Definitions, 10th edition (2023), for internet surveys of specifically
named persons, with one departure: silence is a non-contact (2.20) and not "nothing ever returned" of unknown
eligibility (3.19), since everybody on the operator's list is a member and so eligible. RR1 and RR2 are the
same either way; RR3 to RR6 would else count only those who opened their link. A bounced invitation is of
unknown eligibility (3.30): nobody knows whether the member is still there. A link that was withdrawn counts
as silence: taking it out would let the rate be mended by revoking.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from contract.statistics import response_rates
from warehouse.fieldwork.dispositions import Tally, Wave
from warehouse.texts import translate

# What each rate says; every text stands in locale/<language>/fieldwork.po.
WORDS: Mapping[str, str] = {
    "RR1": "Completed, of all invited: the lowest rate and the one to quote.",
    "RR2": "Completed or partial, of all invited. Answers of partial forms are not stored.",
    "RR3": "As RR1, with bounced invitations counted as far as they are likely to be eligible.",
    "RR4": "As RR2, with bounced invitations counted as far as they are likely to be eligible.",
    "RR5": "Completed, of those invited without the bounced: the highest rate.",
    "RR6": "Completed or partial, of those invited without the bounced.",
    "COOP1": "Completed, of those who opened the form.",
    "REF1": "Opened the form and gave up, of all invited.",
    "CON1": "Opened the form, of all invited.",
}


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate by its AAPOR name: percent (0 to 100), None without cases."""

    name: str
    percent: float | None

    def words(self, language: str) -> str:
        """What the rate says, in the language ("zh" or "en")."""
        return translate(WORDS[self.name], language)


def dispositions(tally: Tally) -> dict[str, int]:
    """The counts by AAPOR's letters: I, P, R, NC, O, UH, UO."""
    return {
        "I": tally.of("completed"),
        "P": tally.of("partial"),
        "R": tally.of("broken_off", "opened"),
        "NC": tally.of("silent", "withdrawn"),
        "O": 0,
        "UH": 0,
        "UO": tally.of("bounced"),
    }


def rates(wave: Wave) -> tuple[Rate, ...]:
    """The rates of a wave; none for the open link, where nobody knows how many were asked."""
    if wave.name is None:
        return ()
    found = response_rates(**dispositions(wave.tally))
    return tuple(Rate(name, _percent(found[name])) for name in WORDS)


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
