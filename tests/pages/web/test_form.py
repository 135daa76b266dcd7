"""The light form in this process: what is shown, what is kept, what is stored."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse
from survey import library_questionnaire, new_response_id, receipt_number
from tests.pages.conftest import Visitor
from tests.pages.web.filling import FORM, OUR_SCRIPTS, Sheet
from warehouse.example import load_example
from warehouse.problems import core_error
from warehouse.surveys import publish

URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</textarea><iframe/onload=alert(1)>",
    '" autofocus onfocus="alert(1)',
    ":red[x] $\\href{javascript:alert(1)}{x}$ {{ 7 * 7 }} {% raw %} %{customdata}",
    "' OR 1=1 --",
    "\nfirst line kept\r\n  and spaces",
]


def stored() -> int:
    with warehouse.serving().transaction() as cursor:
        row = cursor.execute("SELECT count(*) FROM response").fetchone()
    assert row
    return int(row[0])


def sheet(visitor: Visitor, query: str = "") -> Sheet:
    return Sheet(visitor.get(FORM + query).text)


def test_the_form_is_a_small_page_that_loads_and_runs_nothing_but_our_own_script(visitor: Visitor) -> None:
    page = visitor.get(FORM)
    assert page.status_code == 200
    assert len(gzip.compress(page.content, 5)) <= 10_000
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "script-src 'self'" in policy
    scripts = [found.get("src") for tag, found in Sheet(page.text).tags if tag == "script"]
    assert tuple(scripts) == OUR_SCRIPTS
    assert page.headers["cache-control"] == "no-store" and page.headers["x-frame-options"] == "DENY"
    tags = [(tag, found) for tag, found in Sheet(page.text).tags if tag != "script"]
    assert not [found for tag, found in tags if tag in ("link", "img") or "src" in found]


def test_every_control_has_a_label_and_every_group_a_legend(visitor: Visitor) -> None:
    page = visitor.get(FORM).text
    tags = Sheet(page).tags
    assert page.count("<fieldset") == page.count("<legend") == 4
    labelled = {found.get("for") for tag, found in tags if tag == "label"}
    assert {found["id"] for tag, found in tags if tag == "textarea"} <= labelled
    assert page.count('type="radio"') == len(re.findall(r"<label[^>]*><input type=\"radio\"", page))
    ids = [found["id"] for _, found in tags if "id" in found]
    assert len(ids) == len(set(ids))


def test_scores_go_from_0_to_10_and_nothing_is_answered_beforehand(visitor: Visitor) -> None:
    page = sheet(visitor)
    assert page.options["recommend"] == [*map(str, range(11)), ""]
    assert page.options["overall"] == [*map(str, range(1, 6))]
    assert set(page.fields) == {"_id", "_version", "_language", "comment"}
    assert UUID(page.fields["_id"]).version == 7


@pytest.mark.parametrize(
    ("query", "accepted", "shown"),
    [
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("", "en-GB", "en"),
        ("?lang=zh", "en", "zh-Hans"),
        ("?lang=xx", "en", "en"),
        ("", "fr", "zh-Hans"),
    ],
)
def test_the_language_is_the_link_s_else_the_browser_s(
    visitor: Visitor, query: str, accepted: str, shown: str
) -> None:
    page = visitor.get(FORM + query, headers={"Accept-Language": accepted})
    assert Sheet(page.text).language == shown
    assert ("您对我们的服务满意吗" in page.text) == (shown == "zh-Hans")


def test_a_get_writes_nothing_however_often(visitor: Visitor) -> None:
    for number in range(100):
        method = "HEAD" if number % 2 else "GET"
        assert visitor.send(method, f"{FORM}?score=9&r={new_response_id()}").status_code == 200
    assert stored() == 0


@pytest.mark.parametrize("score", ["0", "9", "10"])
def test_a_score_in_the_link_is_marked_and_not_stored(visitor: Visitor, score: str) -> None:
    assert sheet(visitor, f"?score={score}").fields["recommend"] == score
    assert stored() == 0


@pytest.mark.parametrize("score", ["11", "-1", "NaN", "9.0", "", "%EF%BC%99", "%FF", "<b>"])
def test_a_score_that_is_not_on_the_scale_is_not_marked(visitor: Visitor, score: str) -> None:
    assert "recommend" not in sheet(visitor, f"?score={score}").fields


def test_a_response_is_stored_thanked_for_and_can_be_quoted(visitor: Visitor) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    fields = sheet(visitor).fields
    answers = {"overall": "4", "recommend": "9", "ease": "", "touchpoint": "after", "comment": "很好\r\n谢谢"}
    sent = visitor.post(FORM, data=fields | answers)
    assert sent.status_code == 303 and sent.headers["location"].startswith(f"{FORM}/thanks?r={fields['_id']}")
    thanks = visitor.get(sent.headers["location"])
    assert thanks.status_code == 200 and receipt_number(UUID(fields["_id"])) in thanks.text
    assert "我们" not in thanks.text and "很好" not in thanks.text
    with warehouse.serving().transaction() as cursor:
        row = cursor.execute(
            "SELECT channel, language, scores, touchpoint, body, started_at "
            "FROM response JOIN response_text USING (response_id)"
        ).fetchone()
    assert row and row[:5] == ("light_form", "en", [4, 9, None], "after", "很好\n谢谢")
    assert before <= row[5].replace(tzinfo=UTC) <= datetime.now(UTC)


def test_the_same_form_twice_is_one_response_with_one_receipt(visitor: Visitor) -> None:
    fields = sheet(visitor).fields | {"overall": "5"}
    pages = []
    for overall in ("5", "1"):
        sent = visitor.post(FORM, data=fields | {"overall": overall})
        pages.append(visitor.get(sent.headers["location"]).text)
    number = receipt_number(UUID(fields["_id"]))
    assert all(number in page for page in pages)
    assert "had this response already" not in pages[0] and "had this response already" in pages[1]
    with warehouse.serving().transaction() as cursor:
        assert cursor.execute("SELECT scores[1] FROM response").fetchall() == [(5,)]


def test_what_is_missing_is_said_at_the_top_and_at_the_question_and_answers_stay(visitor: Visitor) -> None:
    fields = sheet(visitor).fields
    refused = visitor.post(FORM, data=fields | {"recommend": "3", "touchpoint": "during", "comment": "a<b>"})
    assert refused.status_code == 422 and "a&lt;b&gt;" in refused.text
    page = Sheet(refused.text)
    assert page.fields == fields | {"recommend": "3", "touchpoint": "during", "comment": "a<b>"}
    summary = next(found for tag, found in page.tags if found.get("role") == "alert")
    assert summary["tabindex"] == "-1" and "autofocus" in summary
    targets = [found["href"] for tag, found in page.tags if tag == "a"]
    assert targets == ["#overall-1"] and "overall-1" in page.ids()
    group = next(found for tag, found in page.tags if "aria-describedby" in found and tag == "fieldset")
    assert group["aria-invalid"] == "true" and group["aria-describedby"] in page.ids()
    assert stored() == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("overall", "0"),
        ("overall", "6"),
        ("overall", "NaN"),
        ("overall", "1e309"),
        ("overall", "99999999999999999999"),
        ("overall", "<script>"),
        ("recommend", "11"),
        ("recommend", "-1"),
        ("touchpoint", "elsewhere"),
        ("comment", "x" * 2001),
        ("comment", "nul\0l"),
        ("question", "not asked"),
    ],
)
def test_an_answer_that_was_not_offered_is_refused_by_name_and_nothing_is_stored(
    visitor: Visitor, name: str, value: str
) -> None:
    fields = sheet(visitor).fields | {"overall": "5", name: value}
    refused = visitor.post(FORM, data=fields)
    assert refused.status_code == 422 and 'role="alert"' in refused.text
    assert "<script>" not in refused.text
    assert stored() == 0


@pytest.mark.parametrize("raw", [b"%ED%A0%80", b"a%ED%A0%80b", b"%FF%FE", b"\xff\xfe", b"%00", b"%C3"])
def test_bytes_that_are_no_text_are_refused_by_name(visitor: Visitor, raw: bytes) -> None:
    fields = sheet(visitor).fields
    body = f"_id={fields['_id']}&_version=1&_language=en&overall=5&comment=".encode() + raw
    refused = visitor.post(FORM, content=body, headers=URLENCODED)
    assert refused.status_code == 422 and "cannot be stored" in refused.text
    assert stored() == 0


@pytest.mark.parametrize("blank", ["​‌‍\ufeff", "　　　", " \r\n\t "])
def test_a_required_answer_of_nothing_but_blanks_is_missing(visitor: Visitor, blank: str) -> None:
    refused = visitor.post(FORM, data=sheet(visitor).fields | {"overall": blank})
    assert refused.status_code == 422 and "No answer was given" in refused.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_text(visitor: Visitor, text: str) -> None:
    refused = visitor.post(FORM, data=sheet(visitor).fields | {"comment": text})
    assert refused.status_code == 422
    page = Sheet(refused.text)
    assert page.fields["comment"] == text.replace("\r\n", "\n")
    foreign = [tag for tag, found in page.tags if found.get("src") not in OUR_SCRIPTS]
    assert not set(foreign) & {"script", "img", "iframe"}
    assert not [found for _, found in page.tags if any(name.startswith("on") for name in found)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=300)
    | st.text(max_size=100).map(lambda text: f"overall={text}".encode("utf-8", "surrogatepass"))
)
def test_no_body_whatever_breaks_the_form_or_stores_a_row(visitor: Visitor, body: bytes) -> None:
    answered = visitor.post(FORM, content=body, headers=URLENCODED)
    assert answered.status_code in (400, 422)
    answered.content.decode("utf-8")
    assert stored() == 0


def test_switching_the_language_keeps_the_answers_and_stores_nothing(visitor: Visitor) -> None:
    fields = sheet(visitor).fields | {"overall": "2", "comment": "half a\nsentence"}
    switched = visitor.post(FORM, data=fields | {"_lang": "zh"})
    page = Sheet(switched.text)
    assert switched.status_code == 200 and page.language == "zh-Hans"
    assert page.fields == fields | {"_language": "zh"}
    assert visitor.client.cookies["pactboard_lang"] == "zh"
    assert 'role="alert"' not in switched.text and stored() == 0
    sent = visitor.post(FORM, data=page.fields)
    assert "答卷已保存" in visitor.get(sent.headers["location"]).text


def test_enter_sends_the_form_and_does_not_switch_the_language(visitor: Visitor) -> None:
    buttons = [found for tag, found in sheet(visitor).tags if tag == "button"]
    assert "name" not in buttons[0], "Enter presses the first button of a form"


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "null",
        "1",
        str(uuid4()),
        str(new_response_id(datetime.now(UTC) - timedelta(days=31))),
        str(new_response_id(datetime.now(UTC) + timedelta(hours=1))),
        "ffffffff-ffff-7fff-bfff-ffffffffffff",
        str(new_response_id()).upper(),
        "{" + str(new_response_id()) + "}",
        str(new_response_id()) + " ",
    ],
    ids=["blank", "null", "1", "random", "old", "future", "last", "capitals", "braces", "space"],
)
def test_an_id_that_no_open_page_can_have_is_replaced_and_the_form_shown_again(
    visitor: Visitor, shown: str
) -> None:
    fields = sheet(visitor).fields | {"overall": "5", "_id": shown}
    again = visitor.post(FORM, data=fields)
    page = Sheet(again.text)
    assert again.status_code == 422 and page.fields["overall"] == "5" and page.fields["_id"] != shown
    assert stored() == 0
    assert visitor.post(FORM, data=page.fields).status_code == 303
    assert stored() == 1


def test_a_form_shown_before_a_new_version_is_stored_against_the_version_it_showed(visitor: Visitor) -> None:
    fields = sheet(visitor).fields | {"overall": "5"}
    first = library_questionnaire("customer-satisfaction")
    edited = first.model_copy(update={"version": 2, "questions": first.questions[1:]})
    publish(warehouse.serving(), edited, "customer-satisfaction", first.title, is_example=False)
    assert sheet(visitor).fields["_version"] == "2"
    assert visitor.post(FORM, data=fields).status_code == 303
    with warehouse.serving().transaction() as cursor:
        assert cursor.execute("SELECT version, scores FROM response").fetchall() == [(1, [5, None, None])]


@pytest.mark.parametrize("version", ["0", "7", "x", "", "²", "1" * 5000])
def test_a_version_that_was_never_published_is_shown_the_latest(visitor: Visitor, version: str) -> None:
    again = visitor.post(FORM, data=sheet(visitor).fields | {"overall": "5", "_version": version})
    assert again.status_code == 422 and Sheet(again.text).fields["_version"] == "1"
    assert stored() == 0


@pytest.mark.parametrize(
    "slug", ["nothing", "CUSTOMER-SATISFACTION", "%25", "' OR 1=1 --", "a" * 3000, "%00", "%FF"]
)
def test_a_survey_that_does_not_exist_is_404_for_every_method(visitor: Visitor, slug: str) -> None:
    assert visitor.get(f"/s/{slug}").status_code == 404
    assert visitor.post(f"/s/{slug}", data={"overall": "5"}).status_code == 404
    assert visitor.get(f"/s/{slug}/thanks?r={new_response_id()}").status_code == 404


def test_a_survey_whose_form_is_closed_takes_no_more_answers(visitor: Visitor) -> None:
    with warehouse.serving().transaction() as cursor:
        cursor.execute(
            "INSERT INTO survey_event VALUES ('customer-satisfaction', 'closed', TIMESTAMP '2026-01-01')"
        )
    assert visitor.get(FORM).status_code == 404
    assert visitor.post(FORM, data={"overall": "5"}).status_code == 404
    assert stored() == 0


@pytest.mark.parametrize(
    "wish",
    ["", "x", str(new_response_id()), str(uuid4()), "%", "ffffffff-ffff-7fff-bfff-ffffffffffff"],
    ids=["blank", "letter", "new", "random", "sign", "last"],
)
def test_nobody_is_thanked_for_a_response_that_is_not_stored(visitor: Visitor, wish: str) -> None:
    page = visitor.get(f"{FORM}/thanks", params={"r": wish})
    assert page.status_code == 404 and "<dd>" not in page.text


def test_a_receipt_is_shown_by_its_own_survey_only(visitor: Visitor) -> None:
    questionnaire = library_questionnaire("customer-satisfaction")
    publish(warehouse.serving(), questionnaire, "other", questionnaire.title, is_example=True)
    fields = sheet(visitor).fields | {"overall": "5"}
    visitor.post(FORM, data=fields)
    assert visitor.get(f"/s/other/thanks?r={fields['_id']}").status_code == 404
    assert "Example" in visitor.get("/s/other").text and "Example" not in visitor.get(FORM).text


@pytest.mark.parametrize("code", ["writer-busy", "writer-failed", "disk-full"])
def test_a_writer_that_cannot_store_keeps_the_answers_and_asks_to_try_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    fields = sheet(visitor).fields | {"overall": "5", "comment": "kept"}

    def refuse(*_: object) -> None:
        raise core_error(code)

    monkeypatch.setattr(type(warehouse.serving().writer), "submit", refuse)
    busy = visitor.post(FORM, data=fields)
    assert busy.status_code == 503 and int(busy.headers["retry-after"]) > 0
    assert Sheet(busy.text).fields == fields


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"comment=" + b"x" * 70_000, URLENCODED, 413),
        (b"&".join(b"f%d=1" % number for number in range(300)), URLENCODED, 400),
        (b"overall=5&overall=1", URLENCODED, 400),
        (b'{"overall": 5}', {"Content-Type": "application/json"}, 415),
        (b"--x\r\n\r\n--x--", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
        (b"overall=5", {}, 415),
    ],
)
def test_a_body_that_is_no_form_of_ours_is_refused_before_it_is_looked_at(
    visitor: Visitor, body: bytes, kind: dict[str, str], status: int
) -> None:
    refused = visitor.post(FORM, content=body, headers=kind)
    assert refused.status_code == status and "form-" in refused.text
    assert stored() == 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_allowed(visitor: Visitor, method: str) -> None:
    assert visitor.send(method, FORM).status_code == 405


def test_the_form_of_an_example_warehouse_says_that_it_is_one(visitor: Visitor) -> None:
    before = visitor.get(FORM, headers={"Accept-Language": "zh"}).text
    load_example(warehouse.serving(), lambda share, step: None)
    after = visitor.get(FORM, headers={"Accept-Language": "zh"}).text
    assert "示例" not in before
    assert "示例" in after
