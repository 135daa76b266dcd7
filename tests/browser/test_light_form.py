"""The light form in a real browser: no barrier that axe finds, all by keyboard, and without JavaScript."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from survey import library
from tests.pages.web.surveys import EVERY_TYPE, serving_surveys
from tests.serving import Server

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FORWARD = {"zh": "下一页", "en": "Next"}
SEND = {"zh": "提交", "en": "Send"}
BACK = {"zh": "上一页", "en": "Back"}


@pytest.fixture(scope="module")
def survey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with every questionnaire of the library, and the one with every type of question."""
    with serving_surveys(tmp_path_factory.mktemp("surveys")) as server:
        yield server


def assert_no_barriers(page: Page) -> None:
    """Everything that axe checks by rules of WCAG 2.2 A and AA, and by good practice."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert found.response["passes"], "axe has checked nothing"
    assert found.violations_count == 0, found.generate_report()


def tick(page: Page, **answers: str) -> None:
    """Choose these codes by clicking what is seen of them."""
    for name, code in answers.items():
        page.locator(f"label:has(input[name={name}][value='{code}'])").click()


def press(page: Page, button: Locator) -> None:
    """Send the page and wait for the next: with our script it is sent once the server has answered a call."""
    with page.expect_navigation():
        button.click()


def walk(page: Page, language: str, at_each_step: Callable[[Page], None]) -> None:
    """Fill the form with every type, a mistake on each page first, and stop at every page that is shown."""
    forward = page.locator("main").get_by_role("button", name=FORWARD[language])
    at_each_step(page)
    press(page, forward)
    at_each_step(page)
    tick(page, overall="2", mood="4", wait="2", index="7", recommend="9")
    at_each_step(page)
    press(page, forward)
    tick(page, channels="shop")
    page.locator("[name=best]").nth(1).select_option("price")
    press(page, forward)
    at_each_step(page)
    page.locator("[name=why]").fill("价格")
    page.locator("[name=best]").nth(0).select_option("staff")
    press(page, forward)
    page.locator("[name=spent]").fill("12,5")
    page.locator("[name=contact_other]").fill("x" * 201)
    press(page, forward)
    at_each_step(page)
    tick(page, grid_staff="5", grid_range="4", grid_tidy="3", again="yes", contact="call")
    page.locator("[name=spent]").fill("12.5")
    page.locator("[name=contact_other]").fill("")
    page.locator("[name=joined]").fill("2020-01-31")
    press(page, forward)
    send = page.locator("main").get_by_role("button", name=SEND[language])
    press(page, send)
    at_each_step(page)
    tick(page, agree="yes")
    at_each_step(page)
    press(page, send)
    expect(page.get_by_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$"))).to_be_visible()
    at_each_step(page)


def shows_no_barriers_and_fits(page: Page) -> None:
    assert_no_barriers(page)
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_of_the_form_has_a_barrier(
    browser: Browser, survey_server: Server, language: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{survey_server.base_url}{EVERY_TYPE}?lang={language}")
    walk(page, language, shows_no_barriers_and_fits)
    context.close()


@pytest.mark.parametrize("slug", [questionnaire.slug for questionnaire in library()])
def test_no_questionnaire_of_the_library_has_a_barrier(
    browser: Browser, survey_server: Server, slug: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{survey_server.base_url}/s/{slug}")
    shows_no_barriers_and_fits(page)
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the control has the focus, as somebody without a mouse does."""
    wanted = page.locator(selector)
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_the_whole_form_can_be_filled_and_sent_by_keyboard_alone(phone: Page, survey_server: Server) -> None:
    phone.goto(f"{survey_server.base_url}{EVERY_TYPE}")
    tab_to(phone, "[name=overall][value='1']")
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("ArrowRight")
    expect(phone.locator("[name=overall][value='3']")).to_be_checked()
    tab_to(phone, "main .send")
    phone.keyboard.press("Enter")
    tab_to(phone, "[name=channels][value=shop]")
    phone.keyboard.press("Space")
    tab_to(phone, "#best-1")
    phone.keyboard.press("ArrowDown")
    tab_to(phone, "main .send")
    phone.keyboard.press("Enter")
    for row in ("staff", "range", "tidy"):
        tab_to(phone, f"#grid_{row}-1")
        phone.keyboard.press("ArrowRight")
    tab_to(phone, "[name=spent]")
    phone.keyboard.type("12.5")
    tab_to(phone, "#again-1")
    phone.keyboard.press("Space")
    tab_to(phone, "[name=contact_other]")
    phone.keyboard.type("SMS")
    phone.keyboard.press("Enter")  # in a text it sends the page, it does not go back
    tab_to(phone, "[name=agree]")
    phone.keyboard.press("Space")
    tab_to(phone, "main .send")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="答卷已保存")).to_be_visible()


def test_the_back_button_keeps_what_was_typed(phone: Page, survey_server: Server) -> None:
    phone.goto(f"{survey_server.base_url}{EVERY_TYPE}")
    tick(phone, overall="5")
    phone.locator("main").get_by_role("button", name=FORWARD["zh"]).click()
    tick(phone, channels="web")
    phone.locator("[name=channels_other]").fill("传真")
    phone.get_by_role("button", name=BACK["zh"]).click()
    expect(phone.locator("[name=overall][value='5']")).to_be_checked()
    phone.locator("main").get_by_role("button", name=FORWARD["zh"]).click()
    expect(phone.locator("[name=channels][value=web]")).to_be_checked()
    expect(phone.locator("[name=channels_other]")).to_have_value("传真")


def test_the_focus_goes_to_what_is_wrong_and_a_link_leads_to_the_question(
    phone: Page, survey_server: Server
) -> None:
    phone.goto(f"{survey_server.base_url}{EVERY_TYPE}")
    phone.locator("main").get_by_role("button", name=FORWARD["zh"]).click()
    expect(phone.get_by_role("alert")).to_be_focused()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.locator("[name=overall]").first).to_be_focused()
