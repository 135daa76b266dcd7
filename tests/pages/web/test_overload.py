"""When too many wait: 503 at once, in the respondent's language, and nothing that was filled in is lost."""

import pytest

import warehouse
from pages.web import overload
from tests.pages.conftest import Visitor
from tests.pages.web.filling import Sheet
from warehouse.audit.chain import newest

FORM = "/s/customer-satisfaction"


@pytest.mark.parametrize(("language", "words"), [("en", "kept on this page"), ("zh", "保留在本页")])
def test_the_sheet_comes_back_whole_and_is_stored_when_it_is_sent_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    fields = Sheet(visitor.get(f"{FORM}?lang={language}").text).fields
    fields |= {"overall": "5", "comment": '很好 <b>"&'}
    with monkeypatch.context() as patched:
        patched.setattr(overload, "MOST_WAITING", 0)
        busy = visitor.post(FORM, data=fields)
    assert busy.status_code == 503 and int(busy.headers["retry-after"]) > 0
    assert busy.headers["content-language"] == language and words in busy.text
    kept = Sheet(busy.text).fields
    assert kept == fields and "<b>" not in busy.text
    assert warehouse.serving().read("summary/responses", survey="customer-satisfaction")[0][0] == 0
    assert visitor.post(FORM, data=kept).status_code == 303
    assert warehouse.serving().read("summary/responses", survey="customer-satisfaction")[0][0] == 1
    warehouse.serving().audit.write()
    assert newest(warehouse.serving(), 5, "refused")[0].details["code"] == "server-busy"


def test_who_only_opens_the_form_is_asked_to_come_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overload, "MOST_WAITING", 0)
    busy = visitor.get(FORM)
    assert busy.status_code == 503 and "retry-after" in busy.headers and "<form" not in busy.text


def test_a_program_is_told_in_a_problem_document(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overload, "MOST_WAITING", 0)
    busy = visitor.post(
        "/api/v1/surveys/customer-satisfaction/responses", headers={"Authorization": "Bearer pactboard_x"}
    )
    assert busy.status_code == 503 and int(busy.headers["retry-after"]) > 0
    assert busy.headers["content-type"].startswith("application/problem+json")
    assert busy.json()["problems"][0]["code"] == "writer-busy"
