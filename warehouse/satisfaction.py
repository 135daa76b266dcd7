"""Satisfaction over time: satisfied share, NPS and ease of one survey, by contract period or by month."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from contract import Estimate, MeanCounts, NpsCounts, Period, ShareCounts, estimate, running_estimate
from contract.counts import SampleCounts
from survey import Question
from warehouse.as_of import AsOf, State, as_of
from warehouse.contracts import LoadedContract, current_contract
from warehouse.database import Warehouse
from warehouse.disclosure import OUTSIDE, TOTAL, Cell, Disclosure
from warehouse.filters import DIMENSIONS, Filters
from warehouse.members import months_between
from warehouse.metrics import Metric, metric
from warehouse.surveys import scored_ever, survey

# What a question measures -> the metric that its series shows.
METRICS: Mapping[str, str] = MappingProxyType({"csat": "csat_top2", "nps": "nps", "ces": "ces_mean"})


@dataclass(frozen=True, slots=True)
class Point:
    """The answers of one period or month. Everything that was counted is None where `suppressed`.

    `estimate` is in the metric's unit. `target` is that of the whole period for everybody: None in a view
    that leaves out some of either.
    """

    name: str
    start: date
    end: date
    state: State
    n: int | None
    counts: SampleCounts | None
    estimate: Estimate | None
    target: Decimal | None
    suppressed: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One figure over time, and the distribution of its scores in all its points, score -> n.

    `outside` is how many answers that pass the filters lie outside the contract's term and so in no point,
    though they count with the whole survey. All three are None where `suppressed`, and where so few lie
    outside that the whole survey would tell what those answered.
    """

    metric: Metric
    question: Question
    points: tuple[Point, ...]
    n: int | None
    distribution: Mapping[int, int] | None
    outside: int | None
    suppressed: bool


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What a survey says under its filters; `by` period when the contract uses it, else by month."""

    filters: Filters
    as_of: datetime
    by: Literal["period", "month"]
    series: tuple[Series, ...]


def satisfaction(warehouse: Warehouse, filters: Filters, instant: datetime | None = None) -> Satisfaction:
    """The series of every question that measures something, as of an aware instant (now when None).

    Raises ValueError for a survey that does not exist: `Filters.from_query` refuses those.
    """
    asked = survey(warehouse, filters.survey)
    if asked is None:
        raise ValueError(f"no survey {filters.survey!r}")
    at = as_of(warehouse, instant)
    loaded = current_contract(warehouse)
    if loaded and not any(use.survey == filters.survey for use in loaded.contract.metrics):
        loaded = None
    spans = _spans(warehouse, filters, at, loaded)
    shown = _tallies(warehouse, filters, spans, at)
    outside = _tallies(warehouse, filters, _outside(loaded), at)
    hidden = _hidden(warehouse, filters, spans, at)
    # The first question that measures it, as the metrics take it, of the newest version that has one.
    questions: dict[str, Question] = {
        question.measures: question for question in reversed(scored_ever(warehouse, asked))
    }
    series = []
    for measures, name in METRICS.items():
        if question := questions.get(measures):
            mine = [shown.get((measures, span.name), _Tally()) for span in spans]
            few = hidden.get(measures, frozenset())
            points = tuple(
                _point(
                    span,
                    tally,
                    metric(name),
                    question,
                    at,
                    not few.isdisjoint({span.name, TOTAL}),
                    _target(loaded, name, span, filters),
                )
                for span, tally in zip(spans, mine, strict=True)
            )
            beyond = outside.get((measures, OUTSIDE), _Tally()).n
            series.append(_series(metric(name), question, points, mine, beyond, few))
    return Satisfaction(filters, at.instant, "period" if loaded else "month", tuple(series))


@dataclass(slots=True)
class _Tally:
    """Score -> n, and how many of them chose one of the two best scores of the scale they were asked on."""

    scores: dict[int, int] = field(default_factory=dict)
    top_two: int = 0

    @property
    def n(self) -> int:
        return sum(self.scores.values())


def _spans(warehouse: Warehouse, filters: Filters, at: AsOf, loaded: LoadedContract | None) -> list[Period]:
    if loaded:
        spans = [period for period, _ in loaded.periods if at.begun(period.start)]
    else:
        spans = _months(warehouse, filters.survey, at)
    start, end = filters.start or date.min, filters.end or date.max
    return [span for span in spans if span.end > start and span.start < end]


def _months(warehouse: Warehouse, slug: str, at: AsOf) -> list[Period]:
    first = warehouse.read("satisfaction/first_day", survey=slug)[0][0]
    return list(months_between(first, at.until)) if first else []


def _outside(loaded: LoadedContract | None) -> list[Period]:
    if loaded is None:
        return []
    first, last = loaded.periods[0][0], loaded.periods[-1][0]
    return [Period(OUTSIDE, date.min, first.start), Period(OUTSIDE, last.end, date.max)]


def _tallies(
    warehouse: Warehouse, filters: Filters, spans: Sequence[Period], at: AsOf
) -> dict[tuple[str, str], _Tally]:
    """(what is measured, name of the span) -> what was answered."""
    found: dict[tuple[str, str], _Tally] = {}
    rows = warehouse.read(
        "satisfaction/histogram",
        names=[span.name for span in spans],
        starts=[span.start for span in spans],
        ends=[span.end for span in spans],
        until=at.until,
        **filters.parameters(),
    )
    for span, measures, score, n, in_top_two in rows:
        tally = found.setdefault((measures, span), _Tally())
        tally.scores[score] = n
        tally.top_two += int(in_top_two)
    return found


def _hidden(
    warehouse: Warehouse, filters: Filters, spans: Sequence[Period], at: AsOf
) -> dict[str, frozenset[str]]:
    """What is measured -> the names of the spans that are not shown."""
    dated = filters.start is not None or filters.end is not None
    cut = _months(warehouse, filters.survey, at) if dated else spans
    rows = warehouse.read(
        "satisfaction/cells",
        names=[span.name for span in cut],
        starts=[span.start for span in cut],
        ends=[span.end for span in cut],
        until=at.until,
        survey=filters.survey,
        **{dimension: getattr(filters, dimension) for dimension in DIMENSIONS},
    )
    cells: dict[str, list[Cell]] = {}
    for measures, span, n, *values in rows:
        known = {name: value for name, value in zip(DIMENSIONS, values, strict=True) if value is not None}
        cells.setdefault(measures, []).append(Cell(span, known, n))
    named = {(name, getattr(filters, name)) for name in DIMENSIONS}
    limits = frozenset((name, value) for name, value in named if value is not None)
    return {
        measures: Disclosure(found, all_or_nothing=dated).hidden(limits) for measures, found in cells.items()
    }


def _target(loaded: LoadedContract | None, name: str, span: Period, filters: Filters) -> Decimal | None:
    # A target of the period is not one of some tiers, nor of some of its days.
    whole = filters.start is None or filters.start <= span.start
    whole = whole and (filters.end is None or filters.end >= span.end)
    if loaded is None or filters.narrows or not whole:
        return None
    target = loaded.target(name, span.name)
    return target.value if target else None


def _point(
    span: Period,
    tally: _Tally,
    shown_as: Metric,
    question: Question,
    at: AsOf,
    hidden: bool,
    target: Decimal | None,
) -> Point:
    state = at.state(span.end)
    if hidden:
        return Point(span.name, span.start, span.end, state, None, None, None, target, True)
    counts = _counts(shown_as, tally, question)
    figure = running_estimate(counts) if state == "running" else estimate(counts)
    return Point(span.name, span.start, span.end, state, tally.n, counts, figure, target, False)


def _counts(shown_as: Metric, tally: _Tally, question: Question) -> SampleCounts:
    scores = tally.scores
    if shown_as.kind == "share":
        return ShareCounts(tally.top_two, tally.n)
    if shown_as.kind == "nps":
        detractors = sum(n for score, n in scores.items() if score <= 6)
        promoters = sum(n for score, n in scores.items() if score >= 9)
        return NpsCounts(detractors, tally.n - detractors - promoters, promoters)
    return MeanCounts({point: scores.get(point, 0) for point in _scale(question)} | scores)


def _series(
    shown_as: Metric,
    question: Question,
    points: tuple[Point, ...],
    mine: Sequence[_Tally],
    beyond: int,
    few: Collection[str],
) -> Series:
    # What the points leave of the whole survey, which is shown elsewhere, is what lies outside.
    if TOTAL in few or OUTSIDE in few:
        return Series(shown_as, question, points, None, None, None, suppressed=TOTAL in few)
    distribution = {point: sum(tally.scores.get(point, 0) for tally in mine) for point in _scale(question)}
    n = sum(tally.n for tally in mine)
    return Series(shown_as, question, points, n, distribution, beyond, suppressed=False)


def _scale(question: Question) -> range:
    return range(question.scale.min, question.scale.max + 1) if question.scale else range(0)
