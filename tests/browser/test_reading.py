"""Tables and links in a real browser, on a desk and on a phone: nothing is cut, everything can be tapped."""

from playwright.sync_api import Page, expect

from tests.serving import Server

FINGER = 44  # CSS pixels, WCAG 2.2, target size (enhanced)


def test_the_answers_of_a_member_are_read_without_scrolling_sideways(
    desk: Page, example_server: Server
) -> None:
    desk.goto(example_server.link)
    desk.goto(f"{example_server.base_url}/member?id=M00292")
    answers = desk.get_by_role("region", name="Answers and cases")
    expect(answers).to_be_visible()
    assert answers.evaluate("table => table.scrollWidth <= table.clientWidth")


def test_on_a_phone_numbers_of_clauses_stay_whole_in_the_report_and_its_links_fit_a_finger(
    desk: Page, example_server: Server
) -> None:
    desk.goto(example_server.link)
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(f"{example_server.base_url}/report/2026Q3")
    lines = """cells => cells.filter(cell => /^[0-9][.][0-9]$/.test(cell.textContent.trim())).map(cell => {
        const words = document.createRange()
        words.selectNodeContents(cell)
        return words.getClientRects().length
    })"""
    assert set(desk.locator("td").evaluate_all(lines)) == {1}
    box = desk.locator("nav a").first.bounding_box()
    assert box is not None and box["height"] >= FINGER


def test_on_a_phone_a_row_keeps_its_name_and_a_finger_finds_each_link(
    desk: Page, example_server: Server
) -> None:
    desk.goto(example_server.link)
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(f"{example_server.base_url}/at_risk")
    table = desk.locator(".pb-scroll").first
    expect(table).to_be_visible()
    table.evaluate("table => { table.scrollLeft = 200 }")
    name, row = desk.locator(".pb-table tbody th").first.bounding_box(), table.bounding_box()
    assert name is not None and row is not None and name["x"] >= row["x"]
    for links in (".pb-table a", ".pb-link a", ".pb-visitor a"):
        box = desk.locator(links).first.bounding_box()
        assert box is not None and box["height"] >= FINGER, links
