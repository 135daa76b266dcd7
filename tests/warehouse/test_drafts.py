"""Drafts of questionnaires: whatever was written is kept, and nobody's text is overwritten unseen."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse import drafts as module
from warehouse.drafts import LONGEST, Draft, discard_draft, draft, drafts, save_draft


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path / "pactboard.duckdb")
    yield opened
    opened.close()


def code_of(error: pytest.ExceptionInfo[WarehouseError]) -> str:
    return error.value.problem.code


def test_there_is_no_draft_before_one_is_saved(house: Warehouse) -> None:
    assert draft(house, "club") is None
    assert drafts(house) == ()


@pytest.mark.parametrize("text", ["", "slug: [", "问卷：\n\t\x00 {{", "a\r\nb\n\n", "🙂" * 3])
def test_any_text_is_kept_as_it_was_written(house: Warehouse, text: str) -> None:
    saved = save_draft(house, "club", text, "operator")
    assert draft(house, "club") == saved
    assert (saved.slug, saved.source, saved.saved_by) == ("club", text, "operator")


def test_a_saved_text_comes_back_character_by_character(tmp_path: Path) -> None:
    house = open_warehouse(tmp_path / "texts.duckdb")
    before: list[datetime | None] = [None]

    @settings(max_examples=40, deadline=None)
    @given(st.text(st.characters(codec="utf-8"), max_size=200))
    def check(text: str) -> None:
        before[0] = save_draft(house, "club", text, "operator", based_on=before[0]).saved_at
        found = draft(house, "club")
        assert found and found.source == text

    try:
        check()
    finally:
        house.close()


def test_a_draft_made_from_an_older_one_is_refused_and_the_newer_one_stays(house: Warehouse) -> None:
    first = save_draft(house, "club", "first", "operator")
    second = save_draft(house, "club", "second", "anna", based_on=first.saved_at)
    for based_on in (first.saved_at, None):
        with pytest.raises(WarehouseError) as refused:
            save_draft(house, "club", "third", "bert", based_on=based_on)
        assert code_of(refused) == "draft-changed" and "anna" in refused.value.problem.words("en")
    assert draft(house, "club") == second


def test_a_draft_that_was_discarded_is_gone_and_cannot_be_saved_over(house: Warehouse) -> None:
    first = save_draft(house, "club", "first", "operator")
    discard_draft(house, "club")
    discard_draft(house, "club")
    assert draft(house, "club") is None and drafts(house) == ()
    with pytest.raises(WarehouseError) as refused:
        save_draft(house, "club", "second", "operator", based_on=first.saved_at)
    assert code_of(refused) == "draft-gone"
    again = save_draft(house, "club", "anew", "operator")
    assert draft(house, "club") == again


def test_the_latest_of_each_name_is_listed_the_last_saved_first(house: Warehouse) -> None:
    first = save_draft(house, "club", "a", "operator")
    shop = save_draft(house, "shop", "b", "operator")
    club = save_draft(house, "club", "c", "operator", based_on=first.saved_at)
    save_draft(house, "gone", "d", "operator")
    discard_draft(house, "gone")
    assert drafts(house) == (club, shop)


def test_a_clock_that_goes_backwards_does_not_bring_an_older_draft_back(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = save_draft(house, "club", "first", "operator")
    earlier = first.saved_at.replace(year=2020)
    monkeypatch.setattr(module, "utc_now", lambda: earlier)
    second = save_draft(house, "club", "second", "operator", based_on=first.saved_at)
    assert draft(house, "club") == second
    discard_draft(house, "club")
    assert draft(house, "club") is None


@pytest.mark.parametrize("slug", ["", "Club", "a b", "../x", "1club", "a" * 61, "问卷"])
def test_a_draft_needs_a_name_that_a_questionnaire_can_have(house: Warehouse, slug: str) -> None:
    with pytest.raises(WarehouseError) as refused:
        save_draft(house, slug, "text", "operator")
    assert code_of(refused) == "draft-name"


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "a\ud800b"])
def test_a_text_that_no_file_could_be_is_refused(house: Warehouse, text: str) -> None:
    with pytest.raises(WarehouseError) as refused:
        save_draft(house, "club", text, "operator")
    assert code_of(refused) == "draft-text"
    assert draft(house, "club") is None


def test_drafts_are_still_there_when_the_warehouse_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "again.duckdb"
    house = open_warehouse(path)
    saved = save_draft(house, "club", "text", "operator")
    house.close()
    house = open_warehouse(path)
    try:
        assert drafts(house) == (Draft("club", "text", saved.saved_at, "operator"),)
    finally:
        house.close()
