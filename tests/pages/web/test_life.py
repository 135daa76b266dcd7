"""What people see of a survey that is not open: why, since when, and all that they had written."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

import warehouse
from survey import new_response_id, read_questionnaire
from tests.pages.conftest import Visitor
from tests.pages.web.api.calling import Program, codes, good
from tests.pages.web.filling import FORM, Sheet
from tests.pages.web.surveys import publish_survey
from tests.warehouse.inviting import links
from warehouse import gate
from warehouse.invitees import Invitee
from warehouse.life import Quota, close, pause, resume, set_dates, set_limits

SURVEY = "customer-satisfaction"
COMMENT = "Zeile 1\n<b>两行</b>"


def stored(survey: str = SURVEY) -> int:
    return int(warehouse.serving().read("summary/responses", survey=survey)[0][0])


def filled(visitor: Visitor, path: str = FORM, **answers: str) -> dict[str, str | list[str]]:
    """The fields of the form as somebody has filled it in."""
    return Sheet(visitor.get(path).text).fields | {"overall": "4", "comment": COMMENT} | answers


def tomorrow() -> datetime:
    """A local time of the survey's zone that is to come."""
    return (datetime.now(warehouse.serving().reporting_zone) + timedelta(days=1)).replace(tzinfo=None)


def said(page: str) -> str:
    """All that the page says, on one line."""
    return " ".join(page.split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "This survey is not open yet",
                "Customer satisfaction survey",
                "6 Jul 2199, 09:00 (Asia/Shanghai)",
            ),
        ),
        ("zh", ("调查尚未开始", "客户满意度调查", "2199年7月6日 09:00")),
    ],
)
def test_a_survey_to_come_says_when_it_opens_in_the_reader_s_language(
    visitor: Visitor, language: str, words: tuple[str, ...]
) -> None:
    set_dates(warehouse.serving(), SURVEY, datetime(2199, 7, 6, 9), None)  # noqa: DTZ001 - local, as written
    for path in (
        f"{FORM}?lang={language}",
        f"{links(warehouse.serving(), Invitee('M1'))[0].path}?lang={language}",
    ):
        page = visitor.get(path)
        assert page.status_code == 409 and "<form" not in page.text
        assert all(word in page.text for word in words)
    assert (
        visitor.post(FORM, data={"overall": "5", "_id": str(new_response_id()), "_version": "1"}).status_code
        == 409
    )
    assert stored() == 0


def test_a_closed_survey_says_since_when(visitor: Visitor) -> None:
    close(warehouse.serving(), SURVEY)
    page = visitor.get(FORM)
    assert page.status_code == 410 and "It has been closed since" in page.text
    assert "Asia/Shanghai" in page.text and "<form" not in page.text
    assert "调查已结束" in visitor.get(f"{FORM}?lang=zh").text


@pytest.mark.parametrize("way", ["open link", "invitation"])
def test_a_pause_keeps_what_was_written_on_the_page_until_it_can_be_sent(visitor: Visitor, way: str) -> None:
    path = FORM if way == "open link" else links(warehouse.serving(), Invitee("M1"))[0].path
    fields = filled(visitor, f"{path}?lang=en", recommend="9")
    pause(warehouse.serving(), SURVEY)
    assert visitor.get(path).status_code == 409
    kept = visitor.post(path, data=fields)
    assert kept.status_code == 409 and Sheet(kept.text).fields == fields
    assert "This survey is paused. What you wrote stays on this page" in said(kept.text)
    assert stored() == 0
    resume(warehouse.serving(), SURVEY)
    assert visitor.post(path, data=Sheet(kept.text).fields).status_code == 303
    assert stored() == 1


