"""The form in a frame, in a real browser: on a website that is allowed, and on one that is not."""

import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from survey.sharing import frame_snippet
from tests.serving import Server, running_server
from tests.warehouse.inviting import SURVEY
from warehouse import open_warehouse
from warehouse.embedding import allow_framing


@contextmanager
def website() -> Iterator[tuple[str, dict[str, str]]]:
    """A website of another origin: its address, and what it shows at each path."""
    pages: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path, "").encode()
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", pages
        server.shutdown()


@pytest.fixture
def framed(tmp_path: Path) -> Iterator[tuple[Server, str, str]]:
    """A server, a website that may frame its form, and one that may not; both with the same page."""
    with website() as (allowed, pages), website() as (other, others):
        with closing(open_warehouse(tmp_path / "house" / "pactboard.duckdb")) as house:
            allow_framing(house, SURVEY, [allowed])
        with running_server(tmp_path / "house") as server:
            snippet = frame_snippet(f"{server.base_url}/s/{SURVEY}?lang=en", "Survey")
            pages["/"] = others["/"] = f"<!doctype html><title>Shop</title><h1>Shop</h1>{snippet}"
            pages["/app"] = f'<!doctype html><title>x</title><iframe src="{server.base_url}/"></iframe>'
            yield server, allowed, other


@pytest.mark.parametrize("scripts", [True, False])
def test_the_form_is_filled_in_and_sent_within_a_page_of_an_allowed_website(
    browser: Browser, framed: tuple[Server, str, str], scripts: bool
) -> None:
    _, allowed, _ = framed
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 900, "height": 900})
    page = context.new_page()
    page.goto(allowed)
    form = page.frame_locator("iframe")
    form.locator("main .send").click()
    expect(form.get_by_role("alert")).to_be_visible()
    form.get_by_role("button", name="中文").click()
    form.locator("label:has([name=overall][value='4'])").click()
    form.get_by_role("button", name="提交").last.click()
    expect(form.get_by_text(re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}$"))).to_be_visible()
    expect(form.get_by_role("heading", name="答卷已保存")).to_be_visible()
    assert page.url.startswith(allowed)
    context.close()


def test_no_other_website_and_no_other_page_is_framed(
    browser: Browser, framed: tuple[Server, str, str]
) -> None:
    _, allowed, other = framed
    context = browser.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(other)
    expect(page.get_by_role("heading", name="Shop")).to_be_visible()
    page.wait_for_timeout(500)
    assert not page.frame_locator("iframe").locator("form").count()
    assert any("frame-ancestors" in text for text in refused)
    refused.clear()
    page.goto(f"{allowed}/app")
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in text or "X-Frame-Options" in text for text in refused)
    context.close()
