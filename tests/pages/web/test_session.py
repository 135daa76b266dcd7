"""Signing in by link, signing out for good, and never sending anybody to another site."""

import pytest

import warehouse
from tests.pages.conftest import Visitor
from warehouse.access import ROLES, Role, link_key, session_role

EXPORT = "/export/scorecard.csv"


def sessions() -> int:
    with warehouse.serving().transaction() as cursor:
        row = cursor.execute("SELECT count(*) FROM access_session").fetchone()
    assert row
    return int(row[0])


@pytest.mark.parametrize("role", ROLES)
def test_a_role_s_link_opens_a_session_of_that_role_and_leaves_the_key_behind(
    visitor: Visitor, role: Role
) -> None:
    answer = visitor.get(f"/signin?key={link_key(role)}")
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    assert (
        answer.headers["referrer-policy"] == "no-referrer" and answer.headers["cache-control"] == "no-store"
    )
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie and "Secure" not in cookie
    assert session_role(visitor.client.cookies["pactboard_session"]) == role
    assert link_key(role) not in cookie


def test_over_https_the_cookie_stays_on_https(visitor: Visitor) -> None:
    answer = visitor.get(f"https://127.0.0.1/signin?key={link_key('operator')}")
    assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "change", ["", "null", "half", "upper", "padded", "space", "percent", "quote", "long", "surrogate"]
)
def test_a_key_that_is_not_exactly_right_opens_nothing(visitor: Visitor, change: str) -> None:
    key = link_key("operator")
    wrong = {
        "half": key[:32],
        "upper": key.upper(),
        "padded": key + "=",
        "space": key + "%20",
        "percent": "%25",
        "quote": "' OR 1=1 --",
        "long": "A" * 50_000,
        "surrogate": "%ED%A0%80",
    }.get(change, change)
    answer = visitor.get(f"/signin?key={wrong}")
    assert answer.status_code == 403 and "set-cookie" not in answer.headers
    assert sessions() == 0


@pytest.mark.parametrize("query", ["", "?key={key}&key={key}", "?key=x&key={key}"])
def test_no_key_or_two_keys_open_nothing(visitor: Visitor, query: str) -> None:
    assert visitor.get("/signin" + query.format(key=link_key("operator"))).status_code == 403
    assert sessions() == 0


def test_looking_at_the_link_does_not_sign_in(visitor: Visitor) -> None:
    answer = visitor.send("HEAD", f"/signin?key={link_key('operator')}")
    assert answer.status_code == 303 and "set-cookie" not in answer.headers
    assert sessions() == 0


AWAY = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/%0d%0aSet-Cookie: a=b",
    "evil.example",
    "",
    "/路",
]


@pytest.mark.parametrize("away", AWAY)
def test_a_link_cannot_send_people_elsewhere(visitor: Visitor, away: str) -> None:
    for path, params in (("/signin", {"key": link_key("operator")}), ("/language", {"to": "zh"})):
        answer = visitor.get(path, params=params | {"next": away})
        assert answer.status_code == 303
        target = answer.headers["location"]
        assert target == "/" or (target.startswith("/%") and "\n" not in target), target


def test_a_link_can_lead_to_a_page_with_its_filters(visitor: Visitor) -> None:
    answer = visitor.get("/signin", params={"key": link_key("party_b"), "next": "/satisfaction?tier=vip"})
    assert answer.headers["location"] == "/satisfaction?tier=vip"


def test_a_session_that_was_signed_out_is_refused_when_replayed(visitor: Visitor) -> None:
    visitor.sign_in()
    copied = visitor.client.cookies["pactboard_session"]
    assert visitor.get(EXPORT).status_code != 401
    answer = visitor.post("/signout")
    assert answer.status_code == 200 and "pactboard_session" not in visitor.client.cookies
    visitor.client.cookies.set("pactboard_session", copied)
    assert visitor.get(EXPORT).status_code == 401
    assert session_role(copied) is None


def test_following_the_sign_out_link_only_asks(visitor: Visitor) -> None:
    visitor.sign_in()
    page = visitor.get("/signout")
    assert page.status_code == 200 and '<form method="post" action="/signout">' in page.text
    assert visitor.get(EXPORT).status_code != 401


@pytest.mark.parametrize("cookie", ["x", "", "A" * 4000, "%00"])
def test_a_made_up_cookie_is_nobody(visitor: Visitor, cookie: str) -> None:
    visitor.client.cookies.set("pactboard_session", cookie)
    assert visitor.get(EXPORT).status_code == 401


def test_the_language_is_kept_and_the_page_comes_back(visitor: Visitor) -> None:
    answer = visitor.get("/language?to=zh-CN&next=/members?period=2026Q1")
    assert answer.headers["location"] == "/members?period=2026Q1"
    assert visitor.client.cookies["pactboard_lang"] == "zh"
    assert "没有找到这份问卷" in visitor.get("/s/nothing").text


@pytest.mark.parametrize("language", ["", "xx", "<b>", "zh\r\nx: y"])
def test_a_language_we_do_not_speak_is_not_kept(visitor: Visitor, language: str) -> None:
    assert "set-cookie" not in visitor.get("/language", params={"to": language}).headers
