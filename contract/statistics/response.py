"""Response, cooperation, refusal and contact rates after the Standard Definitions of AAPOR."""

from dataclasses import dataclass

from contract.statistics.values import check_proportion, whole


@dataclass(frozen=True, slots=True)
class ResponseRates:
    """The rates by their names in the Standard Definitions, as proportions (0..1); None of no case.

    `e` is what was taken for the share of the unknown that are eligible; `n` counts all cases but those known
    not to be. A rate is had by attribute or by name: `rates.RR1`, `rates["RR1"]`.
    """

    RR1: float | None
    RR2: float | None
    RR3: float | None
    RR4: float | None
    RR5: float | None
    RR6: float | None
    COOP1: float | None
    COOP2: float | None
    COOP3: float | None
    COOP4: float | None
    REF1: float | None
    REF2: float | None
    REF3: float | None
    CON1: float | None
    CON2: float | None
    CON3: float | None
    e: float
    n: int

    def __getitem__(self, name: str) -> float | None:
        """The rate of that name: `rates["RR1"]`. Raises KeyError."""
        if name not in RATES:
            raise KeyError(name)
        rate: float | None = getattr(self, name)
        return rate


RATES = tuple(name for name in ResponseRates.__annotations__ if name.isupper())


def response_rates(
    I: int,  # noqa: E741 - the letter of the standard
    P: int,
    R: int,
    NC: int,
    O: int,  # noqa: E741 - the letter of the standard
    UH: int = 0,
    UO: int = 0,
    NE: int = 0,
    e: float | None = None,
) -> ResponseRates:
    """The rates from the final dispositions of all cases, as counts.

    I complete and P partial interviews, R refusals and break-offs, NC non-contacts, O other eligible cases;
    UH unknown whether it is an eligible unit, UO unknown for another reason, NE known not to be eligible. `e`
    (0..1) is the share of the unknown taken for eligible in RR3, RR4, REF2 and CON2; without it, that of the
    known, eligible / (eligible + NE): the proportional allocation (CASRO), 1 where no NE is known. Source:
    The American Association for Public Opinion Research, Standard Definitions, 10th edition (2023). Raises
    ValueError for counts and an e that cannot be.
    """
    given = {"I": I, "P": P, "R": R, "NC": NC, "O": O, "UH": UH, "UO": UO, "NE": NE}
    i, p, r, nc, o, uh, uo, ne = (whole(name, value) for name, value in given.items())
    interviews, contacted, unknown = i + p, i + p + r + o, uh + uo
    eligible = contacted + nc
    if e is None:
        e = eligible / (eligible + ne) if ne else 1.0
    e = check_proportion("e", e)
    everybody, likely = eligible + unknown, eligible + e * unknown
    return ResponseRates(
        RR1=_rate(i, everybody),
        RR2=_rate(interviews, everybody),
        RR3=_rate(i, likely),
        RR4=_rate(interviews, likely),
        RR5=_rate(i, eligible),
        RR6=_rate(interviews, eligible),
        COOP1=_rate(i, contacted),
        COOP2=_rate(interviews, contacted),
        COOP3=_rate(i, interviews + r),
        COOP4=_rate(interviews, interviews + r),
        REF1=_rate(r, everybody),
        REF2=_rate(r, likely),
        REF3=_rate(r, eligible),
        CON1=_rate(contacted, everybody),
        CON2=_rate(contacted, likely),
        CON3=_rate(contacted, eligible),
        e=e,
        n=everybody,
    )


def _rate(part: int, of: float) -> float | None:
    return part / of if of else None
