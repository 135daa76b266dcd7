"""What follows from the rows is kept until something is committed, and not a moment longer."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.warehouse.answering import a_response
from warehouse import Warehouse, open_warehouse

SURVEY = "customer-satisfaction"


def stored(house: Warehouse) -> int:
    return house.while_unchanged("stored", lambda: dict(house.read("core/survey_responses")).get(SURVEY, 0))


def test_what_was_made_is_kept_until_a_response_is_stored_and_then_made_anew(tmp_path: Path) -> None:
    with closing(open_warehouse(tmp_path / "w.duckdb")) as house:
        assert stored(house) == 0
        assert house.while_unchanged("stored", lambda: -1) == 0  # kept
        assert house.while_unchanged("else", lambda: -1) == -1  # by its key
        for number in range(1, 4):
            house.writer.submit(a_response())
            assert stored(house) == number


def test_what_was_made_before_a_commit_is_not_kept_for_the_state_after_it(tmp_path: Path) -> None:
    with closing(open_warehouse(tmp_path / "w.duckdb")) as house:

        def make() -> str:
            house.writer.submit(a_response())  # committed while it is made
            return "old"

        assert house.while_unchanged("figure", make) == "old"
        assert house.while_unchanged("figure", lambda: "new") == "new"


def test_of_what_passes_with_time_the_last_is_kept_and_no_other(tmp_path: Path) -> None:
    with closing(open_warehouse(tmp_path / "w.duckdb")) as house:
        for made in ("first", "again"):
            assert house.while_unchanged("figure", lambda made=made: made, "10:00") == "first"
        assert house.while_unchanged("figure", lambda: "later", "10:01") == "later"
        assert house.while_unchanged("figure", lambda: "anew", "10:00") == "anew"


def test_a_transaction_that_was_undone_changes_nothing_and_a_failure_is_not_kept(tmp_path: Path) -> None:
    with closing(open_warehouse(tmp_path / "w.duckdb")) as house:
        with pytest.raises(ZeroDivisionError):
            house.while_unchanged("figure", lambda: 1 // 0)
        assert house.while_unchanged("figure", lambda: 7) == 7
        with pytest.raises(RuntimeError), house.transaction():
            raise RuntimeError
        assert house.while_unchanged("figure", lambda: 8) == 7


def test_a_rebuild_of_the_rollups_has_everything_made_anew(tmp_path: Path) -> None:
    with closing(open_warehouse(tmp_path / "w.duckdb")) as house:
        assert house.while_unchanged("figure", lambda: 1) == 1
        house.rollups.rebuild()
        assert house.while_unchanged("figure", lambda: 2) == 2
