"""Responses that look careless: flagged and counted, never deleted; and the figures without them.

Too fast: in less than half the median time of the same version and language (Greszki, Meyer and Schoen 2015,
Public Opinion Quarterly 79:471, the strictest of their thresholds). Straight-lined: the same score for every
item of a battery of at least four (simple nondifferentiation: Kim, Dykema, Stevenson, Black and Moberg 2019,
Social Science Computer Review 37:214). Both may be honest answers: a flag is a reason to look.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from contract import Estimate, NpsCounts, ShareCounts, estimate
from warehouse.database import Warehouse
from warehouse.suppression import is_small

FAST_SHARE = 0.5
LEAST_TIMES = 20

Kind = Literal["fast", "straight", "either"]
KINDS: tuple[Kind, ...] = ("fast", "straight", "either")


@dataclass(frozen=True, slots=True)
class Effect:
    """A headline figure of the survey, and without those flagged: csat in percent satisfied, nps in points.

    `without` is None where one to four answers, or all but so few, are flagged: it would tell them.
    """

    measures: str
    everybody: Estimate | None
    without: Estimate | None


@dataclass(frozen=True, slots=True)
class Flag:
    """How many responses could be judged, and how many of them are flagged."""

    kind: Kind
    judged: int
    flagged: int


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of each wave (None: the open link), those of the whole survey, imports and programs with it,
    and what its headline figures would be without the responses flagged."""

    waves: Mapping[str | None, tuple[Flag, ...]]
    whole: tuple[Flag, ...]
    effects: Mapping[Kind, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class _Row:
    """Responses, or answers to what `measured` names, that were judged alike; None: not judged.

    Answers are those of all waves, and tell of no case: None both."""

    wave: str | None
    is_case: bool | None
    fast: bool | None
    straight: bool | None
    measured: str
    score: int | None
    in_top_two: bool | None
    n: int


_JUDGED: Mapping[Kind, Callable[[_Row], bool | None]] = {
    "fast": lambda row: row.fast,
    "straight": lambda row: row.straight,
    "either": lambda row: None if row.fast is row.straight is None else bool(row.fast or row.straight),
}


def flags(warehouse: Warehouse, slug: str) -> Flags:
    """The flags of a survey: looked for once for as long as nothing is committed."""
    return warehouse.while_unchanged(("flags", slug), lambda: _flagged(warehouse, slug))


def _flagged(warehouse: Warehouse, slug: str) -> Flags:
    found = warehouse.read("fieldwork/flags", survey=slug, share=FAST_SHARE, least=LEAST_TIMES)
    rows = [_Row(*row) for row in found]
    forms = [row for row in rows if not row.measured]
    waves = dict.fromkeys(row.wave for row in forms if row.is_case)
    return Flags(
        {wave: _flags([row for row in forms if row.is_case and row.wave == wave]) for wave in waves},
        _flags(forms),
        {kind: _effects(kind, rows) for kind in KINDS},
    )


def _flags(forms: list[_Row]) -> tuple[Flag, ...]:
    return tuple(
        Flag(
            kind,
            sum(row.n for row in forms if _JUDGED[kind](row) is not None),
            sum(row.n for row in forms if _JUDGED[kind](row)),
        )
        for kind in KINDS
    )


def _effects(kind: Kind, rows: list[_Row]) -> tuple[Effect, ...]:
    return tuple(
        _effect(measures, [row for row in rows if row.measured == measures], _JUDGED[kind])
        for measures in ("csat", "nps")
        if any(row.measured == measures for row in rows)
    )


def _effect(measures: str, rows: list[_Row], judged: Callable[[_Row], bool | None]) -> Effect:
    kept = [row for row in rows if not judged(row)]
    everybody, rest = sum(row.n for row in rows), sum(row.n for row in kept)
    hidden = is_small(rest) or is_small(everybody - rest)
    return Effect(
        measures,
        None if is_small(everybody) else _figure(measures, rows),
        None if hidden or is_small(everybody) else _figure(measures, kept),
    )


def _figure(measures: str, rows: list[_Row]) -> Estimate:
    n = sum(row.n for row in rows)
    if measures == "csat":
        return estimate(ShareCounts(sum(row.n for row in rows if row.in_top_two), n))
    promoters = sum(row.n for row in rows if row.score is not None and row.score >= 9)
    detractors = sum(row.n for row in rows if row.score is not None and row.score <= 6)
    return estimate(NpsCounts(detractors, n - detractors - promoters, promoters))
