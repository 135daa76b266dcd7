"""One atomic write at a time: begin, commit, or as if nothing had been."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.engine import Engine
from warehouse.migrate import undo
from warehouse.opening import disk_is_full
from warehouse.problems import WarehouseError, core_error


@contextmanager
def transaction(engine: Engine) -> Iterator[DuckDBPyConnection]:
    """The writing connection for the block, committed at its end, rolled back when it raises.

    Raises WarehouseError("not-saved") when the commit or the database itself failed, and those of
    `Engine.lend`.
    """
    try:
        with engine.lend("writes") as cursor:
            cursor.begin()
            try:
                yield cursor
            except BaseException:
                undo(cursor)
                raise
            engine.commits_begun += 1
            try:
                cursor.commit()
            except duckdb.FatalException:
                raise
            except duckdb.Error as error:
                undo(cursor)
                raise _not_saved(engine, error) from error
            finally:
                engine.commits_ended += 1
                engine.note_change()  # also where it is not known whether it was committed
            engine.commits += 1
            engine.on_commit()
    except duckdb.FatalException as error:
        raise _not_saved(engine, error) from error


def _not_saved(engine: Engine, error: duckdb.Error) -> WarehouseError:
    # The text of an error may quote values, so only its kind is passed on.
    reason = "disk full" if disk_is_full(str(error)) else type(error).__name__
    return core_error("not-saved", str(engine.path), reason=reason)
