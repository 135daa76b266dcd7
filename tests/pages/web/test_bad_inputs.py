"""Inputs known to have harmed survey software, sent to the forms and links as a browser or somebody worse
sends them; each by its id in bad_inputs.json."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
import pytest

import warehouse
from survey import library_questionnaire, new_response_id, read_questionnaire
from tests.pages.conftest import Visitor
from tests.pages.opening import Tab
from tests.pages.web.filling import FORM, Sheet
from tests.pages.web.surveys import publish_survey
from tests.warehouse.inviting import SURVEY, links, rows_stored
from warehouse.access import link_key
from warehouse.invitations import revoke
from warehouse.invitees import Invitee
from warehouse.surveys import publish

HERE = Path(__file__).parent
TESTS = HERE.parents[1]
CASES = json.loads((HERE / "bad_inputs.json").read_text(encoding="utf-8"))

SPENT = """
slug: spent
version: 1
languages: [en]
default_language: en
title: {en: Spent}
intro: {en: Hello}
thanks: {en: Bye}
questions:
  - {code: spent, type: number, text: {en: How much?}, number: {min: 0, max: 99, decimals: 2}}
"""
LITERAL = ("form-01", "form-02", "form-03", "form-06", "form-09", "form-39")
BLANK = ("form-16", "form-17")
REFUSED = {  # id -> field, what the page says of it
    "form-13": ("comment", "characters"),
    "form-18": ("comment", "2000"),
    "form-20": ("comment", "2000"),
    "form-21": ("comment", "2000"),
    "form-22": ("recommend", "full-width"),
    "form-23": ("recommend", "not on the scale"),
    "form-26": ("recommend", "not a"),
    "form-27": ("recommend", "not a"),
    "form-30": ("touchpoint", "not one of"),
}
TOKENS = {  # id -> the address made of a good token
    "tokens-01": lambda token: "",
    "tokens-03": lambda token: "null",
    "tokens-05": lambda token: token[:16],
    "tokens-06": lambda token: token.upper(),
    "tokens-07": lambda token: f"{token}=",
    "tokens-08": lambda token: f"{token}%20",
    "tokens-09": lambda token: "%25",
    "tokens-10": lambda token: quote("' OR 1=1 --"),
    "tokens-11": lambda token: f"{token},{token}",
    "tokens-17": lambda token: link_key("operator")[:32],
}
HERE_BY_NAME = {
    "form-31", "form-34", "form-35", "form-37", "questionnaire-14", "tokens-14", "tokens-15",
}  # fmt: skip
ELSEWHERE = {  # id -> the file and the test that sends it
    "form-33": ("pages/web/api/test_responses.py", "test_conditions_see_the_tier_and_an_answer_not"),
    "tokens-12": ("warehouse/test_invitations.py", "test_a_text_that_is_not_exactly_the_token_finds"),
    "form-38": ("survey/test_bad_inputs.py", "test_an_answer_that_would_do_harm_is_refused_by_name"),
    "questionnaire-02": ("survey/test_bad_inputs.py", "test_a_definition_that_would_do_harm"),
    "questionnaire-04": ("survey/test_bad_inputs.py", "test_a_code_may_be_a_word_of_sql"),
    "questionnaire-08": ("survey/test_bad_inputs.py", "test_a_definition_that_would_do_harm"),
    "questionnaire-09": ("survey/test_bad_inputs.py", "test_a_definition_that_would_do_harm"),
    "questionnaire-10": ("survey/test_bad_inputs.py", "test_a_definition_that_would_do_harm"),
    "questionnaire-11": ("survey/test_bad_inputs.py", "test_a_definition_that_would_do_harm"),
    "questionnaire-12": ("survey/test_bad_inputs.py", "test_a_definition_that_would_do_harm"),
    "questionnaire-13": ("survey/test_bad_inputs.py", "test_a_missing_translation_is_shown"),
    "questionnaire-16": ("survey/test_bad_inputs.py", "test_an_edit_makes_another_hash"),
}


def given(case: str) -> str:
    """The input of the case as a text."""
    found = CASES[case]["input"]
    return found["repeat"] * found["times"] if isinstance(found, dict) else str(found)


def sent(visitor: Visitor, path: str = FORM, **answers: str) -> httpx.Response:
    """The form at the address with these answers, encoded as they are, a lone surrogate too."""
    fields = Sheet(visitor.get(f"{path}?lang=en").text).fields | {"overall": "5"} | answers
    body = urlencode(fields, doseq=True, errors="surrogatepass")
    return visitor.post(path, content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})


def responses() -> int:
    return rows_stored(warehouse.serving())["response"]


def test_every_case_of_the_forms_questionnaires_and_links_is_tried_here_or_there() -> None:
    tried = {*LITERAL, *BLANK, *REFUSED, *TOKENS, *HERE_BY_NAME, *ELSEWHERE}
    assert tried == set(CASES)
    for file, name in ELSEWHERE.values():
        assert f"def {name}" in (TESTS / file).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("case", LITERAL)
def test_what_looks_like_markup_is_stored_and_shown_as_text(visitor: Visitor, case: str) -> None:
    text = given(case)
    assert sent(visitor, comment=text).status_code == 303
    with warehouse.serving().transaction() as cursor:
        assert cursor.execute("SELECT body FROM response_text").fetchall() == [(text,)]
    page = sent(visitor, comment=text, overall="")  # comes back with what was written
    assert page.status_code == 422 and Sheet(page.text).fields["comment"] == text
    assert not re.search(r"<script>alert|<img src=x|<svg/onload", page.text)
    visitor.sign_in("operator")
    rows = visitor.get(f"/export/answers.csv?survey={SURVEY}").content.decode("utf-8-sig")
    assert text.replace('"', '""') in rows
    visitor.get("/signout")
    visitor.client.cookies.clear()
    visitor.sign_in("party_b")
    assert visitor.get(f"/export/answers.csv?survey={SURVEY}").status_code == 403


@pytest.mark.parametrize("case", BLANK)
def test_what_shows_nothing_is_no_answer(visitor: Visitor, case: str) -> None:
    assert sent(visitor, overall=given(case)).status_code == 422 and responses() == 0
    assert sent(visitor, comment=given(case)).status_code == 303
    assert rows_stored(warehouse.serving())["response_text"] == 0


@pytest.mark.parametrize("case", REFUSED)
def test_an_answer_that_cannot_be_is_refused_by_name_and_nothing_is_stored(
    visitor: Visitor, case: str
) -> None:
    field, said = REFUSED[case]
    answer = sent(visitor, **{field: "99" if case == "form-30" else given(case)})
    assert answer.status_code in (400, 413, 422) and responses() == 0
    if answer.status_code == 422:
        assert said in answer.text.replace(",", "") and "Nothing has been sent yet" in answer.text
    assert sent(visitor).status_code == 303 and responses() == 1  # others are unaffected


@pytest.mark.parametrize("raw", ["NaN", "Infinity", "1e309"])
def test_form_31_a_number_that_is_none_is_refused_in_the_app_and_its_session_goes_on(raw: str) -> None:
    publish_survey(warehouse.serving(), read_questionnaire(SPENT, "spent.yaml"))
    tab = Tab("respond", None, "en", {"survey": "spent"})
    tab.app.get_by_key("answer-spent-spent").set_value(raw)
    tab.app.form_submit_button[0].click()
    assert "Please look at these answers again" in tab.run().words and responses() == 0
    tab.app.get_by_key("answer-spent-spent").set_value("12")
    tab.app.form_submit_button[0].click()
    assert "Your receipt number" in tab.run().words and responses() == 1


def test_form_34_a_version_that_is_gone_is_not_mixed_with_the_one_that_is_asked(visitor: Visitor) -> None:
    assert sent(visitor, _version="99").status_code == 422 and responses() == 0


def test_form_35_the_same_form_twice_is_one_row_with_one_receipt(visitor: Visitor) -> None:
    fields = Sheet(visitor.get(FORM).text).fields | {"overall": "5"}
    first, second = (visitor.post(FORM, data=fields) for _ in range(2))
    assert (first.status_code, second.status_code, responses()) == (303, 303, 1)
    numbers = {
        re.search(r"<dd>([0-9A-Z-]{9})</dd>", visitor.get(each.headers["location"]).text)
        for each in (first, second)
    }
    assert len({found[1] for found in numbers if found}) == 1


def test_form_37_a_form_shown_in_the_future_is_shown_again_and_times_are_the_servers(
    visitor: Visitor,
) -> None:
    ahead = str(new_response_id(datetime(2099, 1, 1, tzinfo=UTC)))
    assert sent(visitor, _id=ahead).status_code == 422 and responses() == 0
    assert sent(visitor, submitted_at="2099-01-01", _now="2099-01-01").status_code in (303, 422)
    with warehouse.serving().transaction() as cursor:
        found = cursor.execute("SELECT count(*) FROM response WHERE year(submitted_at) > 2090").fetchone()
    assert found == (0,)


def test_questionnaire_14_a_title_of_markup_is_text_on_the_form_and_the_receipt(visitor: Visitor) -> None:
    title = given("questionnaire-14")
    asked = library_questionnaire(SURVEY)
    named = asked.model_copy(update={"slug": "marked", "title": {"en": title, "zh": title}})
    publish(warehouse.serving(), named, "marked", named.title, is_example=False)
    page = visitor.get("/s/marked?lang=en")
    assert page.status_code == 200 and "<img src=x" not in page.text and "&lt;img src=x" in page.text
    receipt = visitor.get(sent(visitor, "/s/marked").headers["location"])
    assert receipt.status_code == 200 and "<img src=x" not in receipt.text


@pytest.mark.parametrize("case", TOKENS)
def test_a_token_that_is_not_exactly_the_one_opens_and_stores_nothing(visitor: Visitor, case: str) -> None:
    (link,) = links(warehouse.serving(), Invitee("M1"))
    fields = Sheet(visitor.get(link.path).text).fields | {"overall": "5"}
    before = rows_stored(warehouse.serving())
    address = f"/i/{TOKENS[case](link.token)}"
    for answer in (visitor.get(address), visitor.post(address, data=fields)):
        assert answer.status_code in (400, 404, 405, 414) and "M1" not in answer.text
    assert rows_stored(warehouse.serving()) == before
    assert visitor.get(link.path).status_code == 200


def test_tokens_14_a_used_link_shows_its_receipt_and_stores_nothing(visitor: Visitor) -> None:
    (link,) = links(warehouse.serving(), Invitee("M1"))
    assert sent(visitor, link.path).status_code == 303
    before = rows_stored(warehouse.serving())
    page = visitor.get(link.path)
    assert page.status_code == 200 and "Your response is saved" in page.text
    assert visitor.post(link.path, data={"overall": "1"}).status_code == 303
    assert rows_stored(warehouse.serving()) == before


def test_tokens_15_a_revoked_link_opens_nothing(visitor: Visitor) -> None:
    (link,) = links(warehouse.serving(), Invitee("M1"))
    revoke(warehouse.serving(), SURVEY, "2026Q4")
    assert visitor.get(link.path).status_code == 404
    assert visitor.post(link.path, data={"overall": "1"}).status_code == 404 and responses() == 0
