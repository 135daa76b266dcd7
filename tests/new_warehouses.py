"""New warehouses as copies of one that was opened once: taking every step anew for each test took half of the
suite's time."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse import open_warehouse
from warehouse.encryption import encryption_key
from warehouse.opening import connect


def new_file(folder: Path) -> Path:
    """A warehouse file as the product leaves it after its first start."""
    path = folder / "new.duckdb"
    open_warehouse(path).close()
    return path


def connecting(template: Path) -> Callable[[Path], DuckDBPyConnection]:
    """`connect`, but where nothing at all lies yet, the template does first."""

    def connect_to_copy(path: Path) -> DuckDBPyConnection:
        folder = path.parent
        untouched = not folder.exists() or not any(folder.glob(f"{path.name}*"))
        if untouched and not encryption_key():
            with suppress(OSError):  # `connect` says what is wrong with the place
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(template, path)
        return connect(path)

    return connect_to_copy


def use_copy(file: Path) -> None:
    """Make the warehouse of this test a copy of that closed file."""
    folder = Path(os.environ["PACTBOARD_WAREHOUSE"])
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / "pactboard.duckdb")
