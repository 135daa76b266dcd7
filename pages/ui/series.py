"""A series of the warehouse as the points of a run chart, and its scores as the bars of a distribution."""

from pages.ui.distribution import Score
from pages.ui.numbers import amount
from pages.ui.run_chart import RunPoint
from pages.ui.standing import STANDINGS, Standing
from pages.ui.texts import translate
from warehouse.satisfaction import Point, Satisfaction, Series
from warehouse.scorecard import Scorecard

GROUPS = {"bad": "The two lowest scores", "open": "In between", "good": "The two best scores"}
NPS_GROUPS = {"bad": "Detractors (0–6)", "open": "Passives (7–8)", "good": "Promoters (9–10)"}


def run_points(series: Series, found: Satisfaction, card: Scorecard | None, language: str) -> list[RunPoint]:
    """The points up to the last with answers, with verdicts where the view is what the contract judges."""
    standings = _standings(series, found, card)
    last = max((place for place, point in enumerate(series.points) if point.n), default=-1)
    return [_point(point, standings.get(point.name), language) for point in series.points[: last + 1]]


def scores(series: Series, language: str) -> list[Score]:
    """A bar for each point of the scale; which scores are good is what the metric counts."""
    points = sorted((series.distribution or {}).items())
    highest = points[-1][0]
    bars = []
    for score, n in points:
        if series.question.measures == "nps":
            tone = "good" if score >= 9 else "open" if score >= 7 else "bad"
            group = translate(NPS_GROUPS[tone], language)
        else:
            tone = "good" if score >= highest - 1 else "bad" if score <= points[0][0] + 1 else "open"
            group = translate(GROUPS[tone], language)
        bars.append(Score(str(score), n, tone, group))
    return bars


def _standings(series: Series, found: Satisfaction, card: Scorecard | None) -> dict[str, Standing]:
    narrowed = found.filters.narrows or found.filters.start or found.filters.end
    if card is None or narrowed or found.by != "period":
        return {}
    rows = [row for row in card.rows if row.metric.name == series.metric.name]
    return {row.period.name: STANDINGS[row.verdict.word] for row in rows}


def _point(point: Point, standing: Standing | None, language: str) -> RunPoint:
    estimate = point.estimate
    return RunPoint(
        label=point.name,
        value=estimate.value if estimate else None,
        low=estimate.low if estimate else None,
        high=estimate.high if estimate else None,
        target=None if point.target is None else float(point.target),
        standing=standing if estimate and estimate.value is not None else None,
        running=point.state == "running",
        note=f"n = {amount(point.n, 'count', language)}",
    )
