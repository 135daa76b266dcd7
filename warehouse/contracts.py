"""The contracts that were loaded, with their versions and seals: days tell which of them counts. Contracts
may follow each other; no two judge the same days."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from contract import Contract, Period, Target, periods_in_force, stored_contract, version_on
from warehouse.as_of import as_of
from warehouse.calendar import from_stored, local_day
from warehouse.evidence.problems import refusal as evidence_refusal
from warehouse.evidence.sealed import Seal
from warehouse.evidence.store import seals
from warehouse.memory import PerWarehouse

if TYPE_CHECKING:
    from warehouse.database import Warehouse


@dataclass(frozen=True)
class LoadedContract:
    """The version of a contract that is in force, and all its `versions`, in order.

    `is_example` says whether this version came with the example; `seals` are those of its periods, by name;
    `known_since` is the local day on which its first version was loaded.
    """

    contract: Contract
    is_example: bool
    versions: tuple[Contract, ...]
    seals: Mapping[str, Seal] = field(default_factory=dict)
    known_since: date = date.min

    @cached_property
    def periods(self) -> tuple[tuple[Period, Contract], ...]:
        """Every period with the version it belongs to: the one it was sealed by, else the one in force on its
        first day. So a supplement never judges a sealed period anew.

        Raises WarehouseError("seal-contract") where the version of a seal is not there.
        """
        found = {period.start: (period, version) for period, version in periods_in_force(self.versions)}
        for name, seal in self.seals.items():
            if not seal.is_whole or seal.sealed.period.name != name:
                raise evidence_refusal("seal-broken", name)
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


@dataclass(frozen=True, slots=True)
class StoredContract:
    """The versions of one contract in their order, of each whether it came with the example, and the instant
    from which on the contract is known here."""

    versions: tuple[Contract, ...]
    examples: tuple[bool, ...]
    known_since: datetime

    @property
    def is_example(self) -> bool:
        """Whether it is the example's and nobody's own."""
        return all(self.examples)


@dataclass(slots=True)
class _Read:
    """The contracts last read back, by the checksums of their versions: they need not be parsed again at each
    page."""

    sums: tuple[str, ...] = ()
    contracts: tuple[StoredContract, ...] = ()
    lock: threading.Lock = field(default_factory=threading.Lock)


_read = PerWarehouse(lambda warehouse: _Read())


def contracts(warehouse: "Warehouse", day: date | None = None) -> tuple[LoadedContract, ...]:
    """Every contract that counts, by the first days of their terms, each as `current_contract` gives it. The
    example counts while there is no other; a withdrawn contract does not count."""
    asked = _day_asked(warehouse, day)
    return tuple(_loaded(warehouse, stored, asked) for stored in _counting(warehouse))


def current_contract(
    warehouse: "Warehouse", day: date | None = None, contract: str | None = None
) -> LoadedContract | None:
    """The contract of that id, or the one whose term the day lies in, in the version in force on that local
    day, on the day of the figures when None.

    Before its first day it is the first version, after its last day the last one; between the terms of two
    contracts it is the earlier one. None where no contract is loaded, or none of that id.
    """
    counting = _counting(warehouse)
    if contract is not None:
        counting = tuple(each for each in counting if each.versions[0].id == contract)
    if not counting:
        return None
    asked = _day_asked(warehouse, day)
    begun = [each for each in counting if each.versions[0].in_force_from <= asked]
    return _loaded(warehouse, begun[-1] if begun else counting[0], asked)


def contract_source(warehouse: "Warehouse", contract: Contract) -> str | None:
    """The text of the file that this version was loaded from; None for a version that was not loaded."""
    rows = warehouse.read("core/contract_source", contract=contract.id, version=contract.version)
    return str(rows[0][0]) if rows else None


def _day_asked(warehouse: "Warehouse", day: date | None) -> date:
    return day or as_of(warehouse).until - timedelta(days=1)


def _loaded(warehouse: "Warehouse", stored: StoredContract, day: date) -> LoadedContract:
    versions = stored.versions
    current = version_on(versions, day) or versions[0 if day < versions[0].in_force_from else -1]
    is_example = stored.examples[versions.index(current)]
    # The story of the example began long before it was loaded.
    known = date.min if is_example else local_day(stored.known_since, warehouse.reporting_zone)
    return LoadedContract(current, is_example, versions, seals(warehouse, current.id), known)


def _counting(warehouse: "Warehouse") -> tuple[StoredContract, ...]:
    rows = warehouse.while_unchanged("contracts", lambda: warehouse.read("core/contract_versions"))
    sums = tuple(sha256 for _, sha256, *_ in rows)
    memory = _read(warehouse)
    with memory.lock:
        if memory.sums != sums:
            memory.contracts = tuple(stored_contracts(rows))
            memory.sums = sums
        stored = memory.contracts
    return tuple(each for each in stored if not each.is_example) or stored


def stored_contracts(rows: Sequence[tuple[str, str, str, bool, datetime]]) -> list[StoredContract]:
    """The contracts of the rows of `core/contract_versions`, by their first days. From the canonical text:
    what was accepted once is read again, whatever the reader asks today."""
    found = []
    for _, mine in groupby(rows, key=itemgetter(0)):
        _, _, documents, examples, (known_since, *_) = zip(*mine, strict=True)
        versions = tuple(map(stored_contract, documents))
        found.append(StoredContract(versions, examples, from_stored(known_since)))
    return sorted(found, key=lambda each: each.versions[0].in_force_from)
