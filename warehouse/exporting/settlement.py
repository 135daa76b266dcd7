"""The settlements as a table: every line of every closed period, with its clause and its arithmetic."""

from warehouse.database import Warehouse
from warehouse.exporting.problems import refusal
from warehouse.exporting.table import SEALED, Table, sealed_cells, summary_table
from warehouse.filters import Filters
from warehouse.metrics import agreed
from warehouse.settling import settlements

COLUMNS = (
    *("period", "start", "end", "version", "state", "settled_on", "line"),
    *("kind", "clause", "metric", "title", "amount", "currency", "reason"),
    *("period_deducted", "period_payable", "period_total", "as_of"),
    *SEALED[:2],
)


def settlement(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a line, in the order of the ledger. `amount` is added to what party A pays, so a deduction is
    negative; the amounts of a period add up to its `period_total`, added services included.

    `state` is provisional, settled or sealed. Raises WarehouseError("export-no-money") without a contract or
    fees.
    """
    found = settlements(warehouse, contract=filters.contract)
    if found is None:
        raise refusal("export-no-money")
    rows: list[tuple[object, ...]] = []
    for ledger in found.ledgers:
        titles = {use.metric: agreed(use).title[language] for use in ledger.contract.metrics}
        settled, period = ledger.settlement, ledger.period
        state = "provisional" if ledger.is_provisional else "sealed" if ledger.seal else "settled"
        when = period.name, period.start, period.end, ledger.contract.version, state, ledger.settled_on
        totals = settled.deducted, settled.payable, settled.total
        seal = sealed_cells(ledger.seal)[:2]
        for number, line in enumerate(settled.lines, start=1):
            said = line.reason.words(language)
            title = titles.get(line.metric) if line.metric else None
            what = line.kind, line.clause, line.metric, title, line.amount, settled.currency, said
            rows.append((*when, number, *what, *totals, found.as_of, *seal))
    return summary_table(warehouse, COLUMNS, rows, contract=filters.contract)
