"""How a metric is computed: its facts, what it reads, its counts period by period, an index's components."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from contract import CensusCounts, Contract, Counts, MeanCounts, MetricUse, NpsCounts, ShareCounts
from contract.methods import METHODS, RUNNING
from contract.texts import listed
from contract.wording import decimals_beside
from pages.ui.filters import value_title
from pages.ui.kpi import RULES
from pages.ui.metric_choice import computed_href
from pages.ui.numbers import NOTHING, amount
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from survey import pick
from warehouse.metrics import Metric
from warehouse.scorecard import Row

_KINDS = {
    "share": "Share: so many of all answers",
    "nps": "Net Promoter Score: promoters less detractors, in points",
    "mean": "Mean of the scores on their scale",
    "census": "Census: everybody is counted, nothing is sampled",
    "index": "Index of other metrics, 0 to 100 points",
}
_UNITS = {
    "percent": "percent",
    "points": "points",
    "scale": "points of the question's scale",
    "count": "a number of things",
    "days": "days",
    "money": "money, in the contract's currency",
    "per_1000": "so many for every 1,000",
}


def facts(metric: Metric, use: MetricUse, contract: Contract, language: str) -> list[tuple[str, str]]:
    """What the metric is and how it is judged, as (name, text)."""

    def t(message: str, /, **values: object) -> str:
        return translate(message, language, **values)

    method = METHODS[metric.kind]
    found = [
        (t("Meaning"), pick(metric.words, language, "en")[0]),
        (t("Kind"), t(_KINDS[metric.kind])),
        (t("Unit"), t(_UNITS[metric.unit])),
        (t("Better is"), t("higher") if metric.direction == "higher" else t("lower")),
        (t("Interval"), method.interval.words(language)),
        (t("Decided by"), method.decision.words(language)),
    ]
    if method.source:
        found += [(t("Published by"), method.source), (t("While it runs"), RUNNING.words(language))]
    terms = next((one for one in contract.spec.targets if one.metric == use.metric), None)
    if terms is not None:
        found.append((t("Decision rule"), t(RULES[terms.decision.rule])))
    return found


def inputs(metric: Metric, use: MetricUse, responses: int | None, language: str) -> list[tuple[str, str]]:
    """What it reads: survey, touchpoint, class of customers, tables; `responses` are those of the survey."""

    def t(message: str, /, **values: object) -> str:
        return translate(message, language, **values)

    found = []
    if use.survey is not None and metric.needs_survey:
        said = t("{survey}, {n} responses stored", survey=use.survey, n=amount(responses, "count", language))
        found.append((t("Survey"), said))
        touchpoint = value_title("touchpoint", use.touchpoint, language) if use.touchpoint else t("all")
        if metric.takes_touchpoint:
            found.append((t("Touchpoint"), touchpoint))
    if use.tier is not None:
        found.append((t("Member tier"), value_title("tier", use.tier, language)))
    if metric.file:
        found.append((t("File"), f"warehouse/metrics/{metric.file}.sql"))
        found.append((t("Tables"), ", ".join(tables_read(metric.sql))))
    return found


def tables_read(sql: str) -> tuple[str, ...]:
    """The tables and views that the statement reads, in their order; its own common tables and macros left
    out."""
    code = "\n".join(line for line in sql.splitlines() if not line.lstrip().startswith("--"))
    own = set(re.findall(r"(\w+)\s+AS\s*(?:MATERIALIZED\s*)?\(", code, re.IGNORECASE))
    named = re.findall(r"\b(?:FROM|JOIN)\s+(\w+?)(?:(?=_until\()|\b(?!\())", code, re.IGNORECASE)
    return tuple(dict.fromkeys(name for name in named if name not in own))


def counts_table(metric: Metric, rows: Sequence[Row], language: str) -> Table:
    """What the statement counted, period by period: anybody can work the figure out again from it."""
    decimals = max(
        (decimals_beside(row.verdict.target.value, metric.unit, *row.verdict.figures) for row in rows),
        default=0,
    )
    cells = []
    for row in rows:
        value = amount(row.verdict.estimate.value, metric.unit, language, decimals=decimals)
        running = translate("still running", language) if row.state == "running" else ""
        pooled = listed(row.pooled).words(language) if row.pooled else ""
        together = translate("together with {periods}", language, periods=pooled) if pooled else ""
        notes = running or together, translate("sealed", language) if row.seal else ""
        note = translate(", ", language).join(part for part in notes if part)
        cells.append([Cell(row.period.name, note), Cell(_counted(row.counts, language)), Cell(value)])
    columns = [
        Column(translate("Period", language)),
        Column(translate("Counted", language)),
        Column(translate("Value", language), right=True),
    ]
    return Table(translate("What was counted", language), columns, cells)


def component_table(
    use: MetricUse, contract: Contract, titles: Mapping[str, str], rows: Sequence[Row], language: str
) -> Table:
    """The components of an index, with the figures of the last closed period and what they give."""
    closed = [row for row in rows if row.state == "closed"]
    last = max((row.period for row in closed), key=lambda period: period.start, default=None)
    figures = {row.metric.name: row.counts.exact() for row in closed if row.period == last and row.counts}
    kinds = {one.metric: one.measured_in for one in contract.metrics}
    cells = []
    for part in use.components:
        figure, unit = figures.get(part.metric), kinds[part.metric]
        points = None if figure is None else part.points(figure)
        given = None if points is None else Fraction(part.weight) * points
        cells.append(
            [
                Cell(titles[part.metric], href=computed_href(part.metric)),
                Cell(amount(part.weight, "scale", language)),
                Cell(amount(part.worst, unit, language)),
                Cell(amount(part.best, unit, language)),
                Cell(amount(None if figure is None else float(figure), unit, language)),
                Cell(amount(None if points is None else float(points), "points", language)),
                Cell(amount(None if given is None else float(given), "points", language)),
            ]
        )
    names = ("Weight", "0 points at", "100 points at", "Figure", "Points", "Adds")
    columns = [Column(translate("Component", language))]
    columns += [Column(translate(name, language), right=True) for name in names]
    period = last.name if last else NOTHING
    return Table(translate("Components in {period}", language, period=period), columns, cells)


def _counted(counts: Counts | None, language: str) -> str:
    def said(number: int) -> str:
        return amount(number, "count", language)

    match counts:
        case None:
            return translate("Too few to show", language)
        case ShareCounts():
            return translate("{k} of {n}", language, k=said(counts.successes), n=said(counts.n))
        case NpsCounts():
            return translate(
                "{detractors} detractors, {passives} passives, {promoters} promoters",
                language,
                detractors=said(counts.detractors),
                passives=said(counts.passives),
                promoters=said(counts.promoters),
            )
        case MeanCounts():
            points = (f"{point} × {said(number)}" for point, number in sorted(counts.counts.items()))
            return translate(", ", language).join(points)
        case CensusCounts(opening=0, closing=0):
            return NOTHING
        case CensusCounts(is_part=True):
            return translate(
                "{part} of {whole}", language, part=said(counts.closing), whole=said(counts.opening)
            )
        case CensusCounts():
            return f"{said(counts.opening)} → {said(counts.closing)}"
