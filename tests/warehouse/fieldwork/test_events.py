"""Events of the fieldwork are stored beside the responses, once each, and never in their way."""

import logging
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from survey import new_response_id
from tests.warehouse.answering import a_response
from warehouse import Warehouse, open_warehouse
from warehouse.fieldwork import events
from warehouse.fieldwork.events import Event, Kind

NOW = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)


def event(response_id: UUID | None = None, kind: Kind = "opened", question: str | None = None) -> Event:
    return Event("customer-satisfaction", response_id or new_response_id(), kind, 1, NOW, NOW, question)


def stored(path: Path) -> int:
    """How many events are on disk; opens the file anew."""
    house = open_warehouse(path)
    with house.transaction() as cursor:
        row = cursor.execute("SELECT count(*) FROM fieldwork_event").fetchone()
    house.close()
    return row[0] if row else -1


def opened(path: Path) -> Warehouse:
    return open_warehouse(path)


def test_events_noted_are_stored_by_the_time_the_warehouse_is_closed(tmp_path: Path) -> None:
    house = opened(tmp_path / "pactboard.duckdb")
    first = new_response_id()
    for each in (event(first), event(first), event(first, "question", "ease"), event()):
        assert house.fieldwork.note(each)
    house.close()
    assert stored(house.path) == 3


def test_an_event_told_to_the_next_process_too_is_stored_once(tmp_path: Path) -> None:
    again = event()
    for _ in range(2):
        house = opened(tmp_path / "pactboard.duckdb")
        house.fieldwork.note(again)
        house.close()
    assert stored(house.path) == 1


def test_when_too_many_wait_events_are_dropped_and_responses_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "QUEUE_LIMIT", 3)
    monkeypatch.setattr(events, "PAUSE_SECONDS", 3600.0)
    house = opened(tmp_path / "pactboard.duckdb")
    assert [house.fieldwork.note(event()) for _ in range(5)] == [True, True, True, False, False]
    assert house.writer.submit(a_response()).stored
    house.close()
    assert stored(house.path) == 3


def test_events_wait_while_responses_are_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "PAUSE_SECONDS", 0.01)
    asked, free, kept = threading.Event(), threading.Event(), threading.Event()

    def busy() -> bool:
        asked.set()
        return not free.is_set()

    house = opened(tmp_path / "pactboard.duckdb")
    store = events.store_events

    def storing(*arguments: object) -> None:
        store(*arguments)
        kept.set()

    monkeypatch.setattr(events, "store_events", storing)
    own = events.EventLog(house._engine, busy)
    own.note(event())
    assert asked.wait(30) and not kept.is_set()
    free.set()
    assert kept.wait(30)
    own.close()
    house.close()


def test_events_that_cannot_be_stored_are_dropped_with_a_warning_that_quotes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("secret")

    house = opened(tmp_path / "pactboard.duckdb")
    monkeypatch.setattr(events, "store_events", fails)
    house.fieldwork.note(event())
    with caplog.at_level(logging.WARNING):
        house.fieldwork.close()
    assert (
        "1 events of the fieldwork were dropped: RuntimeError" in caplog.text and "secret" not in caplog.text
    )
    assert house.writer.submit(a_response()).stored
    house.close()
    assert stored(house.path) == 0


def test_nothing_is_noted_after_the_end(tmp_path: Path) -> None:
    house = opened(tmp_path / "pactboard.duckdb")
    house.close()
    assert not house.fieldwork.note(event())
