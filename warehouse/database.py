"""The warehouse as everybody uses it: read a query by name, write in a transaction, submit a response."""

import atexit
import threading
from collections.abc import Callable, Generator, Hashable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from warehouse.anchor import accept, check_there, compare
from warehouse.anchoring import AnchorKeeper
from warehouse.audit.acting import SERVER, acting_as
from warehouse.audit.counting import AuditCounts
from warehouse.backup.making import make_backup
from warehouse.batteries import keep_missing
from warehouse.calendar import to_stored, utc_now
from warehouse.checkpointing import checkpoint, log_path
from warehouse.engine import Engine, Kind
from warehouse.fieldwork.events import EventLog
from warehouse.measures import Measures
from warehouse.migrate import migrate, undo
from warehouse.problems import core_error
from warehouse.quiet import QuietMoments
from warehouse.records.tables import make_tables
from warehouse.rollups.reading import SealedReads, reads_rollups
from warehouse.rollups.remembering import REMEMBERED, RegisterReads
from warehouse.rollups.sealing import Rollups
from warehouse.settings import warehouse_path
from warehouse.sql import sql
from warehouse.surveys import publish_built_in
from warehouse.transactions import transaction
from warehouse.unchanged import Unchanged
from warehouse.writer import Writer

DEFAULT_ZONE = "Asia/Shanghai"
BATCH_ROWS = 2_048
BATCH_COLUMNS = 20_000  # rows of a part that comes as columns
T = TypeVar("T")


class Warehouse:
    """One DuckDB file. Safe to use from any number of threads; made by `open_warehouse`.

    Values of queries are parameters ($name); aware datetimes go in as naive UTC and come out as naive UTC.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.measures = Measures()
        check_there(path)
        if not path.exists():
            accept(path)  # of a warehouse that held nothing
        self._engine = Engine(path, lambda connection: _prepare(connection, path))
        self._sealed, self._register = SealedReads(self._engine), RegisterReads()
        self._unchanged = Unchanged(lambda: self._engine.state)
        self.done: dict[str, object] = {}
        """What is done as pages are looked at -> the state it was done for last, so that it is not done at
        each look."""
        try:
            self._anchor = AnchorKeeper(self._engine)
            self.reporting_zone = ZoneInfo(str(self.read("core/setting", name="reporting_zone")[0][0]))
        except BaseException:
            self._engine.close()  # else the file stays locked for as long as this process lives
            raise
        self.audit = AuditCounts(self.transaction)
        self.writer = Writer(self._engine, lambda: self.reporting_zone, self.measures, self.audit)
        self.fieldwork = EventLog(self._engine, lambda: self.writer.is_busy)
        self.quiet = QuietMoments(self._engine, lambda: self.writer.is_busy)
        self.rollups = Rollups(self._engine)
        self.quiet.add(self.rollups.seal, self.rollups.seal_much)
        self.quiet.add(self.audit.flush)
        self.audit.on_count = self.quiet.note
        self._engine.on_commit = self._note_commit
        if self.rollups.ahead:
            self.quiet.note()

    def read(self, sql_name: str, **params: object) -> list[tuple[Any, ...]]:
        """All rows of the query. Raises WarehouseError, and duckdb.Error for a query or parameters that do
        not fit."""
        return self._ask(sql_name, params, _rows)

    def table(self, sql_name: str, **params: object) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The column names and all rows of the query; the same errors as `read`."""
        return self._ask(sql_name, params, _columns_and_rows)

    def while_unchanged(self, key: Hashable, make: Callable[[], T], moment: Hashable = None) -> T:
        """What `make` gives, made once for as long as nothing is committed. `key` names all that it depends
        on beside what is stored, `moment` what of it passes, such as the minute; nobody may change what it
        gives."""
        return self._unchanged.get(key, make, moment)

    def stream(self, sql_name: str, **params: object) -> Generator[Sequence[Any], None, None]:
        """First the column names, then lists of row tuples, of one state of the warehouse, in constant
        memory.

        Holds one of few connections until it is exhausted or closed.
        """
        with self.one_state() as cursor:
            cursor.execute(sql(sql_name), bind(params))
            yield [column[0] for column in cursor.description]
            while rows := cursor.fetchmany(BATCH_ROWS):
                yield rows

    def columns(self, sql_name: str, **params: object) -> Generator[pa.Table, None, None]:
        """The rows of the query as parts of a table, at least one, of one state of the warehouse, in constant
        memory and at the engine's speed. Holds a connection as `stream` does."""
        with self.one_state() as cursor:
            reader = cursor.execute(sql(sql_name), bind(params)).to_arrow_reader(BATCH_COLUMNS)
            none = True
            for batch in reader:
                none = False
                yield pa.Table.from_batches([batch])
            if none:
                yield reader.schema.empty_table()

    @contextmanager
    def one_state(self, kind: Kind = "streams") -> Iterator[DuckDBPyConnection]:
        """A cursor for several queries of one state of the warehouse. Holds one of few connections meanwhile,
        for a page one of the "reads"; it is for reading, and nothing that is written is kept."""
        with self._engine.lend(kind) as cursor:
            cursor.begin()
            try:
                yield cursor
            finally:
                undo(cursor)  # also drops what was not fetched, and the old state kept for it

    def read_beside(
        self, sql_name: str, tables: Mapping[str, pa.Table], **params: object
    ) -> list[tuple[Any, ...]]:
        """All rows of a query that also asks these tables, by name."""
        with self.measures.reads.measured(), self._engine.lend("reads") as cursor, ExitStack() as lent:
            for name, table in tables.items():
                cursor.register(name, table)
                lent.callback(cursor.unregister, name)
            return cursor.execute(sql(sql_name), bind(params)).fetchall()

    def transaction(self) -> AbstractContextManager[DuckDBPyConnection]:
        """A cursor for one atomic write, alone, in turn with the writer: keep it short, submitters wait
        meanwhile.

        A frame is written by `cursor.register(name, frame)` and INSERT ... SELECT; unregister it afterwards.
        Raises WarehouseError: "not-saved", "warehouse-busy", "warehouse-reopening", "warehouse-closed".
        """
        return transaction(self._engine)

    def backup(self, folder: Path) -> Path:
        """A verified copy of everything in the folder, while others read and write. As `make_backup`."""
        return make_backup(self._engine, folder)

    @property
    def size(self) -> int:
        """Bytes of the file and its log."""
        files = (self.path, log_path(self.path))
        return sum(file.stat().st_size for file in files if file.exists())

    def _note_commit(self) -> None:
        self._anchor.note()
        self.quiet.note()

    def close(self) -> None:
        """Store what was submitted, wait for readers, close the file."""
        self.writer.close()
        self.fieldwork.close()
        self.rollups.stop()
        self.quiet.close()
        self.audit.write()
        self._anchor.close()
        self._engine.close()
        with _lock:
            _open_here.discard(self.path)

    def _ask(
        self, sql_name: str, params: Mapping[str, object], fetch: Callable[[DuckDBPyConnection], T]
    ) -> T:
        values = bind(params)
        for _ in range(2):  # a read may safely be asked again of the reopened instance
            with (
                suppress(duckdb.FatalException),
                self.measures.reads.measured(),
                self._engine.lend("reads") as cursor,
            ):
                if sql_name in REMEMBERED:
                    return self._register.ask(cursor, sql_name, values, fetch)
                if reads_rollups(sql_name):
                    return self._sealed.ask(cursor, sql_name, values, fetch)
                return fetch(cursor.execute(sql(sql_name), values))
        raise core_error("warehouse-reopening", str(self.path))


