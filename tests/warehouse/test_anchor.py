"""Rows cut off with the log, or changed, are found at the next start; what was never confirmed is not
missed."""

import os
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.killing import damage
from tests.killing.damage import FOUND, HARMLESS, READ, copied, cut, flip, image_of, outcome
from tests.warehouse.answering import a_response
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.anchor import ERASED, accept, anchor_path, read_anchor
from warehouse.checkpointing import log_path
from warehouse.rollups.tables import DERIVED
from warehouse.sql import ROOM

CUTS = 24
FLIPS = 24


def filled(folder: Path, count: int = 40) -> Warehouse:
    """A warehouse with so many responses, half of them in the log."""
    return damage.filled(folder, [a_response(texts={"comment": f"{n}" * 50}) for n in range(count)])


def everything(file: Path) -> list[object]:
    """Every response with its text, read anew."""
    house = open_warehouse(file)
    try:
        with house.transaction() as cursor:
            return cursor.execute(
                "SELECT r.*, t.body FROM response r JOIN response_text t USING (response_id) "
                "ORDER BY r.ingest_seq"
            ).fetchall()
    finally:
        house.close()


@pytest.fixture
def image(tmp_path: Path) -> Path:
    house = filled(tmp_path / "live")
    made = image_of(house, tmp_path / "image")
    house.close()
    assert log_path(made).stat().st_size > 1000
    return made


def test_a_log_cut_off_anywhere_is_found(image: Path, tmp_path: Path) -> None:
    true = damage.held(copied(image, tmp_path / "true"))
    size = log_path(image).stat().st_size
    ends = [0, 1, size - 1, *(random.Random(7).randrange(size) for _ in range(CUTS))]
    outcomes = {outcome(image, tmp_path / "cut", cut(log_path, end), true) for end in ends}
    assert outcomes <= FOUND and "rows-missing" in outcomes, outcomes
    assert outcome(image, tmp_path / "gone", lambda file: log_path(file).unlink(), true) == "rows-missing"


@pytest.mark.parametrize("part", [log_path, damage.itself], ids=["log", "file"])
def test_a_flipped_bit_is_found_or_harmless(
    image: Path, tmp_path: Path, part: Callable[[Path], Path]
) -> None:
    true = damage.held(copied(image, tmp_path / "true"))
    assert outcome(image, tmp_path / "same", lambda file: None, true) == HARMLESS
    size, chance = part(image).stat().st_size, random.Random(11)
    flips = [flip(part, chance.randrange(size), chance.randrange(8)) for _ in range(FLIPS)]
    outcomes = {outcome(image, tmp_path / "flipped", each, true) for each in flips}
    assert outcomes <= FOUND | {READ, HARMLESS}, outcomes
    assert outcomes != {HARMLESS}


def test_a_change_that_nothing_finds_would_be_seen(image: Path, tmp_path: Path) -> None:
    true = damage.held(copied(image, tmp_path / "true"))
    other = {**true, "response": replace(true["response"], digest="0")}
    assert outcome(image, tmp_path / "same", lambda file: None, other) == damage.SILENT


def test_what_is_missing_is_said_and_the_files_stay_as_they_are(image: Path, tmp_path: Path) -> None:
    os.truncate(log_path(image), log_path(image).stat().st_size - 10)
    was = image.read_bytes(), log_path(image).read_bytes()
    for _ in range(2):
        with pytest.raises(WarehouseError, match="rows-missing") as caught:
            open_warehouse(image)
    words = caught.value.problem.words("en")
    assert "response 1" in words and "response_text 1" in words
    assert "restore" in words and "doctor --accept" in words
    assert (image.read_bytes(), log_path(image).read_bytes()) == was


def test_a_loss_accepted_on_purpose_lets_it_start_and_the_anchor_is_put_aside(image: Path) -> None:
    os.truncate(log_path(image), log_path(image).stat().st_size - 10)
    aside = accept(image)
    assert aside and aside.exists() and not anchor_path(image).exists()
    assert len(everything(image)) == 39
    assert len(everything(image)) == 39


