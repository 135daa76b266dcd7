"""The operator's questionnaires: begun, edited by fields and as text, compared, published, run."""

from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest

import survey as asking
import warehouse
from pages.ui.editing.line_numbers import picture
from pages.ui.editing.new_questions import TYPE_NAMES
from survey import library_questionnaire, read_questionnaire
from survey.xlsform import write_xlsform
from tests.pages.opening import Tab
from tests.survey.limesurvey.surveys import Q, lss
from warehouse.drafts import draft, drafts, save_draft
from warehouse.life import life
from warehouse.surveys import next_version, survey, surveys

NAME = "club-2026"
BUILT_IN = "customer-satisfaction"
HOSTILE = "**x** <img src=x onerror=alert(1)> :red[y] $\\alpha$"


def begun(language: str = "en", name: str = NAME) -> Tab:
    """The page of a draft just begun from the library."""
    tab = Tab("questionnaires", "operator", language)
    tab.app.selectbox(key="new-library").select(BUILT_IN)
    tab.run()
    tab.app.text_input(key="new-name").input(name)
    tab.run()
    tab.app.button(key="new-begin").click()
    return tab.run()


def opened(name: str = BUILT_IN, language: str = "en") -> Tab:
    return Tab("questionnaires", "operator", language, {"survey": name})


def show(tab: Tab, part: str) -> Tab:
    """One of edit, differences and run."""
    tab.app.segmented_control(key="part").set_value(part)
    return tab.run()


def by(tab: Tab, way: str) -> Tab:
    tab.app.segmented_control(key="desk-by").set_value(way)
    return tab.run()


def field(tab: Tab, kind: str, name: object):  # type: ignore[no-untyped-def] # any of Streamlit's test widgets
    """The field bound to that place of the draft, or the button of that name."""
    key = f"desk-{tab.app.session_state['desk-generation']}-{name}"
    return getattr(tab.app, kind)(key=key)


def on_part(tab: Tab, number: int) -> Tab:
    tab.app.selectbox(key="desk-part").select(number)
    return tab.run()


def kept(name: str = NAME) -> str:
    found = draft(warehouse.serving(), name)
    assert found is not None
    return found.source


def published(tab: Tab) -> Tab:
    """The page after its draft was published."""
    show(tab, "run")
    tab.app.button(key="publish").click()
    tab.run()
    tab.app.button(key="publish-now").click()
    return tab.run()


@pytest.mark.parametrize("role", ["party_a", "party_b", "mediator"])
def test_only_the_operator_sees_the_page(role: str) -> None:
    tab = Tab("questionnaires", role)  # type: ignore[arg-type] # one of the roles
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
    assert tab.app.selectbox(key="desk-part").value == 1


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
    assert tab.app.selectbox(key="desk-part")


def test_a_draft_that_somebody_else_saved_meanwhile_is_not_written_over_unasked() -> None:
    tab = on_part(begun(), 0)
    house, mine = warehouse.serving(), draft(warehouse.serving(), NAME)
    assert mine is not None
    theirs = mine.source.replace("客户满意度调查", "他们的标题")
    save_draft(house, NAME, theirs, "operator", based_on=mine.saved_at)
    field(tab, "text_area", ("questions", 0, "text", "en")).input("Mine")
    tab.run()
    assert kept() == theirs
    assert "Not saved" in tab.words and "Another draft was saved meanwhile" in tab.words
    tab.app.button(key="desk-theirs").click()
    tab.run()
    assert "Not saved" not in tab.words and kept() == theirs
    field(tab, "text_area", ("questions", 0, "text", "en")).input("Mine again")
    tab.run()
    assert "Mine again" in kept() and "他们的标题" in kept()


def test_what_somebody_else_has_saved_is_what_is_shown_and_published() -> None:
    tab = show(begun(), "run")
    mine = draft(warehouse.serving(), NAME)
    assert mine is not None
    theirs = mine.source.replace("客户满意度调查", "他们的标题")
    tab.app.button(key="publish").click()
    tab.run()
    save_draft(warehouse.serving(), NAME, theirs, "operator", based_on=mine.saved_at)
    tab.app.button(key="publish-now").click()
    tab.run()
    assert "changed by somebody else" in tab.words and survey(warehouse.serving(), NAME) is None
    published(tab)
    found = survey(warehouse.serving(), NAME)
    assert found and found.questionnaire.title["zh"] == "他们的标题"


