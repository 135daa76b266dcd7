"""Keeps contract versions as they were loaded, with their periods and targets; the latest one loaded is in
force."""

import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from contract import Contract, read_contract
from warehouse.calendar import to_stored, utc_now
from warehouse.memory import PerWarehouse
from warehouse.metrics import agreed
from warehouse.problems import Problem, WarehouseError, core_error
from warehouse.sql import sql
from warehouse.surveys import BUILT_IN, surveys
from warehouse.wordings import problem, refusal

if TYPE_CHECKING:
    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class LoadedContract:
    """A contract as loaded; `is_example` when it came with the example."""

    contract: Contract
    is_example: bool


@dataclass(slots=True)
class _Current:
    """The contract last read back, by its checksum: the same source need not be parsed at each page."""

    sha256: str = ""
    loaded: LoadedContract | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_current = PerWarehouse(lambda warehouse: _Current())


def load_contract(warehouse: "Warehouse", source: str, is_example: bool = False) -> Contract:
    """Read the YAML text, store the version with its periods and targets, and put it in force.

    A version loaded before with the same content changes nothing. Raises ContractError for a text that is no
    contract, WarehouseError("contract-version-immutable") when this version is loaded with another content,
    "contract-zone" when days are stored already in another zone than its own, and the first of
    `disagreements`. Before the first day is stored, the warehouse takes the contract's zone for its own.
    """
    contract = read_contract(source, "contract.yaml")
    for disagreement in disagreements(contract):
        raise WarehouseError(disagreement)
    before = warehouse.reporting_zone
    try:
        with warehouse.transaction() as cursor:
            if contract.term.timezone != before.key:
                _take_zone(cursor, contract.term.timezone, before.key)
                # Within the transaction: the writer's next batch must not be stored in the old zone.
                warehouse.reporting_zone = ZoneInfo(contract.term.timezone)
            store_contract(cursor, contract, source, is_example=is_example)
    except BaseException:
        warehouse.reporting_zone = before
        raise
    return contract


def store_contract(
    cursor: DuckDBPyConnection, contract: Contract, source: str, *, is_example: bool = False
) -> None:
    """What `load_contract` does with a contract read already, as part of the caller's transaction."""
    key = {"contract": contract.id, "version": contract.version}
    loaded = cursor.execute(sql("core/contract_version"), key).fetchone()
    if loaded is None:
        row = {"document": contract.canonical_json(), "source": source, "is_example": is_example}
        stamp = {"sha256": contract.sha256, "recorded_at": to_stored(utc_now())}
        cursor.execute(sql("core/insert_contract_version"), key | row | stamp)
        _store_terms(cursor, contract)
    elif loaded[0] != contract.sha256:
        raise core_error("contract-version-immutable", contract=contract.id, version=contract.version)


def disagreements(contract: Contract) -> tuple[Problem, ...]:
    """Where the contract and the catalogue of metrics differ, a problem a metric: see `metrics.agreed`."""
    found = []
    for use in contract.metrics:
        try:
            agreed(use)
        except WarehouseError as error:
            found.append(error.problem)
    return tuple(found)


def contract_warnings(warehouse: "Warehouse", contract: Contract) -> tuple[Problem, ...]:
    """What a loaded contract asks of the warehouse that is not there yet: a problem ("survey-none") for each
    metric counted from a survey there is not. Often the contract comes first and the answers later."""
    there = {each.slug for each in surveys(warehouse)}
    return tuple(_without_survey(contract, there, "survey-none"))


def unchecked(contract: Contract) -> tuple[Problem, ...]:
    """The same without a warehouse: a problem ("survey-unchecked") for each metric that is not counted from
    the survey which every warehouse has."""
    return tuple(_without_survey(contract, {BUILT_IN}, "survey-unchecked"))


def current_contract(warehouse: "Warehouse") -> LoadedContract | None:
    """The contract in force: the one loaded last. None when none is."""
    rows = warehouse.read("core/current_contract")
    if not rows:
        return None
    sha256, source, is_example = rows[0]
    memory = _current(warehouse)
    with memory.lock:
        if memory.loaded is None or memory.sha256 != sha256:
            memory.loaded = LoadedContract(read_contract(source, "contract.yaml"), is_example)
            memory.sha256 = sha256
        return memory.loaded


def _without_survey(contract: Contract, there: Collection[str], code: str) -> Iterator[Problem]:
    for place, use in enumerate(contract.metrics):
        if use.survey is not None and use.survey not in there:
            where = f"spec.metrics[{place}].survey"
            yield problem(code, where, metric=use.metric, survey=use.survey)


def _take_zone(cursor: DuckDBPyConnection, zone: str, before: str) -> None:
    dated = cursor.execute(sql("core/days_stored")).fetchone()
    if dated and dated[0]:
        raise refusal("contract-zone", said=zone, zone=before)
    row = {"name": "reporting_zone", "value": zone, "recorded_at": to_stored(utc_now())}
    cursor.execute(sql("core/insert_setting"), row)


def _store_terms(cursor: DuckDBPyConnection, contract: Contract) -> None:
    for period in contract.periods:
        span = {"period": period.name, "starts_on": period.start, "ends_on": period.end}
        cursor.execute(sql("core/insert_contract_period"), span | {"sha256": contract.sha256})
    for target in contract.targets:
        what = {"metric": target.metric, "clause": target.clause, "period": target.period.name}
        row = what | {"target": target.value, "sha256": contract.sha256}
        cursor.execute(sql("core/insert_contract_target"), row)
