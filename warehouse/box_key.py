"""The key of an anonymous survey's box: a file beside the warehouse, destroyed when the box is opened."""

import os
import secrets
from pathlib import Path

from warehouse.anonymity_problems import refusal


def key_path(warehouse_file: Path, survey: str) -> Path:
    """Where it lies: `pactboard.duckdb` has the folder `pactboard.boxes`."""
    return warehouse_file.with_suffix(".boxes") / f"{survey}.key"


def make_key(warehouse_file: Path, survey: str) -> None:
    """Make it, mode 0600, where there is none. Raises WarehouseError("anonymous-key")."""
    path = key_path(warehouse_file, survey)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        read_key(warehouse_file, survey)
    except OSError as error:
        raise _unreadable(path, error.strerror) from error


def read_key(warehouse_file: Path, survey: str) -> str:
    """The key, 64 hexadecimal digits. Raises WarehouseError("anonymous-key")."""
    path = key_path(warehouse_file, survey)
    try:
        key = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, getattr(error, "strerror", None)) from error
    if len(key) != 64:
        raise _unreadable(path, "cut short")
    return key


def destroy_key(warehouse_file: Path, survey: str) -> None:
    """Overwrite and delete it; nothing when it is gone already. What a disk or a backup keeps of it is beyond
    a program."""
    path = key_path(warehouse_file, survey)
    try:
        with path.open("r+b") as file:
            file.write(b"0" * 64)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        raise _unreadable(path, error.strerror) from error


def _unreadable(path: Path, reason: str | None) -> Exception:
    return refusal("anonymous-key", str(path), reason=reason or "not text")
