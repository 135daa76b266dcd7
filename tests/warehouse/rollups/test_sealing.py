"""Sealing moves the marks, in one piece or not at all, and nobody who reads sees a difference."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.answering import a_response
from warehouse import Warehouse, open_warehouse
from warehouse.rollups import sealing


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


def test_after_the_stop_nothing_is_begun(house: Warehouse) -> None:
    house.writer.submit(a_response())
    house.rollups.stop()
    house.rollups.seal()
    assert (house.rollups.ahead, sealed(house), stored(house)) == (1, 0, 1)
