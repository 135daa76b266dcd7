"""The operator's questionnaires: begun, edited by fields and as text, every change saved at once."""

from urllib.parse import unquote

import pytest

import survey as asking
import warehouse
from pages.ui.editing.line_numbers import picture
from pages.ui.editing.new_questions import TYPE_NAMES
from survey import read_questionnaire
from tests.pages.desk import BUILT_IN, HOSTILE, NAME, begun, by, field, kept, on_part, opened, part_of, show
from tests.pages.opening import Tab
from tests.pages.web.surveys import every_type, publish_survey
from warehouse.drafts import drafts, save_draft
from warehouse.surveys import survey, surveys


@pytest.mark.parametrize("role", ["party_a", "party_b", "mediator"])
def test_only_the_operator_sees_the_page(role: str) -> None:
    tab = Tab("questionnaires", role)
    assert tab.words.startswith("Not for this role") and not tab.app.selectbox and not tab.app.button


@pytest.mark.parametrize(("language", "state"), [("en", "Open"), ("zh", "开放中")])
def test_every_survey_stands_there_with_its_state_and_links(language: str, state: str) -> None:
    tab = Tab("questionnaires", "operator", language)
    assert state in tab.words and f'href="/s/{BUILT_IN}"' in tab.markup
    assert f'href="/questionnaires?survey={BUILT_IN}"' in tab.markup
    save_draft(warehouse.serving(), "next-one", "title: [", "me")
    again = Tab("questionnaires", "operator", language)
    assert "next-one" in again.words and ("Draft" if language == "en" else "草稿") in again.words


def test_a_survey_begun_from_the_library_is_a_draft_of_its_own_with_the_comments_of_the_file() -> None:
    tab = begun()
    assert "Draft, not published" in tab.words
    assert kept().startswith("# The built-in questionnaire") and f"slug: {NAME}\nversion: 1\n" in kept()
    assert survey(warehouse.serving(), NAME) is None and len(surveys(warehouse.serving())) == 1


@pytest.mark.parametrize("name", ["Club", "a b", BUILT_IN])
def test_a_name_that_cannot_be_or_is_taken_begins_nothing(name: str) -> None:
    tab = begun(name=name)
    assert "No draft was begun" in tab.words and not drafts(warehouse.serving())


def test_an_edited_text_is_saved_at_once_and_every_comment_stays() -> None:
    tab = on_part(begun(), 0)
    before = kept()
    field(tab, "text_area", ("questions", 0, "text", "en")).input(HOSTILE)
    tab.run()
    assert read_questionnaire(kept(), "x").question("overall").text["en"] == HOSTILE
    assert part_of(tab).value == 0 and part_of(tab).options[1].startswith("1\xa0\xa0**x** <img")
    assert len(kept().splitlines()) == len(before.splitlines())
    assert kept().startswith("# The built-in questionnaire")
    tab.app.button(key="desk-undo-button").click()
    tab.run()
    assert kept() == before
    assert tab.app.button(key="desk-undo-button").disabled


def test_choices_are_added_renamed_moved_and_deleted_without_a_word_of_yaml() -> None:
    tab = on_part(begun(), 3)
    field(tab, "button", "add-choices").click()
    tab.run()
    field(tab, "text_input", ("questions", 3, "choices", 3, "text", "zh")).input("都不是")
    tab.run()
    field(tab, "text_input", ("questions", 3, "choices", 3, "code")).input("none_of_these")
    tab.run()
    field(tab, "button", "arrow_upward-choices-3").click()
    tab.run()
    field(tab, "button", "delete-choices-0").click()
    tab.run()
    asked = read_questionnaire(kept(), "x").question("touchpoint")
    assert [choice.code for choice in asked.choices] == ["during", "none_of_these", "after"]
    assert asked.choices[1].text == {"zh": "都不是", "en": "New choice"}


def test_questions_are_required_moved_and_deleted() -> None:
    tab = on_part(begun(), 1)
    field(tab, "toggle", ("questions", 1, "required")).set_value(True)
    tab.run()
    assert read_questionnaire(kept(), "x").question("recommend").required
    field(tab, "toggle", ("questions", 1, "required")).set_value(False)
    tab.run()
    assert "required" not in kept().split("recommend")[1].split("- code")[0]
    field(tab, "button", "arrow_upward-questions-1").click()
    tab.run()
    field(tab, "button", "delete-questions-0").click()
    tab.run()
    codes = [question.code for question in read_questionnaire(kept(), "x").questions]
    assert codes == ["overall", "ease", "touchpoint", "comment"]


@pytest.mark.parametrize("kind", TYPE_NAMES)
def test_a_question_of_every_type_is_whole_when_it_is_added(kind: str) -> None:
    tab = on_part(begun(), 0)
    tab.app.selectbox(key="desk-new-type").select(kind)
    tab.run()
    tab.app.button(key="desk-new-add").click()
    tab.run()
    asked = read_questionnaire(kept(), "x").questions[1]
    assert (asked.type, asked.code) == (kind, "question_6") and set(asked.text) == {"zh", "en"}
    assert asked.text["zh"] != asked.text["en"]
    assert part_of(tab).value == 1


