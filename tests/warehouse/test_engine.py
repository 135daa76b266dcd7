"""A database that died of a full disk: who was writing is told so, and the next one finds it open again."""

import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from survey import new_response_id
from tests.warehouse.answering import a_response
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.sql import sql

LONG = {"comment": "很长" * 200}


@contextmanager
def _files_limited_to(size: int) -> Iterator[None]:
    """Files of this process cannot grow beyond the size: to the database the same as a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def _kill(warehouse: Warehouse) -> None:
    """A checkpoint that finds no room is what DuckDB does not survive."""
    with (
        _files_limited_to(4096),
        pytest.raises(duckdb.FatalException),
        warehouse._engine.lend("writes") as connection,
    ):
        connection.execute(sql("core/checkpoint"))


def test_after_a_fatal_error_everything_confirmed_is_there_and_writing_goes_on(warehouse: Warehouse) -> None:
    before = [warehouse.writer.submit(a_response(texts=LONG)).response_id for _ in range(50)]
    _kill(warehouse)
    after = warehouse.writer.submit(a_response())
    assert after.stored
    kept = {row[0] for row in warehouse.read("core/responses_after", after_seq=0)}
    assert kept == {*before, after.response_id}


def test_a_read_is_answered_by_the_reopened_database(warehouse: Warehouse) -> None:
    warehouse.writer.submit(a_response())
    _kill(warehouse)
    assert warehouse.read("core/surveys")
    assert list(warehouse.stream("core/surveys"))


def test_while_the_disk_is_full_submitters_are_told_and_afterwards_it_works(warehouse: Warehouse) -> None:
    warehouse.writer.submit(a_response())
    with _files_limited_to(1):
        with pytest.raises(WarehouseError, match="writer-failed"):
            warehouse.writer.submit(a_response())
        with pytest.raises(WarehouseError, match=r"not-saved.*disk full"), warehouse.transaction() as cursor:
            cursor.execute("CREATE TABLE big AS SELECT repeat('x', 100) AS x FROM range(1000)")
    assert warehouse.writer.submit(a_response()).stored
    assert len(warehouse.read("core/responses_after", after_seq=0)) == 2


def test_submitters_in_flight_get_a_receipt_for_what_is_stored_or_an_error(warehouse: Warehouse) -> None:
    ids = [new_response_id() for _ in range(200)]

    def submit(number: int) -> bool:
        try:
            return warehouse.writer.submit(a_response(ids[number], texts=LONG)).stored
        except WarehouseError as error:
            assert error.problem.code == "writer-failed"
            return False

    with ThreadPoolExecutor(16) as threads:
        answers = threads.map(submit, range(len(ids)))
        _kill(warehouse)
        thanked = {ids[number] for number, stored in enumerate(answers) if stored}
    rows = [row[0] for row in warehouse.read("core/responses_after", after_seq=0)]
    assert thanked <= set(rows)
    assert len(rows) == len(set(rows))
    for key in ids:
        warehouse.writer.submit(a_response(key))
    assert sorted(row[0] for row in warehouse.read("core/responses_after", after_seq=0)) == sorted(ids)


def test_a_reader_who_still_holds_the_dead_database_delays_the_new_one_but_does_not_crash_it(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.engine.DRAIN_SECONDS", 0.05)
    warehouse.writer.submit(a_response())
    with warehouse._engine.lend("streams"):
        _kill(warehouse)
        with pytest.raises(WarehouseError, match="warehouse-reopening"):
            warehouse.read("core/surveys")
    assert warehouse.read("core/surveys")
