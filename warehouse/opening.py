"""Opening the DuckDB file, with each way it can fail said as a coded error."""

import re
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.problems import WarehouseError, core_error


def connect(path: Path) -> DuckDBPyConnection:
    """A connection to the file, made with its folder where it is missing; it can reach no other file or
    network.

    Raises WarehouseError: "warehouse-in-use", "warehouse-folder", "warehouse-unreadable", "disk-full".
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise core_error("warehouse-folder", str(path), reason=error.strerror or "") from error
    existed = path.exists()
    try:
        return duckdb.connect(str(path), config={"enable_external_access": "false"})
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise _why(path, existed, str(error)) from error


def _why(path: Path, existed: bool, said: str) -> WarehouseError:
    where = str(path)
    if "Could not set lock" in said or "being used by another process" in said:
        number = re.search(r"PID (\d+)", said)
        return core_error("warehouse-in-use", where, pid=number[1] if number else "?")
    if disk_is_full(said):
        return core_error("disk-full", where)
    if "ermission denied" in said or "Read-only file system" in said or not existed:
        return core_error("warehouse-folder", where, reason=said.rsplit(": ", 1)[-1])
    return core_error("warehouse-unreadable", where)


def disk_is_full(said: str) -> bool:
    """Whether the text of a DuckDB error tells of a full disk, quota or file size limit."""
    return any(sign in said for sign in ("No space left", "Disk quota exceeded", "File too large"))
