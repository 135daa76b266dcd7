"""Moves the log into the file so that a sudden end in between loses nothing.

DuckDB 1.5 writes the blocks that say where everything lies (metadata) anew in their place, before the header
that makes the new state count. A process killed, or a power cut, while such a block is half written leaves a
file that nobody can open. So a copy of these blocks is on the disk before each checkpoint; when the header is
still the old one at the next start, the checkpoint did not come to its end, and the copy is put back. All
other blocks of the old state are left alone by the engine until the new header is written, and the log is
kept until then.
"""

import hashlib
import json
import logging
import os
import shutil
import sys
import threading
from os.path import samestat
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.files import is_full, write_whole
from warehouse.problems import core_error
from warehouse.sql import sql

if sys.platform != "win32":
    import fcntl

log = logging.getLogger(__name__)

FORMAT = "pactboard-blocks/1"
HEADER_BYTES = 3 * 4096
BLOCK_BYTES = 262_144
# Never by the engine itself, which keeps no copy.
NO_OWN_CHECKPOINTS = {"checkpoint_threshold": "1TB"}
_SPARE_BYTES = 4 << 20
_open: dict[Path, int] = {}  # file descriptors
_one_at_a_time = threading.Lock()


def kept_path(path: Path) -> Path:
    """Where the copy of the blocks lies while a checkpoint is under way."""
    return path.with_name(f"{path.name}.blocks")


def log_path(path: Path) -> Path:
    """Where the engine writes what is committed and not yet in the file."""
    return path.with_name(f"{path.name}.wal")


def log_size(path: Path) -> int:
    """Bytes of the log of that database file; 0 when it has none."""
    try:
        return log_path(path).stat().st_size
    except FileNotFoundError:
        return 0


def checkpoint(connection: DuckDBPyConnection) -> None:
    """Move the log of the connection's database into its file; nothing is done when there is none.

    Raises WarehouseError("disk-full") before anything is written when there is not the room for it, else
    OSError and duckdb.Error; after a FatalException the instance is dead, and the next start mends the file.
    """
    row = connection.execute(sql("core/database_file")).fetchone()
    path = Path(str(row[0])) if row and row[0] else None
    if path is None or not log_size(path):
        return
    with _one_at_a_time:
        try:
            if sys.platform != "win32":  # there nobody else can open the file to copy from it
                _keep(connection, path)
            connection.execute(sql("core/checkpoint"))
            kept_path(path).unlink(missing_ok=True)
        except OSError as error:
            if is_full(error):
                raise core_error("disk-full", str(path.parent)) from error
            raise


def put_back(path: Path) -> bool:
    """Undo a checkpoint that did not come to its end, before the file is opened; whether there was one.

    Nothing is done while another process, or this one, has the file open. Raises OSError.
    """
    kept = kept_path(path)
    if path in _open or not kept.exists() or not path.exists():
        return False
    with path.open("r+b") as file:
        if not is_free(file.fileno()):
            return False
        blocks = _read(kept.read_bytes(), file.read(HEADER_BYTES))
        for number, block in blocks.items():
            file.seek(HEADER_BYTES + number * BLOCK_BYTES)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    kept.unlink()
    if blocks:
        log.warning("a checkpoint that did not come to its end was undone")
    return bool(blocks)


def let_go(path: Path) -> None:
    """Close what `checkpoint` held open of that file. Call it once the database is closed."""
    with _one_at_a_time:
        number = _open.pop(path, None)
        if number is not None:
            os.close(number)


def _keep(connection: DuckDBPyConnection, path: Path) -> None:
    numbers = [int(row[0]) for row in connection.execute(sql("core/metadata_blocks")).fetchall()]
    _need_room(path, len(numbers) * BLOCK_BYTES)
    if path not in _open or not samestat(os.fstat(_open[path]), path.stat()):
        # Not closed again before the database is: closing any descriptor of a file gives up the locks that
        # the process has on it (POSIX), and another process could open it beside this one.
        _open[path] = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    file = _open[path]
    header = os.pread(file, HEADER_BYTES, 0)
    size = os.fstat(file).st_size
    places = {number: HEADER_BYTES + number * BLOCK_BYTES for number in numbers}
    # A block beyond the end was never written: the old state has nothing in it.
    blocks = {number: os.pread(file, BLOCK_BYTES, at) for number, at in places.items() if at < size}
    content = b"".join(blocks.values())
    said = {
        "format": FORMAT,
        "header": hashlib.sha256(header).hexdigest(),
        "blocks": list(blocks),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    write_whole(kept_path(path), f"{json.dumps(said)}\n".encode() + content)


def _read(kept: bytes, header: bytes) -> dict[int, bytes]:
    """The blocks to be put back, by number: none when the header was written since, or the copy is not
    whole."""
    first, _, content = kept.partition(b"\n")
    try:
        said = json.loads(first)
        is_ours = said["format"] == FORMAT and said["sha256"] == hashlib.sha256(content).hexdigest()
        numbers = [int(number) for number in said["blocks"]]
        is_old = said["header"] == hashlib.sha256(header).hexdigest()
    except (ValueError, KeyError, TypeError):
        return {}
    if not (is_ours and is_old):
        return {}
    return {
        number: content[place * BLOCK_BYTES : (place + 1) * BLOCK_BYTES]
        for place, number in enumerate(numbers)
    }


def _need_room(path: Path, copied: int) -> None:
    """A checkpoint that finds no room kills the instance; so it is not begun."""
    needed = copied + log_size(path) + _SPARE_BYTES
    if shutil.disk_usage(path.parent).free < needed:
        raise core_error("disk-full", str(path.parent))


def is_free(file: int) -> bool:
    """Whether no other process has the file open: the lock that the engine asks for, on the same bytes."""
    try:
        if sys.platform != "win32":
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
