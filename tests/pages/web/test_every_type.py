"""The light form with every type of question, page by page: what is shown, carried along and stored."""

import re
from datetime import date
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse
from survey import read_questionnaire
from tests.pages.conftest import Visitor
from tests.pages.web.filling import FORM, OUR_SCRIPTS, Sheet
from tests.pages.web.surveys import EVERY_TYPE, every_type, publish_survey

URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
Fields = dict[str, str | list[str]]

FIRST: Fields = {"overall": "2", "mood": "4", "wait": "1", "index": "7", "recommend": "9"}
SECOND: Fields = {
    "why": "太贵",
    "channels": ["web", "shop", "other"],
    "channels_other": "传真",
    "best": ["staff", ""],
}
THIRD: Fields = {
    "grid_staff": "5",
    "grid_range": "4",
    "grid_tidy": "3",
    "spent": "12.50",
    "people": "2",
    "joined": "2020-01-31",
    "last_visit": "2026-01-31",
    "again": "yes",
    "contact_other": "短信",
}
FOURTH: Fields = {"agree": "yes", "signed": "王小明", "comment": "第一行\n第二行"}


@pytest.fixture
def guest(visitor: Visitor) -> Visitor:
    """A visitor of a warehouse with the survey that asks every type of question."""
    publish_survey(warehouse.serving(), every_type())
    return visitor


def rows(question: str) -> list[tuple[object, ...]]:
    with warehouse.serving().transaction() as cursor:
        return cursor.execute(question).fetchall()


def stored() -> int:
    return len(rows("SELECT response_id FROM response"))


def first(guest: Visitor, query: str = "") -> Sheet:
    return Sheet(guest.get(EVERY_TYPE + query).text)


def send(guest: Visitor, page: Sheet, answers: Fields, status: int = 200) -> Sheet:
    """Send the page with these answers on it; what is shown then."""
    sent = guest.post(EVERY_TYPE, data=page.fields | answers)
    assert sent.status_code == status, sent.text
    return Sheet(sent.text)


def last_page(guest: Visitor) -> Sheet:
    page = first(guest)
    for answers in (FIRST, SECOND, THIRD):
        page = send(guest, page, answers)
    return page


def finish(guest: Visitor, page: Sheet, answers: Fields) -> httpx.Response:
    sent = guest.post(EVERY_TYPE, data=page.fields | answers)
    assert sent.status_code == 303, sent.text
    return guest.get(sent.headers["location"])


def asked(page: Sheet) -> set[str]:
    """The names of what can be answered on the page."""
    return {name for name in {*page.options, *page.texts} if not name.startswith("_")}


def complaints(page: Sheet) -> list[str | None]:
    return [found["href"] for tag, found in page.tags if tag == "a"]


def test_each_page_asks_what_it_is_there_for_under_the_documented_names(guest: Visitor) -> None:
    page = first(guest)
    assert asked(page) == set(FIRST)
    page = send(guest, page, FIRST)
    assert asked(page) == set(SECOND)
    page = send(guest, page, SECOND)
    assert asked(page) == {*THIRD, "contact"}
    page = send(guest, page, THIRD)
    assert asked(page) == set(FOURTH)
    items = {item.code for item in every_type().items}
    assert {name for name in page.fields if not name.startswith("_")} | {"agree", "mood"} <= items


def test_a_sheet_of_every_type_is_stored_whole_and_only_at_the_end(guest: Visitor) -> None:
    page = last_page(guest)
    assert stored() == 0
    assert "Your response is saved" in finish(guest, page, FOURTH).text
    assert rows("SELECT version, scores FROM response") == [(1, [2, 4, 1, 7, 9, 5, 4, 3])]
    chosen = rows("SELECT question, choice FROM response_choice")
    assert sorted(chosen) == [
        ("again", "yes"),
        ("agree", "yes"),
        ("best", "staff"),
        ("channels", "other"),
        ("channels", "shop"),
        ("channels", "web"),
        ("contact", "other"),
    ]
    assert dict(rows("SELECT question, body FROM response_text")) == {
        "why": "太贵",
        "channels_other": "传真",
        "contact_other": "短信",
        "signed": "王小明",
        "comment": "第一行\n第二行",
    }
    assert rows("SELECT question, CAST(number AS VARCHAR) FROM response_number ORDER BY question") == [
        ("people", "2.000000"),
        ("spent", "12.500000"),
    ]
    assert dict(rows("SELECT question, date FROM response_date")) == {
        "joined": date(2020, 1, 31),
        "last_visit": date(2026, 1, 31),
    }


