"""Opening the DuckDB file, with each way it can fail said as a coded error."""

import errno
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from warehouse.checkpointing import NO_OWN_CHECKPOINTS, put_back
from warehouse.encryption import NAME, attaching, encryption_key, load_module, said_of_keys
from warehouse.problems import WarehouseError, core_error
from warehouse.settings import memory
from warehouse.sql import sql

SCRATCH_MEMORY = "256MB"
DEFAULT_MEMORY = "512MB"
"""What the engine keeps of the file; what a query needs beyond it is written beside it meanwhile."""


# Arrow's own pool keeps what it once held: 150 MB of a large import.
pa.set_memory_pool(pa.system_memory_pool())


def connect(path: Path) -> DuckDBPyConnection:
    """A connection to the file, made with its folder where it is missing; it can reach no other file, but
    those of a backup beside it, and no network.

    Raises WarehouseError: "warehouse-in-use", "warehouse-folder", "warehouse-unreadable", "disk-full", and
    those of `warehouse.encryption` on keys.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise core_error("warehouse-folder", str(path), reason=error.strerror or "") from error
    if not os.access(path.parent, os.W_OK):
        # The engine would open the file and fail at the first commit, for want of a log.
        raise core_error("warehouse-folder", str(path), reason=os.strerror(errno.EACCES))
    existed = path.exists()
    connection = _opened(path, existed, read_only=False)
    connection.execute(sql("core/no_own_checkpoints"))
    connection.execute(sql("core/allowed_paths"), {"paths": [str(each) for each in copying_files(path)]})
    connection.execute(sql("core/no_external_access"))
    return connection


def look_into(path: Path) -> DuckDBPyConnection:
    """A connection that only reads the file, and keeps every other process from writing it meanwhile.

    Raises as `connect`.
    """
    connection = _opened(path, True, read_only=True)
    connection.execute(sql("core/no_external_access"))
    return connection


def empty_instance() -> DuckDBPyConnection:
    """An instance of the engine with no file, to which files can be attached."""
    return _instance(":memory:", config=_configured())


def _configured() -> dict[str, str]:
    """What is set before a file is opened. Raises WarehouseError("warehouse-memory")."""
    asked = memory()
    if asked and not re.fullmatch(r"[1-9][0-9]{0,6} ?[MG]B", asked, re.IGNORECASE):
        raise core_error("warehouse-memory", "PACTBOARD_MEMORY", value=asked)
    return {**NO_OWN_CHECKPOINTS, "memory_limit": asked or DEFAULT_MEMORY}


def memory_short() -> WarehouseError:
    """What is told where the engine had too little memory for a piece of work."""
    return core_error("memory-short", most=memory() or DEFAULT_MEMORY)


def set_up(connection: DuckDBPyConnection) -> DuckDBPyConnection:
    """What each further connection to an opened file needs before the configuration is locked."""
    for name in ("core/streaming_buffer", "core/time_zone"):
        connection.execute(sql(name))
    if encryption_key():
        connection.execute(sql("encryption/use"))
    return connection


def _instance(database: str, *, config: Mapping[str, str], read_only: bool = False) -> DuckDBPyConnection:
    connection = duckdb.connect(database, read_only=read_only, config=dict(config))
    connection.execute(sql("core/no_progress_bar"))
    return connection


def _opened(path: Path, existed: bool, *, read_only: bool) -> DuckDBPyConnection:
    key = encryption_key()
    try:
        put_back(path)
        if key:
            return _decrypted(path, key, read_only)
        return _instance(str(path), read_only=read_only, config=_configured())
    except OSError as error:
        raise core_error("warehouse-folder", str(path), reason=error.strerror or "") from error
    except (duckdb.Error, UnicodeDecodeError) as error:
        # With a key the statement has it in it: what the engine said is not carried on.
        raise refusal(path, existed, str(error)) from (None if key else error)


def _decrypted(path: Path, key: str, read_only: bool) -> DuckDBPyConnection:
    """An instance of its own with the encrypted file attached, which is what every statement means."""
    connection = empty_instance()
    try:
        if not read_only:
            load_module(connection)
        connection.execute(attaching(path, NAME, key, read_only=read_only))
        connection.execute(sql("encryption/use"))
        spilled = str(path.with_name(f"{path.name}.tmp")).replace("'", "''")
        connection.execute(sql("encryption/temporary_folder").replace("{path}", spilled))
        connection.execute(sql("encryption/temporary_files"))
    except BaseException:
        connection.close()
        raise
    return connection


def connect_scratch(path: Path, readable: Sequence[Path]) -> DuckDBPyConnection:
    """A new database at that path for work that is thrown away: it reads those files and no others, and keeps
    within SCRATCH_MEMORY, beyond which it writes to the path's folder."""
    spilled = str(path.with_name("spilled"))
    connection = _instance(str(path), config={"memory_limit": SCRATCH_MEMORY, "temp_directory": spilled})
    connection.execute(sql("core/allowed_paths"), {"paths": [str(each) for each in readable]})
    connection.execute(sql("core/no_external_access"))
    connection.execute(sql("core/time_zone"))
    connection.execute(sql("core/no_compression"))
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


def refusal(path: Path, existed: bool, said: str) -> WarehouseError:
    """Why the engine did not open the file, from what it said."""
    where = str(path)
    about_key = said_of_keys(said, path)
    if about_key:
        return about_key
    if "different configuration" in said or "Unique file handle conflict" in said:
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
