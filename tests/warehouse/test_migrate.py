"""The schema's steps: each once, whole or not at all, and never changed afterwards."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from warehouse import WarehouseError
from warehouse.migrate import migrate, steps

FIRST = "-- One table.\nCREATE TABLE one (a INTEGER);\nINSERT INTO one VALUES (1);\n"
BROKEN = "INSERT INTO no_such_table VALUES (1);\n"
SECOND = "-- Another.\nCREATE TABLE two (b INTEGER);\n"

INTERRUPTED = """
import os, sys
from pathlib import Path
import duckdb
from warehouse import migrate
connection = duckdb.connect(sys.argv[1])
ask = migrate.sql
def die_before_recording(name):
    if name == "core/insert_migration":
        os.kill(os.getpid(), 9)
    return ask(name)
migrate.sql = die_before_recording
migrate.migrate(connection, "here", Path(sys.argv[2]))
"""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    with duckdb.connect(str(tmp_path / "new.duckdb")) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "steps"
    made.mkdir()
    (made / "0001_one.sql").write_bytes(FIRST.encode())
    return made


def _tables(connection: DuckDBPyConnection) -> set[str]:
    return {str(row[0]) for row in connection.execute("SHOW TABLES").fetchall()}


def _code(connection: DuckDBPyConnection, folder: Path) -> str:
    with pytest.raises(WarehouseError) as refusal:
        migrate(connection, "here", folder)
    return refusal.value.problem.code


def test_each_step_is_carried_out_once(connection: DuckDBPyConnection, folder: Path) -> None:
    assert migrate(connection, "here", folder) == 1
    assert migrate(connection, "here", folder) == 0
    (folder / "0002_two.sql").write_text(SECOND)
    assert migrate(connection, "here", folder) == 1
    assert _tables(connection) == {"migration", "one", "two"}
    assert connection.execute("SELECT a FROM one").fetchall() == [(1,)]


def test_a_step_changed_after_it_was_carried_out_is_refused(
    connection: DuckDBPyConnection, folder: Path
) -> None:
    migrate(connection, "here", folder)
    (folder / "0001_one.sql").write_text(FIRST + "-- just a comment\n")
    assert _code(connection, folder) == "migration-changed"


def test_other_line_ends_are_not_a_change(connection: DuckDBPyConnection, folder: Path) -> None:
    migrate(connection, "here", folder)
    (folder / "0001_one.sql").write_bytes(FIRST.replace("\n", "\r\n").encode())
    assert migrate(connection, "here", folder) == 0


def test_a_file_of_a_newer_version_is_refused(connection: DuckDBPyConnection, folder: Path) -> None:
    later = folder / "0002_two.sql"
    later.write_text(SECOND)
    migrate(connection, "here", folder)
    later.unlink()
    assert _code(connection, folder) == "warehouse-newer"


def test_a_step_that_fails_leaves_nothing_behind(connection: DuckDBPyConnection, folder: Path) -> None:
    migrate(connection, "here", folder)
    (folder / "0002_two.sql").write_text(SECOND + BROKEN)
    assert _code(connection, folder) == "migration-failed"
    assert _tables(connection) == {"migration", "one"}
    (folder / "0002_two.sql").write_text(SECOND)
    assert migrate(connection, "here", folder) == 1


def test_a_step_killed_in_the_middle_leaves_the_old_state(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "killed.duckdb"
    with duckdb.connect(str(path)) as connection:
        migrate(connection, "here", folder)
    (folder / "0002_two.sql").write_text(SECOND)
    killed = subprocess.run([sys.executable, "-c", INTERRUPTED, str(path), str(folder)], check=False)
    assert killed.returncode == -9
    with duckdb.connect(str(path)) as connection:
        assert _tables(connection) == {"migration", "one"}
        assert migrate(connection, "here", folder) == 1


@pytest.mark.parametrize(
    "names", [["0002_b.sql"], ["0001_a.sql", "0003_c.sql"], ["0001_a.sql", "0001_b.sql"]]
)
def test_steps_are_numbered_without_gap_or_repetition(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text(SECOND)
    with pytest.raises(ValueError, match="numbered"):
        steps(tmp_path)


def test_the_steps_that_ship_are_numbered() -> None:
    assert steps()[0].name == "0001_base.sql"
