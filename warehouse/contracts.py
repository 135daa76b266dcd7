"""Keeps the versions of a contract as they were loaded, with their periods and targets; days tell which
one is in force."""

import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from contract import (
    Contract,
    ContractError,
    Period,
    Target,
    check_succession,
    differences,
    example_source,
    periods_in_force,
    read_contract,
    stored_contract,
    version_on,
)
from contract.metrics import OTHER_UNITS
from warehouse.as_of import as_of
from warehouse.audit.chain import record
from warehouse.calendar import to_stored, utc_now
from warehouse.evidence.problems import problem as evidence_problem
from warehouse.evidence.problems import refusal as evidence_refusal
from warehouse.evidence.sealed import Seal
from warehouse.evidence.store import seals
from warehouse.memory import PerWarehouse
from warehouse.metrics import agreed
from warehouse.problems import Problem, WarehouseError, core_error
from warehouse.sql import sql
from warehouse.surveys import BUILT_IN, Survey, scored_ever, surveys
from warehouse.wordings import problem, refusal

if TYPE_CHECKING:
    from warehouse.database import Warehouse


@dataclass(frozen=True)
class LoadedContract:
    """The version of a contract that is in force, and all its `versions`, in order.

    `is_example` says whether this version came with the example; `seals` are those of its periods, by name.
    """

    contract: Contract
    is_example: bool
    versions: tuple[Contract, ...]
    seals: Mapping[str, Seal] = field(default_factory=dict)

    @cached_property
    def periods(self) -> tuple[tuple[Period, Contract], ...]:
        """Every period with the version it belongs to: the one it was sealed by, else the one in force on its
        first day. So a supplement never judges a sealed period anew.

        Raises WarehouseError("seal-contract") where the version of a seal is not there.
        """
        found = {period.start: (period, version) for period, version in periods_in_force(self.versions)}
        for seal in self.seals.values():
            found[seal.sealed.period.start] = (seal.sealed.period, self._version_of(seal))
        return tuple(found[start] for start in sorted(found))

    def _version_of(self, seal: Seal) -> Contract:
        for version in self.versions:
            if version.sha256 == seal.sealed.contract_sha256:
                return version
        said = {"version": seal.sealed.version, "sha256": seal.sealed.contract_sha256}
        raise evidence_refusal("seal-contract", seal.sealed.period.name, **said)

    def target(self, metric: str, period: str) -> Target | None:
        """The target of the period of that name, in the version the period belongs to; None without one."""
        versions = {each.name: version for each, version in self.periods}
        return versions[period].target(metric, period) if period in versions else None


@dataclass(slots=True)
class _Read:
    """The versions last read back, by their checksums: they need not be parsed again at each page."""

    sums: tuple[str, ...] = ()
    versions: tuple[Contract, ...] = ()
    lock: threading.Lock = field(default_factory=threading.Lock)


_MEASURED = {"csat_mean": "csat", "ces_mean": "ces"}  # what the question of a mean measures

_read = PerWarehouse(lambda warehouse: _Read())


def load_contract(warehouse: "Warehouse", source: str, is_example: bool = False) -> Contract:
    """Read the YAML text and store the version with its periods and targets; it counts from its first day.

    A version loaded before with the same content changes nothing. Raises ContractError for a text that is no
    contract, a draft, and a version that does not follow the one before; WarehouseError
    ("contract-version-immutable") when this version is loaded with another content, "contract-zone" when
    days are stored already in another zone than its own, "contract-beside-seals" when periods of its term are
    sealed by another contract, and the first of `disagreements`. Before the first
    day is stored, the warehouse takes the contract's zone for its own.
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


def store_contract(
    cursor: DuckDBPyConnection, contract: Contract, source: str, *, is_example: bool = False
) -> None:
    """What `load_contract` does with a contract read already, as part of the caller's transaction."""
    key = {"contract": contract.id, "version": contract.version}
    rows = cursor.execute(sql("core/versions_of_contract"), {"contract": contract.id}).fetchall()
    versions = {version: (sha256, document) for version, sha256, document in rows}
    if contract.version not in versions:
        _check_succession([document for _, _, document in rows], contract)
        _check_seals(cursor, contract)
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


