"""The personal link in this process: what opens, what does not, and that one invitation is one response."""

import hashlib
import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse
from survey import new_response_id, read_questionnaire, receipt_number
from tests.pages.conftest import Visitor
from tests.pages.web.filling import Sheet
from tests.pages.web.surveys import publish_survey
from tests.warehouse.inviting import SURVEY, WAVE, expire, links, response_id_of, rows_stored
from warehouse.access import link_key, open_session
from warehouse.invitations import invite, revoke
from warehouse.invitees import Invitee

GOLD = Invitee("M1", "gold", "zh")


def link(invitee: Invitee = GOLD) -> str:
    return links(warehouse.serving(), invitee)[0].path


def sent(visitor: Visitor, path: str, **answers: str) -> httpx.Response:
    fields = Sheet(visitor.get(f"{path}?lang=en").text).fields
    return visitor.post(path, data=fields | {"overall": "5"} | answers)


def test_the_link_shows_the_form_in_the_member_s_language(visitor: Visitor) -> None:
    page = visitor.get(link())
    assert page.status_code == 200 and Sheet(page.text).language == "zh-Hans"
    assert "M1" not in page.text and "gold" not in page.text
    assert page.headers["cache-control"] == "no-store" and page.headers["referrer-policy"] == "no-referrer"


def test_the_link_s_or_the_kept_language_comes_before_the_member_s(visitor: Visitor) -> None:
    path = link()
    assert Sheet(visitor.get(f"{path}?lang=en").text).language == "en"
    visitor.client.cookies["pactboard_lang"] = "en"
    assert Sheet(visitor.get(path).text).language == "en"


def test_a_get_uses_nothing_up_and_writes_no_row_however_often(visitor: Visitor) -> None:
    path = link()
    before = rows_stored(warehouse.serving())
    for number in range(100):
        method = "HEAD" if number % 2 else "GET"
        assert visitor.send(method, f"{path}?score=9").status_code == 200
    assert rows_stored(warehouse.serving()) == before
    assert sent(visitor, path).status_code == 303


def test_a_score_in_the_link_is_marked_and_not_stored(visitor: Visitor) -> None:
    path = link()
    before = rows_stored(warehouse.serving())
    assert Sheet(visitor.get(f"{path}?score=9").text).fields["recommend"] == "9"
    assert "recommend" not in Sheet(visitor.get(f"{path}?score=11").text).fields
    assert rows_stored(warehouse.serving()) == before


def test_the_response_has_the_member_the_tier_and_the_id_of_the_invitation(visitor: Visitor) -> None:
    path = link()
    answer = sent(visitor, path, recommend="9")
    assert answer.status_code == 303 and answer.headers["location"].startswith(f"{path}/thanks?")
    thanks = visitor.get(answer.headers["location"])
    expected = response_id_of(warehouse.serving(), "M1")
    assert thanks.status_code == 200 and receipt_number(expected) in thanks.text
    with warehouse.serving().transaction() as cursor:
        row = cursor.execute(
            "SELECT response_id, survey, channel, language, member_id, tier, scores, "
            "started_at >= (SELECT created_at FROM invitation) FROM response"
        ).fetchone()
    assert row == (expected, SURVEY, "invitation", "en", "M1", "gold", [5, 9, None], True)


def test_a_used_link_shows_the_receipt_and_stores_nothing(visitor: Visitor) -> None:
    path = link()
    fields = Sheet(visitor.get(path).text).fields | {"overall": "5"}
    assert visitor.post(path, data=fields).status_code == 303
    before = rows_stored(warehouse.serving())
    shown = visitor.get(f"{path}?lang=en")
    number = receipt_number(response_id_of(warehouse.serving(), "M1"))
    assert shown.status_code == 200 and number in shown.text and "<form" not in shown.text
    again = visitor.post(path, data=fields | {"overall": "1"})
    assert again.status_code == 303
    receipt = visitor.get(f"{again.headers['location']}&lang=en")
    assert number in receipt.text and "had this response already" in receipt.text
    assert rows_stored(warehouse.serving()) == before
    with warehouse.serving().transaction() as cursor:
        assert cursor.execute("SELECT scores[1] FROM response").fetchall() == [(5,)]


