"""The whole way in a real browser: a customer answers on a phone, the manager sees it and takes the CSV."""

import csv
import io
import re

from playwright.sync_api import Page, expect

from tests.serving import Server

OVERALL = "总的来说，您对我们的服务满意吗？"
RECOMMEND = "您有多大可能把我们推荐给亲友或同事？"


def satisfied_now(desk: Page, server: Server) -> int:
    """How many answers stand behind the running period's satisfaction, as the overview says it."""
    desk.goto(f"{server.base_url}/overview")
    expect(desk.get_by_text("All targets in all periods")).to_be_visible()
    counts = re.findall(r"n = ([\d,]+)", desk.locator("body").inner_text())
    # Closed periods stand first: the second satisfaction count is that of the running one.
    return int(counts[2].replace(",", ""))


def answer_on(phone: Page, server: Server, overall: int, recommend: int) -> str:
    """Fill the light form as a thumb does; the receipt's number."""
    phone.goto(f"{server.base_url}/s/customer-satisfaction")
    phone.get_by_role("radiogroup", name=OVERALL).get_by_role("radio", name=str(overall)).check()
    phone.get_by_role("radiogroup", name=RECOMMEND).get_by_role("radio", name=str(recommend)).check()
    phone.get_by_role("textbox").fill("配送很快，谢谢！")
    phone.locator("main").get_by_role("button", name="提交").click()
    expect(phone.get_by_text("谢谢").first).to_be_visible()
    receipt = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", phone.locator("main").inner_text())
    assert receipt
    return receipt[0]


def test_an_answer_given_on_a_phone_raises_the_count_on_the_overview(
    phone: Page, desk: Page, example_server: Server
) -> None:
    desk.goto(example_server.link)
    before = satisfied_now(desk, example_server)
    answer_on(phone, example_server, overall=5, recommend=9)
    assert satisfied_now(desk, example_server) == before + 1


def test_an_impatient_double_tap_counts_once(phone: Page, desk: Page, example_server: Server) -> None:
    desk.goto(example_server.link)
    before = satisfied_now(desk, example_server)
    phone.goto(f"{example_server.base_url}/s/customer-satisfaction")
    phone.get_by_role("radiogroup", name=OVERALL).get_by_role("radio", name="4").check()
    phone.locator("main").get_by_role("button", name="提交").dblclick()
    expect(phone.get_by_text("谢谢").first).to_be_visible()
    assert satisfied_now(desk, example_server) == before + 1


def test_the_form_fits_a_phone_and_says_what_is_missing(phone: Page, example_server: Server) -> None:
    phone.goto(f"{example_server.base_url}/s/customer-satisfaction")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator("main").get_by_role("button", name="提交").click()
    expect(phone.get_by_role("alert")).to_contain_text(OVERALL)


def test_the_manager_downloads_the_scorecard_and_it_reads_as_a_table(
    desk: Page, example_server: Server
) -> None:
    desk.goto(example_server.link)
    expect(desk.get_by_text("All targets in all periods")).to_be_visible()
    with desk.expect_download() as coming:
        desk.locator('a[href*="/export/scorecard.csv"]').first.click()
    content = coming.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {"period", "value", "target", "n"} <= set(rows[0])
    assert {row["metric"] for row in rows} >= {"csat_top2", "nps", "member_growth"}
