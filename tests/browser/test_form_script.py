"""The form's script in a real browser: what was typed comes back, sending waits for the server, a kiosk
forgets."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pages.web.assets import ADDRESSES
from survey import read_questionnaire
from tests.browser.test_light_form import WCAG
from tests.pages.web.surveys import EVERY_TYPE, publish_survey, serving_surveys
from tests.serving import Server
from warehouse import open_warehouse

FORM = "/s/contact"
CONTACT = """
slug: contact
version: 1
languages: [en, zh]
default_language: en
title: {en: How was it?, zh: 体验如何？}
intro: {en: A minute., zh: 一分钟。}
thanks: {en: Thank you., zh: 谢谢。}
questions:
  - code: overall
    type: rating
    measures: csat
    required: true
    scale: {min: 1, max: 5, low: {en: Bad, zh: 差}, high: {en: Good, zh: 好}}
    text: {en: Overall, zh: 总体}
  - code: recommend
    type: nps
    measures: nps
    scale: {min: 0, max: 10, low: {en: No, zh: 不会}, high: {en: Sure, zh: 一定}}
    text: {en: Recommend, zh: 推荐}
  - {code: comment, type: long_text, text: {en: Tell us, zh: 请说说}}
  - {code: phone, type: short_text, pii: true, text: {en: Telephone, zh: 电话}}
"""


@pytest.fixture(scope="module")
def survey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a survey that asks for a telephone number beside other things."""
    folder = tmp_path_factory.mktemp("surveys")
    with closing(open_warehouse(folder / "pactboard.duckdb")) as house:
        publish_survey(house, read_questionnaire(CONTACT, "contact"))
    with serving_surveys(folder) as server:
        yield server


@pytest.fixture
def device(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with scripts on."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, locale="en-GB")
    context.set_default_timeout(15_000)
    yield context
    context.close()


def opened(device: BrowserContext, address: str) -> Page:
    page = device.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    return page


def tick(page: Page, name: str, code: str) -> None:
    page.locator(f"label:has(input[name={name}][value='{code}'])").click()


def assert_no_barriers(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert found.violations_count == 0, found.generate_report()
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def thanked(page: Page) -> None:
    expect(page.get_by_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$"))).to_be_visible()


def test_a_reload_loses_nothing_and_the_form_stays_the_same_one(
    device: BrowserContext, survey_server: Server
) -> None:
    page = opened(device, survey_server.base_url + FORM)
    tick(page, "overall", "4")
    page.locator("[name=comment]").fill("a long story")
    key = page.locator("[name=_id]").input_value()
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("Your answers are back")
    expect(page.locator("[name=overall][value='4']")).to_be_checked()
    expect(page.locator("[name=comment]")).to_have_value("a long story")
    assert page.locator("[name=_id]").input_value() == key
    assert_no_barriers(page)
    page.get_by_role("button", name="Start with an empty form").click()
    expect(page.locator("[name=comment]")).to_have_value("")
    assert page.locator("[name=_id]").input_value() != key


def test_what_was_typed_in_a_closed_tab_is_offered_not_forced(
    device: BrowserContext, survey_server: Server
) -> None:
    page = opened(device, survey_server.base_url + FORM)
    tick(page, "overall", "4")
    page.locator("[name=comment]").fill("a long story")
    page.close()
    page = opened(device, survey_server.base_url + FORM)
    expect(page.locator("[name=comment]")).to_have_value("")
    assert_no_barriers(page)
    page.get_by_role("button", name="Put them back").click()
    expect(page.locator("[name=comment]")).to_have_value("a long story")
    expect(page.locator("[name=overall][value='4']")).to_be_checked()
    page.close()
    page = opened(device, survey_server.base_url + FORM)
    page.get_by_role("button", name="Discard them").click()
    page.reload()
    expect(page.locator(".board")).to_be_empty()


def test_after_the_thank_you_nothing_is_kept(device: BrowserContext, survey_server: Server) -> None:
    page = opened(device, survey_server.base_url + FORM)
    tick(page, "overall", "4")
    page.locator("[name=comment]").fill("a long story")
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 2
    page.locator("main .send").click()
    thanked(page)
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_what_tells_who_somebody_is_is_never_kept_and_is_warned_of(
    device: BrowserContext, survey_server: Server
) -> None:
    page = opened(device, survey_server.base_url + FORM)
    page.locator("[name=phone]").fill("0123456789")
    page.locator("[name=comment]").fill("a long story")
    kept = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert "a long story" in kept and "0123456789" not in kept and "phone" not in kept
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept())[0])
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.locator("[name=comment]")).to_have_value("a long story")
    expect(page.locator("[name=phone]")).to_have_value("")
    page.locator("[name=comment]").fill("another story")
    page.reload()
    assert asked == ["beforeunload"]


def test_pages_keep_what_was_typed_on_them_and_on_those_behind(
    device: BrowserContext, survey_server: Server
) -> None:
    page = opened(device, survey_server.base_url + EVERY_TYPE)
    tick(page, "overall", "5")
    page.locator("main .send").click()
    tick(page, "channels", "web")
    page.locator("[name=channels_other]").fill("fax")
    page.reload()
    expect(page.locator("[name=channels][value=web]")).to_be_checked()
    expect(page.locator("[name=channels_other]")).to_have_value("fax")
    page.close()
    page = opened(device, survey_server.base_url + EVERY_TYPE)
    page.get_by_role("button", name="Put them back").click()
    expect(page.locator("[name=overall][value='5']")).to_be_checked()
    page.locator("main .send").click()
    expect(page.locator("[name=channels_other]")).to_have_value("fax")


