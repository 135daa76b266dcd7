"""Settlement in the browser: a result is supposed, and both parties, each in a session of its own, agree on
relief; clauses are found where links lead."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.serving import Server
from warehouse.access import Role, link_key

PERIOD = "2026Q1"


def link(server: Server, role: Role, monkeypatch: pytest.MonkeyPatch) -> str:
    """The signed-in link of the role, made from the secret beside the server's warehouse file."""
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", str(server.folder))
    return f"{server.base_url}/signin?key={link_key(role)}"


@pytest.fixture
def party(browser: Browser) -> Iterator[Page]:
    """The screen of the other party, with cookies of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def settled(page: Page) -> None:
    """Wait until the page has been drawn: a list that opens before would be closed by the drawing."""
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=60_000
    )


def choose(page: Page, label: str, option: str, number: int = 0) -> None:
    """One of a list; it is opened again where the page was drawn once more meanwhile."""
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(6):
        settled(page)
        page.get_by_role("combobox", name=label, exact=True).nth(number).click()
        try:
            wanted.click(timeout=5_000)
        except TimeoutError:
            page.keyboard.press("Escape")
        else:
            return
    raise AssertionError(f"{label}: {option} cannot be chosen")


def test_relief_is_granted_once_each_party_has_agreed_in_a_session_of_its_own(
    desk: Page, party: Page, example_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{example_server.base_url}/settlement?period={PERIOD}"
    desk.goto(link(example_server, "party_b", monkeypatch))
    desk.goto(address)
    expect(desk.get_by_text("waiting for Party A")).to_be_visible()
    expect(desk.get_by_role("button", name="Approve as party A")).to_have_count(0)

    party.goto(link(example_server, "party_a", monkeypatch))
    party.goto(address)
    choose(party, "Target", "Satisfied customers")
    party.get_by_role("button", name="Approve as party A").click()
    expect(party.get_by_text("granted", exact=True)).to_be_visible()
    desk.reload()
    expect(desk.get_by_text("granted", exact=True)).to_be_visible()

    # The settlement of the period stands: what both granted is not taken back by one.
    for page in (desk, party):
        settled(page)
        expect(page.get_by_role("button", name=re.compile("Take back our approval"))).to_have_count(0)


def test_a_supposed_result_is_priced_and_leaves_the_ledger_as_it_was(
    desk: Page, example_server: Server
) -> None:
    desk.goto(example_server.link)
    desk.goto(f"{example_server.base_url}/settlement?period=2026Q3")
    payable = desk.locator(".pb-tile .pb-number").first
    settled(desk)
    before = payable.inner_text()
    choose(desk, "Period", "2026Q3", number=1)
    choose(desk, "Metric", "Satisfied customers")
    # Members are counted, answers are asked for a sample only: the fields are those of the metric chosen.
    expect(desk.get_by_role("spinbutton", name="Answers")).to_be_visible()
    settled(desk)
    field = desk.get_by_role("spinbutton", name="Figure")
    field.fill("69")
    field.press("Enter")
    expect(
        desk.get_by_text(re.compile(r"Satisfied customers at 69\.00\s%\sfrom .* deducted"))
    ).to_be_visible()
    expect(desk.get_by_text(re.compile("less than party B is paid now"))).to_be_visible()
    expect(payable).to_have_text(before)
    desk.reload()
    expect(desk.locator(".pb-tile .pb-number").first).to_have_text(before)


def test_the_list_of_clauses_leads_to_the_clause(desk: Page, example_server: Server) -> None:
    desk.goto(example_server.link)
    desk.goto(f"{example_server.base_url}/contract")
    clause = desk.locator("#clause-8-1")
    expect(clause).not_to_be_in_viewport()
    desk.get_by_role("link", name=re.compile("^8.1 ")).click()
    expect(clause).to_be_in_viewport()
    desk.goto(f"{example_server.base_url}/computed?metric=nps")
    desk.get_by_role("link", name="See it in the contract").click()
    expect(desk.locator(".pb-clause")).to_have_count(1)
    expect(desk.locator("#clause-4-3")).to_be_in_viewport()
