"""Loads versions of contracts with their periods and targets: a version never changes, no two contracts judge
the same days, and one loaded by mistake is withdrawn."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from contract import (
    Contract,
    ContractError,
    check_succession,
    differences,
    example_source,
    periods_in_force,
    read_contract,
    stored_contract,
)
from contract.metrics import OTHER_UNITS
from warehouse.audit.chain import record
from warehouse.calendar import to_stored, utc_now
from warehouse.contracts import contracts, stored_contracts
from warehouse.metrics import agreed
from warehouse.problems import Problem, WarehouseError, core_error
from warehouse.sql import sql
from warehouse.wordings import problem, refusal

if TYPE_CHECKING:
    from warehouse.database import Warehouse


def load_contract(warehouse: "Warehouse", source: str, is_example: bool = False) -> Contract:
    """Read the YAML text and store the version with its periods and targets; it counts from its first day.

    A version loaded before with the same content changes nothing. Raises ContractError for a text that is no
    contract, a draft, and a version that does not follow the one before; WarehouseError
    ("contract-version-immutable") when this version is loaded with another content, "contract-zone" when
    days are stored already in another zone than its own, "contract-days-taken" when another contract judges
    days of its term, and the first of `disagreements`. Before the first day is stored, the warehouse takes
    the contract's zone for its own. A withdrawn contract that is loaded again counts again.
    """
    with warehouse.audit.refusals("contract"):
        return _load(warehouse, source, is_example)


def _load(warehouse: "Warehouse", source: str, is_example: bool) -> Contract:
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


def withdraw_contract(warehouse: "Warehouse", contract: str) -> None:
    """Take back a contract that was loaded by mistake: none of its versions counts any more.

    Raises WarehouseError: "contract-unknown" for an id that does not count, "contract-sealed" once a period
    is sealed by it.
    """
    known = [each.contract.id for each in contracts(warehouse)]
    with warehouse.transaction() as cursor:
        if contract not in known or cursor.execute(sql("core/withdrawn"), {"contract": contract}).fetchall():
            raise core_error("contract-unknown", contract, known=", ".join(known) or "–")
        sealed = cursor.execute(sql("evidence/seals"), {"contract": contract}).fetchall()
        if sealed:
            raise core_error("contract-sealed", contract, first=sealed[0][0], last=sealed[-1][0])
        _keep_withdrawal(cursor, contract, withdrawn=True)
        record(cursor, "contract-withdrawn", contract)


def store_contract(
    cursor: DuckDBPyConnection, contract: Contract, source: str, *, is_example: bool = False
) -> None:
    """What `load_contract` does with a contract read already, as part of the caller's transaction."""
    key = {"contract": contract.id, "version": contract.version}
    rows = cursor.execute(sql("core/versions_of_contract"), {"contract": contract.id}).fetchall()
    versions = {version: (sha256, document) for version, sha256, document in rows}
    before = [stored_contract(document) for _, _, document in rows]
    counts_again = bool(cursor.execute(sql("core/withdrawn"), {"contract": contract.id}).fetchall())
    if not is_example and (counts_again or contract.version not in versions):
        _check_days(cursor, contract, before)
    if counts_again:
        _keep_withdrawal(cursor, contract.id, withdrawn=False)
    if contract.version not in versions:
        _check_succession(before, contract)
        row = {"document": contract.canonical_json(), "source": source, "is_example": is_example}
        stamp = {"sha256": contract.sha256, "recorded_at": to_stored(utc_now())}
        cursor.execute(sql("core/insert_contract_version"), key | row | stamp)
        _store_terms(cursor, contract)
        record(cursor, "contract-loaded", contract.id, version=contract.version, sha256=contract.sha256)
        return
    sha256, document = versions[contract.version]
    changed = sha256 != contract.sha256 and differences(stored_contract(document), contract)
    # The days tell what is in force: a file in which only that word was changed is the same version.
    if changed and [each.path for each in changed] != ["metadata.status"]:
        code = "example-is-older" if _is_example(cursor, contract, sha256) else "contract-version-immutable"
        raise core_error(code, contract=contract.id, version=contract.version)
    if counts_again:
        record(cursor, "contract-loaded", contract.id, version=contract.version, sha256=sha256)


def _is_example(cursor: DuckDBPyConnection, contract: Contract, stored: str) -> bool:
    """Whether what is stored came with the example, and the file is the example as it is shipped today."""
    rows = cursor.execute(sql("core/contract_versions")).fetchall()
    return contract.sha256 == read_contract(example_source(), "contract.yaml").sha256 and any(
        sha256 == stored and is_example for _, sha256, _, is_example, _ in rows
    )


def disagreements(contract: Contract) -> tuple[Problem, ...]:
    """Where the contract and the catalogue of metrics differ, one a metric, with its key: see
    `metrics.agreed`, and "metric-unit" where they measure it in different units."""
    found = []
    for place, use in enumerate(contract.metrics):
        try:
            unit = agreed(use).unit
        except WarehouseError as error:
            found.append(replace(error.problem, where=f"spec.metrics[{place}].id"))
            continue
        if unit != use.measured_in and {unit, use.measured_in} & set(OTHER_UNITS):
            said = {"metric": use.metric, "said": use.measured_in, "unit": unit}
            found.append(problem("metric-unit", f"spec.metrics[{place}].unit", **said))
    return tuple(found)


def _check_succession(before: Sequence[Contract], contract: Contract) -> None:
    """Only the step from the last version counts: earlier ones were loaded by the rules of their day."""
    if before:
        found = [
            each
            for each in check_succession([before[-1], contract])
            if each.values["version"] != before[-1].version
        ]
    else:
        found = list(check_succession([contract]))
    if found:
        raise ContractError(tuple(found))


def _check_days(cursor: DuckDBPyConnection, contract: Contract, before: Sequence[Contract]) -> None:
    """No day is judged by two contracts, none that is sealed is judged anew; the example judges nobody."""
    mine = [period for period, _ in periods_in_force((*before, contract))]
    span = {"starts_on": mine[0].start, "ends_on": mine[-1].end}
    taken = [
        (other.versions[0].id, period.name)
        for other in stored_contracts(cursor.execute(sql("core/contract_versions")).fetchall())
        if not other.is_example and other.versions[0].id != contract.id
        for period, _ in periods_in_force(other.versions)
        if period.start < span["ends_on"] and span["starts_on"] < period.end
    ]
    taken += cursor.execute(sql("evidence/sealed_meanwhile"), {"contract": contract.id} | span).fetchall()
    for other, period in taken:
        said = {"period": period, "other": other, "contract": contract.id}
        raise core_error("contract-days-taken", "metadata.id", **said)


def _keep_withdrawal(cursor: DuckDBPyConnection, contract: str, *, withdrawn: bool) -> None:
    row = {"contract": contract, "withdrawn": withdrawn, "recorded_at": to_stored(utc_now())}
    cursor.execute(sql("core/insert_withdrawal"), row)


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
    for place, tier in enumerate(contract.spec.tiers, start=1):
        bars = {"min_deals": tier.min_deals, "min_amount": tier.min_amount, "within_days": tier.within_days}
        row = {"sha256": contract.sha256, "place": place, "tier": tier.id} | bars
        cursor.execute(sql("core/insert_contract_tier"), row)
    aimed = {
        "metrics": [target.metric for target in contract.targets],
        "clauses": [target.clause for target in contract.targets],
        "periods": [target.period.name for target in contract.targets],
        "targets": [target.value for target in contract.targets],
    }
    cursor.execute(sql("core/insert_contract_target"), aimed | {"sha256": contract.sha256})
