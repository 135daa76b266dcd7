"""What a contract's periods come to in the metrics of a record type, whether or not it sets a target."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contract import MetricUse
from contract.counts import Counts
from warehouse.as_of import as_of
from warehouse.contracts import current_contract
from warehouse.counting import count
from warehouse.metrics import Metric, catalogue, metric
from warehouse.records.declaring import RecordType

if TYPE_CHECKING:
    from warehouse.database import Warehouse

_ANY = "1"  # a clause that nobody reads


@dataclass(frozen=True, slots=True)
class Figures:
    """A metric with its counts by period, in the order of the periods; those begun only."""

    metric: Metric
    periods: Sequence[tuple[str, Counts]]


def figures(warehouse: "Warehouse", kind: RecordType, contract: str | None = None) -> tuple[Figures, ...]:
    """Every metric of the type, by the periods of the contract of that id, else
    of the one in force; none without a contract.

    Raises WarehouseError as `counting.count`."""
    loaded, at = current_contract(warehouse, contract=contract), as_of(warehouse)
    if loaded is None:
        return ()
    order = [period.name for period in loaded.contract.periods]
    found = []
    for name in kind.metrics:
        shown = metric(name)
        use = MetricUse(id=name, kind=shown.kind, direction=shown.direction, clause=_ANY)
        counted = {
            each.period: each.counts
            for each in count(warehouse, shown, loaded.contract.sha256, use, at)
            if each.segment == ""
        }
        found.append(Figures(shown, [(period, counted[period]) for period in order if period in counted]))
    return tuple(found)


def counted_names(warehouse: "Warehouse") -> frozenset[str]:
    """The names of the figures that are counted: of the catalogue and of the contract."""
    loaded = current_contract(warehouse)
    named = [use.metric for use in loaded.contract.metrics] if loaded else []
    return frozenset([*named, *(each.name for each in catalogue())])
