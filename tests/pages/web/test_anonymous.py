"""Anonymous surveys over HTTP: what the forms say, that each way in keeps the promise or is refused."""

import csv
import io
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest

import warehouse
from survey import started_at
from tests.pages.conftest import Visitor
from tests.pages.opening import Tab
from tests.pages.web.filling import FORM, Sheet
from tests.warehouse.inviting import SURVEY, links, response_id_of, rows_stored
from warehouse.anonymity import is_anonymous, open_boxes, sealed_answers
from warehouse.invitees import Invitee
from warehouse.keys import make_key
from warehouse.life import close, keep_anonymous

PROMISE = "kept without your name, your link and the time"
GOLD = Invitee("M1", "gold", "en")


@pytest.fixture
def anonymous(warehouse_folder: object) -> Iterator[None]:
    keep_anonymous(warehouse.serving(), SURVEY)
    yield


def sent(visitor: Visitor, path: str, **answers: str) -> httpx.Response:
    fields = Sheet(visitor.get(f"{path}?lang=en").text).fields
    return visitor.post(path, data=fields | {"overall": "5"} | answers)


def open_the_box() -> None:
    close(warehouse.serving(), SURVEY)
    assert open_boxes(warehouse.serving(), datetime.now(UTC) + timedelta(minutes=31)) == (SURVEY,)


def test_only_an_anonymous_survey_promises_it(visitor: Visitor) -> None:
    assert PROMISE not in visitor.get(f"{FORM}?lang=en").text
    keep_anonymous(warehouse.serving(), SURVEY)
    page = visitor.get(f"{FORM}?lang=en").text
    assert PROMISE in page and "may still tell who you are" in page
    assert "/form-beacon.js" not in page
    assert "匿名调查" in visitor.get(f"{FORM}?lang=zh").text


@pytest.mark.usefixtures("anonymous")
def test_a_personal_link_stores_one_sealed_answer_and_then_shows_its_receipt(visitor: Visitor) -> None:
    path = links(warehouse.serving(), GOLD)[0].path
    answer = sent(visitor, path)
    assert answer.status_code == 303
    thanks = visitor.get(answer.headers["location"])
    assert thanks.status_code == 200 and "not kept with your answers" in thanks.text
    assert "not kept with your answers" in visitor.get(path).text
    assert "again=1" in visitor.post(path, data={"overall": "1"}).headers["location"]
    assert sealed_answers(warehouse.serving(), SURVEY) == 1
    stored = rows_stored(warehouse.serving())
    assert (stored["response"], stored["fieldwork_event"], stored["saved_form"]) == (0, 0, 0)


@pytest.mark.usefixtures("anonymous")
def test_a_lost_connection_is_answered_by_a_receipt_also_after_the_opening(visitor: Visitor) -> None:
    paths = [
        link.path for link in links(warehouse.serving(), *(Invitee(f"M{number}") for number in range(5)))
    ]
    for path in paths:
        sheet = Sheet(visitor.get(path).text).fields | {"overall": "4"}
        assert visitor.post(path, data=sheet).status_code == 303
        again = visitor.post(path, data=sheet)
        assert again.status_code == 303 and "again=1" in again.headers["location"]
    assert sealed_answers(warehouse.serving(), SURVEY) == 5
    open_the_box()
    assert "We had this response already" in visitor.get(f"{paths[0]}/thanks?again=1&lang=en").text
    assert rows_stored(warehouse.serving())["response"] == 5


@pytest.mark.usefixtures("anonymous")
def test_the_open_link_the_kiosk_and_the_page_of_the_app_keep_the_promise_too(visitor: Visitor) -> None:
    for path in (FORM, FORM, f"{FORM}?kiosk=1"):
        sheet = Sheet(visitor.get(path).text).fields | {"overall": "5"}
        answer = visitor.post(path, data=sheet)
        assert answer.status_code == 303
        assert visitor.get(answer.headers["location"]).status_code == 200
    for _ in range(2):
        tab = Tab("respond", None, "en")
        assert PROMISE in tab.words
        tab.app.get_by_key(f"answer-{SURVEY}-overall").set_value("5")
        tab.app.form_submit_button[0].click()
        assert "not kept with your answers" in tab.run().words
    assert sealed_answers(warehouse.serving(), SURVEY) == 5
    assert rows_stored(warehouse.serving())["response"] == 0
    open_the_box()
    with warehouse.serving().transaction() as cursor:
        found = cursor.execute("SELECT DISTINCT channel, language, day, started_at FROM response").fetchall()
    assert [row[:2] for row in found] == [("anonymous", "und")]


