"""How much a figure leaves out for now, such as cases that wait for the customer."""

from collections.abc import Mapping

from warehouse.as_of import AsOf, as_of
from warehouse.calendar import to_stored
from warehouse.database import Warehouse
from warehouse.evidence.basis import EVERYTHING, Basis
from warehouse.evidence.sealed import Seal
from warehouse.metrics import FROM_ROWS, LEFT_OUT, Metric


def left_out(
    warehouse: Warehouse, metric: Metric, contract_sha256: str, at: AsOf, seals: Mapping[str, Seal]
) -> Mapping[str, int]:
    """Period -> how many the metric leaves out for now, none where none; of a sealed period those of its
    seal. `seals` are by period."""
    if metric.left_out is None:
        return {}
    found = _counted(warehouse, metric, contract_sha256, at, EVERYTHING)
    for name, seal in seals.items():
        then = as_of(warehouse, seal.sealed.as_of)
        found[name] = _counted(warehouse, metric, contract_sha256, then, seal.sealed.basis).get(name, 0)
    return found


def _counted(
    warehouse: Warehouse, metric: Metric, contract_sha256: str, at: AsOf, basis: Basis
) -> dict[str, int]:
    asked = {"contract": contract_sha256, "as_of": at.until, "instant": to_stored(at.instant)}
    if basis == EVERYTHING:
        return dict(warehouse.read(f"metrics/{LEFT_OUT}/{metric.file}", **asked))
    rows = f"metrics/{LEFT_OUT}/{FROM_ROWS}/{metric.file}"  # rollups know nothing of earlier states
    return dict(warehouse.read(rows, **asked, records_until=basis.records_until))
