"""What is wrong with an installation, found without a server and without changing anything."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.anchor import WORDINGS as LOSSES
from warehouse.anchor import Anchor, check_there, compare, read_anchor
from warehouse.audit.chain import check as check_chain
from warehouse.backup.contents import contents, database_name
from warehouse.backup.making import LAST_BACKUP
from warehouse.calendar import utc_now
from warehouse.migrate import steps
from warehouse.opening import look_into, memory_short
from warehouse.problems import Problem, WarehouseError
from warehouse.rollups.risk_lists import differing
from warehouse.secret import secret_path
from warehouse.settings import key_file, port
from warehouse.sql import sql
from warehouse.texts import translate

State = Literal["ok", "note", "wrong"]
FREE_BYTES = 500_000_000
BACKUP_AGE = timedelta(days=7)
CLOCK_PATIENCE = timedelta(minutes=2)
_MEGABYTE = 1_000_000
_AT_A_TIME = 2_048


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `note` is worth knowing, `wrong` needs somebody."""

    state: State
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    problem: Problem | None = None

    @property
    def is_loss(self) -> bool:
        """Whether the warehouse lost rows, which can be accepted on purpose."""
        return self.problem is not None and self.problem.code in LOSSES

    def words(self, language: str) -> str:
        """What was found and what to do, in the language."""
        if self.problem:
            return f"{self.problem.words(language)} [{self.problem.code}]"
        return translate(self.template, language, **self.values)


def findings(path: Path) -> list[Finding]:
    """Everything there is to say about the warehouse at the path and the machine it lies on."""
    return [*_file(path), *_secret(path), *_room(path), *_port()]


def t(message: str) -> str:
    """The message itself: marked for the catalogue here, translated when it is said."""
    return message