@pytest.mark.usefixtures("anonymous")
def test_nothing_that_a_script_tells_is_kept(visitor: Visitor) -> None:
    path = links(warehouse.serving(), GOLD)[0].path
    fields = Sheet(visitor.get(path).text).fields
    told = {"event": "opened", "_id": fields["_id"], "_version": fields["_version"]}
    assert visitor.post(f"{path}/seen", data=told).status_code == 204
    path = warehouse.serving().path
    warehouse.close_serving()  # what was noted is stored by then
    house = warehouse.open_warehouse(path)
    assert rows_stored(house)["fieldwork_event"] == 0
    house.close()


@pytest.mark.usefixtures("anonymous")
def test_a_program_is_refused(visitor: Visitor) -> None:
    key = make_key(warehouse.serving(), "crm")
    answer = visitor.post(
        f"/api/v1/surveys/{SURVEY}/responses",
        headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "one", "Accept-Language": "en"},
        json={"language": "en", "answers": {"overall": 5}, "member_id": "M1"},
    )
    assert answer.status_code == 409 and answer.json()["problems"][0]["code"] == "anonymous-import"
    assert sealed_answers(warehouse.serving(), SURVEY) == 0


@pytest.mark.usefixtures("anonymous")
def test_no_log_line_holds_the_token_the_member_or_the_id(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    (link,) = links(warehouse.serving(), GOLD)
    sent(visitor, link.path)
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "httpx")
    case = response_id_of(warehouse.serving(), "M1")
    assert not [part for part in (link.token, "M1", str(case), case.hex) if part in logged]


@pytest.mark.usefixtures("anonymous")
def test_the_raw_export_shows_nothing_before_and_no_time_and_member_after(visitor: Visitor) -> None:
    shown_at = datetime.now(UTC)
    for link in links(warehouse.serving(), *(Invitee(f"M{number}", "gold") for number in range(6))):
        sent(visitor, link.path)
    visitor.sign_in("operator")
    address = f"/export/responses.csv?survey={SURVEY}"
    assert len(exported(visitor, address)) == 1
    open_the_box()
    rows = exported(visitor, address)[1:]
    assert len(rows) == 6
    text = "\n".join(" ".join(row) for row in rows)
    assert not any(f"M{number} " in text for number in range(6)) and "gold" not in text
    assert f"{shown_at:%H:%M}" not in text
    ids = [cell for row in rows for cell in row if cell.count("-") == 4]
    assert len(ids) == 6 and len({started_at(UUID(each)) for each in ids}) == 1


def exported(visitor: Visitor, address: str) -> list[list[str]]:
    text = visitor.get(address).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    start = next(number for number, row in enumerate(rows) if "response_id" in row)
    return rows[start:]


def test_the_operator_makes_a_survey_anonymous_on_the_links_page() -> None:
    tab = Tab("links", "operator")
    tab.app.selectbox(key="links-survey").select(SURVEY)
    tab.run()
    assert tab.app.button(key="links-anonymous").disabled
    tab.app.checkbox(key=f"links-anonymous-agreed-{SURVEY}").check()
    tab.run()
    tab.app.button(key="links-anonymous").click()
    assert "Sealed answers: 0" in tab.run().words and is_anonymous(warehouse.serving(), SURVEY)


def test_a_survey_that_was_answered_stays_as_it_is(visitor: Visitor) -> None:
    sent(visitor, FORM)
    tab = Tab("links", "operator", "zh")
    tab.app.selectbox(key="links-survey").select(SURVEY)
    tab.run()
    tab.app.checkbox(key=f"links-anonymous-agreed-{SURVEY}").check()
    tab.run()
    tab.app.button(key="links-anonymous").click()
    assert "调查未作更改" in tab.run().words and not is_anonymous(warehouse.serving(), SURVEY)
