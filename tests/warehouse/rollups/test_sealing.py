"""Sealing moves the marks, in one piece or not at all, and nobody who reads sees a difference."""

import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.answering import a_response
from warehouse import Warehouse, open_warehouse
from warehouse.rollups import sealing
from warehouse.sql import sql


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path / "w.duckdb")
    warehouse.quiet.close()  # nothing is sealed but by these tests
    yield warehouse
    warehouse.close()


def sealed(house: Warehouse) -> int:
    with house.transaction() as cursor:
        row = cursor.execute("SELECT coalesce(sum(n), 0) FROM response_sealed").fetchone()
    assert row is not None
    return int(row[0])


def stored(house: Warehouse) -> int:
    return int(house.read("summary/responses", survey="customer-satisfaction")[0][0])


def test_what_was_sealed_is_counted_once(house: Warehouse) -> None:
    house.writer.submit(a_response())
    assert (house.rollups.ahead, sealed(house), stored(house)) == (1, 0, 1)
    house.rollups.seal()
    assert (house.rollups.ahead, sealed(house), stored(house)) == (0, 1, 1)
    house.writer.submit(a_response())
    assert (house.rollups.ahead, sealed(house), stored(house)) == (1, 1, 2)


def test_without_a_quiet_moment_only_a_long_tail_is_sealed(house: Warehouse) -> None:
    house.writer.submit(a_response())
    house.rollups.seal_much(1)
    assert house.rollups.ahead == 1
    house.writer.submit(a_response())
    house.rollups.seal_much(1)
    assert house.rollups.ahead == 0


def test_after_a_sealing_beside_writers_the_next_one_rests(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.rollups.sealing.REST", 1e9)
    house.writer.submit(a_response())
    house.rollups.seal_much(0)
    house.writer.submit(a_response())
    house.rollups.seal_much(0)
    assert house.rollups.ahead == 1
    house.rollups.seal()
    assert house.rollups.ahead == 0


def test_a_sealing_that_fails_leaves_everything_as_it_was(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("cut off")

    house.writer.submit(a_response())
    monkeypatch.setattr(sealing, "_set_mark", fail)
    with pytest.raises(RuntimeError, match="cut off"):
        house.rollups.seal()
    monkeypatch.undo()
    assert (house.rollups.ahead, sealed(house), stored(house)) == (1, 0, 1)
    house.rollups.seal()
    assert (house.rollups.ahead, sealed(house), stored(house)) == (0, 1, 1)


def test_what_was_counted_for_some_members_after_others_is_put_together_afterwards(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.rollups.registering.MOST_MEMBERS", 3)
    monkeypatch.setattr("warehouse.rollups.registering.TOGETHER", 1)
    monkeypatch.setattr(sealing, "LEAST_MERGE", 1)
    with house.transaction() as cursor:
        cursor.execute(
            """INSERT INTO member_event (member_id, event, happened_at, day, month, recorded_at)
               SELECT 'M' || i, 'joined', TIMESTAMP '2026-01-02', DATE '2026-01-02', DATE '2026-01-01',
                      TIMESTAMP '2026-01-02'
               FROM range(20) AS r(i)"""
        )
    house.rollups.seal()
    with house.transaction() as cursor:
        assert cursor.execute("SELECT day, step, n FROM member_day_sealed").fetchall() == [
            (date(2026, 1, 2), "joined", 20)
        ]


@pytest.mark.parametrize(("events", "looks"), [(1, 2), (2, 4), (6, 11)])
def test_fewer_members_are_looked_up_at_once_where_each_has_many_events(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch, events: int, looks: int
) -> None:
    monkeypatch.setattr("warehouse.rollups.registering.MOST_MEMBERS", 3)
    monkeypatch.setattr("warehouse.rollups.registering.TOGETHER", 4)
    monkeypatch.setattr("warehouse.rollups.registering.MOST_EVENTS", 12)
    with house.transaction() as cursor:
        cursor.execute(
            """INSERT INTO member_event (member_id, event, happened_at, day, month, recorded_at, amount)
               SELECT 'M' || i, 'purchase', TIMESTAMP '2026-01-02', DATE '2026-01-02', DATE '2026-01-01',
                      TIMESTAMP '2026-01-02', 1
               FROM range(20) AS r(i), range(?) AS e(n)""",
            [events],
        )
    asked = []

    def note(name: str) -> str:
        asked.append(name)
        return sql(name)

    monkeypatch.setattr("warehouse.rollups.registering.sql", note)
    house.rollups.seal()
    assert asked.count("rollups/member_slice") == looks


def test_after_the_stop_nothing_is_begun(house: Warehouse) -> None:
    house.writer.submit(a_response())
    house.rollups.stop()
    house.rollups.seal()
    assert (house.rollups.ahead, sealed(house), stored(house)) == (1, 0, 1)


def test_a_stop_between_two_statements_breaks_it_off_too(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = threading.Event()

    def wait(cursor: DuckDBPyConnection, *_: object) -> None:
        began.set()
        while not house.rollups._stopped:
            time.sleep(0.001)
        original(cursor, "response", 1)  # an interrupt before it is forgotten

    original = sealing._set_mark
    monkeypatch.setattr(sealing, "_set_mark", wait)
    house.writer.submit(a_response())
    at_work = threading.Thread(target=house.rollups.seal)
    at_work.start()
    assert began.wait(10)
    house.rollups.stop()
    at_work.join(10)
    assert (house.rollups.ahead, sealed(house), stored(house)) == (1, 0, 1)


def test_closing_breaks_off_a_sealing_and_the_next_start_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = threading.Event()

    def long_one(cursor: DuckDBPyConnection) -> None:
        original(cursor)
        began.set()
        for _ in range(1_000):  # as the statements of a large import: an interrupt ends the one under way
            cursor.execute("SELECT count(*) FROM range(1000000000)").fetchall()

    original = sealing.seal
    monkeypatch.setattr(sealing, "seal", long_one)
    house = open_warehouse(tmp_path / "w.duckdb")
    house.writer.submit(a_response())
    assert began.wait(30)
    closing = threading.Thread(target=house.close)
    closing.start()
    closing.join(30)
    assert not closing.is_alive()
    monkeypatch.undo()
    house = open_warehouse(tmp_path / "w.duckdb")
    house.quiet.close()
    try:
        assert (house.rollups.ahead, sealed(house), stored(house)) == (1, 0, 1)
        house.rollups.seal()
        assert (house.rollups.ahead, sealed(house), stored(house)) == (0, 1, 1)
    finally:
        house.close()
