"""Encryption at rest by DuckDB's own (AES-256-GCM): where the key comes from, and how a file is opened by it.

The key is read from the file that PACTBOARD_KEY_FILE names, and is in no command line, log or error.
"""

import importlib.util
import os
import secrets
import string
from collections.abc import Mapping
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.files import PRIVATE, sync
from warehouse.problems import Problem, WarehouseError
from warehouse.settings import key_file
from warehouse.sql import named, sql

NAME = "pactboard_encrypted"
LEAST_CHARACTERS = 32
MODULE = "duckdb_extension_httpfs"
_ALPHABET = frozenset(string.ascii_letters + string.digits + "-_+/=")

# code -> (what, what to do); every text stands in locale/<language>/encryption.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "key-unreadable": (
        "The file with the key of the warehouse cannot be used ({reason}).",
        "Correct PACTBOARD_KEY_FILE or the file's permissions. “python -m warehouse encrypt” makes a key "
        "where there is none.",
    ),
    "key-missing": (
        "The warehouse is encrypted, and no key is given.",
        "Set PACTBOARD_KEY_FILE to the file with its key.",
    ),
    "key-wrong": (
        "The warehouse is encrypted with another key.",
        "Set PACTBOARD_KEY_FILE to the file with its key. Without that key nobody can read it.",
    ),
    "key-not-needed": (
        "A key is given, but the warehouse is not encrypted.",
        "Stop the server and encrypt it by “python -m warehouse encrypt”, or unset PACTBOARD_KEY_FILE.",
    ),
    "encryption-module": (
        "Writing encrypted files needs a module of DuckDB that is not installed or does not fit ({reason}).",
        "Install it: pip install duckdb-extension-httpfs=={version}",
    ),
    "key-not-named": (
        "PACTBOARD_KEY_FILE does not say which file holds the key.",
        "Set it to a file, best on another disk than the warehouse and its backups.",
    ),
    "already-encrypted": (
        "The warehouse is encrypted already.",
        "There is nothing to do.",
    ),
    "encryption-failed": (
        "The warehouse could not be copied ({reason}). It is as it was.",
        "Correct the cause and try again.",
    ),
    "encryption-differs": (
        "The copy is not equal to the warehouse ({tables}). Nothing was replaced.",
        "Try again; when it happens again, have the disk and the memory of this machine checked.",
    ),
}


def encryption_error(code: str, where: str = "", **values: object) -> WarehouseError:
    """The error with one of the codes above; `values` fill its texts."""
    what, todo = WORDINGS[code]
    return WarehouseError(Problem(code, where, what, todo, values))


def encryption_key() -> str | None:
    """The key of the warehouse; None when no file is named, and the warehouse is not to be encrypted.

    Raises WarehouseError("key-unreadable")."""
    path = key_file()
    if path is None:
        return None
    try:
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not text"
        raise encryption_error("key-unreadable", str(path), reason=reason or "") from error
    if len(key) < LEAST_CHARACTERS or not _ALPHABET.issuperset(key):
        said = f"at least {LEAST_CHARACTERS} letters, digits and -_+/="
        raise encryption_error("key-unreadable", str(path), reason=said)
    return key


def make_key(path: Path) -> None:
    """A new key of 256 random bits in a file of this user alone, that must not be there. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, PRIVATE), "w", encoding="ascii") as file:
        file.write(f"{secrets.token_urlsafe(32)}\n")
    sync(path)
    sync(path.parent)


def attaching(path: Path, name: str, key: str | None, *, read_only: bool = False) -> str:
    """The statement that opens the file under that name; with a key it is, or becomes, encrypted."""
    folder = "encryption" if key else "backup"
    text = named(f"{folder}/{'attach_to_read' if read_only else 'attach'}", name=name)
    return text.replace("{path}", str(path).replace("'", "''")).replace("{key}", key or "")


def load_module(connection: DuckDBPyConnection) -> None:
    """Let the instance encrypt. Raises WarehouseError("encryption-module")."""
    found = importlib.util.find_spec(MODULE)
    folders = list(found.submodule_search_locations or ()) if found else []
    files = [
        file for folder in folders for file in Path(folder).rglob(f"v{duckdb.__version__}/*.duckdb_extension")
    ]
    if not files:
        raise _module("not installed")
    try:
        connection.execute(sql("encryption/load").replace("{path}", str(files[0]).replace("'", "''")))
    except duckdb.Error as error:
        raise _module(type(error).__name__) from error


def _module(reason: str) -> WarehouseError:
    return encryption_error("encryption-module", reason=reason, version=duckdb.__version__)


def said_of_keys(said: str, path: Path) -> WarehouseError | None:
    """What an error of the engine on opening the file says of keys; None when it is about something else."""
    codes = {
        "without a key": "key-missing",
        "Wrong encryption key": "key-wrong",
        "is not encrypted": "key-not-needed",
    }
    code = next((code for sign, code in codes.items() if sign in said), None)
    return encryption_error(code, str(path)) if code else None
