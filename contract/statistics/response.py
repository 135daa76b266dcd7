"""Response, cooperation, refusal and contact rates after the Standard Definitions of AAPOR."""

from dataclasses import dataclass

from contract.statistics.values import check_proportion, whole


@dataclass(frozen=True, slots=True)
class ResponseRates:
    """The rates by their names in the Standard Definitions, as proportions (0..1).

    None where nobody is in the denominator, and for RR3, RR4, REF2 and CON2 unless `e` was given: they need
    the share of the cases of unknown eligibility that were eligible. `n` counts all cases.
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
    e: float | None
    n: int

    def __getitem__(self, name: str) -> float | None:
        """The rate of that name: `rates["RR1"]`. Raises KeyError."""
        if name not in RATES:
            raise KeyError(name)
        rate: float | None = getattr(self, name)
        return rate


RATES = tuple(name for name in ResponseRates.__annotations__ if name.isupper())


def response_rates(
    I: int,  # noqa: E741 -- the letters of the Standard Definitions
    P: int,
    R: int,
    NC: int,
    O: int,  # noqa: E741 -- the letters of the Standard Definitions
    UH: int = 0,
    UO: int = 0,
    e: float | None = None,
) -> ResponseRates:
    """The rates from the final dispositions of all cases, as counts.

    I complete and P partial interviews, R refusals and break-offs, NC non-contacts, O other eligible cases;
    UH unknown whether there is somebody to ask, UO unknown for other reasons; `e` (0..1) the estimated share
    of UH and UO that are eligible. Source: The American Association for Public Opinion Research, Standard
    Definitions, 10th edition 2023 (the formulas are the same since 2000). Raises ValueError for counts or an
    e that cannot be, and without any case.
    """
    given = {"I": I, "P": P, "R": R, "NC": NC, "O": O, "UH": UH, "UO": UO}
    i, p, r, nc, o, uh, uo = (whole(name, value) for name, value in given.items())
    if i + p + r + nc + o + uh + uo == 0:
        raise ValueError("rates need at least one case")
    if e is not None:
        check_proportion("e", e)
    spoken, contacted, unknown = i + p, i + p + r + o, uh + uo
    eligible = contacted + nc
    everybody, estimated = eligible + unknown, None if e is None else eligible + e * unknown
    return ResponseRates(
        RR1=_rate(i, everybody),
        RR2=_rate(spoken, everybody),
        RR3=_rate(i, estimated),
        RR4=_rate(spoken, estimated),
        RR5=_rate(i, eligible),
        RR6=_rate(spoken, eligible),
        COOP1=_rate(i, contacted),
        COOP2=_rate(spoken, contacted),
        COOP3=_rate(i, spoken + r),
        COOP4=_rate(spoken, spoken + r),
        REF1=_rate(r, everybody),
        REF2=_rate(r, estimated),
        REF3=_rate(r, eligible),
        CON1=_rate(contacted, everybody),
        CON2=_rate(contacted, estimated),
        CON3=_rate(contacted, eligible),
        e=e,
        n=everybody,
    )


def _rate(part: int, whole_: float | None) -> float | None:
    return part / whole_ if whole_ else None