def _file(path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield from _refused(lambda: check_there(path))
        yield Finding("note", t("{path} is not there: the first start makes it."), {"path": path})
        return
    try:
        connection = look_into(path)
    except WarehouseError as error:
        if error.problem.code != "warehouse-in-use":
            yield Finding("wrong", "", problem=error.problem)
            return
        said = t(
            "{path} is open in another process (number {pid}), as while a server runs: stop it to have the "
            "contents looked at; /healthz tells about a running server."
        )
        yield Finding("note", said, {"path": path, **error.problem.values})
        return
    try:
        size = f"{path.stat().st_size / _MEGABYTE:,.1f}"
        yield Finding("ok", t("{path} opens, {size} MB."), {"path": path, "size": size})
        yield from _refused(lambda: compare(connection, path))
        yield from _inside(connection)
    except duckdb.Error as error:
        said = t(
            "A part of the file is damaged ({reason}). Keep it as it is, and restore the last backup by "
            "“python -m warehouse restore BACKUP”."
        )
        yield Finding("wrong", said, {"reason": type(error).__name__})
    finally:
        connection.close()
    anchor = read_quietly(path)
    if anchor is None:
        yield Finding("note", t("No anchor says yet what the warehouse held; the next start writes one."))
    elif isinstance(anchor, Anchor) and utc_now() < anchor.written_at - CLOCK_PATIENCE:
        said = t(
            "The clock of this machine says {now}, but the warehouse was written at {then} (UTC): set the "
            "clock."
        )
        values = {"now": f"{utc_now():%Y-%m-%d %H:%M}", "then": f"{anchor.written_at:%Y-%m-%d %H:%M}"}
        yield Finding("wrong", said, values)


def read_quietly(path: Path) -> Anchor | WarehouseError | None:
    """The anchor, None when there is none; one that cannot be read has been told of by `compare`."""
    try:
        return read_anchor(path)
    except WarehouseError as error:
        return error


def _refused(look: Callable[[], None]) -> Iterator[Finding]:
    try:
        look()
    except WarehouseError as error:
        yield Finding("wrong", "", problem=error.problem)


def _inside(connection: DuckDBPyConnection) -> Iterator[Finding]:
    """Reads every row, so that a damaged block is found here and not by a reader."""
    held = contents(connection, database_name(connection))
    if "migration" not in held:
        yield Finding("wrong", t("The file is a database, but not one of Pactboard: name another one."))
        return
    applied, known = held["migration"].rows, len(steps())
    if applied > known:
        said = t(
            "It was written by a newer version of Pactboard (step {applied}, this one knows {known}): "
            "install that."
        )
        yield Finding("wrong", said, {"applied": applied, "known": known})
        return
    said = (
        t("Schema: step {applied} of {known}.")
        if applied == known
        else t("Schema: step {applied} of {known}; the next start brings it up to date.")
    )
    yield Finding("ok" if applied == known else "note", said, {"applied": applied, "known": known})
    rows = sum(each.rows for each in held.values())
    yield Finding(
        "ok",
        t("Every row can be read: {rows} in {tables} tables, {responses} responses, {surveys} surveys."),
        {
            "rows": f"{rows:,}",
            "tables": len(held),
            "responses": f"{held['response'].rows:,}",
            "surveys": held["survey"].rows,
        },
    )
    if applied == known:
        yield _counts(connection)
    yield Finding("ok", t("Reporting zone: {zone}."), {"zone": _setting(connection, "reporting_zone")})
    if held["contract_version"].rows:
        yield Finding("ok", t("Contract versions loaded: {count}."), {"count": held["contract_version"].rows})
    else:
        yield Finding(
            "note", t("No contract is loaded: no target is judged. See “python -m warehouse contract”.")
        )
    yield _audit(connection)
    yield _backup(_setting(connection, LAST_BACKUP), held["response"].rows)


def _counts(connection: DuckDBPyConnection) -> Finding:
    asked = ("differing", "differing_members", "differing_tiers", "differing_records")
    try:
        found = [
            name for query in asked for (name,) in connection.execute(sql(f"rollups/{query}")).fetchall()
        ]
        with suppress(WarehouseError):  # too much waits to be sealed: then the list is made anew
            found += differing(connection)
    except duckdb.OutOfMemoryException:  # of very many rows: nothing is damaged
        return Finding("note", "", problem=memory_short().problem)
    if not found:
        return Finding("ok", t("The counts that pages read are those of the rows."))
    said = t(
        "Counts that pages read are not those of the rows ({names}): “python -m warehouse rebuild” makes "
        "them anew."
    )
    return Finding("wrong", said, {"names": ", ".join(found)})


def _audit(connection: DuckDBPyConnection) -> Finding:
    if not connection.execute(sql("audit/there")).fetchall()[0][0]:
        return Finding("note", t("There is no audit yet: the next start begins one."))
    cursor = connection.execute(sql("audit/all"))
    found = check_chain(row for rows in iter(lambda: cursor.fetchmany(_AT_A_TIME), []) for row in rows)
    if found.broken_at is None:
        said = t("Audit: all {rows} rows follow from each other; the last hash is {sha256}.")
        return Finding("ok", said, {"rows": f"{found.rows:,}", "sha256": found.sha256})
    said = t(
        "Audit: row {row} is not what was written; it or one before it was changed or taken out. Compare "
        "with the last backup in which this line is well."
    )
    return Finding("wrong", said, {"row": found.broken_at})


def _backup(last: str | None, responses: int) -> Finding:
    if last is None:
        said = t("There has never been a backup: “python -m warehouse backup DIR” makes one.")
        return Finding("wrong" if responses else "note", said)
    age = utc_now() - datetime.fromisoformat(last)
    values = {"at": last[:16].replace("T", " "), "days": age.days}
    if age > BACKUP_AGE:
        said = t("The last backup is {days} days old ({at} UTC): “python -m warehouse backup DIR” makes one.")
        return Finding("wrong", said, values)
    return Finding("ok", t("Last backup: {at} (UTC)."), values)


def _setting(connection: DuckDBPyConnection, name: str) -> str | None:
    row = connection.execute(sql("core/setting"), {"name": name}).fetchone()
    return str(row[0]) if row else None


def _secret(path: Path) -> Iterator[Finding]:
    yield from _private(secret_path(path))
    key = key_file()
    if key:
        yield from _private(key)


def _private(secret: Path) -> Iterator[Finding]:
    if not secret.exists():
        yield Finding("note", t("{path} is not there: the first start makes it."), {"path": secret})
        return
    mode = secret.stat().st_mode & 0o777
    if os.name != "nt" and mode & 0o077:
        said = t("{path} is a secret and others can read it (mode {mode}): chmod 600 {path}")
        yield Finding("wrong", said, {"path": secret, "mode": f"{mode:o}"})
    else:
        yield Finding("ok", t("{path} is for this user alone."), {"path": secret})


def _room(path: Path) -> Iterator[Finding]:
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    values = {"path": folder, "free": f"{free // _MEGABYTE:,}"}
    if free < FREE_BYTES:
        yield Finding("wrong", t("{path} has only {free} MB free: make room before it is full."), values)
    else:
        yield Finding("ok", t("{path} has {free} MB free."), values)
    if not os.access(folder, os.W_OK):
        yield Finding("wrong", t("This user cannot write to {path}: give the right to."), values)


def _port() -> Iterator[Finding]:
    try:
        number = port()
    except ValueError as error:
        yield Finding("wrong", t("The port cannot be used: {reason}."), {"reason": error})
        return
    with socket.socket() as probe:
        is_taken = probe.connect_ex(("127.0.0.1", number)) == 0
    if is_taken:
        yield Finding(
            "note", t("Something answers on port {port}, as while a server runs."), {"port": number}
        )
    else:
        yield Finding("ok", t("Port {port} is free."), {"port": number})
