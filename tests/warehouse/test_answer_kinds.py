"""Every kind of answer: stored as it was given, read back equal, shown by the long view and the exports."""

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import duckdb
import pytest
from hypothesis import given, settings

from survey import Envelope, Response, new_response_id, validate, with_kept
from survey.answers import Raw
from tests.sheets import TODAY, everything, sheets
from warehouse import Warehouse, open_warehouse
from warehouse.exports import csv_bytes, export_rows
from warehouse.filters import Filters
from warehouse.migrate import FOLDER, migrate, steps
from warehouse.responses import store_responses
from warehouse.surveys import publish

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
QUESTIONNAIRE = everything()
FULL: dict[str, Raw] = {
    "overall": "1",
    "why": "=1+1",
    "channels": ["web", "shop"],
    "best": ["place", "price"],
    "grid_staff": "4",
    "spent": "100.50",
    "joined": "2024-02-29",
    "again": "no",
    "shop": "other",
    "shop_other": "在家",
    "agree": "yes",
    "signed": "Li Lei",
}


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with closing(_opened(tmp_path)) as opened:
        yield opened


def _opened(folder: Path) -> Warehouse:
    warehouse = open_warehouse(folder / "w.duckdb")
    publish(warehouse, QUESTIONNAIRE, "everything", QUESTIONNAIRE.title, is_example=False)
    return warehouse


def _answered(sheet: dict[str, Raw]) -> Response:
    envelope = Envelope(new_response_id(), "everything", "web", "zh", NOW, today=TODAY)
    response = validate(QUESTIONNAIRE, sheet, envelope)
    assert isinstance(response, Response), response
    return response


def _ask(warehouse: Warehouse, question: str, *values: object) -> list[tuple[object, ...]]:
    with warehouse.transaction() as cursor:
        return cursor.execute(question, values).fetchall()


def _read_back(warehouse: Warehouse, response: Response) -> Response:
    """The response with its answers as the tables have them, by way of the long view."""
    scores: dict[str, int] = {}
    missing: dict[str, str] = {}
    choices: dict[str, tuple[str, ...]] = {}
    texts: dict[str, str] = {}
    numbers: dict[str, Decimal] = {}
    dates: dict[str, date] = {}
    rows = _ask(
        warehouse,
        "SELECT question, score, missing_code, choice, body, number, date FROM answer "
        "WHERE response_id = ? ORDER BY question, place",
        response.response_id,
    )
    for code, score, reason, choice, body, number, day in rows:
        (said,) = [each for each in (score, reason, choice, body, number, day) if each is not None]
        if choice is not None:
            choices[code] = (*choices.get(code, ()), said)
        else:
            kinds = ((score, scores), (reason, missing), (body, texts), (number, numbers), (day, dates))
            next(kept for value, kept in kinds if value is not None)[code] = said
    scored = [item.code for item in QUESTIONNAIRE.scored]
    return replace(
        response,
        scores=tuple(scores.get(code) for code in scored),
        missing=tuple(missing.get(code) for code in scored),
        choices=choices,
        texts=texts,
        numbers=numbers,
        dates=dates,
    )


def test_any_valid_sheet_comes_back_as_it_was_given() -> None:
    with TemporaryDirectory() as folder, closing(_opened(Path(folder))) as warehouse:

        @settings(max_examples=60, deadline=None)
        @given(sheets())
        def check(sheet: dict[str, Raw]) -> None:
            response = _answered(with_kept(QUESTIONNAIRE, {}, sheet, today=TODAY))
            assert warehouse.writer.submit(response).stored
            assert _read_back(warehouse, response) == response

        check()


def test_sending_a_response_again_adds_no_answer(warehouse: Warehouse) -> None:
    response = _answered(FULL)
    for _ in range(2):
        with warehouse.transaction() as cursor:
            store_responses(cursor, [response, response], warehouse.reporting_zone)
    assert _read_back(warehouse, response) == response
    counts = [
        _ask(warehouse, f"SELECT count(*) FROM response_{kind}")[0][0]
        for kind in ("choice", "text", "number", "date")
    ]
    assert counts == [7, 3, 1, 1]


