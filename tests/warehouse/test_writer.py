"""Submitting: each response once, a receipt only for what is committed, and no neighbour harmed."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from survey import Response, new_response_id, receipt_number
from tests.warehouse.answering import a_response
from warehouse import Receipt, Warehouse, WarehouseError, open_warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def _stored(warehouse: Warehouse) -> list[object]:
    return [row[0] for row in warehouse.read("core/responses_after", after_seq=0)]


def _together(warehouse: Warehouse, responses: list[Response]) -> list[Future[Receipt]]:
    """Submit each from a thread of its own while the writer is held up: they queue and go as a batch."""
    with ThreadPoolExecutor(len(responses)) as threads, warehouse.transaction():
        return [threads.submit(warehouse.writer.submit, response) for response in responses]


def test_a_receipt_names_the_response_and_says_that_it_is_new(warehouse: Warehouse) -> None:
    response = a_response()
    key = response.response_id
    assert warehouse.writer.submit(response) == Receipt(key, True, receipt_number(key))
    assert warehouse.writer.submit(response) == Receipt(key, False, receipt_number(key))
    assert _stored(warehouse) == [key]


def test_fifty_threads_with_the_same_response_leave_one(warehouse: Warehouse) -> None:
    key = new_response_id()
    answers = _together(warehouse, [a_response(key) for _ in range(50)])
    assert sum(answer.result().stored for answer in answers) == 1
    assert _stored(warehouse) == [key]


def test_fifty_threads_with_different_responses_leave_fifty(warehouse: Warehouse) -> None:
    responses = [a_response() for _ in range(50)]
    answers = _together(warehouse, responses)
    assert all(answer.result().stored for answer in answers)
    assert set(_stored(warehouse)) == {response.response_id for response in responses}
    assert len(_stored(warehouse)) == 50


def test_the_first_content_of_an_id_stays(warehouse: Warehouse) -> None:
    key = new_response_id()
    warehouse.writer.submit(a_response(key, scores=(1, 1, 1)))
    assert not warehouse.writer.submit(a_response(key, scores=(5, 5, 5))).stored
    with warehouse.transaction() as cursor:
        assert cursor.execute("SELECT scores FROM response").fetchall() == [([1, 1, 1],)]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param({"scores": (99_999, 1, 1)}, id="a score that no column takes"),
        pytest.param({"texts": {"comment": "\ud800"}}, id="half a character"),
        pytest.param({"weight": "heavy"}, id="a weight that is no number"),
    ],
)
def test_one_that_cannot_be_stored_does_not_fail_its_neighbours(
    warehouse: Warehouse, spoil: dict[str, object]
) -> None:
    good = [a_response() for _ in range(10)]
    bad = replace(a_response(), **spoil)
    answers = _together(warehouse, [*good[:5], bad, *good[5:]])
    with pytest.raises(WarehouseError, match="writer-failed"):
        answers.pop(5).result()
    assert all(answer.result().stored for answer in answers)
    assert set(_stored(warehouse)) == {response.response_id for response in good}


def test_what_somebody_wrote_is_not_in_the_log(
    warehouse: Warehouse, caplog: pytest.LogCaptureFixture
) -> None:
    bad = replace(a_response(texts={"comment": "Mrs Wang, 138 0000 0000"}), weight="Mrs Wang")
    with caplog.at_level(logging.DEBUG), pytest.raises(WarehouseError) as refusal:
        warehouse.writer.submit(bad)
    assert "was not stored" in caplog.text
    assert "Wang" not in caplog.text
    assert "Wang" not in str(refusal.value)


def test_when_too_many_wait_the_next_is_told_to_come_again(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.writer.QUEUE_LIMIT", 3)
    queue, submit = warehouse.writer._queue, warehouse.writer.submit
    with ThreadPoolExecutor(4) as threads, warehouse.transaction():
        answers = [threads.submit(submit, a_response())]
        _wait_until(lambda: answers[0].running() and not queue)  # the writer took it and waits for its turn
        answers += [threads.submit(submit, a_response()) for _ in range(3)]
        _wait_until(lambda: len(queue) == 3)
        with pytest.raises(WarehouseError, match="writer-busy"):
            submit(a_response())
    assert [answer.result().stored for answer in answers] == [True] * 4
    assert submit(a_response()).stored
    assert len(_stored(warehouse)) == 5


def test_closing_stores_what_is_queued(tmp_path: Path) -> None:
    path = tmp_path / "c.duckdb"
    warehouse = open_warehouse(path)
    answers = _together(warehouse, [a_response() for _ in range(20)])
    warehouse.close()
    assert all(answer.result().stored for answer in answers)
    again = open_warehouse(path)
    assert len(_stored(again)) == 20
    again.close()


def test_numbers_of_arrival_go_on_rising_after_a_new_start(tmp_path: Path) -> None:
    path = tmp_path / "n.duckdb"
    for expected in (1, 2, 3):
        warehouse = open_warehouse(path)
        warehouse.writer.submit(a_response())
        assert warehouse.read("core/last_seq", after_seq=0) == [(expected,)]
        warehouse.close()


def _wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)
