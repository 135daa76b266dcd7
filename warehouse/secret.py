"""The secret beside the warehouse file, and the keys derived from it, one for each purpose."""

import hashlib
import hmac
import os
import secrets
import string
from contextlib import suppress
from pathlib import Path

from warehouse.problems import core_error

SECRET_CHARACTERS = 43  # 32 random bytes, urlsafe base 64 without padding
_ALPHABET = frozenset(string.ascii_letters + string.digits + "-_")


def secret_path(warehouse_file: Path) -> Path:
    """Where the secret of this warehouse lies: `pactboard.duckdb` has `pactboard.secret`."""
    return warehouse_file.with_suffix(".secret")


def derived_key(warehouse_file: Path, purpose: str) -> bytes:
    """32 bytes for one purpose, HMAC-SHA256 of the secret; a secret is made (mode 0600) where there is none.

    Raises WarehouseError("secret-unreadable").
    """
    path = secret_path(warehouse_file)
    try:
        if not path.exists():
            _make(path)
        secret = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not text"
        raise core_error("secret-unreadable", str(path), reason=reason or "") from error
    if len(secret) < SECRET_CHARACTERS or not _ALPHABET.issuperset(secret):
        raise core_error("secret-unreadable", str(path), reason="cut short or changed")
    return hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
        ) as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        # A link never replaces: of two processes that make one in the same moment, the first one's stays.
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
