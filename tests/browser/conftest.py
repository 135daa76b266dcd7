"""Fixtures for the browser tests: the system's Chromium, and a real server over the example warehouse."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.pages.opening import example_file
from tests.serving import Server, running_server

# A closed network refuses Chromium's own background requests one by one; without them pages open at once.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

# Other tests kill servers and fill disks on the same two cores: five seconds were too few once in some runs.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. Without one the test says so and is skipped; in CI it fails."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        reason = "no Chromium on this machine: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on its first start."""
    with running_server(tmp_path_factory.mktemp("empty")) as server:
        yield server


@pytest.fixture(scope="module")
def example_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the example club."""
    folder: Path = tmp_path_factory.mktemp("example")
    shutil.copyfile(example_file(), folder / "pactboard.duckdb")
    with running_server(folder) as server:
        yield server


def _page(context: BrowserContext) -> Iterator[Page]:
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A Chinese respondent's phone, 390 px wide, JavaScript off: the light form must do without."""
    yield from _page(
        browser.new_context(
            viewport={"width": 390, "height": 844},
            has_touch=True,
            locale="zh-CN",
            java_script_enabled=False,
        )
    )


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """An English-speaking manager's screen, 1280 px wide."""
    yield from _page(browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US"))
