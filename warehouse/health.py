"""Whether the open warehouse can read and write now, when it was last backed up, how much room is left."""

import os
import secrets
import shutil
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from warehouse.backup.making import LAST_BACKUP
from warehouse.files import sync
from warehouse.memory import PerWarehouse
from warehouse.problems import WarehouseError

if TYPE_CHECKING:
    from warehouse.database import Warehouse

FRESH_SECONDS = 5.0  # anybody may ask: the disk is not written to for each
_PROBE_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Health:
    """`last_backup_at` is an ISO 8601 instant in UTC, None when there was none."""

    can_read: bool
    can_write: bool
    last_backup_at: str | None
    free_disk_bytes: int


class _Kept:
    """The last answer, and until when it will do."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.health: Health | None = None
        self.until = 0.0


_kept = PerWarehouse(lambda _: _Kept())


def health(warehouse: "Warehouse") -> Health:
    """How the warehouse is, at most `FRESH_SECONDS` ago.

    It can write when a file beside it can be written and synced, and no commit failed within a minute, unless
    a later one succeeded.
    """
    kept = _kept(warehouse)
    with kept.lock:
        if kept.health is None or time.monotonic() >= kept.until:
            kept.health = _look(warehouse)
            kept.until = time.monotonic() + FRESH_SECONDS
        return kept.health


def _look(warehouse: "Warehouse") -> Health:
    can_read, last = True, None
    try:
        rows = warehouse.read("core/setting", name=LAST_BACKUP)
        last = str(rows[0][0]) if rows else None
    except (WarehouseError, duckdb.Error):
        can_read = False
    can_write = _disk_takes_a_file(warehouse) and not warehouse.measures.failed_lately
    return Health(can_read, can_write, last, shutil.disk_usage(warehouse.path.parent).free)


def _disk_takes_a_file(warehouse: "Warehouse") -> bool:
    probe = warehouse.path.with_name(f".{warehouse.path.name}.{secrets.token_hex(8)}.probe")
    try:
        try:
            probe.write_bytes(os.urandom(_PROBE_BYTES))
            sync(probe)
        finally:
            probe.unlink(missing_ok=True)
    except OSError:
        return False
    return True
