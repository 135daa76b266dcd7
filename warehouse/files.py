"""Files that are there whole or not at all, also when the power fails in between."""

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

CHUNK_BYTES = 1 << 20
PRIVATE = 0o600  # of this user alone
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_whole(path: Path, content: bytes) -> None:
    """Put the content under that name at once, on the disk when this returns. Raises OSError."""
    _whole(path, lambda draft: draft.write_bytes(content))


def copy_whole(source: Path, path: Path) -> str:
    """The same with a copy of a file; its SHA-256. Raises OSError."""
    digest = hashlib.sha256()

    def copy(draft: Path) -> None:
        with source.open("rb") as read, draft.open("wb") as written:
            while chunk := read.read(CHUNK_BYTES):
                digest.update(chunk)
                written.write(chunk)

    _whole(path, copy)
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Wait until what was written to the file, or the names changed in the folder, are on the disk."""
    if os.name == "nt" and path.is_dir():  # folders cannot be opened there
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def is_full(error: OSError) -> bool:
    """Whether the error tells of a full disk, quota or file size limit."""
    return error.errno in _FULL


def _whole(path: Path, fill: Callable[[Path], object]) -> None:
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.touch(PRIVATE)
        draft.chmod(PRIVATE)
        fill(draft)
        sync(draft)
        draft.replace(path)
        sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)
