"""Around every request: which names the server answers to, and which headers go out."""

import pytest

from pages.web.guard import host_allowed
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
    assert visitor.get("/healthz").json() == {"ok": True}


def test_the_overview_s_own_address_leads_to_it(visitor: Visitor) -> None:
    answer = visitor.get("/overview?tier=vip")
    assert answer.status_code == 307 and answer.headers["location"] == "/?tier=vip"
