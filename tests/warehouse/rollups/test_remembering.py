"""Answers on the whole register are kept while it and the contracts stay as they are, and no longer."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from tests.warehouse.answering import a_response
from tests.warehouse.making import a_warehouse, join
from warehouse import Warehouse
from warehouse.evidence.basis import EVERYTHING
from warehouse.membership.file import edit, member_file
from warehouse.rollups import remembering
from warehouse.sql import sql

DAY = date(2026, 7, 1)
QUALITY = {"until": DAY, "contract": ""}

# All of it follows from the tables that rollups/register_state counts.
REGISTER = {"contract_period", "contract_tier", "member_step", "member_step_until", "member_file"}
REGISTER |= {"member", "member_file_until", "member_tier_on", "member_tier_on_each"}


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


def rows_of(house: Warehouse, known: datetime = EVERYTHING.members_until) -> list[tuple[object, ...]]:
    return house.read("members/file_quality", known=known, **QUALITY)


def members(house: Warehouse, known: datetime = EVERYTHING.members_until) -> object:
    return rows_of(house, known)[0][2]


def test_what_the_register_says_is_looked_for_once_until_it_says_something_else(
    tmp_path: Path, asked: list[str]
) -> None:
    house = a_warehouse(tmp_path, contract=False)
    join(house, range(3), at="2026-01-05 12:00")
    assert members(house) == 3
    house.writer.submit(a_response())  # a response changes nothing of it
    rows_of(house).clear()  # nor does who has changed what was given
    assert members(house) == 3
    assert asked.count("members/file_quality") == 1
    join(house, [7], at="2026-01-05 12:00")
    assert members(house) == 4 and asked.count("members/file_quality") == 2
    file = member_file(house, "M00001")
    assert file is not None and edit(house, file, {"name": "王芳"}, "operator")
    assert members(house) and asked.count("members/file_quality") == 3
    house.close()


def test_how_the_register_stood_at_an_earlier_time_is_never_remembered(
    tmp_path: Path, asked: list[str]
) -> None:
    house = a_warehouse(tmp_path, contract=False)
    join(house, range(3), at="2026-01-05 12:00")
    for _ in range(2):
        assert members(house, datetime(2026, 12, 31)) == 3  # noqa: DTZ001 - as stored
    assert asked.count("members/file_quality") == 2
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
        for day in range(1, 6):
            values = QUALITY | {"until": date(2026, 7, day), "known": EVERYTHING.members_until}
            assert reads.ask(cursor, "members/file_quality", values, rows) == 0
            assert len(reads._answers) <= 2
    house.close()
