"""A form on a device of many people: nothing of one person is left for the next."""

from datetime import UTC, datetime, timedelta

import pytest

import warehouse
from pages.web.assets import ADDRESSES
from survey import new_response_id
from tests.pages.conftest import Visitor
from tests.pages.web.filling import FORM, Sheet
from tests.pages.web.surveys import EVERY_TYPE, every_type, publish_survey
from tests.warehouse.inviting import links
from warehouse.invitees import Invitee

KIOSK = f"{FORM}?kiosk=1"


def responses() -> list[tuple[object, ...]]:
    with warehouse.serving().transaction() as cursor:
        return cursor.execute("SELECT channel, language FROM response").fetchall()


def test_it_is_stored_as_its_own_channel_and_leads_back_to_an_empty_form(visitor: Visitor) -> None:
    shown = visitor.get(f"{KIOSK}&lang=zh")
    assert shown.headers["cache-control"] == "no-store"
    form = next(found for tag, found in Sheet(shown.text).tags if tag == "form")
    assert form["action"] == f"{KIOSK}&lang=zh" and form["data-keep"] == "" and "data-kiosk" in form
    assert ADDRESSES["kiosk"] in {found.get("src") for _, found in Sheet(shown.text).tags}
    sent = visitor.post(str(form["action"]), data=Sheet(shown.text).fields | {"overall": "5"})
    thanks = visitor.get(sent.headers["location"])
    assert thanks.status_code == 200 and thanks.headers["refresh"] == f"8; url={KIOSK}&lang=zh"
    assert f'href="{KIOSK}&amp;lang=zh"' in thanks.text and thanks.headers["cache-control"] == "no-store"
    assert responses() == [("kiosk", "zh")]


def test_the_next_person_gets_the_language_of_the_device_not_of_the_person_before(visitor: Visitor) -> None:
    fields = Sheet(visitor.get(KIOSK).text).fields
    switched = visitor.post(KIOSK, data=fields | {"overall": "5", "_lang": "zh"})
    assert Sheet(switched.text).language == "zh-Hans" and "set-cookie" not in switched.headers
    sent = visitor.post(KIOSK, data=Sheet(switched.text).fields)
    assert visitor.get(sent.headers["location"]).headers["refresh"] == f"8; url={KIOSK}"
    assert Sheet(visitor.get(KIOSK).text).language == "en"
    visitor.client.cookies["pactboard_lang"] = "zh"
    assert Sheet(visitor.get(KIOSK).text).language == "en"


def test_sent_once_more_by_the_back_button_it_shows_the_thanks_and_no_answer(visitor: Visitor) -> None:
    publish_survey(warehouse.serving(), every_type())
    fields = Sheet(visitor.get(KIOSK).text).fields | {"overall": "5", "comment": "my telephone"}
    assert visitor.post(KIOSK, data=fields).status_code == 303
    for again in (fields, fields | {"overall": "9"}, fields | {"_lang": "zh"}):
        answer = visitor.post(KIOSK, data=again)
        assert answer.status_code == 303 and "again=1" in answer.headers["location"]
        assert "telephone" not in visitor.get(answer.headers["location"]).text
    assert len(responses()) == 1


def test_a_form_left_standing_is_not_shown_to_whoever_comes_later(visitor: Visitor) -> None:
    old = str(new_response_id(datetime.now(UTC) - timedelta(minutes=61)))
    fields = Sheet(visitor.get(KIOSK).text).fields | {"_id": old, "overall": "9", "comment": "my telephone"}
    answer = visitor.post(KIOSK, data=fields)
    assert answer.status_code == 303 and answer.headers["location"] == KIOSK
    assert visitor.post(FORM, data=fields).status_code == 422  # anybody else gets their answers back


def test_nothing_is_offered_to_be_kept(visitor: Visitor) -> None:
    publish_survey(warehouse.serving(), every_type())
    page = visitor.get(f"{EVERY_TYPE}?kiosk=1").text
    assert "_save" not in {found.get("name") for _, found in Sheet(page).tags}
    assert not [href for href in (found.get("href") or "" for _, found in Sheet(page).tags) if "//" in href]


@pytest.mark.parametrize("query", ["?kiosk=0", "?kiosk=", "?kiosk=1/seen", "?kiosk=true"])
def test_only_one_switch_makes_a_kiosk(visitor: Visitor, query: str) -> None:
    assert 'class="kiosk"' not in visitor.get(FORM + query).text


@pytest.mark.parametrize("language", ["xx", "zh&x=1", '"><script>', "//example.org", "\r\nX: 1"])
def test_no_language_in_the_link_makes_another_address(visitor: Visitor, language: str) -> None:
    page = visitor.get(FORM, params={"kiosk": "1", "lang": language})
    action = next(found["action"] for tag, found in Sheet(page.text).tags if tag == "form")
    assert action and action.startswith(f"{KIOSK}&lang=") and action.count("&") == 1
    sent = visitor.post(action, data=Sheet(page.text).fields | {"overall": "5"})
    thanks = visitor.get(sent.headers["location"])
    assert thanks.headers["refresh"] == f"8; url={action}"


def test_a_personal_link_is_no_kiosk(visitor: Visitor) -> None:
    path = links(warehouse.serving(), Invitee("M1"))[0].path
    page = visitor.get(f"{path}?kiosk=1").text
    assert 'class="kiosk"' not in page
    sent = visitor.post(f"{path}?kiosk=1", data=Sheet(page).fields | {"overall": "5"})
    assert "refresh" not in visitor.get(sent.headers["location"]).headers
    assert responses() == [("invitation", "en")]
