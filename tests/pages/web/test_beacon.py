"""What the form's script tells is checked and kept once; garbage, replays and foreign forms store nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse
from pages.web.allowance import Allowance
from survey import new_response_id
from tests.pages.conftest import Visitor
from tests.pages.web.filling import FORM, Sheet
from tests.pages.web.surveys import EVERY_TYPE, every_type, publish_survey
from tests.warehouse.inviting import SURVEY, expire, links, response_id_of, rows_stored
from warehouse.invitees import Invitee

SEEN = f"{FORM}/seen"
URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(autouse=True)
def _plenty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("pages.web.beacon._ALLOWED", Allowance(1_000, 100_000))
    yield


def told(*columns: str) -> list[tuple[object, ...]]:
    """Those columns of every event, once all that was told is stored."""
    warehouse.close_serving()
    with warehouse.serving().transaction() as cursor:
        names = ", ".join(columns or ("event", "page", "question"))
        return cursor.execute(f"SELECT {names} FROM fieldwork_event ORDER BY ALL").fetchall()


def a_form(visitor: Visitor, path: str = FORM) -> dict[str, str]:
    fields = Sheet(visitor.get(f"{path}?lang=en").text).fields
    return {name: str(fields[name]) for name in ("_id", "_version")}


def test_opening_beginning_and_the_question_reached_are_kept_with_the_id_of_the_form(
    visitor: Visitor,
) -> None:
    form = a_form(visitor)
    for event in ({"event": "opened"}, {"event": "started"}, {"event": "question", "question": "ease"}):
        answer = visitor.post(SEEN, data=form | event)
        assert answer.status_code == 204 and answer.content == b""
    assert told("event", "question", "page", "CAST(response_id AS VARCHAR)", "survey", "version") == [
        ("opened", None, None, form["_id"], SURVEY, 1),
        ("question", "ease", None, form["_id"], SURVEY, 1),
        ("started", None, None, form["_id"], SURVEY, 1),
    ]


def test_a_hundred_gets_of_every_address_of_a_form_write_no_row(visitor: Visitor) -> None:
    path = links(warehouse.serving(), Invitee("M1"))[0].path
    before = rows_stored(warehouse.serving())
    for number in range(100):
        method = "HEAD" if number % 2 else "GET"
        for address in (FORM, path, f"{FORM}?score=9", "/form-beacon.js"):
            assert visitor.send(method, address).status_code == 200
        assert visitor.send(method, SEEN).status_code >= 400
    warehouse.close_serving()
    assert rows_stored(warehouse.serving()) == before


def test_the_same_event_told_again_is_kept_once_also_after_a_restart(visitor: Visitor) -> None:
    form = a_form(visitor) | {"event": "opened"}
    for _ in range(3):
        assert visitor.post(SEEN, data=form).status_code == 204
    assert told() == [("opened", None, None)]
    assert visitor.post(SEEN, data=form).status_code == 204
    assert told() == [("opened", None, None)]


def test_an_event_by_a_personal_link_belongs_to_the_response_of_the_invitation(visitor: Visitor) -> None:
    path = links(warehouse.serving(), Invitee("M1"))[0].path
    expected = response_id_of(warehouse.serving(), "M1")
    for _ in range(2):  # opened twice, on two sheets, it is one member who has opened
        assert (
            visitor.post(f"{path}/seen", data=a_form(visitor, path) | {"event": "opened"}).status_code == 204
        )
    assert told("event", "response_id") == [("opened", expected)]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"event": "completed"}, 400),
        ({"event": ""}, 400),
        ({"event": "page", "page": "1"}, 400),
        ({"event": "question"}, 400),
        ({"event": "question", "question": "no_such"}, 400),
        ({"event": "question", "question": "<b>x</b>'; drop table response"}, 400),
        ({"event": "opened", "question": "ease"}, 400),
        ({"_id": "garbage"}, 400),
        ({"_id": str(uuid4())}, 400),
        ({"_id": "ffffffff-ffff-7fff-bfff-ffffffffffff"}, 400),
        ({"_id": str(new_response_id(datetime.now(UTC) - timedelta(days=40)))}, 400),
        ({"_id": str(new_response_id(datetime.now(UTC) + timedelta(hours=1)))}, 400),
        ({"_version": "2"}, 400),
        ({"_version": "x"}, 400),
        ({"comment": "x" * 2000}, 413),
    ],
)
def test_what_is_no_event_of_that_form_is_refused_and_nothing_is_kept(
    visitor: Visitor, change: dict[str, str], status: int
) -> None:
    form = a_form(visitor) | {"event": "opened"}
    assert visitor.post(SEEN, data=form | change).status_code == status
    assert told() == []


def test_a_foreign_survey_a_wrong_link_and_another_kind_of_body_are_refused(visitor: Visitor) -> None:
    form = a_form(visitor) | {"event": "opened"}
    path = links(warehouse.serving(), Invitee("M1"))[0].path
    assert visitor.post("/s/no-such/seen", data=form).status_code == 404
    assert visitor.post(f"/i/{'0' * 32}/seen", data=form).status_code == 404
    assert visitor.post(SEEN, json=form).status_code == 415
    assert visitor.post(SEEN, content=b"\xff\xfe=\x00&" * 30, headers=URLENCODED).status_code == 400
    assert visitor.post(SEEN, content=b"_id=1&_id=2", headers=URLENCODED).status_code == 400
    expire(warehouse.serving())
    assert visitor.post(f"{path}/seen", data=form).status_code == 404
    assert told() == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=1500))
def test_no_body_makes_the_server_fail_or_keeps_anything(visitor: Visitor, body: bytes) -> None:
    assert visitor.post(SEEN, content=body, headers=URLENCODED).status_code in (400, 413)


def test_what_comes_beyond_the_allowance_is_dropped_and_answers_are_still_taken(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.web.beacon._ALLOWED", Allowance(0, 5))
    codes = [visitor.post(SEEN, data=a_form(visitor) | {"event": "opened"}).status_code for _ in range(8)]
    assert codes == [204] * 5 + [429] * 3
    fields = Sheet(visitor.get(FORM).text).fields | {"overall": "5"}
    assert visitor.post(FORM, data=fields).status_code == 303
    assert told("event")[:5] == [("opened",)] * 5


def test_a_form_sent_without_a_script_is_begun_answered_and_left(visitor: Visitor) -> None:
    fields = Sheet(visitor.get(FORM).text).fields | {"overall": "5", "ease": "6", "comment": "  "}
    assert visitor.post(FORM, data=fields).status_code == 303
    assert told() == [("page", 0, None), ("question", None, "ease"), ("started", None, None)]


def test_a_page_with_something_wrong_on_it_is_begun_but_not_left(visitor: Visitor) -> None:
    fields = Sheet(visitor.get(FORM).text).fields | {"recommend": "7"}
    assert visitor.post(FORM, data=fields).status_code == 422
    assert told() == [("question", None, "recommend"), ("started", None, None)]


def test_pages_are_left_one_by_one_and_going_back_leaves_none(visitor: Visitor) -> None:
    publish_survey(warehouse.serving(), every_type())
    first = Sheet(visitor.get(EVERY_TYPE).text).fields
    second = visitor.post(EVERY_TYPE, data=first | {"overall": "2"})
    fields = Sheet(second.text).fields
    assert visitor.post(EVERY_TYPE, data=fields | {"_back": "1"}).status_code == 200
    assert visitor.post(EVERY_TYPE, data=fields | {"_lang": "en"}).status_code == 200
    assert told() == [("page", 0, None), ("question", None, "overall"), ("started", None, None)]
    third = visitor.post(EVERY_TYPE, data=fields | {"why": "x", "channels": "shop", "best": ["staff", ""]})
    assert third.status_code == 200
    assert [event for event in told() if event[0] == "page"] == [("page", 0, None), ("page", 1, None)]