def _is_example(cursor: DuckDBPyConnection, contract: Contract, stored: str) -> bool:
    """Whether what is stored came with the example, and the file is the example as it is shipped today."""
    rows = cursor.execute(sql("core/contract_versions")).fetchall()
    return contract.sha256 == read_contract(example_source(), "contract.yaml").sha256 and any(
        sha256 == stored and is_example for sha256, _, is_example in rows
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


def contract_warnings(warehouse: "Warehouse", contract: Contract) -> tuple[Problem, ...]:
    """What a loaded contract asks of the warehouse that is not there yet: a problem ("survey-none") for each
    metric counted from a survey there is not. Often the contract comes first and the answers later. Then
    "target-beyond-scale" for a mean that its question's scale cannot reach, and "periods-sealed" where it
    begins with periods that are sealed by an earlier version."""
    there = {each.slug: each for each in surveys(warehouse)}
    return (
        *_without_survey(contract, there, "survey-none"),
        *_beyond_scale(warehouse, contract, there),
        *_kept_sealed(warehouse, contract),
    )


def unchecked(contract: Contract) -> tuple[Problem, ...]:
    """The same without a warehouse: a problem ("survey-unchecked") for each metric that is not counted from
    the survey which every warehouse has."""
    return tuple(_without_survey(contract, {BUILT_IN}, "survey-unchecked"))


def current_contract(warehouse: "Warehouse", day: date | None = None) -> LoadedContract | None:
    """The contract loaded last, in the version in force on a local day, on that of the figures when None.

    Before its first day it is the first version, after its last day the last one. None when none is loaded.
    """
    rows = warehouse.read("core/contract_versions")
    if not rows:
        return None
    sums = tuple(sha256 for sha256, _, _ in rows)
    memory = _read(warehouse)
    with memory.lock:
        if memory.sums != sums:
            # From the canonical text: what was accepted once is read again, whatever the reader asks today.
            memory.versions = tuple(stored_contract(document) for _, document, _ in rows)
            memory.sums = sums
        versions = memory.versions
    asked = day or as_of(warehouse).until - timedelta(days=1)
    current = version_on(versions, asked) or versions[0 if asked < versions[0].in_force_from else -1]
    example = {
        version.version: is_example for version, (_, _, is_example) in zip(versions, rows, strict=True)
    }
    return LoadedContract(current, example[current.version], versions, seals(warehouse, current.id))


def contract_source(warehouse: "Warehouse", contract: Contract) -> str | None:
    """The text of the file that this version was loaded from; None for a version that was not loaded."""
    rows = warehouse.read("core/contract_source", contract=contract.id, version=contract.version)
    return str(rows[0][0]) if rows else None


def _check_succession(documents: Collection[str], contract: Contract) -> None:
    """Only the step from the last version counts: earlier ones were loaded by the rules of their day."""
    before = [stored_contract(document) for document in documents]
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


def _check_seals(cursor: DuckDBPyConnection, contract: Contract) -> None:
    """The contract loaded last is the one that counts: under another name it must not put seals aside."""
    span = {"starts_on": contract.periods[0].start, "ends_on": contract.periods[-1].end}
    rows = cursor.execute(sql("evidence/sealed_meanwhile"), {"contract": contract.id} | span).fetchall()
    for sealed, period in rows:
        said = {"period": period, "sealed": sealed, "contract": contract.id}
        raise evidence_refusal("contract-beside-seals", "metadata.id", **said)


def _without_survey(contract: Contract, there: Collection[str], code: str) -> Iterator[Problem]:
    for place, use in enumerate(contract.metrics):
        if use.survey is not None and use.survey not in there:
            where = f"spec.metrics[{place}].survey"
            yield problem(code, where, metric=use.metric, survey=use.survey)


def _beyond_scale(
    warehouse: "Warehouse", contract: Contract, there: Mapping[str, Survey]
) -> Iterator[Problem]:
    for number, terms in enumerate(contract.spec.targets):
        use = next(each for each in contract.metrics if each.metric == terms.metric)
        measured = _MEASURED.get(use.counted_as or use.metric)
        if measured is None or use.survey is None or use.survey not in there:
            continue
        scales = [
            each.scale for each in scored_ever(warehouse, there[use.survey]) if each.measures == measured
        ]
        for place, point in enumerate(terms.ramp.points):
            scale = scales[0] if scales else None
            if scale is not None and not scale.min <= point.value <= scale.max:
                where = f"spec.targets[{number}].ramp.points[{place}].value"
                said = {"target": point.value, "lowest": scale.min, "highest": scale.max}
                yield problem("target-beyond-scale", where, metric=terms.metric, **said)


def _kept_sealed(warehouse: "Warehouse", contract: Contract) -> Iterator[Problem]:
    kept = [
        name
        for name, seal in seals(warehouse, contract.id).items()
        if seal.sealed.version != contract.version and seal.sealed.period.start >= contract.in_force_from
    ]
    if kept:
        where, day = "metadata.version", contract.in_force_from.isoformat()
        yield evidence_problem("periods-sealed", where, day=day, first=kept[0], last=kept[-1])


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
    for target in contract.targets:
        what = {"metric": target.metric, "clause": target.clause, "period": target.period.name}
        row = what | {"target": target.value, "sha256": contract.sha256}
        cursor.execute(sql("core/insert_contract_target"), row)
