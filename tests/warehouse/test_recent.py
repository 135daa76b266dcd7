"""Which ids are certainly new: never one that is stored, by whomever."""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from survey import new_response_id
from tests.warehouse.answering import a_response
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.recent import RecentIds
from warehouse.responses import store_responses


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with closing(open_warehouse(tmp_path / "w.duckdb")) as opened:
        yield opened


def stored(house: Warehouse) -> list[UUID]:
    return [row[0] for row in house.read("core/responses_after", after_seq=0)]


def test_an_id_is_new_above_all_that_are_stored_and_known_once_it_was_noted(house: Warehouse) -> None:
    random_ids = sorted(uuid4() for _ in range(50))
    with house.transaction() as cursor:
        store_responses(cursor, [a_response(each) for each in random_ids], house.reporting_zone)
    recent = RecentIds()
    with house.transaction() as cursor:
        recent.catch_up(cursor)
    assert not any(recent.are_new([each]) for each in random_ids)
    above = UUID(int=random_ids[-1].int + 1)
    assert recent.are_new([above]) and not recent.are_new([above, random_ids[0]])
    recent.note([above])
    assert not recent.are_new([above])


def test_what_others_stored_is_never_taken_for_new(house: Warehouse) -> None:
    mine, theirs, later = new_response_id(), new_response_id(), new_response_id()
    for each in (later, mine):
        assert house.writer.submit(a_response(each)).stored
    with house.transaction() as cursor:
        store_responses(cursor, [a_response(theirs)], house.reporting_zone)
    for each in (mine, theirs, later):
        assert not house.writer.submit(a_response(each)).stored
    assert sorted(stored(house)) == sorted([mine, theirs, later])


def test_ids_old_and_new_sent_again_in_any_order_are_stored_once(house: Warehouse) -> None:
    ids = [new_response_id() if number % 3 else uuid4() for number in range(40)]
    sent = ids * 3
    random.Random(1).shuffle(sent)
    for place, each in enumerate(sent):
        if place % 17 == 0:  # somebody else commits in between, something else or a response too
            with house.transaction() as cursor:
                store_responses(cursor, [a_response(each)] if place % 2 else [], house.reporting_zone)
        house.writer.submit(a_response(each))
    assert sorted(stored(house)) == sorted(ids)


def test_a_commit_of_which_the_end_is_not_known_makes_nothing_new_that_is_stored(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = new_response_id()
    house.writer.submit(a_response(first))
    lost = new_response_id()
    told = house._engine.on_commit

    def fail() -> None:  # after the commit, before its submitter is told
        monkeypatch.setattr(house._engine, "on_commit", told)
        raise RuntimeError

    monkeypatch.setattr(house._engine, "on_commit", fail)
    with pytest.raises(WarehouseError) as told_so:
        house.writer.submit(a_response(lost))
    assert told_so.value.problem.code == "writer-failed"
    assert not house.writer.submit(a_response(lost)).stored
    assert sorted(stored(house)) == sorted([first, lost])


def test_only_so_many_ids_are_remembered_and_the_forgotten_are_not_new(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("warehouse.recent.MOST", 10)
    recent, ids = RecentIds(), [new_response_id() for _ in range(25)]
    for each in ids:
        assert recent.are_new([each])
        recent.note([each])
    assert len(recent._ids) <= 10
    assert not any(recent.are_new([each]) for each in ids)
