"""Folders of imports whose process was killed before it could delete them."""

import logging
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from warehouse.checkpointing import is_free

log = logging.getLogger(__name__)

PREFIX = "pactboard-import-"
DATABASE = "scratch.duckdb"
_LONG_SECONDS = 86_400.0  # nobody reads a file for so long
_SHORT_SECONDS = 2.0  # within which who made a database has locked it


def own_prefix() -> str:
    """That of the folders of this process."""
    return f"{PREFIX}{os.getpid()}-"


def erase_leftovers() -> None:
    """Delete the folders that no process uses any more: their database is open nowhere, or they have none and
    are older than a day. Those of this process are left alone: it deletes them itself."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # gone meanwhile, or somebody else's
            if not folder.name.startswith(own_prefix()) and _is_left(folder):
                shutil.rmtree(folder)
                log.warning("the folder of an import that was broken off was deleted")


def _is_left(folder: Path) -> bool:
    database = folder / DATABASE
    if not database.exists():
        return _is_older(folder, _LONG_SECONDS)
    if not _is_older(database, _SHORT_SECONDS):
        return False
    with database.open("r+b") as file:
        return is_free(file.fileno())


def _is_older(path: Path, seconds: float) -> bool:
    return time.time() - path.stat().st_mtime > seconds
