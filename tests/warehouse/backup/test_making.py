"""A backup is made while others write, equals one moment of the warehouse, and fails without a trace."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.warehouse.answering import a_response
from tests.warehouse.test_engine import _files_limited_to
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.backup import making
from warehouse.backup.manifest import read_manifest
from warehouse.backup.restoring import verify
from warehouse.opening import copying_files

LONG = {"comment": "很长" * 200}


@pytest.fixture
def house(tmp_path: Path) -> Warehouse:
    return open_warehouse(tmp_path / "data" / 'it\'s a "house".duckdb')


def left_behind(house: Warehouse, folder: Path) -> list[str]:
    """Names of what a failed backup has left."""
    staged = [path.name for path in copying_files(house.path) if path.exists()]
    return staged + ([path.name for path in folder.iterdir()] if folder.is_dir() else [])


def test_each_of_several_backups_made_under_load_is_one_moment_of_it(
    house: Warehouse, tmp_path: Path
) -> None:
    stop = threading.Event()

    def submit(_: int) -> int:
        stored = 0
        while not stop.is_set():
            stored += house.writer.submit(a_response()).stored
        return stored

    with ThreadPoolExecutor(4) as threads:
        counts = threads.map(submit, range(4))
        try:
            copies = [house.backup(tmp_path / "b") for _ in range(4)]
        finally:
            stop.set()
        stored = sum(counts)
    held = [verify(copy) for copy in copies]
    rows = [each.tables["response"].rows for each in held]
    assert rows == sorted(rows) and rows[-1] > rows[0] and rows[-1] <= stored
    for each in held:
        assert each.tables["response_text"].rows == each.tables["response"].rows
    house.close()


def test_files_of_a_backup_are_for_this_user_alone_and_nothing_else_is_left(
    house: Warehouse, tmp_path: Path
) -> None:
    copy = house.backup(tmp_path / "b")
    assert {path.suffix for path in (tmp_path / "b").iterdir()} == {".duckdb", ".json"}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (tmp_path / "b").iterdir())
    assert [path for path in copying_files(house.path) if path.exists()] == []
    manifest = read_manifest(copy)
    assert manifest.file == copy.name and manifest.bytes == copy.stat().st_size and not manifest.secret
    house.close()


def test_a_full_disk_is_said_and_leaves_nothing_and_the_warehouse_goes_on(
    house: Warehouse, tmp_path: Path
) -> None:
    for _ in range(50):
        house.writer.submit(a_response(texts=LONG))
    with _files_limited_to(20_000), pytest.raises(WarehouseError, match="disk-full"):
        house.backup(tmp_path / "b")
    assert left_behind(house, tmp_path / "b") == []
    assert house.writer.submit(a_response()).stored
    assert verify(house.backup(tmp_path / "b")).tables["response"].rows == 51
    house.close()


def test_too_little_room_is_said_before_anything_is_written(
    house: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_SPARE_BYTES", 10**18)
    with pytest.raises(WarehouseError, match="backup-room"):
        house.backup(tmp_path / "b")
    assert left_behind(house, tmp_path / "b") == []
    house.close()


def test_a_folder_that_cannot_be_made_is_said(house: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WarehouseError, match="backup-folder"):
        house.backup(tmp_path / "file" / "b")
    assert left_behind(house, tmp_path / "none") == []
    house.close()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_to_is_said(house: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir(mode=0o500)
    with pytest.raises(WarehouseError, match="backup-folder"):
        house.backup(tmp_path / "b")
    assert left_behind(house, tmp_path / "b") == []
    house.close()


def test_the_last_step_failing_takes_the_copy_away_again(
    house: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "write_manifest", refuse)
    with pytest.raises(WarehouseError, match="disk-full"):
        house.backup(tmp_path / "b")
    assert left_behind(house, tmp_path / "b") == []
    house.close()


def test_a_copy_that_differs_is_found_and_not_kept(
    house: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.writer.submit(a_response())
    true = making.contents
    monkeypatch.setattr(
        making,
        "contents",
        lambda cursor, name: {} if name == making.COPY else true(cursor, name),
    )
    with pytest.raises(WarehouseError, match=r"backup-differs.*response"):
        house.backup(tmp_path / "b")
    assert left_behind(house, tmp_path / "b") == []
    house.close()


def test_what_a_killed_backup_left_is_cleared_by_the_next_one(house: Warehouse, tmp_path: Path) -> None:
    for path in copying_files(house.path):
        path.write_bytes(b"half")
    verify(house.backup(tmp_path / "b"))
    assert [path for path in copying_files(house.path) if path.exists()] == []
    house.close()


def test_no_other_file_can_be_opened_by_a_statement(house: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="disabled by configuration"), house.transaction() as cursor:
        cursor.execute(f"ATTACH '{tmp_path / 'other.duckdb'}' AS other")
    with pytest.raises(Exception, match="locked"), house.transaction() as cursor:
        cursor.execute("SET allowed_paths = []")
    house.close()