def test_a_warehouse_ahead_of_its_anchor_starts(tmp_path: Path) -> None:
    house = filled(tmp_path / "live", 10)
    house._anchor._write()
    shutil.copy(anchor_path(house.path), tmp_path / "old")
    house.writer.submit(a_response())
    image = image_of(house, tmp_path / "image")
    house.close()
    shutil.copy(tmp_path / "old", anchor_path(image))
    assert len(everything(image)) == 11


def test_an_older_file_in_the_place_of_a_newer_one_is_found(tmp_path: Path) -> None:
    house = filled(tmp_path / "live", 10)
    house.close()
    older = copied(house.path, tmp_path / "older")
    house = open_warehouse(house.path)
    house.writer.submit(a_response())
    house.close()
    shutil.copy(older, house.path)
    with pytest.raises(WarehouseError, match=r"rows-missing.*response 1"):
        open_warehouse(house.path)


def test_another_warehouse_with_as_many_rows_is_found(tmp_path: Path) -> None:
    for name in ("one", "two"):
        filled(tmp_path / name, 6).close()
    shutil.copy(tmp_path / "one" / "w.duckdb", tmp_path / "two" / "w.duckdb")
    with pytest.raises(WarehouseError, match="rows-changed"):
        open_warehouse(tmp_path / "two" / "w.duckdb")


def test_a_file_that_is_gone_is_not_begun_anew_unless_it_was_empty(tmp_path: Path) -> None:
    for count, name in ((0, "empty"), (3, "filled")):
        house = filled(tmp_path / name, count)
        house.close()
        house.path.unlink()
    open_warehouse(tmp_path / "empty" / "w.duckdb").close()
    with pytest.raises(WarehouseError, match=r"rows-missing.*response 3"):
        open_warehouse(tmp_path / "filled" / "w.duckdb")
    assert not (tmp_path / "filled" / "w.duckdb").exists()


def test_an_anchor_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    house = filled(tmp_path / "live", 3)
    house.close()
    for text in ("", "{", "[]", '{"format": "other"}'):
        anchor_path(house.path).write_text(text)
        with pytest.raises(WarehouseError, match="anchor-unreadable"):
            open_warehouse(house.path)
    accept(house.path)
    open_warehouse(house.path).close()


def test_it_follows_the_commits_by_itself_and_says_the_rest_at_the_end(tmp_path: Path) -> None:
    house = filled(tmp_path / "live", 5)
    house.close()
    anchor = read_anchor(house.path)
    assert anchor and anchor.tables["response"] == 5 and anchor.last_seq == 5


def test_an_anchor_that_cannot_be_written_does_not_stop_submitters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    house = filled(tmp_path / "live", 2)
    monkeypatch.setattr("warehouse.anchoring.write_anchor", refuse)
    assert house.writer.submit(a_response()).stored
    house.close()
    assert "the anchor was not written: OSError" in caplog.text
    monkeypatch.undo()
    assert len(everything(house.path)) == 3


def test_every_table_that_a_query_deletes_from_is_known_to_lose_rows() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOM / "queries").rglob("*.sql")]
    deleted = {table for text in texts for table in re.findall(r"(?im)^\s*DELETE\s+FROM\s+(\w+)", text)}
    # Marks are deleted only to be written anew, sorted, with one more: they never become fewer.
    assert (deleted - {"anonymous_mark"}) | DERIVED == ERASED


def test_forms_saved_for_later_are_erased_without_being_missed(tmp_path: Path) -> None:
    house = filled(tmp_path / "live", 2)
    with house.transaction() as cursor:
        cursor.execute(
            "INSERT INTO saved_answers "
            "SELECT 'x', 1, 0, 'en', 'x'::BLOB, TIMESTAMP '2026-01-01' FROM range(5)"
        )
    image = image_of(house, tmp_path / "image")
    house.close()
    connection = duckdb.connect(str(image))
    connection.execute("DELETE FROM saved_answers")
    connection.close()
    assert len(everything(image)) == 2
