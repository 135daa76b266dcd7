"""The form's script in a real browser: a look is counted when it is one, and sending works without it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

import warehouse
from tests.serving import running_server
from warehouse import Warehouse

FORM = "/s/customer-satisfaction?lang=en"


def beacons(page: Page) -> list[dict[str, str]]:
    """Every beacon the page sends from now on, as its fields."""
    found: list[dict[str, str]] = []

    def heard(request: Request) -> None:
        if request.url.endswith("/seen"):
            found.append(dict(pair.split("=", 1) for pair in (request.post_data or "").split("&")))

    page.on("request", heard)
    return found


def events(house: Warehouse) -> list[tuple[str, str | None]]:
    with house.transaction() as cursor:
        return cursor.execute("SELECT event, question FROM fieldwork_event ORDER BY ALL").fetchall()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "house"


def test_a_look_an_answer_and_the_last_question_touched_are_told_and_stored(desk: Page, folder: Path) -> None:
    with running_server(folder) as server:
        told = beacons(desk)
        desk.goto(server.base_url + FORM)
        desk.keyboard.press("Tab")
        with desk.expect_response("**/seen"):
            desk.locator("label:has(input[name=overall][value='4'])").click()
        desk.locator("label:has(input[name=ease][value='6'])").click()
        desk.goto(server.base_url + "/form-beacon.js")
    assert [each["event"] for each in told][:2] == ["opened", "started"]
    house = warehouse.open_warehouse(folder / "pactboard.duckdb")
    assert events(house) == [("opened", None), ("question", "ease"), ("started", None)]
    house.close()


def test_a_form_that_is_only_shown_counts_as_opened_after_two_seconds(desk: Page, folder: Path) -> None:
    with running_server(folder) as server:
        with desk.expect_response("**/seen", timeout=30_000) as answer:
            desk.goto(server.base_url + FORM)
        assert answer.value.status == 204 and "event=opened" in (answer.value.request.post_data or "")


def test_the_policy_of_the_form_stops_no_script_of_ours_and_nothing_fails(desk: Page, folder: Path) -> None:
    said: list[str] = []
    desk.on("console", lambda message: said.append(message.text))
    desk.on("pageerror", lambda error: said.append(str(error)))
    with running_server(folder) as server:
        desk.goto(server.base_url + FORM)
        desk.locator("label:has(input[name=overall][value='4'])").click()
        desk.locator("main .send").click()
        expect(desk.get_by_role("heading", name="Your response is saved")).to_be_visible()
    assert said == []


def test_without_a_script_the_response_is_stored_and_counted_as_begun(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-US")
    page = context.new_page()
    told = beacons(page)
    with running_server(folder) as server:
        page.goto(server.base_url + FORM)
        page.locator("label:has(input[name=overall][value='4'])").click()
        page.locator("main .send").click()
        expect(page.get_by_role("heading", name="Your response is saved")).to_be_visible()
        context.close()
    assert told == []
    house = warehouse.open_warehouse(folder / "pactboard.duckdb")
    assert events(house) == [("page", None), ("question", "overall"), ("started", None)]
    assert len(house.read("core/responses_after", after_seq=0)) == 1
    house.close()
