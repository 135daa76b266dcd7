"""The preview of a draft: drawn, checked and led through as the form is, for the operator; nothing stored."""

import pytest

import warehouse
from survey import Questionnaire
from survey.yaml_writing import write_questionnaire
from tests.pages.conftest import Visitor
from tests.pages.web.filling import FORM, Sheet
from tests.pages.web.surveys import every_type
from tests.pages.web.test_every_type import FIRST, FOURTH, SECOND, THIRD, Fields
from warehouse.access import Role
from warehouse.drafts import Draft, draft, save_draft

PREVIEW = "/preview/every-type"


def keep(source: str, slug: str = "every-type", based_on: Draft | None = None) -> Draft:
    return save_draft(warehouse.serving(), slug, source, "me", based_on=based_on and based_on.saved_at)


@pytest.fixture
def operator(visitor: Visitor) -> Visitor:
    """The operator, with a draft that asks every type of question."""
    keep(write_questionnaire(every_type()))
    return visitor.sign_in()


def contents() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with warehouse.serving().transaction() as cursor:
        tables = [row[0] for row in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {table: cursor.table(table).fetchall() for table in tables}


def send(operator: Visitor, page: Sheet, answers: Fields, status: int = 200) -> Sheet:
    sent = operator.post(PREVIEW, data=page.fields | answers)
    assert sent.status_code == status, sent.text
    return Sheet(sent.text)


def walk(operator: Visitor, language: str) -> str:
    """The page after the last one, through every page, a mistake on the first."""
    page = Sheet(operator.get(f"{PREVIEW}?lang={language}").text)
    page = send(operator, page, {}, 422)
    send(operator, page, FIRST | {"_save": "1"})
    for answers in (FIRST, SECOND, THIRD):
        page = send(operator, page, answers)
    return operator.post(PREVIEW, data=page.fields | FOURTH).text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_whole_draft_is_walked_and_no_table_gets_a_row(operator: Visitor, language: str) -> None:
    before = contents()
    assert len(before) > 10 and before["questionnaire_draft"]
    last = walk(operator, language)
    warehouse.serving().fieldwork.close()  # what it had noted would be stored now
    assert contents() == before
    assert ("Nothing was stored" if language == "en" else "没有保存任何数据") in last
    for stored in ("2", "web, shop, other", "太贵", "12.50", "王小明"):
        assert f"<td>{stored}</td>" in last
    assert ("Thank you for taking part." if language == "en" else "谢谢您的参与！") in last


def test_every_page_says_that_it_is_a_preview_and_tells_nobody_that_it_was_opened(operator: Visitor) -> None:
    page = operator.get(f"{PREVIEW}?lang=en").text
    assert "Preview – nothing is stored" in page and "beacon" not in page
    shown = send(operator, Sheet(page), {"_lang": "zh"})
    assert shown.language == "zh-Hans"
    assert "Preview" not in operator.get(FORM).text


def test_only_our_own_pages_may_frame_the_preview_and_no_other_form_is_framed(operator: Visitor) -> None:
    for answer in (operator.get(PREVIEW), operator.post(PREVIEW, data={}), operator.get("/preview/none")):
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" not in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in operator.get(FORM).headers["content-security-policy"]


@pytest.mark.parametrize("role", [None, "party_a", "party_b", "mediator"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_but_the_operator_sees_a_draft(visitor: Visitor, role: Role | None, method: str) -> None:
    keep(write_questionnaire(every_type()))
    if role:
        visitor.sign_in(role)
    answer = visitor.send(method, PREVIEW)
    assert answer.status_code == (403 if role else 401)
    assert "满意" not in answer.text and "member experience" not in answer.text.lower()
    assert visitor.get("/preview.js").status_code == (200 if role else 401)


def test_the_question_that_is_edited_is_on_the_page_that_is_shown(operator: Visitor) -> None:
    assert 'id="q-overall"' in operator.get(PREVIEW).text
    page = operator.get(f"{PREVIEW}?at=contact").text
    assert 'id="q-contact"' in page and 'id="q-overall"' not in page
    assert 'id="q-overall"' in operator.get(f"{PREVIEW}?at=unknown").text
    assert "location.search" in operator.get("/preview.js").text


def test_a_draft_that_does_not_read_says_what_is_wrong_with_it(operator: Visitor) -> None:
    kept = draft(warehouse.serving(), "every-type")
    keep("slug: <b>x</b>\n", based_on=kept)
    page = operator.get(f"{PREVIEW}?lang=en")
    assert page.status_code == 200
    assert "The draft cannot be shown yet" in page.text and "<b>Line 1</b> · <code>slug</code>" in page.text
    assert "&lt;b&gt;x&lt;/b&gt;" in page.text and "<b>x" not in page.text


def test_what_was_published_is_shown_when_there_is_no_draft(operator: Visitor) -> None:
    page = operator.get("/preview/customer-satisfaction?lang=en")
    assert "Overall, how satisfied are you" in page.text and "Preview" in page.text
    assert operator.get("/preview/no-such-survey").status_code == 404


def test_a_page_of_an_older_draft_is_shown_anew_and_not_led_on(operator: Visitor) -> None:
    page = Sheet(operator.get(PREVIEW).text)
    later: Questionnaire = every_type().model_copy(update={"version": 2})
    keep(write_questionnaire(later), based_on=draft(warehouse.serving(), "every-type"))
    shown = send(operator, page, FIRST, 422)
    assert shown.fields["_version"] == "2"
