"""Brings the schema up to date: numbered SQL files, each once, each in one transaction, each with its
checksum."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.calendar import to_stored, utc_now
from warehouse.checkpointing import checkpoint
from warehouse.opening import disk_is_full
from warehouse.problems import core_error
from warehouse.sql import sql

FOLDER = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: its number, file name and text."""

    number: int
    name: str
    text: str

    @property
    def sha256(self) -> str:
        """Of the text with LF line ends, so that a checkout on another system is the same step."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def steps(folder: Path = FOLDER) -> tuple[Step, ...]:
    """The steps in a folder, `0001_name.sql` onwards. Raises ValueError when a number is missing or stands
    twice."""
    found = tuple(
        Step(int(path.name[:4]), path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.sql"))
    )
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"the steps in {folder} are not numbered 1, 2, 3, ...")
    return found


def migrate(connection: DuckDBPyConnection, where: str, folder: Path = FOLDER) -> int:
    """Carry out the steps not yet taken; how many these were. `where` names the file in errors.

    Raises WarehouseError: "migration-changed", "warehouse-newer", "migration-failed"; each leaves the schema
    as it was before the step named.
    """
    try:
        connection.execute(sql("core/migration_table"))
        applied = connection.execute(sql("core/migrations")).fetchall()
    except duckdb.Error as error:
        raise core_error("migration-failed", where, name="0000", reason=_reason(error)) from error
    known = steps(folder)
    for number, name, sha256 in applied:
        if number > len(known):
            raise core_error("warehouse-newer", where, number=number)
        if known[number - 1].sha256 != sha256:
            raise core_error("migration-changed", where, name=name)
    ahead = known[len(applied) :]
    if ahead:
        checkpoint(connection)
        for step in ahead:
            _carry_out(connection, step, where)
        checkpoint(connection)
    return len(ahead)


def _carry_out(connection: DuckDBPyConnection, step: Step, where: str) -> None:
    record = {
        "number": step.number,
        "name": step.name,
        "sha256": step.sha256,
        "applied_at": to_stored(utc_now()),
    }
    connection.begin()
    try:
        connection.execute(step.text)
        connection.execute(sql("core/insert_migration"), record)
        connection.commit()
    except duckdb.Error as error:
        undo(connection)
        raise core_error("migration-failed", where, name=step.name, reason=_reason(error)) from error


def undo(connection: DuckDBPyConnection) -> None:
    """Roll back what is open on the connection, if anything is: a failed commit has done it already."""
    try:
        connection.rollback()
    except duckdb.Error:
        return


def _reason(error: duckdb.Error) -> str:
    return "disk full" if disk_is_full(str(error)) else str(error).splitlines()[0]
