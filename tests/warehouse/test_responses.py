"""What a stored response looks like in the tables."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import new_response_id
from tests.warehouse.answering import SUBMITTED, a_response
from warehouse import Warehouse, open_warehouse
from warehouse.responses import store_responses


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def _ask(warehouse: Warehouse, question: str) -> list[tuple[object, ...]]:
    with warehouse.transaction() as cursor:
        return cursor.execute(question).fetchall()


def test_scores_choices_and_texts_come_back_as_they_were_given(warehouse: Warehouse) -> None:
    response = a_response(scores=(5, None, 7), texts={"comment": "好 👍 \n 'quoted'"})
    warehouse.writer.submit(response)
    assert _ask(warehouse, "SELECT scores, missing, touchpoint, weight FROM response") == [
        ([5, None, 7], [None, "blank", None], "after", 1.0)
    ]
    assert _ask(warehouse, "SELECT * FROM response_choice") == [
        (response.response_id, "touchpoint", "after", 1)
    ]
    assert _ask(warehouse, "SELECT * FROM response_text") == [
        (response.response_id, "comment", "好 👍 \n 'quoted'")
    ]


def test_instants_are_stored_in_utc_and_days_in_the_reporting_zone(warehouse: Warehouse) -> None:
    warehouse.writer.submit(a_response(submitted_at=SUBMITTED))
    assert _ask(warehouse, "SELECT submitted_at, day, month, started_at FROM response") == [
        (datetime.fromisoformat("2026-03-31T17:30"), date(2026, 4, 1), date(2026, 4, 1), None)
    ]


def test_the_long_view_shows_each_answer_and_each_stated_missing_code(warehouse: Warehouse) -> None:
    warehouse.writer.submit(a_response(scores=(4, None, 6)))
    rows = _ask(warehouse, "SELECT question, score, missing_code, choice, body FROM answer ORDER BY question")
    assert rows == [
        ("comment", None, None, None, "很好"),
        ("ease", 6, None, None, None),
        ("overall", 4, None, None, None),
        ("recommend", None, "blank", None, None),
        ("touchpoint", None, None, "after", None),
    ]


def test_of_equal_ids_in_one_batch_the_first_counts(warehouse: Warehouse) -> None:
    key = new_response_id()
    batch = [a_response(key, scores=(score, 9, 1)) for score in (1, 2, 3)]
    with warehouse.transaction() as cursor:
        stored = store_responses(cursor, batch, warehouse.reporting_zone)
    assert stored.response_ids == {key}
    assert _ask(warehouse, "SELECT scores[1] FROM response") == [(1,)]
    assert _ask(warehouse, "SELECT count(*) FROM response_text") == [(1,)]


def test_an_import_is_named_on_its_rows_and_numbered_after_what_was_there(warehouse: Warehouse) -> None:
    warehouse.writer.submit(a_response())
    with warehouse.transaction() as cursor:
        store_responses(cursor, [a_response(), a_response()], warehouse.reporting_zone, import_id="i1")
    warehouse.writer.submit(a_response())
    rows = _ask(warehouse, "SELECT ingest_seq, import_id FROM response ORDER BY ingest_seq")
    assert [row[1] for row in rows] == [None, "i1", "i1", None]
    assert len({row[0] for row in rows}) == 4


def test_nothing_to_store_is_no_error(warehouse: Warehouse) -> None:
    with warehouse.transaction() as cursor:
        assert store_responses(cursor, [], warehouse.reporting_zone).response_ids == frozenset()


def test_a_batch_with_any_repetitions_stores_each_response_once() -> None:
    with TemporaryDirectory() as folder:
        warehouse = open_warehouse(Path(folder) / "w.duckdb")
        known = [new_response_id() for _ in range(12)]
        before: set[object] = set()

        @settings(max_examples=40, deadline=None)
        @given(st.lists(st.lists(st.integers(0, 11), max_size=20), max_size=3))
        def check(batches: list[list[int]]) -> None:
            for batch in batches:
                with warehouse.transaction() as cursor:
                    responses = [a_response(known[number]) for number in batch]
                    stored = store_responses(cursor, responses, warehouse.reporting_zone)
                asked = {known[number] for number in batch}
                assert stored.response_ids == asked - before
                before.update(asked)
            rows = _ask(warehouse, "SELECT response_id, ingest_seq FROM response")
            assert sorted(str(row[0]) for row in rows) == sorted(map(str, before))
            assert len({row[1] for row in rows}) == len(rows)
            for table in ("response_choice", "response_text"):
                parts = _ask(warehouse, f"SELECT response_id FROM {table}")
                assert sorted(str(row[0]) for row in parts) == sorted(map(str, before))

        check()
        warehouse.close()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.integers(-(2**15), 2**15 - 1), st.none()),
            st.tuples(st.none(), st.text(st.characters(exclude_categories=["Cs"]))),
        ),
        max_size=30,
    )
)
def test_any_scores_and_reasons_come_back_as_they_were_given(
    pairs: list[tuple[int | None, str | None]],
) -> None:
    scores, missing = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
    with TemporaryDirectory() as folder, closing(open_warehouse(Path(folder) / "w.duckdb")) as warehouse:
        response = replace(a_response(), scores=scores, missing=missing)
        assert warehouse.writer.submit(response).stored
        assert _ask(warehouse, "SELECT scores, missing FROM response") == [(list(scores), list(missing))]
