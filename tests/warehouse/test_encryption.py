"""An encrypted warehouse works as any other, and nothing of it is legible on the disk."""

import logging
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.answering import a_response
from tests.warehouse.commands import run
from warehouse import WarehouseError, open_warehouse
from warehouse.backup.restoring import restore
from warehouse.checkpointing import BLOCK_BYTES, HEADER_BYTES, checkpoint, kept_path, log_path
from warehouse.sql import sql

MARK = "MARKED-Mrs-Wang-13800000000"


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a key, that the setting names."""
    file = tmp_path / "elsewhere" / "pactboard.key"
    file.parent.mkdir()
    file.write_text("k" * 40, encoding="ascii")
    monkeypatch.setenv("PACTBOARD_KEY_FILE", str(file))
    return file


def fill(path: Path) -> None:
    """Marked answers in the file and in the log, which is left as a kill leaves it."""
    house = open_warehouse(path)
    for part in ("file", "log"):
        house.writer.submit(a_response(texts={"comment": f"{MARK} {part}" * 20}))
        if part == "file":
            with house._engine.lend("writes") as cursor:
                checkpoint(cursor)
    shutil.copytree(path.parent, path.parent.parent / "killed")
    house.close()


def marked(folder: Path) -> list[str]:
    """The files with the mark in them, in any folder below."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file.name for file in files if MARK.encode() in file.read_bytes())


def comments(path: Path) -> int:
    house = open_warehouse(path)
    try:
        with house.transaction() as cursor:
            text = "SELECT count(*) FROM response_text WHERE contains(body, $mark)"
            return int(cursor.execute(text, {"mark": MARK}).fetchall()[0][0])
    finally:
        house.close()


def code(path: Path) -> str:
    with pytest.raises(WarehouseError) as refused:
        open_warehouse(path)
    assert "k" * 40 not in str(refused.value)
    return refused.value.problem.code


def test_nothing_is_legible_in_file_log_anchor_or_backup(tmp_path: Path, key: Path) -> None:
    folder = tmp_path / "house"
    fill(folder / "w.duckdb")
    killed = tmp_path / "killed"
    assert log_path(killed / "w.duckdb").stat().st_size > 1000
    house = open_warehouse(folder / "w.duckdb")
    copy = house.backup(tmp_path / "backups")
    house.close()
    assert marked(tmp_path) == []
    assert comments(killed / "w.duckdb") == 2
    restore(copy, tmp_path / "restored" / "w.duckdb")
    assert comments(tmp_path / "restored" / "w.duckdb") == 2


def test_without_a_key_the_mark_would_be_found(tmp_path: Path) -> None:
    fill(tmp_path / "house" / "w.duckdb")
    assert marked(tmp_path) == ["w.duckdb", "w.duckdb", "w.duckdb.wal"]


def test_a_key_that_is_missing_wrong_or_not_needed_is_said(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "w.duckdb"
    open_warehouse(path).close()
    was = path.read_bytes()
    key.write_text("x" * 40)
    assert code(path) == "key-wrong"
    key.write_text("short")
    assert code(path) == "key-unreadable"
    key.unlink()
    assert code(path) == "key-unreadable"
    monkeypatch.delenv("PACTBOARD_KEY_FILE")
    assert code(path) == "key-missing"
    assert path.read_bytes() == was
    open_warehouse(tmp_path / "plain.duckdb").close()
    key.write_text("k" * 40)
    monkeypatch.setenv("PACTBOARD_KEY_FILE", str(key))
    assert code(tmp_path / "plain.duckdb") == "key-not-needed"
    assert open_warehouse(path).close() is None


def test_without_the_module_it_says_what_to_install(
    tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.encryption.MODULE", "no_such_module")
    with pytest.raises(WarehouseError, match=rf"duckdb-extension-httpfs=={duckdb.__version__}"):
        open_warehouse(tmp_path / "w.duckdb")


def test_a_second_opening_is_refused_as_for_any_other(tmp_path: Path, key: Path) -> None:
    path = tmp_path / "w.duckdb"
    house = open_warehouse(path)
    with pytest.raises(WarehouseError, match="warehouse-open-here"):
        restore(house.backup(tmp_path / "backups"), path)
    house.close()


@pytest.mark.parametrize("part", ["file", "log"])
def test_a_flipped_bit_is_found(tmp_path: Path, key: Path, part: str) -> None:
    fill(tmp_path / "house" / "w.duckdb")
    file = tmp_path / "killed" / "w.duckdb"
    damaged = file if part == "file" else log_path(file)
    content = bytearray(damaged.read_bytes())
    content[HEADER_BYTES + 5000 if part == "file" else len(content) // 2] ^= 4
    damaged.write_bytes(content)
    with pytest.raises((WarehouseError, duckdb.Error)):
        comments(file)


def test_a_half_written_block_is_put_back(tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = open_warehouse(tmp_path / "house" / "w.duckdb")
    house.writer.submit(a_response(texts={"comment": MARK}))
    image = tmp_path / "image"

    def copied(name: str) -> str:
        if name == "core/checkpoint":
            house._anchor._write()
            shutil.copytree(house.path.parent, image)
        return sql(name)

    monkeypatch.setattr("warehouse.checkpointing.sql", copied)
    with house._engine.lend("writes") as cursor:
        checkpoint(cursor)
    monkeypatch.undo()
    monkeypatch.setenv("PACTBOARD_KEY_FILE", str(key))
    file = image / "w.duckdb"
    content = bytearray(file.read_bytes())
    content[HEADER_BYTES + BLOCK_BYTES // 2 : HEADER_BYTES + BLOCK_BYTES] = b"\x07" * (BLOCK_BYTES // 2)
    file.write_bytes(content)
    assert kept_path(file).exists()
    assert comments(file) == 1
    house.close()


def test_a_warehouse_is_encrypted_and_decrypted_by_commands_with_everything_in_it(
    tmp_path: Path,
    warehouse_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    path = warehouse_folder / "pactboard.duckdb"
    fill(path)
    assert "key-not-named" in run(capsys, "encrypt")[2]
    key = tmp_path / "keys" / "pactboard.key"
    monkeypatch.setenv("PACTBOARD_KEY_FILE", str(key))
    status, out, err = run(capsys, "encrypt", "--language", "en")
    assert status == 0, err
    assert key.stat().st_mode & 0o777 == 0o600 and len(key.read_text()) > 40
    assert key.read_text().strip() not in out + err + caplog.text
    (aside,) = warehouse_folder.glob("*-aside-*.duckdb")
    assert str(aside) in out
    assert marked(warehouse_folder) == [aside.name]
    assert run(capsys, "surveys")[0] == 0, "the anchor fits, since the rows are the same"
    assert comments(path) == 2
    assert "already-encrypted" in run(capsys, "encrypt")[2]
    assert "key-not-needed" not in run(capsys, "doctor", "--language", "en")[1]
    assert run(capsys, "decrypt")[0] == 0
    assert "key-not-needed" in run(capsys, "decrypt")[2]
    monkeypatch.delenv("PACTBOARD_KEY_FILE")
    assert comments(path) == 2
    assert not list(warehouse_folder.glob("*crypting*"))


def test_the_first_start_makes_it_encrypted(
    tmp_path: Path,
    warehouse_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PACTBOARD_KEY_FILE", str(tmp_path / "new.key"))
    assert run(capsys, "encrypt")[0] == 0
    assert run(capsys, "surveys")[0] == 0
    monkeypatch.delenv("PACTBOARD_KEY_FILE")
    assert code(warehouse_folder / "pactboard.duckdb") == "key-missing"
