"""Opening the DuckDB file, with each way it can fail said as a coded error."""

import re
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.checkpointing import NO_OWN_CHECKPOINTS, put_back
from warehouse.problems import WarehouseError, core_error
from warehouse.sql import sql


def connect(path: Path) -> DuckDBPyConnection:
    """A connection to the file, made with its folder where it is missing; it can reach no other file, but
    those of a backup beside it, and no network.

    Raises WarehouseError: "warehouse-in-use", "warehouse-folder", "warehouse-unreadable", "disk-full".
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise core_error("warehouse-folder", str(path), reason=error.strerror or "") from error
    existed = path.exists()
    try:
        put_back(path)
        connection = duckdb.connect(str(path), config=dict(NO_OWN_CHECKPOINTS))
    except OSError as error:
        raise core_error("warehouse-folder", str(path), reason=error.strerror or "") from error
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise _why(path, existed, str(error)) from error
    connection.execute(sql("core/no_own_checkpoints"))
    connection.execute(sql("core/allowed_paths"), {"paths": [str(each) for each in copying_files(path)]})
    connection.execute(sql("core/no_external_access"))
    return connection


def look_into(path: Path) -> DuckDBPyConnection:
    """A connection that only reads the file, and keeps every other process from writing it meanwhile.

    Raises WarehouseError: "warehouse-in-use", "warehouse-folder", "warehouse-unreadable".
    """
    try:
        put_back(path)
        connection = duckdb.connect(str(path), read_only=True)
    except OSError as error:
        raise core_error("warehouse-folder", str(path), reason=error.strerror or "") from error
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise _why(path, True, str(error)) from error
    connection.execute(sql("core/no_external_access"))
    return connection


def copying_path(path: Path) -> Path:
    """Where the copy for a backup is written before it gets its name: the one file the engine may open
    beside its own."""
    return path.with_name(f"{path.name}.copying")


def copying_files(path: Path) -> list[Path]:
    """That file with those the engine keeps beside it while it writes."""
    copy = copying_path(path)
    return [
        copy,
        *(copy.with_name(f"{copy.name}{end}") for end in (".wal", ".wal.checkpoint", ".wal.recovery")),
    ]


def _why(path: Path, existed: bool, said: str) -> WarehouseError:
    where = str(path)
    if "different configuration" in said:
        return core_error("warehouse-open-here", where)
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
