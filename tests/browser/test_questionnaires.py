"""The operator's whole way in a real browser: begin, edit, look, publish, ask, change, compare, pause."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.test_light_form import assert_no_barriers
from tests.serving import Server

NAME = "club-2026"
QUESTION = "How was it, all in all?"
CHOICE = "On the way home"
# Streamlit asks for these below a page's address first, and then at the root.
_PROBES = re.compile(r"/questionnaires/_stcore/(?:health|host-config)$")


@pytest.fixture
def complaints(desk: Page) -> Iterator[list[str]]:
    """What the browser complains of on the operator's screen, but for what Streamlit itself looks for."""
    found: list[str] = []
    desk.on("pageerror", lambda error: found.append(str(error)))
    desk.on(
        "console",
        lambda said: (
            found.append(f"{said.text} {said.location}")
            if said.type == "error" and not _PROBES.search(str(said.location.get("url")))
            else None
        ),
    )
    yield found


def preview(desk: Page) -> FrameLocator:
    return desk.frame_locator("iframe[title='Preview']")


def choose(desk: Page, label: str, option: str | re.Pattern[str]) -> None:
    """One of a list that opens."""
    desk.get_by_role("combobox", name=label).click()
    desk.get_by_role("option", name=option).click()


def write(desk: Page, label: str, text: str, over: str = "", number: int = 0) -> None:
    """Type over a field, once it shows what it should, and leave it, which saves it."""
    field = desk.get_by_role("textbox", name=label, exact=True).nth(number)
    expect(field).to_have_value(re.compile(f"^{re.escape(over)}" if over else "^$"))
    field.fill(text)
    field.press("Tab")


def part(desk: Page, name: str) -> None:
    desk.get_by_role("radio", name=name).click()


def publish(desk: Page, version: int) -> None:
    part(desk, "Publish and run")
    desk.get_by_role("button", name=f"Publish as version {version}").click()
    desk.get_by_role("button", name="Publish now").click()
    expect(desk.get_by_text(f"Version {version} is published")).to_be_visible()


def test_a_questionnaire_is_begun_edited_published_changed_and_paused_in_the_browser(
    desk: Page, phone: Page, empty_server: Server, complaints: list[str]
) -> None:
    form = f"{empty_server.base_url}/s/{NAME}"
    desk.goto(empty_server.link)
    desk.goto(f"{empty_server.base_url}/questionnaires")
    choose(desk, "Questionnaire", re.compile("^Customer satisfaction survey"))
    write(desk, "Name, used in the address of the form", NAME)
    desk.get_by_role("button", name="Begin the draft").click()
    expect(desk.get_by_text("Draft, not published")).to_be_visible()
    assert phone.goto(form).status == 404

    choose(desk, "Part", re.compile("Overall, how satisfied"))
    write(desk, "Text · English", QUESTION, over="Overall, how satisfied")
    expect(preview(desk).get_by_text(QUESTION)).to_be_visible()
    expect(desk.get_by_role("combobox", name="Part")).to_have_value(re.compile(QUESTION[:-1]))
    choose(desk, "Part", re.compile("Which part of our service"))
    desk.get_by_role("button", name="Add a choice").click()
    expect(preview(desk).get_by_text("New choice")).to_be_visible()
    write(desk, "Text · English", CHOICE, over="New choice", number=4)
    expect(preview(desk).get_by_text(CHOICE)).to_be_visible()
    assert desk.evaluate("window.scrollY") == 0

    publish(desk, 1)
    phone.goto(f"{form}?lang=en")
    expect(phone.get_by_text(QUESTION)).to_be_visible()
    expect(phone.get_by_text(CHOICE)).to_be_visible()

    part(desk, "Edit")
    choose(desk, "Part", re.compile("How likely are you"))
    write(desk, "Text · English", "Would you recommend us?", over="How likely")
    expect(preview(desk).get_by_text("Would you recommend us?")).to_be_visible()
    part(desk, "Differences")
    expect(desk.get_by_role("cell", name="Would you recommend us?")).to_be_visible()
    publish(desk, 2)
    phone.goto(f"{form}?lang=en")
    expect(phone.get_by_text("Would you recommend us?")).to_be_visible()

    desk.get_by_role("button", name="Pause", exact=True).click()
    expect(desk.get_by_role("button", name="Go on")).to_be_visible()
    phone.goto(f"{form}?lang=en")
    expect(phone.get_by_text("paused").first).to_be_visible()
    expect(phone.locator("main").get_by_role("button", name="Send")).to_have_count(0)
    desk.goto(f"{empty_server.base_url}/questionnaires")
    row = desk.get_by_role("row").filter(has_text=NAME)
    expect(row).to_contain_text("Paused")
    expect(row).to_contain_text("2")
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_preview_has_no_barrier_from_its_first_page_to_its_end(
    browser: Browser, empty_server: Server, language: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.goto(empty_server.link)
    page.goto(f"{empty_server.base_url}/preview/customer-satisfaction?lang={language}&at=ease")
    assert page.evaluate("scrollY") > 200  # it begins at the question asked for
    assert_no_barriers(page)
    page.locator("label:has(input[name=overall][value='4'])").click()
    page.locator("main .send").click()
    expect(page.locator("table")).to_contain_text("overall")
    assert_no_barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []
    context.close()
