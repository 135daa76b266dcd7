"""Forms saved for later: read with the token alone, never a response, erased in time."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from survey import Envelope, Response, library_questionnaire, new_response_id, validate
from tests.warehouse.inviting import SURVEY, rows_stored
from warehouse import Warehouse, open_warehouse
from warehouse.saved import LIFE, Progress, SavedForm, clean_up, erase_saved, find_saved, save

TOKEN, OTHER = "ab" * 16, "cd" * 16
TYPED = "My-telephone-is-0123456789"
BEGUN = Progress(1, 2, "zh", {"overall": "4", "comment": TYPED, "channels": ["web", "shop"]})


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    house = open_warehouse(tmp_path / "pactboard.duckdb")
    yield house
    house.close()


def keep(house: Warehouse, token: str = TOKEN, progress: Progress = BEGUN) -> UUID:
    key = new_response_id()
    save(house, token, SURVEY, key, datetime.now(UTC), progress)
    return key


def found(house: Warehouse, token: str = TOKEN) -> SavedForm:
    form = find_saved(house, token)
    assert form
    return form


def rows(house: Warehouse, question: str) -> list[tuple[object, ...]]:
    with house.transaction() as cursor:
        return cursor.execute(question).fetchall()


def answer(house: Warehouse, key: UUID) -> None:
    envelope = Envelope(
        response_id=key,
        survey=SURVEY,
        channel="light_form",
        language="zh",
        submitted_at=datetime.now(UTC),
        started_at=None,
    )
    response = validate(library_questionnaire(SURVEY), {"overall": "5"}, envelope)
    assert isinstance(response, Response)
    house.writer.submit(response)


def test_what_was_saved_is_found_again_with_version_page_language_and_answers(house: Warehouse) -> None:
    key = keep(house)
    form = found(house)
    assert (form.survey, form.response_id, form.progress) == (SURVEY, key, BEGUN)
    latest = datetime.now(UTC) + LIFE
    assert latest - timedelta(minutes=1) < form.expires_at <= latest + timedelta(days=1)


def test_it_is_no_response_and_neither_token_nor_answer_stands_in_the_file(house: Warehouse) -> None:
    keep(house)
    stored = rows_stored(house)
    assert stored["response"] == stored["response_text"] == 0 and stored["saved_answers"] == 1
    content = str(rows(house, "SELECT * FROM saved_form JOIN saved_answers USING (token_sha256)"))
    assert TYPED not in content and TOKEN not in content
    assert hashlib.sha256(TOKEN.encode()).hexdigest() in content
    house.close()
    assert TYPED.encode() not in house.path.read_bytes()


def test_saved_again_it_replaces_what_was_there_and_keeps_the_response_and_the_end(house: Warehouse) -> None:
    key = keep(house)
    end = found(house).expires_at
    keep(house, progress=Progress(2, 3, "en", {"overall": "1"}))
    form = found(house)
    assert (form.response_id, form.expires_at) == (key, end)
    assert form.progress == Progress(2, 3, "en", {"overall": "1"})
    assert rows_stored(house)["saved_answers"] == rows_stored(house)["saved_form"] == 1


@pytest.mark.parametrize("token", ["", OTHER, TOKEN.upper(), TOKEN[:-1], f"{TOKEN}\n", "null", "\x00"])
def test_another_token_finds_nothing(house: Warehouse, token: str) -> None:
    keep(house)
    assert find_saved(house, token) is None


def test_a_row_put_under_another_link_opens_nothing(house: Warehouse) -> None:
    keep(house)
    keep(house, OTHER)
    with house.transaction() as cursor:
        cursor.execute("UPDATE saved_answers SET sealed = (SELECT min(sealed) FROM saved_answers)")
    assert sorted([find_saved(house, TOKEN) is None, find_saved(house, OTHER) is None]) == [False, True]


def test_it_ends_with_what_it_belongs_to_when_that_ends_sooner(house: Warehouse) -> None:
    end = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    save(house, TOKEN, SURVEY, new_response_id(), datetime.now(UTC), BEGUN, until=end)
    assert found(house).expires_at == end


def test_past_its_time_it_is_not_found_and_the_clean_up_erases_it(house: Warehouse) -> None:
    keep(house)
    keep(house, OTHER)
    with house.transaction() as cursor:
        digest = hashlib.sha256(TOKEN.encode()).hexdigest()
        cursor.execute("UPDATE saved_form SET expires_at = started_at WHERE token_sha256 = ?", [digest])
    assert find_saved(house, TOKEN) is None
    clean_up(house)
    assert rows_stored(house)["saved_answers"] == rows_stored(house)["saved_form"] == 1
    assert find_saved(house, OTHER)


def test_once_the_response_is_stored_only_the_link_is_left(house: Warehouse) -> None:
    key, other = keep(house), keep(house, OTHER)
    answer(house, key)
    erase_saved(house, key)
    assert found(house).progress is None and found(house).response_id == key
    assert found(house, OTHER).progress == BEGUN
    answer(house, other)
    clean_up(house)
    assert rows_stored(house)["saved_answers"] == 0 and rows_stored(house)["saved_form"] == 2
    assert rows_stored(house)["response"] == 2
