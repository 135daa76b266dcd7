"""What a rating link in an e-mail marks on the form: by ?score=, and by the code of a question."""

import pytest

import warehouse
from pages.web.marking import marked_answers
from survey import library_questionnaire
from tests.pages.conftest import Visitor
from tests.pages.web.filling import FORM, Sheet
from tests.pages.web.surveys import EVERY_TYPE, every_type, publish_survey
from tests.warehouse.inviting import links, rows_stored
from warehouse.invitees import Invitee

NPS, CSAT = library_questionnaire("customer-satisfaction"), library_questionnaire("csat-after-sale")


def test_a_score_is_for_the_recommendation_question() -> None:
    assert marked_answers(NPS, [("score", "9")]) == {"recommend": "9"}
    assert marked_answers(NPS, [("score", "11")]) == {}


def test_without_one_it_is_for_the_first_question_that_measures_satisfaction() -> None:
    first = next(question for question in CSAT.questions if question.measures == "csat")
    assert marked_answers(CSAT, [("score", "4")]) == {first.code: "4"}
    assert marked_answers(CSAT, [("score", "9")]) == {}


def test_answers_are_marked_by_the_codes_of_their_questions() -> None:
    query = [("overall", "5"), ("recommend", "9"), ("touchpoint", "after"), ("lang", "en"), ("nobody", "1")]
    assert marked_answers(NPS, query) == {"overall": "5", "recommend": "9", "touchpoint": "after"}
    assert marked_answers(every_type(), [("grid_staff", "5"), ("again", "yes")]) == {
        "grid_staff": "5",
        "again": "yes",
    }


def test_a_code_comes_before_the_bare_score() -> None:
    assert marked_answers(NPS, [("recommend", "3"), ("score", "9")]) == {"recommend": "3"}


@pytest.mark.parametrize(
    "query",
    [
        [("overall", "6")],
        [("overall", "5"), ("overall", "1")],
        [("comment", "text is never put into somebody's mouth")],
        [("touchpoint", "<b>")],
        [("overall", "")],
        [("overall", "\udcff")],
    ],
)
def test_what_is_not_on_offer_is_not_marked(query: list[tuple[str, str]]) -> None:
    assert marked_answers(NPS, query) == {}


def test_several_choices_are_not_marked() -> None:
    assert marked_answers(every_type(), [("channels", "web"), ("best", "price")]) == {}


def test_what_is_marked_is_shown_and_only_sending_stores_it(visitor: Visitor) -> None:
    before = rows_stored(warehouse.serving())
    page = Sheet(visitor.get(f"{FORM}?overall=5&recommend=9&lang=en").text)
    assert (page.fields["overall"], page.fields["recommend"]) == ("5", "9")
    path = links(warehouse.serving(), Invitee("M1"))[0].path
    invited = rows_stored(warehouse.serving())
    assert Sheet(visitor.get(f"{path}?overall=2").text).fields["overall"] == "2"
    assert rows_stored(warehouse.serving()) == invited != before
    assert visitor.post(FORM, data=page.fields).status_code == 303


def test_what_is_marked_for_a_later_page_travels_along(visitor: Visitor) -> None:
    publish_survey(warehouse.serving(), every_type())
    fields = Sheet(visitor.get(f"{EVERY_TYPE}?overall=5&again=yes").text).fields
    assert fields["_page"] == "0" and fields["overall"] == "5"
    for _ in range(3):  # pages of the form, of which the third asks whether to come again
        if "again" in fields:
            break
        fields = Sheet(visitor.post(EVERY_TYPE, data=fields | {"channels": "web"}).text).fields
    assert fields["again"] == "yes"
