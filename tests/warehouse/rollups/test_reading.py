"""Who reads counts sees every response that was confirmed before, whatever is sealed or stored meanwhile."""

from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.answering import a_response
from warehouse import Warehouse, open_warehouse
from warehouse.rollups import reading
from warehouse.rollups.reading import SealedReads, reads_rollups
from warehouse.sql import sql

ASKED = ("summary/responses", {"survey": "customer-satisfaction"})


def a_house(path: Path) -> Warehouse:
    house = open_warehouse(path / "w.duckdb")
    house.quiet.close()  # nothing is sealed but by these tests
    return house


def test_a_response_stored_while_the_sealed_table_is_asked_is_asked_for_again(tmp_path: Path) -> None:
    house = a_house(tmp_path)
    house.writer.submit(a_response())
    house.rollups.seal()
    reads, seen = SealedReads(house._engine), []

    def fetch(cursor: DuckDBPyConnection) -> int:
        seen.append(int(cursor.fetchall()[0][0]))
        if len(seen) == 2:
            house.writer.submit(a_response())
        return seen[-1]

    with house._engine.lend("reads") as cursor:
        answers = [reads.ask(cursor, *ASKED, fetch) for _ in range(3)]
    assert (answers, seen) == ([1, 2, 2], [1, 1, 2, 2])  # the second was asked anew
    house.close()


def test_while_nothing_waits_to_be_sealed_the_tails_are_not_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = a_house(tmp_path)
    house.writer.submit(a_response())
    monkeypatch.setattr(reading, "sql", lambda name: f"{'EXPLAIN ' * (name == ASKED[0])}{sql(name)}")
    monkeypatch.setattr(reading, "_text", reading._text.__wrapped__)
    assert reads_rollups(ASKED[0]) and not reads_rollups("core/surveys")
    plans = []
    for _ in range(2):
        plans.append(str(house.read(ASKED[0], **ASKED[1])))
        house.rollups.seal()
    assert ["ingest_seq" in plan for plan in plans] == [True, False]
    house.close()


def test_a_part_of_a_query_that_is_named_like_a_view_stays_what_it_is() -> None:
    assert not reads_rollups("metrics/from_rows/response_rate") and reads_rollups("metrics/response_rate")
