"""What is counted from the records of a type: each of its metrics in the latest periods of the contract."""

import warehouse
from contract import estimate
from contract.counts import CensusCounts, Counts, SampleCounts
from pages.ui.layout import Link, links, section
from pages.ui.markup import show
from pages.ui.numbers import NOTHING, amount, span
from pages.ui.records.telling import metric_title
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t, translate
from survey import pick
from warehouse.metrics import Metric
from warehouse.records.declaring import RecordType
from warehouse.records.figures import figures
from warehouse.suppression import is_small

_PERIODS = 4


def record_figures(kind: RecordType) -> None:
    """One line a metric; nothing for a type that no metric counts."""
    if not kind.metrics:
        return
    section(t("What is counted from them"), t("By the contract's periods; the last one may still run."))
    found = figures(warehouse.serving(), kind)
    if not found:
        show("notes", notes=[t("Periods come from a contract, and none is loaded.")])
        return
    names = list(dict.fromkeys(name for each in found for name, _ in each.periods))[-_PERIODS:]
    rows = []
    for each in found:
        counts = dict(each.periods)
        cells = (figure_cell(each.metric, counts.get(name), language()) for name in names)
        rows.append([Cell(metric_title(each.metric, language())), *cells])
    columns = [Column(t("Metric")), *(Column(name, right=True) for name in names)]
    show_table(Table(t("What is counted from them"), columns, rows))
    show(
        "notes",
        notes=[
            f"{metric_title(each.metric, language())}: {pick(each.metric.words, language(), 'en')[0]}"
            for each in found
        ],
    )
    links(Link(t("Targets"), "/targets"))


def figure_cell(metric: Metric, counts: Counts | None, language: str) -> Cell:
    """The figure of a period, with what it is made of as the note."""
    if counts is None or counts.exact() is None:
        return Cell(translate("No cases", language))
    if not isinstance(counts, CensusCounts):
        return _sampled(metric, counts, language)
    made_of = ""
    if counts.is_part:
        closing, opening = (amount(each, "count", language) for each in (counts.closing, counts.opening))
        made_of = translate("{part} of {whole}", language, part=closing, whole=opening)
    return Cell(amount(counts.value, metric.unit, language), made_of)


def _sampled(metric: Metric, counts: SampleCounts, language: str) -> Cell:
    """A figure of answers: with how many there are and its interval; nothing of a few people."""
    if is_small(counts.n):
        return Cell(NOTHING, translate("Too few answers to show", language))
    found = estimate(counts)
    said = f"n = {amount(counts.n, 'count', language)}"
    if found.low is not None:
        said = f"{said} · {span(found.low, found.high, metric.unit, language)}"
    return Cell(amount(found.value, metric.unit, language), said)
