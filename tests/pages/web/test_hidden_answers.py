"""Answers to questions that the light form does not ask: kept while they may be asked again, else refused."""

import pytest

import warehouse
from survey import read_questionnaire
from tests.pages.conftest import Visitor
from tests.pages.web.filling import Sheet
from tests.pages.web.surveys import every_type, publish_survey
from tests.pages.web.test_every_type import (
    COMMENT,
    FIRST,
    FOURTH,
    SECOND,
    SHORT,
    THIRD,
    asked,
    finish,
    first,
    rows,
    send,
    stored,
)


@pytest.fixture
def guest(visitor: Visitor) -> Visitor:
    """A visitor of a warehouse with a survey that asks every type of question, and one that hides one."""
    publish_survey(warehouse.serving(), every_type())
    publish_survey(warehouse.serving(), read_questionnaire(SHORT + COMMENT, "short"))
    return visitor


def test_an_answer_to_a_question_that_is_not_asked_is_refused_and_nothing_stored(guest: Visitor) -> None:
    page = Sheet(guest.get("/s/short").text)
    for number in ("0", "2"):
        forged = page.fields | {"came": "yes", "why_not": "x", "_page": number}
        sent = guest.post("/s/short", data=forged)
        assert sent.status_code == 422 and "This question was not to be answered" in sent.text
    assert stored() == 0
    # What comes back asks only for what there is to ask: sent as it is, it is taken.
    shown = Sheet(sent.text)
    assert "why_not" not in shown.fields
    assert guest.post("/s/short", data=shown.fields | {"comment": "y"}).status_code == 303
    assert rows("SELECT question FROM response_text") == [("comment",)]


def test_what_was_typed_before_going_back_stands_there_again_when_it_is_asked_again(guest: Visitor) -> None:

    def on(page: Sheet, **answers: str) -> Sheet:
        return Sheet(guest.post("/s/short", data=page.fields | answers).text)

    begun = on(on(Sheet(guest.get("/s/short").text), came="no"), why_not="too far", _back="1")
    passed_over = on(begun, came="yes")
    assert asked(passed_over) == {"comment"} and "why_not" not in passed_over.fields
    again = on(begun, came="no")
    assert asked(again) == {"why_not"} and again.fields["why_not"] == "too far"


def test_a_kept_reference_to_a_file_that_was_never_given_is_none(guest: Visitor) -> None:
    forged = f"{'0' * 64}/3/application/pdf/receipt.pdf"
    page = send(guest, first(guest), FIRST | {"_kept_photo": forged})
    for answers in (SECOND, THIRD):
        page = send(guest, page, answers)
    assert forged not in page.fields.values()
    finish(guest, page, FOURTH)
    assert rows("SELECT name FROM response_file") == []
