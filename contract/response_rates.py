"""Outcome rates of a survey by the names of AAPOR, Standard Definitions, 10th edition (2023)."""

from collections.abc import Mapping


def response_rates(
    I: int,  # noqa: E741 - the letter of the standard
    P: int,
    R: int,
    NC: int,
    O: int,  # noqa: E741 - the letter of the standard
    UH: int,
    UO: int,
    NE: int = 0,
) -> Mapping[str, float | None]:
    """RR1 to RR6, COOP1 to COOP4, REF1 to REF3 and CON1 to CON3 as shares (0 to 1); None of no case.

    I complete, P partial, R refusal and break-off, NC non-contact, O other, UH unknown whether it is an
    eligible unit, UO unknown for another reason, NE known not to be eligible. `e`, the share of the unknown
    taken for eligible in RR3, RR4, REF2 and CON2, is that of the known: eligible / (eligible + NE), the
    proportional allocation (CASRO). Raises ValueError for a count below zero.
    """
    if min(I, P, R, NC, O, UH, UO, NE) < 0:
        raise ValueError("a count cannot be below zero")
    interviews, eligible, unknown = I + P, I + P + R + NC + O, UH + UO
    e = eligible / (eligible + NE) if eligible else 0.0
    everybody, likely = eligible + unknown, eligible + e * unknown
    reached, able = interviews + R + O, interviews + R
    return {
        "RR1": _share(I, everybody),
        "RR2": _share(interviews, everybody),
        "RR3": _share(I, likely),
        "RR4": _share(interviews, likely),
        "RR5": _share(I, eligible),
        "RR6": _share(interviews, eligible),
        "COOP1": _share(I, reached),
        "COOP2": _share(interviews, reached),
        "COOP3": _share(I, able),
        "COOP4": _share(interviews, able),
        "REF1": _share(R, everybody),
        "REF2": _share(R, likely),
        "REF3": _share(R, eligible),
        "CON1": _share(reached, everybody),
        "CON2": _share(reached, likely),
        "CON3": _share(reached, eligible),
    }


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
