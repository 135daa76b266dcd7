"""Makes a backup while the warehouse serves: copied in one transaction, verified, then given its name."""

import errno
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.audit.chain import record
from warehouse.backup.contents import Contents, contents, database_name, differences
from warehouse.backup.manifest import Manifest, backups, manifest_path, write_manifest
from warehouse.backup.problems import backup_error
from warehouse.calendar import to_stored, utc_now
from warehouse.checkpointing import log_path
from warehouse.encryption import attaching, encryption_key
from warehouse.engine import Engine
from warehouse.files import PRIVATE, copy_whole, is_full, sha256_of, sync
from warehouse.migrate import undo
from warehouse.opening import copying_files, copying_path, disk_is_full
from warehouse.problems import core_error
from warehouse.secret import secret_path
from warehouse.sql import named, sql
from warehouse.transactions import transaction

COPY = "pactboard_copy"
LAST_BACKUP = "last_backup_at"
_MEGABYTE = 1_000_000
_SPARE_BYTES = 4 * _MEGABYTE  # the smallest file of an engine that allocates in blocks
_PATIENCE_SECONDS = 60.0  # a count of all rows lists databases, and a busy machine takes its time over it
_running = threading.Lock()


def make_backup(engine: Engine, folder: Path) -> Path:
    """Copy the warehouse into the folder; the path of the copy, named after the UTC time it was made.

    Beside it lie its manifest (.json) and the secret of links and keys (.secret), all readable by this user
    alone. Submitters and readers go on meanwhile. Raises WarehouseError: "backup-running", "backup-folder",
    "backup-room", "disk-full", "backup-failed", "backup-differs"; each leaves nothing behind.
    """
    if not _running.acquire(blocking=False):
        raise backup_error("backup-running", str(engine.path))
    try:
        with _said(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _need_room(engine.path, folder)
        with _staged(engine.path) as staged:
            now = utc_now()
            held, schema = _copy(engine, staged)
            with _said(folder):
                copy = _settle(engine.path, staged, folder, now, held, schema)
        _remember(engine, now, sum(each.rows for each in held.values()))
        return copy
    finally:
        _running.release()


def move_backup(copy: Path, folder: Path) -> Path:
    """Move a whole backup into another folder, and verify it there; where it lies now. Raises WarehouseError
    as `make_backup`; the backup is then where it was."""
    with _said(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if folder.resolve() == copy.parent.resolve():
            return copy
        moved = folder / copy.name
        # The manifest goes last: until it is there the backup is none.
        parts = [part for part in (copy, secret_path(copy), manifest_path(copy)) if part.exists()]
        with _undone(folder, [folder / part.name for part in parts]):
            for part in parts:
                copy_whole(part, folder / part.name)
        for part in reversed(parts):
            part.unlink()
        return moved


def keep_last(folder: Path, stem: str, number: int) -> list[Path]:
    """Delete all but the newest `number` whole backups of that warehouse; those deleted."""
    old = backups(folder, stem)[:-number]
    with _said(folder):
        for copy in old:
            for part in (manifest_path(copy), secret_path(copy), copy):
                part.unlink(missing_ok=True)
    return old


def _copy(engine: Engine, staged: Path) -> tuple[Contents, int]:
    """Write the copy and read it again: what is in it, and the number of its last migration."""
    key = encryption_key()
    try:
        with engine.lend("streams") as cursor:
            source = database_name(cursor)
            try:
                _patiently(cursor, attaching(staged, COPY, key))
                cursor.begin()
                for part in ("backup/copy_schema", "backup/copy_data"):
                    cursor.execute(named(part, source=source, target=COPY))
                there = contents(cursor, source)
                schema = len(cursor.execute(sql("core/migrations")).fetchall())
                cursor.commit()
                _patiently(cursor, named("backup/settle", name=COPY))
                cursor.execute(named("backup/detach", name=COPY))
                _patiently(cursor, attaching(staged, COPY, key, read_only=True))
                differing = differences(there, contents(cursor, COPY))
            finally:
                _let_go(cursor)
    except duckdb.Error as error:
        if disk_is_full(str(error)):
            raise core_error("disk-full", str(staged.parent)) from error
        # The text of an error may quote values, so only its kind is passed on.
        raise backup_error("backup-failed", str(staged.parent), reason=type(error).__name__) from error
    if differing:
        raise backup_error("backup-differs", str(staged.parent), tables=differing)
    return there, schema


def _patiently(cursor: DuckDBPyConnection, statement: str) -> None:
    """Attach or settle the copy. A query of another connection that lists databases keeps one that was
    detached, and one that is to be settled, for as long as it runs."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            cursor.execute(statement)
            return
        except (duckdb.BinderException, duckdb.TransactionException):
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def _let_go(cursor: DuckDBPyConnection) -> None:
    undo(cursor)
    with suppress(duckdb.Error):
        cursor.execute(named("backup/detach", name=COPY))


def _settle(
    warehouse_file: Path, staged: Path, folder: Path, now: datetime, held: Contents, schema: int
) -> Path:
    copy = _free_name(folder, f"{warehouse_file.stem}-{now:%Y%m%dT%H%M%SZ}")
    secret = secret_path(warehouse_file)
    with _undone(folder, [copy, secret_path(copy), manifest_path(copy)]):
        staged.chmod(PRIVATE)
        sync(staged)
        size, sha256 = staged.stat().st_size, sha256_of(staged)
        try:
            staged.rename(copy)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            copy_whole(staged, copy)
            if sha256_of(copy) != sha256:
                raise backup_error("backup-differs", str(copy), tables=copy.name) from error
        if secret.exists():
            copy_whole(secret, secret_path(copy))
        write_manifest(
            copy, Manifest(now, copy.name, size, sha256, schema, duckdb.__version__, secret.exists(), held)
        )
    return copy


def _free_name(folder: Path, name: str) -> Path:
    number = 1
    while (copy := folder / f"{name}{f'-{number}' if number > 1 else ''}.duckdb").exists():
        number += 1
    return copy


def _remember(engine: Engine, now: datetime, rows: int) -> None:
    row = {"name": LAST_BACKUP, "value": now.isoformat(), "recorded_at": to_stored(now)}
    with transaction(engine) as cursor:
        cursor.execute(sql("core/insert_setting"), row)
        record(cursor, "backed-up", rows=rows)


def _need_room(warehouse_file: Path, folder: Path) -> None:
    parts = (warehouse_file, log_path(warehouse_file))
    needed = _SPARE_BYTES + sum(part.stat().st_size for part in parts if part.exists())
    for place in (warehouse_file.parent, folder):
        free = shutil.disk_usage(place).free
        if free < needed:
            values = {"free": free // _MEGABYTE, "needed": needed // _MEGABYTE}
            raise backup_error("backup-room", str(place), **values)


@contextmanager
def _staged(warehouse_file: Path) -> Iterator[Path]:
    """The one place beside the warehouse that the engine may write a copy to, empty before and after."""
    _clear(warehouse_file)
    try:
        yield copying_path(warehouse_file)
    finally:
        _clear(warehouse_file)


def _clear(warehouse_file: Path) -> None:
    with _said(warehouse_file.parent):
        for path in copying_files(warehouse_file):
            path.unlink(missing_ok=True)


@contextmanager
def _undone(folder: Path, made: list[Path]) -> Iterator[None]:
    """Take away what was made, when the block fails."""
    try:
        yield
        sync(folder)
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


@contextmanager
def _said(folder: Path) -> Iterator[None]:
    """Refusals of the file system as coded errors."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise core_error("disk-full", str(folder)) from error
        raise backup_error("backup-folder", str(folder), reason=error.strerror or "") from error
