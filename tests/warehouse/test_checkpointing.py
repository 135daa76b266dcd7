"""A process that ends while the log is moved into the file: the file opens, and nothing is lost."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.answering import a_response
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.checkpointing import BLOCK_BYTES, HEADER_BYTES, checkpoint, kept_path, let_go, log_size
from warehouse.engine import Engine
from warehouse.sql import sql

WAREHOUSE = Path(__file__).resolve().parents[2] / "warehouse"
SECOND = """
import sys
from pathlib import Path
from warehouse import WarehouseError, open_warehouse
try:
    open_warehouse(Path(sys.argv[1]))
except WarehouseError as error:
    print(error.problem.code)
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    (tmp_path / "live").mkdir()
    opened = open_warehouse(tmp_path / "live" / "w.duckdb")
    for _ in range(3):
        opened.writer.submit(a_response())
    yield opened
    opened.close()


def interrupted(house: Warehouse, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, bytes]:
    """The files as they are when the copy of the blocks is written and the checkpoint has not begun; then the
    file as it is after the checkpoint."""
    folder.mkdir()

    def copied(name: str) -> str:
        if name == "core/checkpoint":
            house._anchor._write()
            for part in house.path.parent.iterdir():
                shutil.copy(part, folder / part.name)
        return sql(name)

    monkeypatch.setattr("warehouse.checkpointing.sql", copied)
    with house._engine.lend("writes") as cursor:
        checkpoint(cursor)
    monkeypatch.undo()
    subprocess.run(["cp", str(house.path), str(folder / "after")], check=True)  # not by this process: locks
    after = (folder / "after").read_bytes()
    return folder / "w.duckdb", after


def stored(file: Path) -> int:
    house = open_warehouse(file)
    try:
        return len(house.read("core/responses_after", after_seq=0))
    finally:
        house.close()


def test_a_half_written_block_is_put_back(
    house: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, after = interrupted(house, tmp_path / "image", monkeypatch)
    before = file.read_bytes()
    block = slice(HEADER_BYTES, HEADER_BYTES + BLOCK_BYTES)
    assert before[block] != after[block], "the engine writes the first block anew in its place"
    half = HEADER_BYTES + next(
        place
        for place in range(4096, BLOCK_BYTES, 4096)
        if before[block][:place] != after[block][:place] and before[block][place:] != after[block][place:]
    )
    file.write_bytes(before[:HEADER_BYTES] + after[HEADER_BYTES:half] + before[half:])
    torn = shutil.copytree(file.parent, tmp_path / "torn")
    assert stored(file) == 3
    assert not kept_path(file).exists()
    kept_path(torn / "w.duckdb").unlink()
    with pytest.raises(WarehouseError, match="warehouse-unreadable"):
        open_warehouse(torn / "w.duckdb")


def test_a_checkpoint_that_came_to_its_end_stays(
    house: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, after = interrupted(house, tmp_path / "image", monkeypatch)
    file.write_bytes(after)
    file.with_name("w.duckdb.wal").unlink()
    assert stored(file) == 3
    assert not kept_path(file).exists()


@pytest.mark.parametrize("content", [b"", b"{}\n", b'{"format": "other"}\n', b"\xff\xfe"])
def test_a_copy_that_is_not_whole_is_not_put_back(house: Warehouse, tmp_path: Path, content: bytes) -> None:
    house.close()
    was = house.path.read_bytes()
    kept_path(house.path).write_bytes(content)
    assert stored(house.path) == 3
    assert house.path.read_bytes() == was


def test_another_process_does_not_put_back_what_this_one_is_writing(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def meanwhile(name: str) -> str:
        if name == "core/checkpoint":
            command = [sys.executable, "-c", SECOND, str(house.path)]
            seen.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            seen.append(str(kept_path(house.path).exists()))
        return sql(name)

    monkeypatch.setattr("warehouse.checkpointing.sql", meanwhile)
    with house._engine.lend("writes") as cursor:
        checkpoint(cursor)
    assert seen == ["warehouse-in-use\n", "True"]
    monkeypatch.undo()
    second = subprocess.run(
        [sys.executable, "-c", SECOND, str(house.path)], capture_output=True, text=True, check=True
    )
    assert second.stdout == "warehouse-in-use\n", "the copying gave up the lock on the file"


def test_without_the_room_it_is_not_begun_and_the_instance_lives(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.checkpointing._SPARE_BYTES", 1 << 60)
    with house._engine.lend("writes") as cursor, pytest.raises(WarehouseError, match="disk-full"):
        checkpoint(cursor)
    assert log_size(house.path) and not kept_path(house.path).exists()
    assert house.writer.submit(a_response()).stored
    monkeypatch.undo()
    with house._engine.lend("writes") as cursor:
        checkpoint(cursor)
    assert not log_size(house.path)


def test_the_engine_never_moves_the_log_by_itself(house: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    assert house.read("core/setting", name="reporting_zone")
    with house.transaction() as cursor:
        assert cursor.execute("SELECT current_setting('checkpoint_threshold')").fetchone() == ("931.3 GiB",)
    size = log_size(house.path)
    monkeypatch.setattr("warehouse.engine.checkpoint", lambda connection: None)
    house.close()
    assert log_size(house.path) >= size > 0


def test_no_other_place_moves_the_log() -> None:
    others = [
        path.name
        for path in WAREHOUSE.rglob("*.py")
        if re.search(r"core/checkpoint|(?i:execute\(\W*checkpoint)", path.read_text(encoding="utf-8"))
    ]
    assert others == ["checkpointing.py"]


def test_a_file_let_go_may_be_opened_by_others(tmp_path: Path) -> None:
    path = tmp_path / "e.duckdb"
    engine = Engine(path, lambda connection: None)
    engine.close()
    let_go(path)  # twice is harmless
    assert stored(path) == 0