def test_a_draft_of_an_older_version_is_not_published_over_a_later_one_unasked() -> None:
    tab = on_part(opened(), 0)
    field(tab, "text_area", ("questions", 0, "text", "en")).input("Mine")
    tab.run()
    other = library_questionnaire(BUILT_IN)
    next_version(warehouse.serving(), BUILT_IN, other.model_copy(update={"thanks": {"zh": "谢", "en": "Ta"}}))
    show(tab, "run")
    assert "The draft is not up to date" in tab.words and tab.app.button(key="publish").disabled
    tab.app.button(key="publish-renumber").click()
    tab.run()
    published(tab)
    found = survey(warehouse.serving(), BUILT_IN)
    assert found and found.questionnaire.version == 3
    assert found.questionnaire.question("overall").text["en"] == "Mine"


def test_a_page_left_open_follows_what_is_published_elsewhere() -> None:
    tab = opened()
    other = library_questionnaire(BUILT_IN)
    next_version(warehouse.serving(), BUILT_IN, other.model_copy(update={"thanks": {"zh": "谢", "en": "Ta"}}))
    on_part(tab, 0)
    field(tab, "text_area", ("questions", 0, "text", "en")).input("Mine")
    tab.run()
    made = read_questionnaire(kept(BUILT_IN), "x")
    assert made.version == 3 and made.thanks["en"] == "Ta" and made.question("overall").text["en"] == "Mine"


def test_my_text_can_be_kept_over_theirs() -> None:
    tab = on_part(begun(), 0)
    mine = draft(warehouse.serving(), NAME)
    assert mine is not None
    save_draft(warehouse.serving(), NAME, "theirs: 1\n", "operator", based_on=mine.saved_at)
    field(tab, "text_area", ("questions", 0, "text", "en")).input("Mine")
    tab.run()
    tab.app.button(key="desk-mine").click()
    tab.run()
    assert "Mine" in kept() and "Not saved" not in tab.words


def test_the_first_change_of_a_published_questionnaire_begins_the_next_version() -> None:
    tab = on_part(opened(), 0)
    assert draft(warehouse.serving(), BUILT_IN) is None
    field(tab, "text_area", ("questions", 0, "text", "en")).input("How was it?")
    tab.run()
    assert read_questionnaire(kept(BUILT_IN), "x").version == 2
    show(tab, "differences")
    assert "How was it?" in tab.words and "Overall, how satisfied" in tab.words
    tab = published(tab)
    assert "Version 2 is published" in tab.words
    found = survey(warehouse.serving(), BUILT_IN)
    assert found and found.questionnaire.version == 2
    assert found.questionnaire.question("overall").text["en"] == "How was it?"
    assert draft(warehouse.serving(), BUILT_IN) is None
    show(tab, "differences")
    assert "Version 1" in tab.app.selectbox(key="differences-from").options
    assert "How was it?" in tab.words


def test_a_change_that_spoils_answers_is_warned_of_and_refused() -> None:
    tab = on_part(opened(), 0)
    field(tab, "number_input", ("questions", 0, "scale", "max")).set_value(7)
    tab.run()
    show(tab, "differences")
    assert "Answers would no longer be comparable" in tab.words
    show(tab, "run")
    tab.app.button(key="publish").click()
    tab.run()
    assert "This cannot be published" in tab.words and tab.app.button(key="publish-now").disabled
    found = survey(warehouse.serving(), BUILT_IN)
    assert found and found.questionnaire.version == 1 and kept(BUILT_IN)


def test_publishing_says_what_it_does_and_can_be_left() -> None:
    tab = show(begun(), "run")
    tab.app.button(key="publish").click()
    tab.run()
    assert "Publish as version 1?" in tab.words and f"/s/{NAME}" in tab.words
    tab.app.button(key="publish-no").click()
    tab.run()
    assert survey(warehouse.serving(), NAME) is None
    published(tab)
    found = survey(warehouse.serving(), NAME)
    assert found and found.questionnaire.version == 1


def test_a_draft_is_discarded_only_when_that_is_confirmed() -> None:
    tab = show(begun(), "run")
    tab.app.button(key="discard").click()
    tab.run()
    assert kept()
    tab.app.button(key="discard-now").click()
    tab.run()
    assert draft(warehouse.serving(), NAME) is None


def test_a_survey_is_paused_goes_on_is_closed_and_opened_again() -> None:
    tab = show(opened(), "run")
    for key, state in (("pause", "paused"), ("resume", "open"), ("close", "closed"), ("resume", "open")):
        tab.app.button(key=f"run-{key}").click()
        tab.run()
        assert life(warehouse.serving(), BUILT_IN).state == state


