"""Around every request: which names the server answers to, and which headers go out."""

import pytest

from pages.web.guard import host_allowed, origin_allowed
from tests.pages.conftest import Visitor


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8501", "localhost:1", "LOCALHOST", "localhost.", "[::1]", "[::1]:8501"]
)
def test_the_machine_s_own_names_are_answered(host: str) -> None:
    assert host_allowed(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost@evil.example",
        "evil.example@localhost",
        "localhost/x",
        "localhost?x",
        "localhost#x",
        "localhost:port",
        "localhost:99999",
        "[::1",
        "127.0.0.2",
        "lоcalhost",
    ],
)
def test_any_other_name_is_refused(host: str) -> None:
    assert not host_allowed(host)


@pytest.mark.parametrize(
    ("allowed", "host", "answered"),
    [
        (["survey.example.com"], "survey.example.com", True),
        (["*.example.com"], "a.example.com", True),
        (["*.example.com"], "example.com", False),
        (["*.example.com"], "badexample.com", False),
        (["*"], "anything.example", True),
        ([], "localhost", True),
    ],
)
def test_more_names_come_from_the_settings(
    monkeypatch: pytest.MonkeyPatch, allowed: list[str], host: str, answered: bool
) -> None:
    monkeypatch.setattr("pages.web.guard.config.get_option", lambda name: allowed)
    assert host_allowed(host) == answered


@pytest.mark.parametrize(
    "path", ["/healthz", "/s/customer-satisfaction", "/export/scorecard.csv", "/nowhere"]
)
def test_security_headers_go_out_with_everything(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors" in headers["content-security-policy"]
    assert headers["x-frame-options"] in ("DENY", "SAMEORIGIN")
    assert headers["referrer-policy"] in ("no-referrer", "same-origin")


def test_a_foreign_host_gets_400_and_the_headers(visitor: Visitor) -> None:
    answer = visitor.get("/healthz", headers={"Host": "evil.example"})
    assert answer.status_code == 400 and answer.headers["x-content-type-options"] == "nosniff"


def test_health_says_no_more_than_that(visitor: Visitor) -> None:
    told = visitor.get("/healthz").json()
    assert set(told) == {"ok", "can_read", "can_write", "last_backup_at", "free_disk_bytes"}


def test_the_overview_s_own_address_leads_to_it(visitor: Visitor) -> None:
    answer = visitor.get("/overview?tier=vip")
    assert answer.status_code == 307 and answer.headers["location"] == "/?tier=vip"


def knock(origin: str | None, host: str = "127.0.0.1:8501") -> bool:
    headers = [(b"host", host.encode())]
    headers += [] if origin is None else [(b"origin", origin.encode())]
    return origin_allowed({"type": "websocket", "headers": headers})


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (None, "127.0.0.1:8501"),
        ("http://127.0.0.1:8501", "127.0.0.1:8501"),
        ("HTTP://LocalHost:8501", "localhost:8501"),
        ("https://survey.example.com", "survey.example.com"),
        ("https://survey.example.com", "survey.example.com:443"),
        ("http://[::1]:8501", "[::1]:8501"),
    ],
)
def test_a_page_of_ours_may_open_a_websocket(origin: str | None, host: str) -> None:
    assert knock(origin, host)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "https://evil.example",
        "http://127.0.0.1:9000",
        "http://127.0.0.1",
        "http://127.0.0.1:8501.evil.example",
        "http://localhost:8501",
        "file://",
        "http://127.0.0.1:port",
        "http://[::1",
    ],
)
def test_a_page_of_another_origin_may_not(origin: str) -> None:
    assert not knock(origin)


def test_more_origins_come_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pages.web.guard.config.get_option",
        {"server.corsAllowedOrigins": ["https://a.example"], "browser.serverAddress": "b.example"}.get,
    )
    monkeypatch.setattr("pages.web.guard.config.is_manually_set", lambda name: True)
    assert knock("https://a.example") and knock("https://b.example:8443")
    assert not knock("http://a.example") and not knock("https://c.example")