def test_a_file_is_stored_with_everything_else(guest: Visitor) -> None:
    page = last_page(guest)
    fields = {name: value for name, value in page.fields.items() if not name.startswith("_file_")}
    file = {"_file_photo": ("receipt.pdf", b"%PDF-1.7 " + bytes(99))}
    assert guest.post(EVERY_TYPE, data=fields | FOURTH, files=file).status_code == 303
    assert rows("SELECT question, name, size FROM response_file") == [("photo", "receipt.pdf", 108)]
    assert "signed" in dict(rows("SELECT question, body FROM response_text"))


def test_what_was_answered_decides_what_is_asked_and_stands_in_later_texts(guest: Visitor) -> None:
    sent = guest.post(EVERY_TYPE, data=first(guest).fields | FIRST)
    assert "You gave 2. What was the main reason?" in sent.text
    page = send(guest, first(guest), FIRST | {"overall": "5"})
    assert "why" not in asked(page)
    page = send(guest, page, {"channels": ["web"]})
    assert not {name for name in asked(page) if name.startswith("grid")}


def test_what_was_answered_to_a_question_that_is_hidden_again_is_not_stored(guest: Visitor) -> None:
    page = send(guest, last_page(guest), {"_back": "1"})
    page = send(guest, page, {"_back": "1"})
    page = send(guest, page, {"channels": ["web"]})
    page = send(guest, page, {})
    finish(guest, page, FOURTH)
    assert rows("SELECT scores FROM response") == [([2, 4, 1, 7, 9, None, None, None],)]


def test_a_choice_that_excludes_the_others_is_refused_with_one_and_every_answer_kept(
    guest: Visitor,
) -> None:
    page = send(guest, first(guest), FIRST)
    sent = guest.post(
        EVERY_TYPE, data=page.fields | SECOND | {"channels": ["web", "none"], "channels_other": ""}
    )
    assert sent.status_code == 422 and "One of these choices excludes all others." in sent.text
    assert "“Not at all” cannot be combined with other choices." in sent.text
    again = Sheet(sent.text)
    assert set(again.fields["channels"]) == {"web", "none"} and again.fields["best"] == ["staff", ""]
    assert guest.post(EVERY_TYPE, data=again.fields | {"channels": ["none"]}).status_code == 200


SHORT = """
slug: short
version: 1
languages: [en]
default_language: en
title: {en: T}
intro: {en: I}
thanks: {en: T}
questions:
  - {code: came, type: yes_no, text: {en: Came}}
  - {code: why_not, type: short_text, show_if: came = 'no', text: {en: Why}}
"""
COMMENT = "  - {code: comment, type: long_text, new_page: true, text: {en: Comment}}\n"


def test_a_page_without_a_question_to_show_is_passed_over_both_ways(guest: Visitor) -> None:
    publish_survey(warehouse.serving(), read_questionnaire(SHORT + COMMENT, "short"))
    page = Sheet(guest.get("/s/short").text)
    page = Sheet(guest.post("/s/short", data=page.fields | {"came": "yes"}).text)
    assert asked(page) == {"comment"}
    page = Sheet(guest.post("/s/short", data=page.fields | {"_back": "1"}).text)
    assert asked(page) == {"came"} and page.fields["came"] == "yes"


def test_when_no_page_is_left_to_show_the_sheet_is_stored(guest: Visitor) -> None:
    publish_survey(warehouse.serving(), read_questionnaire(SHORT, "short"))
    page = Sheet(guest.get("/s/short").text)
    assert asked(Sheet(guest.post("/s/short", data=page.fields | {"came": "no"}).text)) == {"why_not"}
    assert stored() == 0
    assert guest.post("/s/short", data=page.fields | {"came": "yes"}).status_code == 303
    assert stored() == 1


def test_going_back_shows_all_that_was_entered_even_what_is_wrong_or_unfinished(guest: Visitor) -> None:
    page = send(guest, send(guest, first(guest), FIRST), SECOND)
    half: Fields = {"grid_staff": "5", "spent": "12,5"}
    page = send(guest, page, half | {"_back": "1"})
    assert page.fields["why"] == "太贵" and page.fields["channels_other"] == "传真"
    assert set(page.fields["channels"]) == {"web", "shop", "other"} and page.fields["best"] == ["staff", ""]
    page = send(guest, page, {})
    assert page.fields["grid_staff"] == "5" and page.fields["spent"] == "12,5"
    page = send(guest, send(guest, page, {"_back": "1"}), {"_back": "1"})
    assert page.fields["overall"] == "2" and stored() == 0