def test_days_are_set_in_the_zone_of_the_survey_and_refused_in_words() -> None:
    tab = show(opened(), "run")
    opens = (datetime.now(UTC) + timedelta(days=40)).replace(
        tzinfo=None, hour=9, minute=0, second=0, microsecond=0
    )
    tab.app.datetime_input(key="run-opens").set_value(opens)
    tab.run()
    tab.app.button(key="run-dates").click()
    tab.run()
    stands = life(warehouse.serving(), BUILT_IN)
    assert stands.opens_at == opens.replace(tzinfo=warehouse.serving().reporting_zone)
    assert stands.state == "not_yet" and "Not yet open" in tab.words
    tab.app.datetime_input(key="run-closes").set_value(opens - timedelta(days=1))
    tab.run()
    tab.app.button(key="run-dates").click()
    tab.run()
    assert "Nothing was changed" in tab.words and life(warehouse.serving(), BUILT_IN).closes_at is None


def test_a_limit_and_quotas_are_set_and_taken_away() -> None:
    tab = show(opened(), "run")
    tab.app.number_input(key="run-limit").set_value(100)
    tab.run()
    tab.app.button(key="run-limit-set").click()
    tab.run()
    tab.app.selectbox(key="run-quota-question").select("touchpoint")
    tab.run()
    tab.app.selectbox(key="run-quota-choice-touchpoint").select("after")
    tab.app.number_input(key="run-quota-most").set_value(5)
    tab.run()
    tab.app.button(key="run-quota-add").click()
    tab.run()
    stands = life(warehouse.serving(), BUILT_IN)
    assert stands.limit == 100
    assert [(each.choice, each.limit, each.reached) for each in stands.quotas] == [("after", 5, 0)]
    assert "After buying" in tab.words
    tab.app.button(key="run-quota-away-0").click()
    tab.run()
    assert not life(warehouse.serving(), BUILT_IN).quotas and life(warehouse.serving(), BUILT_IN).limit == 100


def upload(name: str, content: bytes) -> Tab:
    """The page after a draft was begun from that file."""
    tab = Tab("questionnaires", "operator")
    tab.app.segmented_control(key="new-way").set_value("file")
    tab.run()
    tab.app.file_uploader(key="new-file").upload(name, content)
    tab.app.text_input(key="new-name").input(NAME)
    tab.run()
    tab.app.button(key="new-begin").click()
    return tab.run()


def test_an_uploaded_workbook_becomes_a_draft() -> None:
    book = write_xlsform(library_questionnaire("website")).data
    tab = upload("website.xlsx", book)
    assert "Draft, not published" in tab.words
    made = read_questionnaire(kept(), "x")
    assert made.slug == NAME and made.questions == library_questionnaire("website").questions


def test_an_uploaded_survey_of_limesurvey_becomes_a_draft_and_says_what_is_left_out() -> None:
    tab = Tab("questionnaires", "operator")
    tab.app.segmented_control(key="new-way").set_value("file")
    tab.run()
    left_out = Q("|", "photo", "A photo?")  # a question for files
    given = lss(Q("Y", "again", "Would you come again?"), left_out)
    tab.app.file_uploader(key="new-file").upload("club.lss", given)
    tab.app.text_input(key="new-name").input(NAME)
    tab.run()
    assert "Not carried over as it was" in tab.words and "photo" in tab.words
    tab.app.button(key="new-begin").click()
    tab.run()
    assert read_questionnaire(kept(), "x").question("again").type == "yes_no"


def test_an_uploaded_text_with_faults_becomes_a_draft_to_be_mended() -> None:
    tab = upload("mine.yaml", "# mine\nslug: x\ntitle: {zh: 一}\n".encode())
    assert kept() == f"# mine\nslug: {NAME}\nversion: 1\ntitle: {{zh: 一}}\n"
    assert "Not ready to publish" in tab.words


def test_a_file_that_is_no_questionnaire_is_refused_with_its_reasons() -> None:
    tab = Tab("questionnaires", "operator")
    tab.app.segmented_control(key="new-way").set_value("file")
    tab.run()
    tab.app.file_uploader(key="new-file").upload("x.xlsx", b"no workbook")
    tab.app.text_input(key="new-name").input(NAME)
    tab.run()
    assert "This file cannot be taken" in tab.words and tab.app.button(key="new-begin").disabled


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
