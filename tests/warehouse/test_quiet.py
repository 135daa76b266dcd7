"""What waits until nobody sends responses: the log is moved into the file, and added work is done."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.warehouse.answering import a_response
from tests.warehouse.test_engine import _files_limited_to
from warehouse import Warehouse, open_warehouse, quiet
from warehouse.quiet import log_size


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    monkeypatch.setattr(quiet, "QUIET_SECONDS", 0.05)
    opened = open_warehouse(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def test_in_a_quiet_moment_the_log_is_moved_into_the_file(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse.writer.submit(a_response())
    assert 0 < log_size(warehouse.path) < quiet.LEAST_LOG
    monkeypatch.setattr(quiet, "LEAST_LOG", 1)
    warehouse.writer.submit(a_response())
    _wait_until(lambda: log_size(warehouse.path) == 0)
    assert len(warehouse.read("core/responses_after", after_seq=0)) == 2


def test_while_somebody_waits_the_log_only_grows_until_it_is_too_long(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[int] = []
    done = threading.Event()

    def note(engine: object, least: int, patience: float) -> bool:
        moved.append(least)
        return False

    def keep_sending() -> int:
        sent = 0
        while not done.is_set():
            sent += warehouse.writer.submit(a_response()).stored
        return sent

    monkeypatch.setattr(quiet, "checkpoint", note)
    with ThreadPoolExecutor(4) as threads:
        senders = [threads.submit(keep_sending) for _ in range(4)]
        _wait_until(lambda: moved.count(quiet.MOST_LOG) > 3)
        assert quiet.LEAST_LOG not in moved
        monkeypatch.undo()
        monkeypatch.setattr(quiet, "QUIET_SECONDS", 0.01)
        monkeypatch.setattr(quiet, "MOST_LOG", 1)
        before = log_size(warehouse.path)
        _wait_until(lambda: log_size(warehouse.path) < before)
        done.set()
    stored = len(warehouse.read("core/responses_after", after_seq=0))
    assert stored == sum(sender.result() for sender in senders)


def test_added_work_is_done_after_a_commit_until_there_is_no_more_of_it(warehouse: Warehouse) -> None:
    left = [3]

    def work() -> bool:
        left[0] -= 1
        return left[0] > 0

    def broken() -> bool:
        warehouse.read("core/survey")  # a parameter is missing
        return True

    warehouse.quiet.add(broken)
    warehouse.quiet.add(work)
    warehouse.writer.submit(a_response())
    _wait_until(lambda: left[0] == 0)


def test_a_checkpoint_that_finds_no_room_harms_no_response(warehouse: Warehouse) -> None:
    kept = warehouse.writer.submit(a_response()).response_id
    with _files_limited_to(4096):
        quiet._tried(lambda: quiet.checkpoint(warehouse._engine, 1, 1.0))
    assert warehouse.writer.submit(a_response()).stored
    found = [row[0] for row in warehouse.read("core/responses_after", after_seq=0)]
    assert kept in found and len(found) == 2


def test_a_checkpoint_does_not_wait_for_somebody_who_writes(warehouse: Warehouse) -> None:
    warehouse.writer.submit(a_response())
    before = log_size(warehouse.path)
    with warehouse.transaction():
        assert not quiet.checkpoint(warehouse._engine, 1, 0.0)
        assert log_size(warehouse.path) >= before


def test_a_checkpoint_is_put_off_while_the_engine_has_another_transaction_that_makes_a_table(
    warehouse: Warehouse,
) -> None:
    warehouse.quiet.close()
    warehouse.writer.submit(a_response())
    with warehouse._engine.lend("streams") as other:
        other.begin()
        other.execute("CREATE TABLE made (number INTEGER)")
        assert not quiet.checkpoint(warehouse._engine, 1, 1.0)
        assert log_size(warehouse.path) > 0
        other.rollback()
    quiet.checkpoint(warehouse._engine, 1, 1.0)
    assert log_size(warehouse.path) == 0


def _wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_while_more_is_to_come_it_is_not_quiet(warehouse: Warehouse) -> None:
    done = threading.Event()
    looked = threading.Event()

    def work() -> bool:
        done.set()
        return False

    def look() -> bool:
        looked.set()
        return False

    with warehouse.quiet.held():
        warehouse.writer.submit(a_response())
        warehouse.quiet.add(work, urgent=look)
        assert looked.wait(10)
        looked.clear()
        assert looked.wait(10)
        assert not done.is_set()
    assert done.wait(10)
