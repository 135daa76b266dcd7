"""The figures of a survey: for each scored question n, mean, top-two share and NPS with intervals, whole or
by group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Literal

from contract import Estimate, MeanCounts, NpsCounts, ShareCounts, estimate
from survey import Question
from survey.definition import Scale
from warehouse.database import Warehouse
from warehouse.problems import Problem, WarehouseError
from warehouse.suppression import is_small, suppress
from warehouse.surveys import Survey, scored_ever, survey, surveys

Dimension = Literal["language", "touchpoint", "tier", "channel"]
DIMENSIONS: tuple[Dimension, ...] = ("language", "touchpoint", "tier", "channel")
WORDINGS = {
    "survey-unknown": (
        "There is no survey {survey}; there are: {known}.",
        "Name one of these, or import its file first.",
    ),
}


@dataclass(frozen=True, slots=True)
class Weighted:
    """Figures of a weighted sample: the top-two share in percent, the NPS in points (None for other
    questions).

    `effective_n` is the size of an unweighted sample of the same precision, (sum w)^2 / sum w^2 (Kish
    1965)."""

    top_two: float
    nps: float | None
    effective_n: float


@dataclass(frozen=True, slots=True)
class Figures:
    """One question in one group. `top_two` is the share in percent (0..100) of the two highest points of the
    scale.

    `group` is a value of the dimension, "" where a response has none, and None for the whole survey. Every
    figure is None and `n` too where `suppressed`: the group is too small to be shown. `weighted` is None
    where weights are equal."""

    question: Question
    group: str | None
    n: int | None
    mean: Estimate | None
    top_two: Estimate | None
    nps: Estimate | None
    weighted: Weighted | None
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A survey's figures in the order of its questions, those of older versions alone at the end; questions
    nobody answered are left out."""

    survey: Survey
    responses: int
    by: Dimension | None
    figures: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class _Bar:
    """How often one score was given: answers, sum of their weights, sum of the weights' squares."""

    score: int
    n: int
    weights: float
    squares: float


def summarise(warehouse: Warehouse, slug: str, by: Dimension | None = None) -> Summary:
    """The figures of a survey; with `by`, each question's groups follow its whole.

    Raises WarehouseError("survey-unknown")."""
    found = survey(warehouse, slug)
    if found is None:
        raise _unknown(warehouse, slug)
    whole = _histograms(warehouse, slug, None)
    parts = _histograms(warehouse, slug, by) if by else {}
    figures: list[Figures] = []
    for question in scored_ever(warehouse, found):
        everybody = whole.get((question.code, ""))
        if everybody and is_small(sum(bar.n for bar in everybody)):
            figures.append(_hidden(question, None))
        elif everybody:
            figures.append(_figures(question, None, everybody))
            figures += _groups(
                question, {group: bars for (code, group), bars in parts.items() if code == question.code}
            )
    responses = int(warehouse.read("summary/responses", survey=slug)[0][0])
    return Summary(found, responses, by, tuple(figures))


def _unknown(warehouse: Warehouse, slug: str) -> WarehouseError:
    what, todo = WORDINGS["survey-unknown"]
    known = ", ".join(each.slug for each in surveys(warehouse))
    return WarehouseError(Problem("survey-unknown", "", what, todo, {"survey": slug, "known": known}))


def _histograms(
    warehouse: Warehouse, slug: str, by: Dimension | None
) -> Mapping[tuple[str, str], Sequence[_Bar]]:
    """(question code, group) -> its bars; the group is "" for everybody."""
    found: dict[tuple[str, str], list[_Bar]] = {}
    for code, group, *bar in warehouse.read("summary/histogram", survey=slug, by=by or ""):
        found.setdefault((code, group), []).append(_Bar(*bar))
    return found


def _groups(question: Question, groups: Mapping[str, Sequence[_Bar]]) -> Iterable[Figures]:
    sizes = {group: sum(bar.n for bar in bars) for group, bars in groups.items()}
    for shown in suppress(sizes):
        if shown.suppressed:
            yield _hidden(question, shown.name)
        else:
            yield _figures(question, shown.name, groups[shown.name])


def _hidden(question: Question, group: str | None) -> Figures:
    return Figures(question, group, None, None, None, None, None, suppressed=True)


def _figures(question: Question, group: str | None, bars: Sequence[_Bar]) -> Figures:
    scale = question.scale
    if scale is None:
        raise ValueError(f"{question.code} has no scale")
    n = sum(bar.n for bar in bars)
    top = sum(bar.n for bar in bars if _is_top(bar, scale))
    is_nps = question.measures == "nps"
    unchosen = dict.fromkeys(range(scale.min, scale.max + 1), 0)
    return Figures(
        question=question,
        group=group,
        n=n,
        mean=estimate(MeanCounts(unchosen | {bar.score: bar.n for bar in bars})),
        top_two=estimate(ShareCounts(top, n)),
        nps=estimate(_nps_counts(bars, n)) if is_nps else None,
        weighted=_weighted(bars, n, scale, is_nps),
    )


def _is_top(bar: _Bar, scale: Scale) -> bool:
    return bar.score >= scale.max - 1


def _nps_counts(bars: Sequence[_Bar], n: int) -> NpsCounts:
    promoters = sum(bar.n for bar in bars if bar.score >= 9)
    detractors = sum(bar.n for bar in bars if bar.score <= 6)
    return NpsCounts(detractors, n - detractors - promoters, promoters)


def _weighted(bars: Sequence[_Bar], n: int, scale: Scale, is_nps: bool) -> Weighted | None:
    weights, squares = sum(bar.weights for bar in bars), sum(bar.squares for bar in bars)
    # By the Cauchy-Schwarz inequality the effective n is below n unless all weights are equal.
    if weights == 0 or isclose(weights**2, n * squares, rel_tol=1e-9):
        return None
    top = sum(bar.weights for bar in bars if _is_top(bar, scale))
    promoters = sum(bar.weights for bar in bars if bar.score >= 9)
    detractors = sum(bar.weights for bar in bars if bar.score <= 6)
    nps = 100 * (promoters - detractors) / weights if is_nps else None
    return Weighted(100 * top / weights, nps, weights**2 / squares)
