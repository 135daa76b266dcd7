"""The scorecard as a table: each target in each period with figure, interval and verdict, then the tiers."""

from contract import Estimate
from contract.wording import WORDS
from warehouse.database import Warehouse
from warehouse.exporting.table import SEALED, Table, sealed_cells, summary_table
from warehouse.filters import Filters
from warehouse.scorecard import Row, TierRow, scorecard
from warehouse.wordings import refusal

COLUMNS = (
    *("metric", "title", "unit", "segment", "period", "start", "end", "state", "suppressed"),
    *("value", "low", "high", "confidence", "method", "n"),
    *("clause", "target", "direction", "final", "verdict", "verdict_word", "reason", "as_of"),
    *("version", *SEALED),
)


def verdicts(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a target and period, and below them one a tier, without a verdict: the targets are set for
    everybody.

    Figures, interval and target are in the unit named; the interval is two-sided at `confidence` (0 to 1).
    `verdict` is a code, `verdict_word` and `reason` say it in the language. `version` is that of the contract
    which judges the period; of the seal see `sealed_cells`. Raises WarehouseError("contract-none").
    """
    card = scorecard(warehouse, contract=filters.contract)
    if card is None:
        raise refusal("contract-none")
    rows: list[tuple[object, ...]] = []
    for row in card.rows:
        verdict, target = row.verdict, row.verdict.target
        said = verdict.word, WORDS[verdict.word].words(language), verdict.reason_in(language)
        judged = row.clause, target.value, target.direction, verdict.final, *said
        where = *_where(row, language), row.segment, *_when(row)
        rows.append((*where, row.counts is None, *_figure(verdict.estimate), *judged, card.as_of, *_of(row)))
    for tier in card.tiers:
        where = *_where(tier, language), tier.tier, *_when(tier)
        rows.append((*where, tier.suppressed, *_figure(tier.estimate), *(None,) * 7, card.as_of, *_of(tier)))
    return summary_table(warehouse, COLUMNS, rows, contract=filters.contract)


def _where(row: Row | TierRow, language: str) -> tuple[object, ...]:
    return row.metric.name, row.metric.title[language], row.metric.unit


def _of(row: Row | TierRow) -> tuple[object, ...]:
    """The version of the contract that judges the period, and its seal."""
    return row.version, *sealed_cells(row.seal, row.late if isinstance(row, Row) else None)


def _when(row: Row | TierRow) -> tuple[object, ...]:
    return row.period.name, row.period.start, row.period.end, row.state


def _figure(estimate: Estimate | None) -> tuple[object, ...]:
    """Value, interval, confidence, method, n: empty where nothing may be shown."""
    if estimate is None:
        return (None,) * 6
    return estimate.value, estimate.low, estimate.high, estimate.confidence, estimate.method, estimate.n
