"""Every type of question on the page inside the app: nothing preset, stored as the light form stores it."""

from collections.abc import Mapping
from datetime import date

import pytest

import warehouse
from survey import FormField, Raw, build_form
from tests.pages.conftest import Visitor
from tests.pages.opening import Tab
from tests.pages.web.filling import Sheet
from tests.pages.web.surveys import EVERY_TYPE, every_type, publish_survey

SLUG = "every-type"
QUESTIONNAIRE = every_type()
FULL: dict[str, Raw] = {
    "overall": "2",
    "mood": "4",
    "wait": "1",
    "index": "7",
    "recommend": "9",
    "why": "太贵",
    "channels": ["shop", "web", "other"],
    "channels_other": "传真",
    "best": ["staff", "price"],
    "grid_staff": "5",
    "grid_range": "4",
    "grid_tidy": "3",
    "spent": "12.50",
    "people": "2",
    "joined": "2020-01-31",
    "last_visit": "2026-01-31",
    "again": "yes",
    "contact": "call",
    "agree": "yes",
    "signed": "王小明",
    "comment": "第一行\n第二行",
}
LEAST: dict[str, Raw] = {"overall": "5", "channels": ["web"], "agree": "yes"}
PARTLY: dict[str, Raw] = {
    "overall": "1",
    "why": "*x* $y$",
    "channels": ["phone"],
    "best": ["place"],
    "again": "no",
    "contact": "other",
    "contact_other": "短信",
    "joined": "2000-01-01",
    "spent": "0.05",
    "agree": "yes",
}
ALONE: dict[str, Raw] = {"overall": "5", "channels": ["none"], "agree": "yes"}


@pytest.fixture(autouse=True)
def published(warehouse_folder: object) -> None:
    publish_survey(warehouse.serving(), QUESTIONNAIRE)


def opened(language: str = "en") -> Tab:
    return Tab("respond", role=None, language=language, query={"survey": SLUG})


def fields(page: int, answers: Mapping[str, Raw]) -> tuple[FormField, ...]:
    """What is asked on that page for these answers."""
    return build_form(QUESTIONNAIRE, "en", answers, page=page, today=date(2026, 7, 1)).fields


def key(code: str) -> str:
    return f"answer-{SLUG}-{code}"


def widgets(field: FormField, answers: Mapping[str, Raw]) -> dict[str, object]:
    """Key -> value of the widgets of a question, None where nothing is answered."""
    raw = answers.get(field.code)
    found: dict[str, object]
    if field.type in ("section", "image", "file"):
        return {}
    if field.type == "matrix":
        found = {key(row.code): answers.get(row.code) for row in field.rows}
    elif field.type == "multiple_choice":
        found = {key(f"{field.code}.{o.code}"): o.code in (raw or ()) for o in field.options}
    elif field.type == "ranking":
        ranks = [*(raw or ()), *[None] * field.max_choices][: field.max_choices]
        found = {key(f"{field.code}.{rank}"): code for rank, code in enumerate(ranks, start=1)}
    elif field.type == "consent":
        found = {key(field.code): raw == "yes"}
    elif field.type == "date":
        found = {key(field.code): date.fromisoformat(str(raw)) if raw else None}
    else:
        found = {key(field.code): raw}
    if field.other_name:
        found[key(field.other_name)] = answers.get(field.other_name)
    return found


def fill(tab: Tab, page: int, answers: Mapping[str, Raw]) -> None:
    for field in fields(page, answers):
        for name, value in widgets(field, answers).items():
            if value:
                tab.app.get_by_key(name).set_value(value)


def press(tab: Tab, label: str) -> Tab:
    (button,) = [button for button in tab.app.button if button.label == label]
    button.click()
    return tab.run()


def at(tab: Tab, page: int, answers: Mapping[str, Raw]) -> Tab:
    """The tab, filled and sent up to that page."""
    for number in range(page):
        fill(tab, number, answers)
        press(tab, "Next")
    return tab


def answer_on_the_page(answers: Mapping[str, Raw]) -> None:
    tab = at(opened(), len(QUESTIONNAIRE.pages) - 1, answers)
    fill(tab, len(QUESTIONNAIRE.pages) - 1, answers)
    assert "Your receipt number" in press(tab, "Send answers").words


def answer_in_the_light_form(visitor: Visitor, answers: Mapping[str, Raw]) -> None:
    page = Sheet(visitor.get(EVERY_TYPE).text)
    for _ in QUESTIONNAIRE.pages:
        here = {*page.options, *page.texts}
        sent = visitor.post(EVERY_TYPE, data=page.fields | {k: v for k, v in answers.items() if k in here})
        page = Sheet(sent.text)
    assert sent.status_code == 303, sent.text


def stored() -> dict[str, list[tuple[object, ...]]]:
    """Channel -> all that is stored of its response; choices made at will are in no order."""
    with warehouse.serving().transaction() as cursor:
        rows = cursor.execute(
            "SELECT channel, question, touchpoint, score, missing_code, choice, body, number, date, "
            "CASE WHEN type = 'ranking' THEN place END FROM answer ORDER BY ALL"
        ).fetchall()
    found: dict[str, list[tuple[object, ...]]] = {}
    for channel, *answer in rows:
        found.setdefault(channel, []).append(tuple(answer))
    return found


@pytest.mark.parametrize("answers", [FULL, LEAST, PARTLY, ALONE], ids=["full", "least", "partly", "alone"])
def test_both_forms_store_the_same_for_the_same_answers(visitor: Visitor, answers: dict[str, Raw]) -> None:
    answer_on_the_page(answers)
    answer_in_the_light_form(visitor, answers)
    found = stored()
    assert set(found) == {"page", "light_form"}
    assert found["page"] == found["light_form"]
    given = {code for code, raw in answers.items() if raw}
    assert {str(row[0]) for row in found["page"] if row[3] is None} >= given


