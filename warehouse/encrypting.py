"""Encrypts a warehouse that is not, and takes its encryption away: a copy, verified, takes its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.backup.contents import contents, differences
from warehouse.calendar import utc_now
from warehouse.checkpointing import log_path, put_back
from warehouse.encryption import attaching, encryption_error, encryption_key, load_module, make_key
from warehouse.files import PRIVATE, is_full, sync
from warehouse.opening import disk_is_full, empty_instance, refusal
from warehouse.problems import core_error
from warehouse.settings import key_file
from warehouse.sql import named

OLD, NEW = "pactboard_old", "pactboard_new"


def encrypt(path: Path) -> tuple[Path, ...]:
    """Encrypt the warehouse with the key in the file that PACTBOARD_KEY_FILE names, made where there is none.

    Returns the old files, put aside and not encrypted; none where there was no warehouse yet. Call it while
    no process has it open. Raises WarehouseError: "key-not-named", "already-encrypted", "encryption-failed",
    "encryption-differs", "disk-full", and those of `opening.connect`.
    """
    file = key_file()
    if file is None:
        raise encryption_error("key-not-named")
    try:
        if not file.exists():
            make_key(file)
    except OSError as error:
        raise encryption_error("key-unreadable", str(file), reason=error.strerror or "") from error
    return _replaced(path, None, encryption_key()) if path.exists() else ()


def decrypt(path: Path) -> tuple[Path, ...]:
    """Take the encryption away; the old files, put aside. Raises as `encrypt`."""
    key = encryption_key()
    if key is None:
        raise encryption_error("key-not-named")
    return _replaced(path, key, None)


def _replaced(path: Path, old: str | None, new: str | None) -> tuple[Path, ...]:
    draft = path.with_name(f"{path.name}.{'encrypting' if new else 'decrypting'}")
    draft.unlink(missing_ok=True)
    try:
        put_back(path)
        with _instance(path, writes_encrypted=new is not None) as connection:
            _copy(connection, path, old, draft, new)
            # Until the instance is closed no other process can open the old file.
            aside = _put_aside(path)
            draft.chmod(PRIVATE)
            sync(draft)
            draft.rename(path)
            sync(path.parent)
        return aside
    except OSError as error:
        if is_full(error):
            raise core_error("disk-full", str(path.parent)) from error
        raise encryption_error("encryption-failed", str(path), reason=error.strerror or "") from error
    finally:
        draft.unlink(missing_ok=True)
        log_path(draft).unlink(missing_ok=True)


@contextmanager
def _instance(path: Path, *, writes_encrypted: bool) -> Iterator[DuckDBPyConnection]:
    connection = empty_instance()
    try:
        if writes_encrypted:
            load_module(connection)
        yield connection
    except duckdb.Error as error:
        # The statements have the key in them: what the engine said is not carried on.
        if disk_is_full(str(error)):
            raise core_error("disk-full", str(path.parent)) from None
        raise encryption_error("encryption-failed", str(path), reason=type(error).__name__) from None
    finally:
        connection.close()


def _copy(connection: DuckDBPyConnection, path: Path, old: str | None, draft: Path, new: str | None) -> None:
    try:
        connection.execute(attaching(path, OLD, old, read_only=True))
    except duckdb.Error as error:
        found = refusal(path, True, str(error))
        if new and found.problem.code == "key-missing":
            found = encryption_error("already-encrypted", str(path))
        raise found from None
    connection.execute(attaching(draft, NEW, new))
    connection.begin()
    for part in ("backup/copy_schema", "backup/copy_data"):
        connection.execute(named(part, source=OLD, target=NEW))
    there = contents(connection, OLD)
    connection.commit()
    connection.execute(named("backup/settle", name=NEW))
    connection.execute(named("backup/detach", name=NEW))
    connection.execute(attaching(draft, NEW, new, read_only=True))
    differing = differences(there, contents(connection, NEW))
    connection.execute(named("backup/detach", name=NEW))
    if differing:
        raise encryption_error("encryption-differs", str(path), tables=differing)


def _put_aside(path: Path) -> tuple[Path, ...]:
    aside = f"{path.stem}-aside-{utc_now():%Y%m%dT%H%M%S%f}Z.duckdb"
    moves = {path: path.with_name(aside), log_path(path): path.with_name(f"{aside}.wal")}
    return tuple(each.rename(to) for each, to in moves.items() if each.exists())