def test_what_is_wrong_is_said_with_its_line_and_key_and_is_saved_all_the_same() -> None:
    tab = by(begun(), "yaml")
    broken = kept().replace("type: nps", "type: <b>npss</b>")
    field(tab, "text_area", "yaml").input(broken)
    tab.run()
    assert kept() == broken
    line = broken.splitlines().index("    type: <b>npss</b>") + 1
    assert f"Line {line} · questions[1].type" in tab.words and "<b>npss" not in tab.markup
    show(tab, "run")
    assert tab.app.button(key="publish").disabled


def test_the_lines_of_the_text_are_numbered_and_the_wrong_ones_marked() -> None:
    drawn = unquote(picture(3, {2, 9}))
    assert [f">{number}</text>" in drawn for number in range(1, 5)] == [True, True, True, False]
    assert drawn.count("<rect") == 1 and '<rect y="20"' in drawn
    assert not set("\"'<>() ") & set(picture(3, {2}))


def test_text_that_is_no_yaml_leaves_the_fields_away_until_it_is_mended() -> None:
    tab = by(begun(), "yaml")
    field(tab, "text_area", "yaml").input("title: [")
    tab.run()
    by(tab, "fields")
    assert "Mend it in the text" in tab.words and "Line 1" in tab.words
    tab.app.button(key="desk-undo-button").click()
    tab.run()
    assert part_of(tab)


def test_the_texts_of_a_draft_are_shown_as_text() -> None:
    source = f'title: {{zh: "{HOSTILE.replace(chr(92), chr(92) * 2)}"}}\nslug: hostile\n'
    save_draft(warehouse.serving(), "hostile", source, "me")
    for tab in (Tab("questionnaires", "operator"), opened("hostile")):
        assert HOSTILE in tab.words and "<img" not in tab.markup


def test_the_page_of_a_name_that_is_not_there_says_so() -> None:
    assert "There is no survey and no draft of that name" in opened("nothing-here").words


def test_the_library_offers_every_questionnaire() -> None:
    tab = Tab("questionnaires", "operator")
    assert len(tab.app.selectbox(key="new-library").options) == len(asking.library())


def test_a_number_that_is_emptied_is_taken_out_of_the_text() -> None:
    name = "many"
    text = (
        f"slug: {name}\nversion: 1\ntitle: {{en: Many}}\ndefault_language: en\nquestions:\n"
        "- code: few\n  type: multiple_choice\n  text: {en: Which?}\n  max_choices: 2\n"
        "  choices:\n  - {code: a, text: {en: A}}\n  - {code: b, text: {en: B}}\n"
    )
    save_draft(warehouse.serving(), name, text, "operator", based_on=None)
    tab = on_part(opened(name), 0)
    field(tab, "number_input", ("questions", 0, "max_choices")).set_value(None)
    tab.run()
    assert kept(name) == text.replace("  max_choices: 2\n", "")
    assert field(tab, "number_input", ("questions", 0, "max_choices")).value is None


def test_drop_down_lists_show_their_options_as_they_are() -> None:
    tab = Tab("questionnaires", "operator")
    options = tab.app.selectbox(key="new-library").options
    assert any(option.endswith(" questions)") for option in options)
    assert not [option for option in options if "\\" in option]
    wild = every_type()
    question = wild.question("best")
    choices = tuple(
        each.model_copy(update={"text": {"en": f"{each.code} (*x*)", "zh": "一"}})
        for each in question.choices
    )
    changed = question.model_copy(update={"choices": choices})
    title = {"en": HOSTILE, "zh": HOSTILE}
    publish_survey(warehouse.serving(), wild.model_copy(update={"questions": (changed,), "title": title}))
    assert HOSTILE in Tab("links", "operator").app.selectbox(key="links-survey").options
    assert HOSTILE in Tab("fieldwork", "operator").app.selectbox(key="fieldwork-survey").options
    form = Tab("respond", None, query={"survey": wild.slug})
    ranks = next(each for each in form.app.selectbox if each.label == "Rank 1")
    assert all(option.endswith(" (*x*)") for option in ranks.options)


def test_a_blank_questionnaire_reads_at_once_and_publishing_it_unwritten_is_warned_of() -> None:
    tab = Tab("questionnaires", "operator")
    tab.app.segmented_control(key="new-way").set_value("blank")
    tab.app.text_input(key="new-name").input(NAME)
    tab.app.text_input(key="new-title-en").input("Our club")
    tab.run()
    tab.app.button(key="new-begin").click()
    tab.run()
    made = read_questionnaire(kept(), "x")
    assert [each.type for each in made.questions] == ["rating"] and made.title["en"] == "Our club"
    warning = "Some texts were never written"
    tab = on_part(tab, 0)
    for code, said in (("zh", "满意吗？"), ("en", "Satisfied?")):
        show(tab, "run")
        tab.app.button(key="publish").click()
        assert warning in tab.run().words and "question_1" in tab.words
        tab.app.button(key="publish-no").click()
        on_part(show(tab.run(), "edit"), 0)
        field(tab, "text_area", ("questions", 0, "text", code)).input(said)
        tab.run()
    on_part(tab, -1)
    field(tab, "text_input", ("title", "zh")).input("俱乐部")
    tab.run()
    show(tab, "run")
    tab.app.button(key="publish").click()
    assert warning not in tab.run().words and not tab.app.button(key="publish-now").disabled