def test_the_question_table_holds_the_items_with_the_place_of_each_score(warehouse: Warehouse) -> None:
    rows = _ask(
        warehouse,
        "SELECT question, type, score_position, measures FROM question "
        "WHERE questionnaire = 'everything' ORDER BY position",
    )
    assert [row[0] for row in rows] == [item.code for item in QUESTIONNAIRE.items]
    assert [row for row in rows if row[2]] == [
        ("overall", "rating", 1, "csat"),
        ("grid_staff", "rating", 2, "csat"),
        ("grid_range", "rating", 3, "csat"),
    ]
    assert not {"hello", "pic", "grid"} & {row[0] for row in rows}


def _table(warehouse: Warehouse, name: str) -> list[dict[str, str]]:
    export = export_rows(warehouse, name, Filters("everything"), "en")
    return list(csv.DictReader(b"".join(csv_bytes(export)).decode("utf-8-sig").splitlines()))


def test_the_export_of_responses_has_a_column_for_each_item(warehouse: Warehouse) -> None:
    response = _answered(FULL)
    warehouse.writer.submit(response)
    (row,) = _table(warehouse, "responses")
    columns = list(row)
    assert [code for code in columns if code in {item.code for item in QUESTIONNAIRE.items}] == [
        item.code for item in QUESTIONNAIRE.items
    ]
    expected = {
        "overall": "1",
        "why": "'=1+1",
        "channels": "web shop",
        "best": "place price",
        "grid_staff": "4",
        "grid_range": "",
        "grid_range.missing": "blank",
        "spent": "100.5",
        "joined": "2024-02-29",
        "left_on": "",
        "again": "no",
        "shop": "other",
        "shop_other": "在家",
        "agree": "yes",
        "signed": "Li Lei",
        "touchpoint": "other",
    }
    assert {code: row[code] for code in expected} == expected


def test_the_export_of_answers_has_a_row_for_each_choice_in_its_order(warehouse: Warehouse) -> None:
    warehouse.writer.submit(_answered(FULL))
    rows = _table(warehouse, "answers")
    assert [(row["choice"], row["place"]) for row in rows if row["question"] == "best"] == [
        ("place", "1"),
        ("price", "2"),
    ]
    (spent,) = [row for row in rows if row["question"] == "spent"]
    assert (spent["number"], spent["written"], spent["score"]) == ("100.5", "", "")
    (joined,) = [row for row in rows if row["question"] == "joined"]
    assert (joined["date"], joined["day"]) == ("2024-02-29", "2026-07-01")


@pytest.mark.parametrize("number", ["0", "0.000001", "-999999999999.999999", "999999999999.999999", "100"])
def test_a_number_is_exact_at_both_ends(warehouse: Warehouse, number: str) -> None:
    response = replace(_answered(FULL), numbers={"spent": Decimal(number)})
    warehouse.writer.submit(response)
    assert _read_back(warehouse, response).numbers == {"spent": Decimal(number)}
    (row,) = _table(warehouse, "responses")
    assert row["spent"] == number


def test_answers_of_an_older_file_stay_and_are_shown(tmp_path: Path) -> None:
    folder, path = tmp_path / "first", tmp_path / "old.duckdb"
    folder.mkdir()
    first = steps()[0]
    (folder / first.name).write_bytes((FOLDER / first.name).read_bytes())
    key = UUID("01900000-0000-7000-8000-000000000000")
    with duckdb.connect(str(path)) as connection:
        migrate(connection, "here", folder)
        connection.execute(
            "INSERT INTO question VALUES ('q', 1, 'where', 1, NULL, 'single_choice', 'none', NULL, NULL)"
        )
        connection.execute(
            "INSERT INTO response BY NAME SELECT ? AS response_id, 1 AS ingest_seq, 's' AS survey, "
            "'q' AS questionnaire, 1 AS version, 'web' AS channel, 'zh' AS language, 1 AS weight, "
            "TIMESTAMP '2026-01-01' AS submitted_at, TIMESTAMP '2026-01-01' AS recorded_at, "
            "DATE '2026-01-01' AS day, DATE '2026-01-01' AS month, [] AS scores, [] AS missing",
            [key],
        )
        connection.execute("INSERT INTO response_choice VALUES (?, 'where', 'shop')", [key])
        assert migrate(connection, "here") == len(steps()) - 1
        found = connection.execute("SELECT response_id, choice, place, number, date FROM answer").fetchall()
    assert found == [(key, "shop", None, None, None)]