def test_without_the_server_everything_stays_and_is_sent_once_it_is_back(
    device: BrowserContext, survey_server: Server
) -> None:
    page = opened(device, survey_server.base_url + FORM)
    tick(page, "overall", "4")
    page.locator("[name=comment]").fill("a long story")
    key = page.locator("[name=_id]").input_value()
    device.set_offline(True)
    page.locator("main .send").click()
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached")
    expect(page.get_by_role("button", name="Try again")).to_be_focused()
    expect(page.locator("main .send")).to_have_text("Send")
    expect(page.locator("[name=comment]")).to_have_value("a long story")
    device.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("connected again")
    assert_no_barriers(page)
    page.get_by_role("button", name="Try again").click()
    thanked(page)
    assert key in page.url


def test_a_second_press_sends_nothing_more_and_the_button_says_so(
    device: BrowserContext, survey_server: Server
) -> None:
    page = opened(device, survey_server.base_url + FORM)
    tick(page, "overall", "4")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.route(f"**{ADDRESSES['form']}", lambda route: None)  # the server does not answer yet
    button = page.locator("main .send")
    button.click()
    expect(button).to_have_text("Sending…")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click()
    assert [url for url in sent if not url.endswith("/seen")] == []
    page.unroute(f"**{ADDRESSES['form']}")
    thanked(page)
    assert len([url for url in sent if not url.endswith("/seen")]) == 1


def test_digits_choose_on_a_scale(device: BrowserContext, survey_server: Server) -> None:
    page = opened(device, survey_server.base_url + FORM)
    page.locator("[name=recommend]").first.focus()
    page.keyboard.press("7")
    expect(page.locator("[name=recommend][value='7']")).to_be_checked()
    expect(page.locator("[name=recommend][value='7']")).to_be_focused()
    page.clock.install()
    page.keyboard.press("1")
    page.keyboard.press("0")
    expect(page.locator("[name=recommend][value='10']")).to_be_checked()
    page.locator("[name=comment]").focus()
    page.keyboard.type("10")
    expect(page.locator("[name=comment]")).to_have_value("10")


def test_a_box_that_excludes_the_others_unticks_them_and_they_it(
    device: BrowserContext, survey_server: Server
) -> None:
    page = opened(device, f"{survey_server.base_url}{EVERY_TYPE}?lang=en")
    tick(page, "overall", "5")
    page.locator("main .send").click()
    page.wait_for_selector("[name=channels]")
    ticked = page.locator("[name=channels]:checked")
    tick(page, "channels", "web")
    tick(page, "channels", "phone")
    tick(page, "channels", "none")
    assert [box.input_value() for box in ticked.all()] == ["none"]
    tick(page, "channels", "web")
    assert [box.input_value() for box in ticked.all()] == ["web"]
    tick(page, "channels", "none")
    page.locator("[name=channels_other]").fill("by post")
    assert ticked.count() == 0


def test_a_long_text_says_how_much_room_is_left(device: BrowserContext, survey_server: Server) -> None:
    page = opened(device, survey_server.base_url + FORM)
    area = page.locator("[name=comment]")
    most = int(area.get_attribute("maxlength") or 0)
    area.fill("x" * 10)
    expect(page.locator("#comment-1-count")).to_have_text(f"{most - 10} characters left")
    expect(area).to_have_accessible_description(re.compile(f"{most - 10} characters left"))
    area.fill("x" * (most - 5))
    expect(page.locator("#comment-1-count")).to_have_attribute("aria-live", "polite")


def test_a_form_saved_for_later_is_erased_here_and_goes_on_elsewhere(
    device: BrowserContext, browser: Browser, survey_server: Server
) -> None:
    page = opened(device, survey_server.base_url + EVERY_TYPE)
    tick(page, "overall", "5")
    page.get_by_role("button", name="Save and continue later").click()
    link = page.locator("#link").input_value()
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert_no_barriers(page)
    other = browser.new_context(java_script_enabled=False)
    elsewhere = other.new_page()
    elsewhere.goto(link)
    expect(elsewhere.locator("[name=overall][value='5']")).to_be_checked()
    other.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_of_a_kiosk_has_a_barrier_and_it_is_empty_again_after_the_thanks(
    browser: Browser, survey_server: Server, language: str, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 1080, "height": 810}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = opened(context, f"{survey_server.base_url}{FORM}?kiosk=1&lang={language}")
    assert_no_barriers(page)
    box = page.locator("label:has([name=recommend][value='5'])").bounding_box()
    assert box and min(box["width"], box["height"]) >= 44
    tick(page, "overall", "4")
    page.locator("[name=comment]").fill("a long story")
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    page.locator("main .send").click()
    thanked(page)
    assert_no_barriers(page)
    page.wait_for_url(f"**{FORM}?kiosk=1&lang={language}", timeout=15_000)
    expect(page.locator("[name=comment]")).to_have_value("")
    assert not page.locator(":checked").count()
    for _ in range(2):
        page.go_back()
        assert "a long story" not in page.content()
        for area in page.locator("textarea").all():
            assert area.input_value() == ""
        assert not page.locator(":checked").count()
    context.close()


def test_a_kiosk_that_nobody_touches_asks_and_then_empties_itself(
    device: BrowserContext, survey_server: Server
) -> None:
    page = device.new_page()
    page.clock.install()
    page.goto(f"{survey_server.base_url}{FORM}?kiosk=1&lang=en")
    page.locator("[name=comment]").fill("a long story")
    page.clock.run_for(71_000)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect(page.get_by_role("button", name="I am still here")).to_be_focused()
    assert_no_barriers(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    expect(page.locator("[name=comment]")).to_have_value("a long story")
    page.clock.run_for(91_000)
    expect(page.locator("[name=comment]")).to_have_value("")
