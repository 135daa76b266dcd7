"""What a killed import leaves behind is deleted by the next one; what is in use is not."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.importing.files import CLUB, write
from warehouse.importing import loading, prepare
from warehouse.importing.large.leftovers import DATABASE, PREFIX, erase_leftovers, own_prefix
from warehouse.importing.large.scratch import Scratch

HOLD = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
"""


@pytest.fixture(autouse=True)
def of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def folder(tmp_path: Path, name: str) -> Path:
    made = tmp_path / f"{PREFIX}{name}"
    made.mkdir()
    duckdb.connect(str(made / DATABASE)).close()
    os.utime(made / DATABASE, (0, 0))
    return made


def test_a_folder_that_nobody_uses_is_deleted_when_the_next_import_begins(tmp_path: Path) -> None:
    left, other = folder(tmp_path, "1-x"), tmp_path / "other"
    other.mkdir()
    scratch = Scratch(tmp_path / "file.csv")
    assert not left.exists() and other.exists()
    new = folder(tmp_path, "1-new")
    os.utime(new / DATABASE)  # as one that is not locked yet
    erase_leftovers()
    assert new.exists()
    assert scratch.folder.name.startswith(own_prefix())
    erase_leftovers()
    assert (scratch.folder / DATABASE).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be deleted anyway")
def test_a_folder_that_another_process_uses_stays_until_it_ends(tmp_path: Path) -> None:
    used = folder(tmp_path, "1-y")
    command = (sys.executable, "-c", HOLD, str(used / DATABASE))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "open\n"
        os.utime(used / DATABASE, (0, 0))
        erase_leftovers()
        assert (used / DATABASE).exists()
        process.communicate("done\n")
    os.utime(used / DATABASE, (0, 0))
    erase_leftovers()
    assert not used.exists()


def test_a_folder_without_a_database_is_deleted_after_a_day(tmp_path: Path) -> None:
    new, old = tmp_path / f"{PREFIX}1-n", tmp_path / f"{PREFIX}1-o"
    for each in (new, old):
        each.mkdir()
    os.utime(old, (0, 0))
    erase_leftovers()
    assert new.exists() and not old.exists()


def test_reading_a_large_file_tells_how_far_it_is_and_stops_when_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "LARGE_TEXT", 0)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if told[-1] == (2, 5):
            raise KeyboardInterrupt

    file, mapping = write(tmp_path, "id,day,csat,nps\n1,2026-01-05,5,10\n", CLUB)
    prepare(file, mapping, lambda done, total: told.append((done, total)))
    assert told == [(0, 5), (1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    with pytest.raises(KeyboardInterrupt):
        prepare(file, mapping, stop)
    assert told[-1] == (2, 5)