def test_there_is_no_way_back_from_the_first_page(guest: Visitor) -> None:
    assert "_back" not in [found.get("name") for _, found in first(guest).tags]
    assert asked(send(guest, first(guest), {"_back": "1"})) == set(FIRST)


def test_the_language_can_be_switched_on_any_page_and_all_stays(guest: Visitor) -> None:
    page = send(guest, send(guest, first(guest), FIRST), SECOND)
    switched = send(guest, page, THIRD | {"_lang": "zh"})
    assert switched.language == "zh-Hans" and asked(switched) == asked(page)
    assert {name: switched.fields[name] for name in THIRD} == THIRD
    finish(guest, send(guest, switched, {}), FOURTH)
    assert rows("SELECT language FROM response") == [("zh",)]


@pytest.mark.parametrize(
    ("wrong", "target", "words"),
    [
        ({"spent": "12,5"}, "#spent-1", "not a plain number"),
        ({"spent": "100000"}, "#spent-1", "99999.5"),
        ({"joined": "1999-12-31"}, "#joined-1", "2000-01-01"),
        ({"joined": "yesterday"}, "#joined-1", "not a date"),
        ({"last_visit": "2019-01-01"}, "#last_visit-1", "before you joined on January 31, 2020"),
        ({"grid_range": ""}, "#grid_range-1", "No answer was given"),
        ({"grid_range": "6"}, "#grid_range-1", "not on the scale"),
        ({"contact_other": "x" * 201}, "#contact_other-1", "201"),
        ({"again": "maybe"}, "#again-1", "maybe"),
    ],
)
def test_what_is_wrong_on_a_page_is_said_there_before_the_next(
    guest: Visitor, wrong: Fields, target: str, words: str
) -> None:
    page = send(guest, send(guest, first(guest), FIRST), SECOND)
    sent = guest.post(EVERY_TYPE, data=page.fields | THIRD | wrong)
    refused = Sheet(sent.text)
    assert sent.status_code == 422 and words in sent.text
    assert complaints(refused) == [target] and target[1:] in refused.ids()
    assert asked(refused) == {*THIRD, "contact"} and refused.fields["why"] == "太贵"


@pytest.mark.parametrize(
    ("best", "words"),
    [(["", "staff"], "rank was left out"), (["staff", "staff"], "twice"), (["gold", ""], "gold")],
)
def test_a_ranking_that_is_none_is_refused_and_shown_as_it_was_sent(
    guest: Visitor, best: list[str], words: str
) -> None:
    page = send(guest, first(guest), FIRST)
    sent = guest.post(EVERY_TYPE, data=page.fields | SECOND | {"best": best})
    assert sent.status_code == 422 and words in sent.text
    offered = ["", "price", "staff", "place"]
    shown = Sheet(sent.text)
    assert shown.fields["best"] == [code if code in offered else "" for code in best]
    assert shown.options["best"] == offered * 2


def test_a_consent_that_is_required_must_be_ticked(guest: Visitor) -> None:
    refused = send(guest, last_page(guest), FOURTH | {"agree": ""}, 422)
    assert complaints(refused) == ["#agree-1"] and stored() == 0


def test_choices_stand_in_another_order_for_others_and_in_the_same_on_every_view(guest: Visitor) -> None:
    orders = set()
    for _ in range(12):
        page = send(guest, first(guest), FIRST)
        again = send(guest, page, {"_lang": "zh"})
        assert page.options["channels"] == again.options["channels"]
        assert page.options["channels"][-1] == "other"
        orders.add(tuple(page.options["channels"]))
    assert len(orders) > 1


def test_the_version_that_was_begun_is_the_one_that_is_shown_and_stored_to_the_end(guest: Visitor) -> None:
    page = send(guest, first(guest), FIRST)
    asked_first = every_type()
    kept = [question for question in asked_first.questions if question.code in ("overall", "comment")]
    edited = asked_first.model_copy(update={"version": 2, "questions": tuple(kept)})
    publish_survey(warehouse.serving(), edited)
    assert first(guest).fields["_version"] == "2"
    for answers in (SECOND, THIRD):
        page = send(guest, page, answers)
        assert page.fields["_version"] == "1"
    finish(guest, page, FOURTH)
    assert rows("SELECT version, len(scores) FROM response") == [(1, 8)]


