"""The targets over the whole term as a table: what is asked in every period, and what came in those begun."""

from datetime import timedelta

from contract.wording import WORDS
from warehouse.as_of import as_of
from warehouse.contracts import current_contract
from warehouse.database import Warehouse
from warehouse.exporting.table import SEALED, Table, sealed_cells, summary_table
from warehouse.filters import Filters
from warehouse.metrics import agreed
from warehouse.scorecard import scorecard
from warehouse.wordings import refusal

COLUMNS = (
    *("metric", "title", "unit", "clause", "version", "period", "start", "end", "state"),
    *("target", "floor", "stretch", "grace", "direction", "rule", "target_confidence", "min_n"),
    *("suppressed", "value", "low", "high", "confidence", "method", "n", "pooled", "carried"),
    *("verdict", "verdict_word", "reason", "as_of"),
    *SEALED,
)


def targets(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a target and period of the term; `state` is closed, running or to_come.

    `pooled` names the periods whose answers were counted together with this one's. Raises
    WarehouseError("contract-none").
    """
    card = scorecard(warehouse, contract=filters.contract)
    loaded = current_contract(warehouse, as_of(warehouse).until - timedelta(days=1), filters.contract)
    if card is None or loaded is None:
        raise refusal("contract-none")
    found = {(row.metric.name, row.period.name): row for row in card.rows if not row.segment}
    rows: list[tuple[object, ...]] = []
    versions = (loaded.contract, *loaded.versions)
    for name in dict.fromkeys(terms.metric for one in versions for terms in one.spec.targets):
        for period, version in loaded.periods:
            target = version.target(name, period.name)
            use = next((one for one in version.metrics if one.metric == name), None)
            if target is None or use is None:
                continue
            metric, row = agreed(use), found.get((name, period.name))
            what = name, metric.title[language], metric.unit, target.clause, version.version
            when = period.name, period.start, period.end, row.state if row else "to_come"
            asked = target.value, target.floor, target.stretch, target.grace, target.direction
            rule = target.rule, target.confidence, target.min_n
            if row is None:
                rows.append((*what, *when, *asked, *rule, *(None,) * 12, card.as_of, *sealed_cells()))
                continue
            one, verdict = row.verdict.estimate, row.verdict
            figures = one.value, one.low, one.high, one.confidence, one.method, one.n
            said = verdict.word, WORDS[verdict.word].words(language), verdict.reason_in(language)
            pool = ", ".join(row.pooled) or None, row.carried
            seal = sealed_cells(row.seal, row.late)
            found_now = row.counts is None, *figures, *pool, *said, card.as_of
            rows.append((*what, *when, *asked, *rule, *found_now, *seal))
    return summary_table(warehouse, COLUMNS, rows, contract=filters.contract)