def test_a_form_opened_before_the_closing_is_taken_for_half_an_hour_and_then_given_back(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = filled(visitor), filled(visitor)
    close(warehouse.serving(), SURVEY)
    assert visitor.get(FORM).status_code == 410
    assert visitor.post(FORM, data=first).status_code == 303
    later = datetime.now(UTC) + gate.GRACE
    monkeypatch.setattr(gate, "utc_now", lambda: later)
    given_back = visitor.post(FORM, data=second)
    assert given_back.status_code == 410 and Sheet(given_back.text).fields == second
    assert "can no longer be stored" in given_back.text
    assert visitor.post(FORM, data=first).status_code == 303, "what is stored is confirmed for ever"
    assert stored() == 1


TWO_PAGES = """
slug: two-pages
version: 1
languages: [en]
default_language: en
title: {en: Two pages}
intro: {en: Hello}
thanks: {en: Thanks}
questions:
  - code: place
    type: single_choice
    required: true
    text: {en: Where?}
    choices: [{code: shop, text: {en: Shop}}, {code: web, text: {en: Web}}]
  - {code: comment, type: long_text, new_page: true, text: {en: What else?}}
"""


def first_page(visitor: Visitor, place: str) -> dict[str, str | list[str]]:
    return Sheet(visitor.get("/s/two-pages").text).fields | {"place": place}


def test_whoever_is_not_needed_is_told_after_the_page_that_says_so(visitor: Visitor) -> None:
    publish_survey(warehouse.serving(), read_questionnaire(TWO_PAGES, "two-pages.yaml"))
    set_limits(warehouse.serving(), "two-pages", None, [Quota("place", "shop", 1)])
    second = Sheet(visitor.post("/s/two-pages", data=first_page(visitor, "shop")).text)
    assert visitor.post("/s/two-pages", data=second.fields).status_code == 303
    assert "enough answers" in visitor.post("/s/two-pages", data=first_page(visitor, "shop")).text
    assert "comment" in Sheet(visitor.post("/s/two-pages", data=first_page(visitor, "web")).text).fields
    set_limits(warehouse.serving(), "two-pages", None, [Quota("place", each, 1) for each in ("shop", "web")])
    web = Sheet(visitor.post("/s/two-pages", data=first_page(visitor, "web")).text)
    assert visitor.post("/s/two-pages", data=web.fields).status_code == 303
    assert visitor.get("/s/two-pages").status_code == 409, "every answer to a required question is too many"


def test_whoever_is_too_late_is_told_at_the_next_page_with_all_that_was_written(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_survey(warehouse.serving(), read_questionnaire(TWO_PAGES, "two-pages.yaml"))
    fields = first_page(visitor, "shop")
    close(warehouse.serving(), "two-pages")
    second = Sheet(visitor.post("/s/two-pages", data=fields).text)
    assert "comment" in second.fields, "in the time of grace the form goes on"
    late = datetime.now(UTC) + gate.GRACE
    monkeypatch.setattr("warehouse.life.utc_now", lambda: late)
    told = visitor.post("/s/two-pages", data=fields)
    assert told.status_code == 410 and Sheet(told.text).fields == fields
    assert visitor.post("/s/two-pages", data=second.fields | {"_back": "1"}).status_code == 200


def test_a_survey_with_enough_answers_is_polite_to_visitors_and_to_writers(visitor: Visitor) -> None:
    first, second = filled(visitor), filled(visitor)
    set_limits(warehouse.serving(), SURVEY, 1)
    assert visitor.post(FORM, data=first).status_code == 303
    for page in (visitor.get(FORM), visitor.post(FORM, data=second)):
        assert page.status_code == 409 and "This survey has enough answers" in page.text
        assert "Thank you for wanting to take part" in page.text
    # What somebody has written is theirs, though it can never be sent.
    told = visitor.post(FORM, data=second | {"comment": "Two lines\n<b>of mine</b>"}).text
    assert "What you wrote" in told and "Two lines\n&lt;b&gt;of mine&lt;/b&gt;" in told
    assert "What you wrote" not in visitor.post(FORM, data=second | {"comment": ""}).text
    assert visitor.post(FORM, data=first).status_code == 303
    assert stored() == 1


def test_a_full_quota_turns_away_its_own_choice_only(visitor: Visitor) -> None:
    set_limits(warehouse.serving(), SURVEY, None, [Quota("touchpoint", "after", 1)])
    assert visitor.post(FORM, data=filled(visitor, touchpoint="after")).status_code == 303
    assert visitor.get(FORM).status_code == 200
    assert "enough answers" in visitor.post(FORM, data=filled(visitor, touchpoint="after")).text
    assert visitor.post(FORM, data=filled(visitor, touchpoint="before")).status_code == 303
    assert stored() == 2


@pytest.mark.parametrize("minutes", [1, 40])
def test_a_link_that_expires_while_the_form_is_open_is_taken_for_half_an_hour_and_keeps_what_was_written(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    path = links(warehouse.serving(), Invitee("M1"))[0].path
    shown = str(new_response_id(datetime.now(UTC) - timedelta(minutes=minutes + 1)))
    fields = filled(visitor, f"{path}?lang=en") | {"_id": shown}
    expired = datetime.now(UTC) - timedelta(minutes=minutes)
    with warehouse.serving().transaction() as cursor:
        cursor.execute("UPDATE invitation SET expires_at = ?", [expired.replace(tzinfo=None)])
    assert visitor.get(path).status_code == 404
    sent = visitor.post(path, data=fields)
    if minutes < 30:
        assert sent.status_code == 303 and stored() == 1
    else:
        assert sent.status_code == 404 and Sheet(sent.text).fields == fields and stored() == 0
        assert "past its last day" in sent.text
        fresh = fields | {"_id": str(new_response_id())}
        assert "<form" not in visitor.post(path, data=fresh).text, "this form was never shown by the link"


@pytest.fixture
def program(visitor: Visitor) -> Iterator[Program]:
    yield Program(visitor)


@pytest.mark.parametrize("state", ["not-yet", "paused", "closed", "full"])
def test_a_program_is_told_by_code_why_a_survey_takes_nothing(program: Program, state: str) -> None:
    house = warehouse.serving()
    assert program.send(idempotency_key="first").status_code == 201
    {
        "not-yet": lambda: set_dates(house, SURVEY, tomorrow(), None),
        "paused": lambda: pause(house, SURVEY),
        "closed": lambda: close(house, SURVEY),
        "full": lambda: set_limits(house, SURVEY, 1),
    }[state]()
    refused = program.send()
    assert refused.status_code == 409 and codes(refused) == [(f"survey-{state}", "")]
    chinese = program.send(accept_language="zh")
    assert chinese.json()["problems"][0]["what"].startswith("本调查")
    assert program.get().json()["takes_answers"] is False
    assert program.send(idempotency_key="first").status_code == 200
    assert stored() == 1


def test_a_program_s_quota_is_refused_by_the_writer(program: Program) -> None:
    set_limits(warehouse.serving(), SURVEY, None, [Quota("touchpoint", "after", 1)])
    assert [program.send().status_code for _ in range(2)] == [201, 409]
    other = program.send(good(answers={"overall": 5, "touchpoint": "before"}))
    assert other.status_code == 201 and stored() == 2
