"""Who reads counts sees every response that was confirmed before, whatever is sealed or stored meanwhile."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.answering import a_response
from tests.warehouse.making import happen
from tests.warehouse.records.keeping import keep
from tests.warehouse.rollups.classes_from_rows import BARS, VERSION
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.rollups import reading, waiting
from warehouse.rollups.reading import SealedReads, reads_rollups
from warehouse.sql import sql

FEW = "SELECT getvariable('few_members')"
LAST = {"until": date(2026, 12, 31)}
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


def test_who_waits_in_the_register_is_told_anew_after_every_commit_and_every_sealing(tmp_path: Path) -> None:
    house, told = a_house(tmp_path), []

    def joined() -> int:
        return sum(row[1] for row in house.read("members/movement", **LAST))

    for number in range(3):
        happen(house, (f"M{number}", "joined", f"2026-01-0{number + 1}T10:00:00"))
        told.append((joined(), joined()))
        if number == 1:
            house.rollups.seal()
            told.append((joined(), joined()))
    assert told == [(1, 1), (2, 2), (2, 2), (3, 3)]
    house.close()


def test_a_connection_that_told_of_few_forgets_them_even_where_the_question_failed(tmp_path: Path) -> None:
    house = a_house(tmp_path)
    happen(house, ("M1", "joined", "2026-01-01T10:00:00"))
    reads, seen = SealedReads(house._engine), []

    def fetch(cursor: DuckDBPyConnection) -> None:
        seen.append(cursor.execute(FEW).fetchone())
        cursor.execute("SELECT error('no')")

    with house._engine.lend("reads") as cursor:
        with pytest.raises(duckdb.Error):
            reads.ask(cursor, "members/first_day", LAST, fetch)
        seen.append(cursor.execute(FEW).fetchone())
    assert seen == [(["M1"],), (None,)]
    house.close()


@pytest.mark.parametrize("few", [True, False])
def test_few_who_wait_are_looked_up_and_of_many_all_rows_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: bool
) -> None:
    monkeypatch.setattr(waiting, "MOST_TAIL", 3 if few else 2)
    house = a_house(tmp_path)
    happen(house, *((f"M{number}", "joined", "2026-01-01T10:00:00") for number in range(3)))
    found = []

    def fetch(cursor: DuckDBPyConnection) -> None:
        found.extend(cursor.fetchall())
        found.append(cursor.execute(FEW).fetchone() != (None,))

    with house._engine.lend("reads") as cursor:
        SealedReads(house._engine).ask(cursor, "members/first_day", LAST, fetch)
    assert found == [(date(2026, 1, 1),), few]
    house.close()


def test_beside_very_many_who_wait_nothing_of_the_register_is_told_until_they_are_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_WAITING", 2)
    house = a_house(tmp_path)
    happen(house, *((f"M{number}", "joined", "2026-01-01T10:00:00") for number in range(3)))
    with pytest.raises(WarehouseError, match="still-counted: 3 rows"):
        house.read("members/first_day", **LAST)
    assert house.read(ASKED[0], **ASKED[1])[0][0] == 0  # responses do not wait
    house.rollups.seal()
    assert house.read("members/first_day", **LAST) == [(date(2026, 1, 1),)]
    house.close()


def test_beside_very_many_records_that_wait_none_of_them_is_told_until_they_are_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_RECORDS_WAITING", 2)
    house = a_house(tmp_path)
    happen(house, ("M1", "joined", "2026-01-01T10:00:00"))
    words = [{"member_id": f"M{number}", "agrees": "yes", "said_on": "2026-01-01"} for number in range(3)]
    keep(house, "care_consent", *words)
    asked = {"member": None, "most": 9, "skip": 0}
    with pytest.raises(WarehouseError, match="records-still-counted: 3 rows"):
        house.read("records/page_care_consent", **asked)
    assert house.read("members/first_day", **LAST) == [(date(2026, 1, 1),)]  # nor does the register
    house.rollups.seal()
    assert len(house.read("records/page_care_consent", **asked)) == 3
    house.close()


def test_bars_that_are_new_class_everybody_so_that_of_very_many_no_class_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_WAITING", 2)
    house = a_house(tmp_path)
    happen(house, *((f"M{number}", "joined", "2026-01-01T10:00:00") for number in range(3)))
    house.rollups.seal()
    with house.transaction() as cursor:
        cursor.execute(BARS, {"sha256": "new", "days": 30, "amount": 100})
        cursor.execute(VERSION, {"sha256": "new", "version": 1})
    of_classes = {"start": date(2026, 1, 1), "end": date(2026, 12, 31), "contract": "new"}
    with pytest.raises(WarehouseError, match="still-counted: 3 rows"):
        house.read("members/tier_flow", **of_classes)
    assert house.read("members/first_day", **LAST) == [(date(2026, 1, 1),)]
    house.rollups.seal()
    assert house.read("members/tier_flow", **of_classes) == [("", "low", 3)]
    house.close()
