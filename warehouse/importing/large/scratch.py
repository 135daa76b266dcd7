"""The database of one import: on disk, within fixed memory, gone with the import."""

import shutil
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from warehouse.importing.large.leftovers import DATABASE, erase_leftovers, own_prefix
from warehouse.opening import connect_scratch
from warehouse.sql import sql


class Scratch:
    """Has a folder of its own, deleted when nobody holds this object any more. One caller at a time."""

    def __init__(self, file: Path) -> None:
        """`file` is the one foreign file it may read, beside what lies in its own folder."""
        erase_leftovers()
        self.folder = Path(tempfile.mkdtemp(prefix=own_prefix()))
        self._connection = connect_scratch(self.folder / DATABASE, (file, self.folder / "text"))
        self._lock = threading.RLock()
        weakref.finalize(self, _discard, self._connection, self.folder)

    def ask(
        self, name: str, params: Mapping[str, object] | None = None, **words: str
    ) -> list[tuple[Any, ...]]:
        """All rows of the query `importing/large/<name>`, each "{word}" in it replaced. Raises
        duckdb.Error."""
        with self._lock, _stoppable():
            return self._connection.execute(_text(name, words), params or {}).fetchall()

    def columns(self, name: str, params: Mapping[str, object] | None = None, **words: str) -> pa.Table:
        """The same as columns."""
        with self._lock, _stoppable():
            return self._connection.execute(_text(name, words), params or {}).to_arrow_table()

    def batches(
        self, name: str, size: int, params: Mapping[str, object] | None = None, **words: str
    ) -> Iterator[Sequence[tuple[Any, ...]]]:
        """The same in lists of at most `size` rows; other questions may be asked meanwhile."""
        with self._connection.cursor() as cursor:
            with _stoppable():
                cursor.execute(_text(name, words), params or {})
            while rows := cursor.fetchmany(size):
                yield rows

    def take(self, name: str, columns: pa.Table, **words: str) -> None:
        """Run the query with these columns as the table `given`."""
        with self._lock, _stoppable():
            self._connection.register("given", columns)
            try:
                self._connection.execute(_text(name, words))
            finally:
                self._connection.unregister("given")


def _text(name: str, words: Mapping[str, str]) -> str:
    """The query with each "{word}" replaced, quotation marks included: names and expressions of our own
    making, never of a file's."""
    text = sql(f"importing/large/{name}")
    for word, meant in words.items():
        text = text.replace(f'"{{{word}}}"', meant)
    return text


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C within the engine is Ctrl-C."""
    try:
        yield
    except duckdb.InterruptException as error:
        raise KeyboardInterrupt from error


def _discard(connection: DuckDBPyConnection, folder: Path) -> None:
    connection.close()
    shutil.rmtree(folder, ignore_errors=True)
