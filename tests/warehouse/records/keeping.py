"""Records for tests: written as a person writes them, and counted in the periods of the contract."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contract import CensusCounts, MetricUse
from contract.counts import Counts, ShareCounts
from tests.warehouse.making import a_warehouse, local
from warehouse import Warehouse
from warehouse.access import Role
from warehouse.as_of import as_of
from warehouse.contracts import current_contract
from warehouse.counting import count
from warehouse.metrics import metric
from warehouse.records.catalogue import record_type
from warehouse.records.storing import Stored, Written, store_written


@contextmanager
def a_house(folder: Path, *, contract: bool = True) -> Iterator[Warehouse]:
    """An open warehouse with the small contract: 2026Q1 and 2026Q2, Asia/Shanghai."""
    house = a_warehouse(folder, contract=contract)
    try:
        yield house
    finally:
        house.close()


def keep(house: Warehouse, type_name: str, *rows: dict[str, str], role: Role = "operator") -> Stored:
    """Store records; `number` names one, else they are called 1, 2, 3; `reason` says why."""
    written = []
    for place, row in enumerate(rows, start=1):
        fields = {code: text for code, text in row.items() if code not in ("number", "reason")}
        number = row.get("number", str(place))
        written.append(Written(number, fields, reason=row.get("reason", "")))
    return store_written(house, record_type(type_name), written, role, role)


def counts(
    house: Warehouse, name: str, until: str = "2026-07-01", at: str = ""
) -> dict[str, tuple[int, int, float | None]]:
    """Period -> opening, closing and value of a metric, of a share its answers and successes, as of the
    beginning of a local day, or of the local minute `at`."""
    shown, loaded = metric(name), current_contract(house)
    assert loaded is not None
    use = MetricUse(id=name, kind=shown.kind, direction=shown.direction, clause="1")
    found = {}
    moment = as_of(house, local(at or f"{until} 00:00"))
    for each in count(house, shown, loaded.contract.sha256, use, moment):
        found[each.period] = _plain(each.counts)
        assert each.segment == ""
    return found


def _plain(counts: Counts) -> tuple[int, int, float | None]:
    exact = counts.exact()
    value = None if exact is None else round(float(exact), 6)
    if isinstance(counts, ShareCounts):
        return counts.n, counts.successes, value
    assert isinstance(counts, CensusCounts)
    return counts.opening, counts.closing, value