def test_every_type_is_among_those_that_were_filled_in() -> None:
    asked = {field.type for page in range(len(QUESTIONNAIRE.pages)) for field in fields(page, FULL)}
    assert asked == {
        *("rating", "nps", "matrix", "single_choice", "multiple_choice", "ranking", "yes_no", "consent"),
        *("short_text", "long_text", "signature", "number", "date", "section", "image", "file"),
    }


def test_a_file_is_sent_with_the_form_whose_address_is_given() -> None:
    shown = at(opened(), 3, LEAST)
    assert "A file is sent with the form at this address, not on this page." in shown.words
    assert f'href="/s/{SLUG}"' in shown.markup
    assert "One file of at most 1 MB: picture (PNG, JPEG, WebP, GIF, HEIC), PDF." in shown.words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_answered_beforehand_on_any_page(language: str) -> None:
    tab = opened(language)
    for page in range(len(QUESTIONNAIRE.pages)):
        names = [name for field in fields(page, FULL) for name in widgets(field, {})]
        assert names and all(tab.app.get_by_key(name).value in (None, False) for name in names)
        fill(tab, page, FULL)
        if page + 1 < len(QUESTIONNAIRE.pages):
            press(tab, {"en": "Next", "zh": "下一页"}[language])


def test_what_was_answered_decides_what_is_asked_next() -> None:
    tab = at(opened(), 1, FULL)
    assert "You gave 2. What was the main reason?" in tab.words and "Page 2 of 4" in _progress(tab)
    press(tab, "Back")
    tab.app.get_by_key(key("overall")).set_value("5")
    assert "main reason" not in press(tab, "Next").words


def _progress(tab: Tab) -> str:
    return str([element.proto for element in tab.app.get("progress")])


def test_going_back_keeps_every_answer_and_drops_what_is_hidden_in_the_end() -> None:
    tab = at(opened(), 3, FULL)
    for page in (2, 1, 0):
        press(tab, "Back")
        for field in fields(page, FULL):
            for name, value in widgets(field, FULL).items():
                assert tab.app.get_by_key(name).value == value, name
    tab.app.get_by_key(key("overall")).set_value("4")
    press(press(press(tab, "Next"), "Next"), "Next")
    fill(tab, 3, FULL)
    press(tab, "Send answers")
    answers = {str(row[0]) for row in stored()["page"]}
    assert "why" not in answers and answers >= FULL.keys() - {"why"}


def test_a_page_with_a_mistake_is_not_left_and_says_where_it_is() -> None:
    tab = at(opened(), 2, FULL)
    fill(tab, 2, FULL | {"spent": "12,5"})
    press(tab, "Next")
    asked = next(
        part.value for part in tab.app.html if "About how much" in part.value and "pb-q" in part.value
    )
    assert "pb-problem" in asked and tab.app.get_by_key(key("spent")).value == "12,5"
    tab.app.get_by_key(key("spent")).set_value("12.5")
    press(tab, "Next")
    assert tab.app.get_by_key(key("signed")).value is None


def test_what_a_type_asks_for_stands_below_its_question() -> None:
    tab = at(opened(), 1, FULL)
    assert "Choose up to 3." in tab.words and "You can leave the last ranks open." in tab.words
    fill(tab, 1, FULL)
    assert "From 0 to 99999.5. · yuan" in press(tab, "Next").words and "2000-01-01" in tab.words


def test_a_box_that_excludes_the_others_says_so_and_is_refused_with_one_of_them() -> None:
    tab = at(opened(), 1, LEAST)
    assert "“Not at all” cannot be combined with other choices." in tab.words
    fill(tab, 1, LEAST | {"channels": ["none", "web"]})
    assert "One of these choices excludes all others." in press(tab, "Next").words
    tab.app.get_by_key(key("channels.web")).set_value(False)
    assert "Page 3 of 4" in _progress(press(tab, "Next"))


def test_a_row_of_a_matrix_without_an_answer_is_said_at_the_row() -> None:
    tab = at(opened(), 2, FULL)
    press(tab, "Next")
    parts = tab.markup.split('<p class="pb-row">')[1:]
    rows = [part.split("</p>")[0] for part in parts if 'role="alert"' in part]
    assert rows == ["Staff", "Range of goods", "Tidiness"] and not stored()


def test_the_version_begun_is_the_one_that_is_stored() -> None:
    tab = at(opened(), 1, LEAST)
    kept = [question for question in QUESTIONNAIRE.questions if question.code in ("overall", "comment")]
    publish_survey(
        warehouse.serving(), QUESTIONNAIRE.model_copy(update={"version": 2, "questions": tuple(kept)})
    )
    fill(tab, 1, LEAST)
    press(tab, "Next")
    press(tab, "Next")
    fill(tab, 3, LEAST)
    press(tab, "Send answers")
    with warehouse.serving().transaction() as cursor:
        assert cursor.execute("SELECT version FROM response").fetchall() == [(1,)]


def test_answering_once_more_begins_with_an_empty_first_page() -> None:
    tab = at(opened(), 3, FULL)
    fill(tab, 3, FULL)
    press(press(tab, "Send answers"), "Answer once more")
    assert tab.app.get_by_key(key("overall")).value is None
    fill(tab, 0, LEAST)
    press(tab, "Next")
    assert not tab.app.get_by_key(key("channels.web")).value
