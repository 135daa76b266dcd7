"""The operator's first minutes in a real browser: the greeting, the example, and what nobody else may see."""

from playwright.sync_api import Page, expect

from tests.serving import Server


def test_the_operator_loads_the_example_from_the_greeting(desk: Page, empty_server: Server) -> None:
    desk.goto(empty_server.link)
    desk.get_by_role("button", name="Load the example").click()
    expect(desk.get_by_text("All targets in all periods")).to_be_visible(timeout=60_000)
    expect(desk.get_by_text("Example data").first).to_be_visible()


def test_a_cold_visitor_of_members_sees_no_figure_but_how_to_sign_in(
    desk: Page, example_server: Server
) -> None:
    desk.goto(f"{example_server.base_url}/members")
    expect(desk.get_by_text("signed-in link").first).to_be_visible()
    body = desk.locator("body").inner_text()
    assert "%" not in body
    assert not any(character.isdigit() for character in body)


def test_on_a_phone_the_filters_are_folded_away_until_asked_for(desk: Page, example_server: Server) -> None:
    desk.goto(example_server.link)
    desk.goto(f"{example_server.base_url}/satisfaction?start=2026-01-01")
    month, fold = desk.get_by_text("From month"), desk.get_by_text("Filters", exact=True)
    expect(month).to_be_visible()
    expect(fold).to_be_hidden()
    desk.set_viewport_size({"width": 390, "height": 844})
    expect(month).to_be_hidden()
    expect(desk.locator(".pb-chosen")).to_contain_text("Jan 2026")
    fold.click()
    expect(month).to_be_visible()
