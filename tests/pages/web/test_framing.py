"""Frames: exactly the websites that the operator has named, and only the form by its open link."""

import pytest

import warehouse
from tests.pages.conftest import Visitor
from tests.pages.web.filling import FORM, Sheet
from tests.pages.web.surveys import EVERY_TYPE, every_type, publish_survey
from tests.warehouse.inviting import SURVEY, links
from warehouse.embedding import allow_framing
from warehouse.invitees import Invitee

HOSTS = ("https://www.example.org", "https://*.example.net")
ALLOWED = f"frame-ancestors {' '.join(HOSTS)}"
DENIED = "frame-ancestors 'none'"


@pytest.fixture
def host(visitor: Visitor) -> Visitor:
    allow_framing(warehouse.serving(), SURVEY, HOSTS)
    return visitor


def test_the_form_each_answer_to_it_and_its_receipt_may_be_framed(host: Visitor) -> None:
    shown = host.get(FORM)
    fields = Sheet(shown.text).fields
    refused = host.post(FORM, data=fields)
    sent = host.post(FORM, data=fields | {"overall": "5"})
    thanks = host.get(sent.headers["location"])
    assert (shown.status_code, refused.status_code, thanks.status_code) == (200, 422, 200)
    for answer in (shown, refused, thanks):
        assert answer.headers["content-security-policy"].endswith(ALLOWED)
        assert "x-frame-options" not in answer.headers


def test_everything_else_stays_out_of_frames(host: Visitor) -> None:
    publish_survey(warehouse.serving(), every_type())
    path = links(warehouse.serving(), Invitee("M1"))[0].path
    fields = Sheet(host.get(EVERY_TYPE).text).fields
    saved = host.post(EVERY_TYPE, data=fields | {"_save": "1"}).headers["location"]
    unknown = ("/signout", "/s/none", "/i/none", "/c/none")
    for address in (EVERY_TYPE, path, saved, saved.split("/saved")[0], *unknown):
        answer = host.get(address)
        assert answer.headers["content-security-policy"].endswith(DENIED), address
        assert answer.headers["x-frame-options"] == "DENY"
    assert host.get("/healthz").headers["x-frame-options"] == "SAMEORIGIN"


def test_a_list_that_is_emptied_shuts_the_frame_again(host: Visitor) -> None:
    allow_framing(warehouse.serving(), SURVEY, [])
    assert host.get(FORM).headers["content-security-policy"].endswith(DENIED)
    assert host.get(FORM).headers["x-frame-options"] == "DENY"


def test_no_cookie_is_needed_to_fill_it_in(host: Visitor) -> None:
    switched = host.post(FORM, data=Sheet(host.get(FORM).text).fields | {"overall": "5", "_lang": "zh"})
    host.client.cookies.clear()
    sent = host.post(FORM, data=Sheet(switched.text).fields)
    host.client.cookies.clear()
    assert Sheet(host.get(sent.headers["location"]).text).language == "zh-Hans"
