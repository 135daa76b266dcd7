"""What is counted of a running warehouse is what happened, and its health says when it cannot write."""

import pytest

from survey import new_response_id
from tests.warehouse.answering import a_response
from tests.warehouse.test_engine import _files_limited_to
from warehouse import WarehouseError, health, open_warehouse
from warehouse.health import health as look
from warehouse.measures import BOUNDS, Measures, Stopwatch


def test_stored_and_refused_are_counted_by_reason() -> None:
    house = open_warehouse()
    key = new_response_id()
    for _ in range(2):
        house.writer.submit(a_response(key))
    house.writer.submit(a_response())
    with _files_limited_to(1), pytest.raises(WarehouseError, match="writer-failed"):
        house.writer.submit(a_response())
    assert house.measures.stored == 2
    assert house.measures.refused == {"writer-failed": 1}
    assert house.measures.commits.times().count == 4
    before = house.measures.reads.times().count
    house.read("core/surveys")
    assert house.measures.reads.times().count == before + 1
    assert house.size > 0 and house.writer.queue_length == 0
    house.close()


def test_times_are_counted_in_growing_bins_also_when_the_work_fails() -> None:
    watch = Stopwatch()
    for _ in range(3):
        with watch.measured():
            pass
    with pytest.raises(ValueError, match="no"), watch.measured():
        raise ValueError("no")
    times = watch.times()
    assert times.count == 4 and times.seconds > 0 and len(times.at_most) == len(BOUNDS)
    assert list(times.at_most) == sorted(times.at_most) and times.at_most[-1] == 4


def test_a_failed_commit_counts_until_one_succeeds_or_a_minute_has_passed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measures = Measures()
    measures.note_refused("writer-busy")
    assert not measures.failed_lately
    measures.note_refused("writer-failed")
    assert measures.failed_lately
    measures.note_stored(1)
    assert not measures.failed_lately
    measures.note_refused("writer-failed")
    monkeypatch.setattr("warehouse.measures.LATELY_SECONDS", 0.0)
    assert not measures.failed_lately


def test_health_says_when_the_disk_takes_nothing_and_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FRESH_SECONDS", 0.0)
    house = open_warehouse()
    well = look(house)
    assert well.can_read and well.can_write and well.last_backup_at is None and well.free_disk_bytes > 0
    with _files_limited_to(1):
        assert not look(house).can_write
    assert look(house).can_write
    house.backup(house.path.parent / "b")
    assert look(house).last_backup_at
    assert not list(house.path.parent.glob(".*probe"))
    house.close()
