"""Answers on the whole register are kept while it stays as it is, and no longer."""

import re
from datetime import date
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.answering import a_response
from tests.warehouse.making import a_warehouse, happen, join
from warehouse import Warehouse
from warehouse.membership.file import edit, member_file
from warehouse.membership.merging import merge
from warehouse.rollups import remembering
from warehouse.sql import sql

NAME = "members/duplicates"

# All of it follows from the tables that rollups/register_state counts.
REGISTER = {"member", "member_alias", "file_mark"}


def test_queries_that_are_remembered_read_the_register_and_contracts_alone() -> None:
    for name in remembering.REMEMBERED:
        text = sql(name)
        own = set(re.findall(r"(\w+) AS (?:(?:NOT )?MATERIALIZED )?\(", text))
        assert set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", text)) - own <= REGISTER, name


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that were really asked."""
    found: list[str] = []
    original = remembering.sql

    def note(name: str) -> str:
        found.append(name)
        return original(name)

    monkeypatch.setattr(remembering, "sql", note)
    return found


def pairs(house: Warehouse) -> list[tuple[object, ...]]:
    return house.read(NAME)


def test_what_the_register_says_is_looked_for_once_until_it_says_something_else(
    tmp_path: Path, asked: list[str]
) -> None:
    house = a_warehouse(tmp_path, contract=False)
    join(house, range(3), at="2026-01-05 12:00")
    for member in ("M00000", "M00001"):
        file = member_file(house, member)
        assert file is not None and edit(house, file, {"phone": "13800000000"}, "operator")
    assert pairs(house) == [("M00000", "M00001", "phone")]
    house.writer.submit(a_response())  # a response changes nothing of it
    happen(house, ("M00002", "left", "2026-02-01 10:00"))
    pairs(house).clear()  # nor does who has changed what was given
    assert pairs(house) == [("M00000", "M00001", "phone")]
    assert asked.count(NAME) == 1
    file = member_file(house, "M00001")
    assert file is not None and edit(house, file, {"phone": "13800000001"}, "operator")
    assert pairs(house) == [] and asked.count(NAME) == 2
    assert edit(house, file, {"phone": "13800000000"}, "operator")
    assert pairs(house) and asked.count(NAME) == 3
    merge(house, "M00001", "M00000", "the same", "operator")
    assert pairs(house) == [] and asked.count(NAME) == 4
    house.close()


def test_only_the_newest_state_and_so_many_answers_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = a_warehouse(tmp_path, contract=False)
    monkeypatch.setattr(remembering, "MOST_ANSWERS", 2)
    reads = remembering.RegisterReads()

    def rows(cursor: DuckDBPyConnection) -> int:
        return len(cursor.fetchall())

    with house._engine.lend("reads") as cursor:
        for name in ("members/first_day", "members/movement"):
            for day in (1, 2):
                assert reads.ask(cursor, name, {"until": date(2026, 7, day)}, rows) >= 0
                assert len(reads._answers) <= 2
    house.close()