def test_two_tabs_of_one_link_are_one_response_and_two_links_are_two(visitor: Visitor) -> None:
    first, second = (made.path for made in links(warehouse.serving(), GOLD, Invitee("M2")))
    tabs = [Sheet(visitor.get(path).text).fields for path in (first, first, second)]
    assert tabs[0]["_id"] != tabs[1]["_id"]
    for path, fields in zip((first, first, second), tabs, strict=True):
        assert visitor.post(path, data=fields | {"overall": "4"}).status_code == 303
    with warehouse.serving().transaction() as cursor:
        assert cursor.execute("SELECT member_id FROM response ORDER BY ALL").fetchall() == [("M1",), ("M2",)]


def test_an_answer_that_is_refused_leaves_the_link_open(visitor: Visitor) -> None:
    path = link()
    refused = sent(visitor, path, overall="6")
    assert refused.status_code == 422
    form = next(found for tag, found in Sheet(refused.text).tags if tag == "form")
    assert form["action"] == path
    assert sent(visitor, path).status_code == 303


def test_there_is_no_receipt_before_the_response_is_stored(visitor: Visitor) -> None:
    assert visitor.get(f"{link()}/thanks").status_code == 404


# The tokens listed for trying out, by name: an address for each, made from a link that is open.
BAD = {
    "empty": lambda token: "/i/",
    "nothing at all": lambda token: "/i",
    'string "null"': lambda token: "/i/null",
    "truncated": lambda token: f"/i/{token[:16]}",
    "upper-cased": lambda token: f"/i/{token.upper()}",
    "padded": lambda token: f"/i/{token}=",
    "trailing space": lambda token: f"/i/{token}%20",
    "trailing slash": lambda token: f"/i/{token}/",
    "leading space": lambda token: f"/i/%20{token}",
    "full-width": lambda token: f"/i/{token.translate({ord(char): ord(char) + 0xFEE0 for char in token})}",
    "one character off": lambda token: f"/i/{token[:-1]}{'0' if token[-1] != '0' else '1'}",
    "SQL wildcard": lambda token: "/i/%25",
    "SQL wildcard behind a start": lambda token: f"/i/{token[:31]}_",
    "SQL quote": lambda token: "/i/' OR 1=1 --",
    "two tokens": lambda token: f"/i/?t={token}&t={token}",
    "two tokens in one": lambda token: f"/i/{token}{token}",
    "two tokens as a path": lambda token: f"/i/{token}/{token}",
    "60 KB": lambda token: "/i/" + "A" * 60_000,
    "NUL": lambda token: f"/i/{token}%00",
    "no text": lambda token: "/i/%FF%FE",
    "link of a role": lambda token: f"/i/{link_key('operator')}",
    "session": lambda token: f"/i/{open_session('operator')}",
    "what is stored of it": lambda token: f"/i/{hashlib.sha256(token.encode()).hexdigest()}",
}
CLOSED = ("revoked", "expired")


def close(how: str) -> None:
    if how == "revoked":
        revoke(warehouse.serving(), SURVEY, WAVE)
    else:
        expire(warehouse.serving())


@pytest.mark.parametrize("name", BAD)
def test_a_token_that_is_not_exactly_one_of_ours_opens_nothing(visitor: Visitor, name: str) -> None:
    token = link().removeprefix("/i/")
    address = BAD[name](token)
    before = rows_stored(warehouse.serving())
    for answer in (
        visitor.get(address),
        visitor.post(address, data={"overall": "5", "_version": "1", "_id": str(new_response_id())}),
    ):
        assert answer.status_code == 404 and "invitation-closed" in answer.text
        assert answer.headers["cache-control"] == "no-store"
    assert rows_stored(warehouse.serving()) == before


