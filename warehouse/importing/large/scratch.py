"""The database of one import: on disk, within fixed memory, gone with the import."""

import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from warehouse.importing.large.leftovers import DATABASE, erase_leftovers, own_prefix
from warehouse.importing.problems import refused
from warehouse.opening import SCRATCH_MEMORY, connect_scratch
from warehouse.sql import sql

_NO_ROOM = "failed to pin block"  # what the engine says when it ends because a checkpoint had no memory


class Scratch:
    """Has a folder of its own, deleted when nobody holds this object any more. One caller at a time."""

    def __init__(self, file: Path) -> None:
        """`file` is the one foreign file it may read, beside what lies in its own folder."""
        erase_leftovers()
        self.folder = Path(tempfile.mkdtemp(prefix=own_prefix()))
        self._connection = connect_scratch(self.folder / DATABASE, (file, self.folder / "text"))
        self._lock, self._name = threading.RLock(), file.name
        weakref.finalize(self, _discard, self._connection, self.folder)

    def ask(
        self, name: str, params: Mapping[str, object] | None = None, **words: str
    ) -> list[tuple[Any, ...]]:
        """All rows of the query `importing/large/<name>`, each "{word}" in it replaced. Raises
        duckdb.Error and ImportRefusedError("file-memory")."""
        with self._lock, self._guarded():
            return self._connection.execute(_text(name, words), params or {}).fetchall()

    def columns(self, name: str, params: Mapping[str, object] | None = None, **words: str) -> pa.Table:
        """The same as columns."""
        with self._lock, self._guarded():
            return self._connection.execute(_text(name, words), params or {}).to_arrow_table()

    def take(self, name: str, columns: pa.Table, **words: str) -> None:
        """Run the query with these columns as the table `given`."""
        with self._lock, self._guarded():
            self._connection.register("given", columns)
            try:
                self._connection.execute(_text(name, words))
            finally:
                self._connection.unregister("given")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Ctrl-C within the engine is Ctrl-C; a file that needs more than its memory is told so."""
        try:
            yield
        except duckdb.InterruptException as error:
            raise KeyboardInterrupt from error
        except (duckdb.OutOfMemoryException, duckdb.FatalException) as error:
            if isinstance(error, duckdb.FatalException) and _NO_ROOM not in str(error):
                raise
            raise refused("file-memory", self._name, most=SCRATCH_MEMORY) from error


def _text(name: str, words: Mapping[str, str]) -> str:
    """The query with each "{word}" replaced, quotation marks included: names and expressions of our own
    making, never of a file's."""
    text = sql(f"importing/large/{name}")
    for word, meant in words.items():
        text = text.replace(f'"{{{word}}}"', meant)
    return text


def _discard(connection: DuckDBPyConnection, folder: Path) -> None:
    connection.close()
    shutil.rmtree(folder, ignore_errors=True)
