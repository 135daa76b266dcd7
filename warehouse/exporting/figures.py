"""The figures of a survey as tables, with the same groups left out as on the pages."""

from collections.abc import Iterator

from contract import Estimate
from warehouse.database import Warehouse
from warehouse.exporting.table import Table, summary_table
from warehouse.filters import Filters
from warehouse.satisfaction import satisfaction
from warehouse.summary import DIMENSIONS, Figures, summarise

SERIES_COLUMNS = (
    *("metric", "question", "unit", "span", "name", "start", "end", "state", "suppressed"),
    *("n", "value", "low", "high", "confidence", "method", "target", "as_of"),
)
DISTRIBUTION_COLUMNS = ("metric", "question", "score", "suppressed", "n", "share_percent", "n_all", "as_of")
SUMMARY_COLUMNS = (
    *("question", "measures", "by", "group", "suppressed", "n", "confidence"),
    *("mean", "mean_low", "mean_high", "top_two_percent", "top_two_low", "top_two_high"),
    *("nps", "nps_low", "nps_high"),
    *("weighted_top_two_percent", "weighted_nps", "effective_n", "responses", "first_day", "last_day"),
)


def satisfaction_series(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a metric and period (or month): the figure with its interval in the metric's unit, and the
    target.

    Groups under 5, and those from which they could be worked out, have `suppressed` true and no figure, as
    on the page.
    """
    found = satisfaction(warehouse, filters)
    rows = [
        (
            *(series.metric.name, series.question.code, series.metric.unit),
            *(found.by, point.name, point.start, point.end, point.state, point.suppressed, point.n),
            *_interval(point.estimate),
            *((point.estimate.confidence, point.estimate.method) if point.estimate else (None,) * 2),
            *(point.target, found.as_of),
        )
        for series in found.series
        for point in series.points
    ]
    return summary_table(warehouse, SERIES_COLUMNS, rows, filters)


def distribution(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a metric and score: how often it was given in all the time shown, and its share."""
    found = satisfaction(warehouse, filters)

    def rows() -> Iterator[tuple[object, ...]]:
        for series in found.series:
            key = (series.metric.name, series.question.code)
            if series.distribution is None:
                yield (*key, None, True, None, None, None, found.as_of)
                continue
            total = sum(series.distribution.values())
            for score, n in sorted(series.distribution.items()):
                yield (*key, score, False, n, 100 * n / total if total else None, total, found.as_of)

    return summary_table(warehouse, DISTRIBUTION_COLUMNS, list(rows()), filters)


def summary(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a scored question of the survey, and one for each of its groups by language, touchpoint,
    tier, channel.

    `by` and `group` are empty for the whole survey. Means are in scale units, top two in percent, NPS in
    points.
    """
    survey = filters.survey
    first_day, last_day = warehouse.read("exports/days", survey=survey)[0]
    whole = summarise(warehouse, survey)
    figures: list[tuple[str | None, Figures]] = [(None, each) for each in whole.figures]
    for by in DIMENSIONS:
        figures += [(by, each) for each in summarise(warehouse, survey, by).figures if each.group is not None]
    rows = [
        (
            *(each.question.code, each.question.measures, by, each.group, each.suppressed, each.n),
            each.mean.confidence if each.mean else None,
            *(*_interval(each.mean), *_interval(each.top_two), *_interval(each.nps)),
            *_weighted(each),
            *(whole.responses, first_day, last_day),
        )
        for by, each in figures
    ]
    return summary_table(warehouse, SUMMARY_COLUMNS, rows, filters)


def _interval(estimate: Estimate | None) -> tuple[float | None, float | None, float | None]:
    return (estimate.value, estimate.low, estimate.high) if estimate else (None, None, None)


def _weighted(figures: Figures) -> tuple[float | None, float | None, float | None]:
    found = figures.weighted
    return (found.top_two, found.nps, found.effective_n) if found else (None, None, None)
