"""The seals of a contract as they are stored."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from warehouse.calendar import to_stored
from warehouse.evidence.problems import refusal
from warehouse.evidence.sealed import Seal, Sealed, sealed_from, sha256_of
from warehouse.memory import PerWarehouse
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse


@dataclass(slots=True)
class _Read:
    """Seals read before, by what was stored: a text need not be parsed again at each page."""

    known: dict[tuple[str, str], Seal] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_read = PerWarehouse(lambda warehouse: _Read())


def seals(warehouse: "Warehouse", contract: str) -> Mapping[str, Seal]:
    """The seals of this contract by period, in the order of sealing; their users ask whether each `is_whole`.

    Raises WarehouseError("seal-broken") for a text that cannot be read.
    """
    key = ("seals", contract)
    rows = warehouse.while_unchanged(key, lambda: warehouse.read("evidence/seals", contract=contract))
    memory = _read(warehouse)
    with memory.lock:
        found = {row[0]: _seal(memory.known, *row) for row in rows}
        memory.known = {(each.document, each.sha256): each for each in found.values()}
    return MappingProxyType(found)


def store_seal(cursor: DuckDBPyConnection, sealed: Sealed) -> Seal | None:
    """Keep it as part of the caller's transaction; None, and nothing is kept, where another seal has come
    meanwhile."""
    rows = cursor.execute(sql("evidence/seals"), {"contract": sealed.contract}).fetchall()
    last = rows[-1][2] if rows else None
    if last != sealed.before or any(period == sealed.period.name for period, _, _ in rows):
        return None
    seal = Seal(sealed, document := sealed.document(), sha256_of(document))
    row = {"contract": sealed.contract, "period": sealed.period.name, "document": document}
    stamp = {"sealed_at": to_stored(sealed.sealed_at), "sha256": seal.sha256}
    cursor.execute(sql("evidence/insert_seal"), row | stamp)
    return seal


def _seal(known: Mapping[tuple[str, str], Seal], period: str, document: str, sha256: str) -> Seal:
    if (document, sha256) in known:
        return known[document, sha256]
    try:
        return Seal(sealed_from(document), document, sha256)
    except ValueError as error:
        raise refusal("seal-broken", period) from error