def test_who_jumps_to_the_end_is_led_to_the_first_page_with_something_missing(guest: Visitor) -> None:
    fields = first(guest).fields | FOURTH | {"_page": "3"}
    sent = guest.post(EVERY_TYPE, data=fields)
    page = Sheet(sent.text)
    assert sent.status_code == 422 and complaints(page) == ["#overall-1"] and asked(page) == set(FIRST)
    assert page.fields["_kept_comment"] == FOURTH["comment"] and stored() == 0


@pytest.mark.parametrize("page", ["", "4", "-1", "x", "²", "1" * 5000, "0.0"])
def test_a_page_that_does_not_exist_leads_to_the_first_and_loses_no_answer(guest: Visitor, page: str) -> None:
    sent = guest.post(EVERY_TYPE, data=first(guest).fields | FIRST | {"_page": page})
    shown = Sheet(sent.text)
    assert sent.status_code == 422 and shown.fields["_page"] == "0"
    assert {name: shown.fields[name] for name in FIRST} == FIRST
    assert stored() == 0


def test_pages_in_between_and_views_write_nothing(guest: Visitor) -> None:
    last_page(guest)
    for _ in range(20):
        assert guest.get(f"{EVERY_TYPE}?score=9").status_code == 200
    assert stored() == 0


def test_a_score_in_the_link_is_marked_where_its_question_is(guest: Visitor) -> None:
    assert first(guest, "?score=9").fields["recommend"] == "9"


def test_where_the_reader_is_stands_in_the_title_and_beside_the_bar(guest: Visitor) -> None:
    shown = guest.post(EVERY_TYPE, data=first(guest).fields | FIRST).text
    assert "<title>Member experience survey (page 2 of 4)" in shown
    label = re.search(r'<label for="form-progress">(.*?)</label>\s*<progress[^>]*value="1"', shown)
    assert label and label[1] == "Page 2 of 4"


def test_a_form_of_one_page_has_neither_bar_nor_steps(visitor: Visitor) -> None:
    page = visitor.get(FORM).text
    assert "<progress" not in page and "_page" not in page and "_back" not in page


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "{{ 7 * 7 }}", "\u202eevil", "a\r\nb"])
def test_hostile_text_travels_along_as_text(guest: Visitor, text: str) -> None:
    page = send(guest, send(guest, first(guest), FIRST), SECOND)
    back = send(guest, page, {"spent": text, "_back": "1"})
    assert back.fields["_kept_spent"] == text.replace("\r\n", "\n")
    foreign = [found for tag, found in back.tags if tag == "script" and found.get("src") not in OUR_SCRIPTS]
    assert foreign == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.dictionaries(
        st.sampled_from([*FIRST, *SECOND, *THIRD, *FOURTH, "_page", "_version", "_id", "_back", "hello"]),
        st.lists(st.text(max_size=20) | st.sampled_from(["0", "3", "yes", "2026-01-01"]), max_size=3),
    )
)
def test_no_fields_whatever_break_the_form(guest: Visitor, changes: dict[str, list[str]]) -> None:
    fields: dict[str, object] = {"_version": "1", "_page": "3", **FIRST, **SECOND, **THIRD, **changes}
    body = urlencode(fields, doseq=True, errors="surrogatepass").encode()
    answered = guest.post(EVERY_TYPE, content=body, headers=URLENCODED)
    assert answered.status_code in (200, 400, 422)
    assert stored() == 0


def test_a_form_may_be_as_large_as_its_questionnaire_allows(guest: Visitor) -> None:
    asked_first = every_type()
    comment = asked_first.question("comment")
    many = tuple(comment.model_copy(update={"code": f"comment{number}"}) for number in range(8))
    publish_survey(
        warehouse.serving(), asked_first.model_copy(update={"slug": "wordy", "questions": many, "version": 1})
    )
    full: Fields = {question.code: "满" * question.max_length for question in many}
    page = Sheet(guest.get("/s/wordy").text)
    assert guest.post("/s/wordy", data=page.fields | full).status_code == 303
    assert stored() == 1
