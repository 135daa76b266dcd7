"""New warehouses as copies of one that was migrated: taking every step anew for each test took a third of the
suite's time."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.encryption import encryption_key
from warehouse.migrate import migrate
from warehouse.opening import connect


def migrated_file(folder: Path) -> Path:
    """A warehouse file that the product made and carried every step out in, and nothing else."""
    path = folder / "migrated.duckdb"
    connection = connect(path)
    migrate(connection, str(path))
    connection.close()
    return path


def connecting(template: Callable[[], Path]) -> Callable[[Path], DuckDBPyConnection]:
    """`connect`, but where nothing at all lies yet, the template does first."""

    def connect_to_copy(path: Path) -> DuckDBPyConnection:
        folder = path.parent
        untouched = not folder.exists() or not any(folder.glob(f"{path.name}*"))
        if untouched and not encryption_key():
            with suppress(OSError):  # `connect` says what is wrong with the place
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(template(), path)
        return connect(path)

    return connect_to_copy
