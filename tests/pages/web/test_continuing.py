"""Save and continue later: what was typed is shown again by the link alone, and one link is one response."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

import warehouse
from survey import receipt_number
from tests.pages.conftest import Visitor
from tests.pages.web.filling import FORM, Sheet
from tests.pages.web.surveys import EVERY_TYPE, every_type, publish_survey
from tests.pages.web.test_every_type import FIRST, FOURTH, SECOND, THIRD, Fields
from tests.warehouse.inviting import SURVEY, WAVE, links, rows_stored
from warehouse.invitations import revoke
from warehouse.invitees import Invitee
from warehouse.surveys import publish

SAVE: Fields = {"_save": "1"}


@pytest.fixture
def guest(visitor: Visitor) -> Visitor:
    publish_survey(warehouse.serving(), every_type())
    return visitor


def saved(guest: Visitor, path: str = EVERY_TYPE, answers: Fields | None = None) -> str:
    """Save the first page with these answers; the link to go on by."""
    page = Sheet(guest.get(f"{path}?lang=en").text)
    sent = guest.post(path, data=page.fields | (FIRST if answers is None else answers) | SAVE)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"].split("/saved")[0]


def finish(guest: Visitor, path: str) -> str:
    """Fill the rest from wherever the form was left; the address of the receipt."""
    page = Sheet(guest.get(path).text)
    for answers in (FIRST, SECOND, THIRD, FOURTH)[int(str(page.fields["_page"])) :]:
        sent = guest.post(path, data=page.fields | answers)
        page = Sheet(sent.text)
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


def rows(question: str) -> list[tuple[object, ...]]:
    with warehouse.serving().transaction() as cursor:
        return cursor.execute(question).fetchall()


def expire() -> None:
    rows("UPDATE saved_form SET expires_at = started_at")


def test_only_a_form_that_may_be_long_offers_it(guest: Visitor) -> None:
    def offers(page: str) -> bool:
        return "_save" in {found.get("name") for _, found in Sheet(page).tags}

    assert offers(guest.get(EVERY_TYPE).text) and not offers(guest.get(FORM).text)
    sent = guest.post(FORM, data=Sheet(guest.get(FORM).text).fields | {"overall": "5"} | SAVE)
    assert "/thanks" in sent.headers["location"] and rows("SELECT * FROM saved_form") == []


def test_the_link_is_shown_with_its_code_and_its_end(guest: Visitor) -> None:
    path = saved(guest)
    assert re.fullmatch("/c/[0-9a-f]{32}", path)
    page = guest.get(f"{path}/saved?lang=en")
    assert f'value="http://127.0.0.1{path}"' in page.text and "<svg" in page.text
    assert "until the end of" in page.text and page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert Sheet(guest.get(f"{path}/saved?lang=zh").text).language == "zh-Hans"


def test_another_device_goes_on_where_the_form_was_left_with_everything_in_it(guest: Visitor) -> None:
    page = Sheet(guest.post(EVERY_TYPE, data=Sheet(guest.get(EVERY_TYPE).text).fields | FIRST).text)
    half: Fields = {
        "why": "太贵",
        "channels": ["web", "other"],
        "channels_other": "传真",
        "best": ["", "price"],
    }
    path = guest.post(EVERY_TYPE, data=page.fields | half | SAVE).headers["location"].split("/saved")[0]
    other = Visitor(guest.portal)
    shown = Sheet(other.get(path, headers={"Accept-Language": "zh"}).text)
    assert shown.fields["_page"] == "1" and shown.language == "en"
    for name, value in ({"overall": "2", "recommend": "9"} | half).items():
        assert shown.fields[name] == value
    receipt = finish(other, path)
    assert receipt.startswith(f"{path}/thanks?") and other.get(receipt).status_code == 200
    assert rows("SELECT channel, survey FROM response") == [("light_form", "every-type")]
    guest.portal.call(other.client.aclose)


def test_saving_is_no_response_and_a_get_writes_nothing(guest: Visitor) -> None:
    path = saved(guest)
    warehouse.close_serving()  # what was noted of the form that was sent is written by then
    before = rows_stored(warehouse.serving())
    assert before["response"] == 0 and before["saved_form"] == before["saved_answers"] == 1
    for number in range(50):
        method = "HEAD" if number % 2 else "GET"
        for address in (path, f"{path}/saved", f"{path}?score=9"):
            assert guest.send(method, address).status_code == 200
    assert rows_stored(warehouse.serving()) == before


def test_what_is_unfinished_or_wrong_is_saved_as_it_was_typed(guest: Visitor) -> None:
    path = saved(guest, answers={"overall": "17", "mood": "", "nobody_asked": "x"})
    page = Sheet(guest.get(path).text)
    assert "nobody_asked" not in page.fields
    answered = Sheet(guest.post(path, data=page.fields | {"recommend": "9"}).text)
    assert answered.fields["_page"] == "0"


def test_saved_again_by_its_link_it_keeps_the_link_and_shows_the_later_answers(guest: Visitor) -> None:
    path = saved(guest)
    again = saved(guest, path, {"overall": "4"})
    assert again == path and Sheet(guest.get(path).text).fields["overall"] == "4"
    assert rows("SELECT count(*) FROM saved_answers") == [(1,)]


def test_once_sent_the_link_shows_the_receipt_and_no_answer_and_they_are_erased(guest: Visitor) -> None:
    path = saved(guest)
    receipt = guest.get(finish(guest, path))
    (key,) = rows("SELECT response_id FROM response")[0]
    assert isinstance(key, UUID) and receipt_number(key) in receipt.text
    for address in (path, f"{path}/thanks"):
        shown = guest.get(address)
        assert shown.status_code == 200 and receipt_number(key) in shown.text and "<form" not in shown.text
    assert guest.get(f"{path}/saved").headers["location"] == f"{path}/thanks?again=1"
    assert guest.post(path, data=FIRST | SAVE).headers["location"] == f"{path}/thanks?again=1"
    assert rows("SELECT * FROM saved_answers") == [] and rows("SELECT count(*) FROM response") == [(1,)]


def test_the_form_first_opened_and_its_link_are_one_response(guest: Visitor) -> None:
    fields = Sheet(guest.get(EVERY_TYPE).text).fields
    path = guest.post(EVERY_TYPE, data=fields | FIRST | SAVE).headers["location"].split("/saved")[0]
    page = Sheet(guest.post(EVERY_TYPE, data=fields | FIRST).text)
    for answers in (SECOND, THIRD, FOURTH):
        sent = guest.post(EVERY_TYPE, data=page.fields | answers)
        page = Sheet(sent.text)
    assert sent.status_code == 303
    assert "<form" not in guest.get(path).text
    late = guest.post(EVERY_TYPE, data=fields | FIRST | SAVE)
    assert late.status_code == 303 and "again=1" in late.headers["location"]
    assert rows("SELECT count(*) FROM response") == [(1,)]


def test_two_tabs_of_one_link_sent_at_once_are_one_response(guest: Visitor) -> None:
    path = saved(guest)
    tabs = []
    for _ in range(2):
        page = Sheet(guest.get(path).text)
        for answers in (FIRST, SECOND, THIRD):
            page = Sheet(guest.post(path, data=page.fields | answers).text)
        tabs.append(page.fields | FOURTH)
    assert tabs[0]["_id"] != tabs[1]["_id"]
    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(lambda fields: guest.post(path, data=fields), tabs))
    assert [answer.status_code for answer in sent] == [303, 303]
    assert rows("SELECT count(*) FROM response") == [(1,)]


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token.upper(),
        lambda token: token[:-1],
        lambda token: f"{token}%0A",
        lambda token: f"{token}/",
        lambda token: "0" * 32,
        lambda token: "null",
        lambda token: f"%00{token}",
        lambda token: f"{token}{token}",
        lambda token: "%FF",
        lambda token: "A" * 60_000,
    ],
)
def test_a_link_that_is_not_exactly_one_of_ours_opens_nothing(guest: Visitor, change: object) -> None:
    assert callable(change)
    token = saved(guest).removeprefix("/c/")
    # What the form told of itself when it was opened is stored a moment later than asked.
    late = {"fieldwork_event": 0}
    before = rows_stored(warehouse.serving()) | late
    for path in (f"/c/{change(token)}", f"/c/{change(token)}/saved", f"/c/{change(token)}/thanks"):
        answer = guest.get(path)
        assert answer.status_code == 404 and "saved-unknown" in answer.text
    assert guest.post(f"/c/{change(token)}", data=FIRST | SAVE).status_code == 404
    assert rows_stored(warehouse.serving()) | late == before


def test_past_its_time_the_link_is_answered_as_one_never_made(guest: Visitor) -> None:
    path = saved(guest)
    fields = Sheet(guest.get(path).text).fields
    expire()
    past, never = guest.get(path), guest.get(f"/c/{'0' * 32}")
    assert past.status_code == 404 and past.content == never.content
    assert guest.post(path, data=fields | FIRST).status_code == 404
    assert guest.post(path, data=fields | FIRST | SAVE).status_code == 404
    assert rows("SELECT count(*) FROM response") == [(0,)]


def test_a_form_goes_on_in_the_version_it_was_saved_in(guest: Visitor) -> None:
    path = saved(guest)
    later = every_type().model_copy(update={"version": 2})
    publish(warehouse.serving(), later, "every-type", later.title, is_example=False)
    assert Sheet(guest.get(EVERY_TYPE).text).fields["_version"] == "2"
    assert Sheet(guest.get(path).text).fields["_version"] == "1"
    finish(guest, path)
    assert rows("SELECT version FROM response") == [(1,)]


def invited(guest: Visitor) -> str:
    """A personal link to the survey that asks every type of question."""
    publish(warehouse.serving(), every_type(), "every-type", every_type().title, is_example=False)
    rows("UPDATE invitation SET survey = 'every-type'")
    path = links(warehouse.serving(), Invitee("M1", "gold", "zh"))[0].path
    rows("UPDATE invitation SET survey = 'every-type'")
    return path


def test_a_personal_link_goes_on_itself_on_any_device_and_stays_the_member_s(guest: Visitor) -> None:
    path = invited(guest)
    assert saved(guest, path) == path
    assert "personal link goes on" in guest.get(f"{path}/saved?lang=en").text
    other = Visitor(guest.portal)
    assert Sheet(other.get(path).text).fields["overall"] == "2"
    assert finish(other, path).startswith(f"{path}/thanks?")
    assert rows("SELECT member_id, tier, channel FROM response") == [("M1", "gold", "invitation")]
    assert rows("SELECT * FROM saved_answers") == [] and guest.get(f"{path}/saved").status_code == 303
    guest.portal.call(other.client.aclose)


def test_a_personal_link_that_is_revoked_shows_nothing_of_what_was_saved(guest: Visitor) -> None:
    path = invited(guest)
    saved(guest, path)
    revoke(warehouse.serving(), "every-type", WAVE)
    for address in (path, f"{path}/saved", path.replace("/i/", "/c/") + "x"):
        assert guest.get(address).status_code == 404
    assert rows("SELECT count(*) FROM response") == [(0,)]


def test_nothing_of_it_stands_in_the_log(guest: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    path = saved(guest)
    expire()
    guest.get(path)
    assert caplog.messages == ["saved form refused: unknown or past its time"]
    assert path[3:] not in caplog.text and SURVEY not in caplog.text
