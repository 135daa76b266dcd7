"""200 times kill -9, at any moment and whatever it does: nothing thanked for is lost, nothing doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from tests.killing.checks import broken
from tests.killing.work import WORK, load_again, load_rows
from tests.serving import PROJECT
from tests.warehouse.answering import a_response
from warehouse import open_warehouse

ROUNDS = 200


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes that are killed are forks")
def test_killed_two_hundred_times_it_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.killing.rounds", str(tmp_path), str(ROUNDS), "5"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    summary = json.loads(done.stdout)
    assert summary["broken"] == []
    assert summary["killed"].keys() == {*WORK, "migration"} and sum(summary["killed"].values()) == ROUNDS
    assert summary["while_opening"] > ROUNDS / 10
    assert summary["thanked"] > ROUNDS / 2


def test_what_is_lost_doubled_or_in_part_would_be_seen(tmp_path: Path) -> None:
    warehouse = open_warehouse(tmp_path / "w.duckdb")
    kept = warehouse.writer.submit(a_response()).response_id
    assert broken(warehouse, [kept]) == []
    assert broken(warehouse, [kept, uuid4()]) == ["1 of 2 thanked for are lost"]
    with warehouse.transaction() as cursor:
        cursor.execute("DELETE FROM response_text")
    assert "in part" in broken(warehouse, [kept])[0]
    with warehouse.transaction() as cursor:
        cursor.execute("INSERT INTO response SELECT * FROM response")
    assert "doubled: 2 rows, 1 ids" in broken(warehouse, [kept])[0]
    warehouse.close()


def test_an_import_begun_anew_stores_each_row_once(tmp_path: Path) -> None:
    warehouse = open_warehouse(tmp_path / "w.duckdb")
    load_rows(warehouse, tmp_path, "a")
    assert load_again(warehouse, tmp_path) == 40
    assert broken(warehouse, []) == []
    warehouse.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes that are killed are forks")
def test_a_migration_killed_after_any_of_its_statements_is_taken_up_by_the_next_start(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.killing.migrations", str(tmp_path)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["broken"] == []
    assert found["killed"] > 5 * len(list((tmp_path).glob("steps*")))
    warehouse = open_warehouse(tmp_path / "w.duckdb")
    assert warehouse.read("core/responses_after", after_seq=0)
    warehouse.close()
