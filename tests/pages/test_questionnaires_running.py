"""The operator's questionnaires: taken from files, compared, published, run, with two operators at it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import warehouse
from survey import library_questionnaire, read_questionnaire
from survey.xlsform import write_xlsform
from tests.pages.desk import BUILT_IN, NAME, begun, field, kept, on_part, opened, published, show
from tests.pages.opening import Tab
from tests.survey.limesurvey.surveys import Q, lss
from warehouse.drafts import draft, save_draft, written
from warehouse.life import life, set_dates, set_limits
from warehouse.surveys import next_version, survey


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


def _of(tab: Tab, kind: str, label: str) -> Any:
    """The field of that label."""
    return next(each for each in getattr(tab.app, kind) if each.label == label)


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


def test_the_comments_of_a_text_are_there_again_for_the_next_version() -> None:
    tab = begun()
    before = kept()
    published(show(tab, "run"))
    assert draft(warehouse.serving(), NAME) is None
    tab = on_part(opened(NAME), 0)
    field(tab, "text_area", ("questions", 0, "text", "en")).input("Mine")
    tab.run()
    assert kept().startswith("# The built-in questionnaire") and kept().count("#") == before.count("#")
    assert read_questionnaire(kept(), "x").version == 2
    # What was published elsewhere since is not what was written here.
    house, asked = warehouse.serving(), survey(warehouse.serving(), BUILT_IN)
    assert asked is not None and written(house, asked.questionnaire) is None


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


def test_a_change_of_a_text_that_was_published_meanwhile_is_not_saved_unasked() -> None:
    tab = on_part(opened(), 0)
    other = library_questionnaire(BUILT_IN)
    next_version(warehouse.serving(), BUILT_IN, other.model_copy(update={"thanks": {"zh": "谢", "en": "Ta"}}))
    # The browser sends what was typed before the page has been drawn again.
    field(tab, "text_area", ("questions", 0, "text", "en")).input("Mine")
    tab.run()
    assert draft(warehouse.serving(), BUILT_IN) is None
    assert "Version 2 was published meanwhile" in tab.words and "Not saved" in tab.words
    told = [each.value for each in tab.app.caption]
    assert "Your last changes are not saved." in told and not [
        each for each in told if "As published" in each
    ]
    field(tab, "text_area", ("questions", 0, "text", "en")).input("Mine, later")
    tab.run()
    assert draft(warehouse.serving(), BUILT_IN) is None and "Not saved" in tab.words
    tab.app.button(key="desk-theirs").click()
    tab.run()
    assert "Not saved" not in tab.words
    field(tab, "text_area", ("questions", 0, "text", "en")).input("From version 2")
    tab.run()
    made = read_questionnaire(kept(BUILT_IN), "x")
    assert made.version == 3 and made.thanks["en"] == "Ta"
    assert made.question("overall").text["en"] == "From version 2"


def test_a_text_written_from_an_older_version_can_be_kept_as_the_draft() -> None:
    tab = on_part(opened(), 0)
    other = library_questionnaire(BUILT_IN)
    next_version(warehouse.serving(), BUILT_IN, other.model_copy(update={"thanks": {"zh": "谢", "en": "Ta"}}))
    field(tab, "text_area", ("questions", 0, "text", "en")).input("Mine")
    tab.run()
    tab.app.button(key="desk-mine").click()
    tab.run()
    assert "Mine" in kept(BUILT_IN) and "Not saved" not in tab.words
    show(tab, "run")
    assert "The draft is not up to date" in tab.words


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
    _of(tab, "datetime_input", "Opens").set_value(opens)
    tab.run()
    tab.app.button(key="run-dates").click()
    tab.run()
    stands = life(warehouse.serving(), BUILT_IN)
    assert stands.opens_at == opens.replace(tzinfo=warehouse.serving().reporting_zone)
    assert stands.state == "not_yet" and "Not yet open" in tab.words
    _of(tab, "datetime_input", "Closes").set_value(opens - timedelta(days=1))
    tab.run()
    tab.app.button(key="run-dates").click()
    tab.run()
    assert "Nothing was changed" in tab.words and life(warehouse.serving(), BUILT_IN).closes_at is None


def test_a_limit_and_quotas_are_set_and_taken_away() -> None:
    tab = show(opened(), "run")
    _of(tab, "number_input", "At most, in all").set_value(100)
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


def test_a_limit_that_is_emptied_is_taken_away() -> None:
    tab = show(opened(), "run")
    for limit in (31, None, 7):
        _of(tab, "number_input", "At most, in all").set_value(limit)
        tab.run()
        tab.app.button(key="run-limit-set").click()
        tab.run()
        assert life(warehouse.serving(), BUILT_IN).limit == limit
        tab = show(opened(), "run")
        assert _of(tab, "number_input", "At most, in all").value == limit


def test_days_that_are_emptied_are_taken_away() -> None:
    house = warehouse.serving()
    start = datetime(2030, 1, 1, 9, tzinfo=UTC)
    tab = opened()
    set_dates(house, BUILT_IN, start, start + timedelta(days=9))
    show(tab, "run")
    for label, left in (("Closes", (start, None)), ("Opens", (None, None))):
        assert _of(tab, "datetime_input", label).value
        _of(tab, "datetime_input", label).set_value(None)
        tab.run()
        tab.app.button(key="run-dates").click()
        tab.run()
        stands = life(house, BUILT_IN)
        assert (stands.opens_at, stands.closes_at) == left


def test_a_limit_set_elsewhere_is_what_the_page_shows() -> None:
    tab = show(opened(), "run")
    set_limits(warehouse.serving(), BUILT_IN, 12, ())
    tab.run()
    assert _of(tab, "number_input", "At most, in all").value == 12


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