def _rows(cursor: DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return cursor.fetchall()


def _columns_and_rows(cursor: DuckDBPyConnection) -> tuple[list[str], list[tuple[Any, ...]]]:
    return [column[0] for column in cursor.description], cursor.fetchall()


def bind(params: Mapping[str, object]) -> dict[str, object]:
    """Parameters as the tables take them: aware datetimes as naive UTC (DuckDB would shift them by its own
    zone)."""
    return {
        name: to_stored(value) if isinstance(value, datetime) and value.tzinfo else value
        for name, value in params.items()
    }


def open_warehouse(path: Path | None = None) -> Warehouse:
    """Open the file (the one of the settings when None), made and migrated where needed, with the built-in
    survey.

    Raises WarehouseError: those of `opening.connect`, `anchor.compare` and `migrate.migrate`, and
    "warehouse-open-here".
    """
    path = (path or warehouse_path()).resolve()
    with _lock:
        if path in _open_here:
            # A second instance in this process would be a second writer of the same file.
            raise core_error("warehouse-open-here", str(path))
        _open_here.add(path)
    try:
        warehouse = Warehouse(path)
    except BaseException as error:
        with _lock:
            _open_here.discard(path)
        if isinstance(error, duckdb.Error):  # a damaged part is found when it is read
            raise core_error("warehouse-unreadable", str(path)) from error
        raise
    try:
        with acting_as(SERVER):  # who looks at the page that opens it is asked of this very warehouse
            publish_built_in(warehouse)
    except BaseException:
        warehouse.close()
        raise
    return warehouse


def serving() -> Warehouse:
    """The warehouse of this process, opened at the first call. Raises the errors of `open_warehouse`."""
    global _serving
    with _serving_lock:
        if _serving is None:
            _serving = open_warehouse()
        return _serving


def close_serving() -> None:
    """Close the warehouse of this process, if it is open."""
    global _serving
    with _serving_lock:
        if _serving is not None:
            _serving.close()
            _serving = None


def _prepare(connection: DuckDBPyConnection, path: Path) -> None:
    compare(connection, path)
    migrate(connection, str(path))
    _keep_batteries(connection)
    connection.execute(
        sql("core/default_setting"),
        {"name": "reporting_zone", "value": DEFAULT_ZONE, "recorded_at": to_stored(utc_now())},
    )
    make_tables(connection)


def _keep_batteries(connection: DuckDBPyConnection) -> None:
    """After the step of the schema from which on they are kept, once."""
    connection.begin()
    try:
        is_new = keep_missing(connection)
        connection.commit()
    except duckdb.Error:
        undo(connection)
        raise
    if is_new:
        checkpoint(connection)


_lock = threading.Lock()
_open_here: set[Path] = set()
_serving_lock = threading.Lock()
_serving: Warehouse | None = None
atexit.register(close_serving)