@pytest.mark.parametrize("how", CLOSED)
def test_a_closed_link_stores_nothing_and_others_stay_as_they_were(visitor: Visitor, how: str) -> None:
    visitor.sign_in()
    path = link()
    fields = Sheet(visitor.get(path).text).fields | {"overall": "5"}
    close(how)
    other = link(Invitee("M2"))
    before = rows_stored(warehouse.serving())
    assert visitor.get(path).status_code == visitor.post(path, data=fields).status_code == 404
    assert rows_stored(warehouse.serving()) == before
    assert visitor.get("/export/imports.csv").status_code == 200
    assert sent(visitor, other).status_code == 303


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_answer_to_a_closed_link_does_not_tell_whether_it_ever_existed(
    visitor: Visitor, method: str
) -> None:
    first, second = (made.path for made in links(warehouse.serving(), GOLD, Invitee("M2")))
    revoke(warehouse.serving(), SURVEY, WAVE, ["M1"])
    expire(warehouse.serving())
    answers = [
        visitor.send(method, path, **({"data": {"overall": "5"}} if method == "POST" else {}))
        for path in (first, second, f"/i/{'0' * 32}", "/i/null")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.multi_items())) for answer in answers}) == 1


def test_a_link_revoked_after_its_answer_shows_no_receipt_and_the_answer_stays(visitor: Visitor) -> None:
    path = link()
    revoke(warehouse.serving(), SURVEY, WAVE)
    renewed = link()
    assert sent(visitor, renewed).status_code == 303
    assert visitor.get(path).status_code == 404 and visitor.get(f"{path}/thanks").status_code == 404
    assert visitor.get(renewed).status_code == 200


def test_a_refusal_is_logged_with_its_reason_and_without_the_token(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = (made.path for made in links(warehouse.serving(), GOLD, Invitee("M2")))
    revoke(warehouse.serving(), SURVEY, WAVE, ["M1"])
    with caplog.at_level(logging.WARNING):
        for path in (first, "/i/null", second):
            visitor.get(path)
    assert caplog.messages == ["invitation refused: revoked", "invitation refused: unknown"]
    assert first[3:] not in caplog.text and "M1" not in caplog.text


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    given_token=st.text(max_size=80).filter(lambda text: not set(text) <= {"."})
    | st.from_regex(r"[0-9a-fA-F]{30,34}", fullmatch=True)
)
def test_no_text_whatever_opens_an_invitation_it_was_not_made_for(visitor: Visitor, given_token: str) -> None:
    answer = visitor.get(f"/i/{quote(given_token.encode('utf-8', 'surrogatepass'), safe='')}")
    assert answer.status_code == 404 and "invitation-closed" in answer.text


def test_the_form_and_its_receipt_say_what_the_list_says_of_the_member_as_text(visitor: Visitor) -> None:
    text = """
slug: visit
version: 1
title: {en: Your visit}
default_language: en
languages: [en]
intro: {en: Hello}
member_fields: [city]
questions:
  - {code: why, type: short_text, text: {en: "{{ member.name }}, how is {{ member.city }}?"}}
thanks: {en: "Thank you, {{ member.name }}."}
"""
    publish_survey(warehouse.serving(), read_questionnaire(text, "visit.yaml"))
    last_day = (datetime.now(UTC) + timedelta(days=30)).date()
    members = (Invitee("M1", fields={"name": "<b>Ann</b>", "city": "Köln", "id": "M9"}), Invitee("M2"))
    first, second = invite(warehouse.serving(), "visit", members, WAVE, last_day).links
    page = visitor.get(first.path)
    assert "&lt;b&gt;Ann&lt;/b&gt;, how is Köln?" in page.text and "<b>Ann" not in page.text
    assert "Köln" not in visitor.get(second.path).text and "…" in visitor.get(second.path).text
    answer = visitor.post(first.path, data=Sheet(page.text).fields | {"why": "Fine"})
    assert "Thank you, &lt;b&gt;Ann&lt;/b&gt;." in visitor.get(answer.headers["location"]).text
