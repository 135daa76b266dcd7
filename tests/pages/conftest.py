"""Fixtures for the pages: a visitor of our own routes within this process, and a real server."""

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.applications import Starlette
from streamlit.components.v2 import manifest_scanner

from pages.web.guard import middleware
from pages.web.routes import routes
from tests.serving import Server, running_server
from warehouse.access import Role, link_key


class Visitor:
    """A browser without a window: keeps cookies, follows no redirect by itself, prefers English."""

    def __init__(self, portal: BlockingPortal, base_url: str = "http://127.0.0.1") -> None:
        self.portal = portal
        self.application = Starlette(routes=routes(), middleware=middleware())
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.application),
            base_url=base_url,
            headers={"Accept-Language": "en"},
        )

    def get(self, path: str, **options: Any) -> httpx.Response:
        """GET, or HEAD and others with `method`."""
        return self.send("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """POST; `data` is sent as a form."""
        return self.send("POST", path, **options)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """A request of any method."""
        return self.portal.call(lambda: self.client.request(method, path, **options))

    def sign_in(self, role: Role = "operator") -> "Visitor":
        """Open the signed-in link of that role."""
        assert self.get(f"/signin?key={link_key(role)}").status_code == 303
        return self


@pytest.fixture(scope="session", autouse=True)
def _installed_components_are_looked_for_once() -> Iterator[None]:
    """Each run of a page in a test reads the metadata of every installed package: a quarter of its time."""
    with pytest.MonkeyPatch.context() as patch:
        scan = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture
def visitor(warehouse_folder: Path) -> Iterator[Visitor]:
    """A visitor of an empty warehouse, not signed in."""
    with start_blocking_portal() as portal:
        visitor = Visitor(portal)
        yield visitor
        portal.call(visitor.client.aclose)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One real server for the tests of a file, started by `python dashboard.py`."""
    with running_server(tmp_path_factory.mktemp("server")) as running:
        yield running
