"""Publishing the draft as the next version, after a look at what it changes; or discarding it."""

import streamlit as st

import warehouse
from pages.ui.editing import desk
from pages.ui.editing.differences import show_differences
from pages.ui.editing.entries import Entry
from pages.ui.editing.new_questions import unwritten
from pages.ui.editing.source_text import problem_list
from pages.ui.layout import Link, links, notice, section
from pages.ui.numbers import amount
from pages.ui.texts import language, t
from survey import Questionnaire
from survey.changes import breaking_changes, changes
from survey.editing import set_value
from warehouse.drafts import discard_draft, draft
from warehouse.surveys import next_version


def publishing(entry: Entry) -> None:
    """What can be done with the draft; each step is confirmed before it is taken."""
    section(t("Draft"))
    if done := st.session_state.get("published"):
        notice([t("Version {version} is published.", version=done)], title=t("Published"), tone="good")
        links(Link(t("Open the form"), f"/s/{entry.slug}"))
    if failure := st.session_state.get("publish-failure"):
        notice([failure], title=t("Nothing was published"), tone="bad")
    if entry.draft is None:
        notice([t("There is no draft. Change something under “Edit” to begin one.")])
        return
    if lost := desk.overtaken():
        notice([lost, t("Settle that under “Edit” first.")], title=t("Not saved"), tone="bad")
        return
    drafted, problems = desk.read()
    if drafted is None:
        problem_list(problems)
    elif drafted.version != _next(entry):
        _outdated(entry, drafted)
    elif st.session_state.get("publish-asked"):
        _confirm(entry, drafted)
        return
    with st.container(horizontal=True):
        st.button(
            t("Publish as version {version} …", version=_next(entry)),
            type="primary",
            key="publish",
            disabled=drafted is None or drafted.version != _next(entry),
            on_click=_ask,
            args=("publish-asked",),
        )
        if st.session_state.get("discard-asked"):
            st.button(t("Discard the draft for good"), key="discard-now", on_click=_discard, args=(entry,))
            st.button(t("Keep it"), key="discard-no", on_click=_forget)
        else:
            st.button(t("Discard the draft …"), key="discard", on_click=_ask, args=("discard-asked",))


def _outdated(entry: Entry, drafted: Questionnaire) -> None:
    """The draft is not of the version that comes next: another one was published since it was begun."""
    latest = _next(entry) - 1
    notice(
        [
            t(
                "This draft says version {version}, and version {latest} is the one published last.",
                version=drafted.version,
                latest=latest,
            ),
            t("Look under “Differences” at what publishing it would change, then make it the next version."),
        ],
        title=t("The draft is not up to date"),
        tone="bad",
    )
    st.button(
        t("Make it version {version}", version=latest + 1),
        key="publish-renumber",
        on_click=_renumber,
        args=(latest + 1,),
    )


def _renumber(version: int) -> None:
    _forget()
    desk.edit(lambda source: set_value(source, ("version",), version))


def _confirm(entry: Entry, drafted: Questionnaire) -> None:
    """The differences, the responses so far, and what publishing means."""
    is_refused = False
    if entry.survey and entry.life:
        lines = [
            t(
                "{count} responses were given so far; they stay as they are, with the version they answered.",
                count=amount(entry.life.responses, "count", language()),
            ),
            t("Whoever has the form open now can still send the version they see."),
        ]
        notice(lines, title=t("Publish as version {version}?", version=_next(entry)))
        published = entry.survey.questionnaire
        show_differences(changes(published, drafted), published, drafted)
        if spoilt := breaking_changes(entry.versions, drafted):
            codes = ", ".join(dict.fromkeys(each.code for each in spoilt))
            lines = [t("Publishing is refused until these questions have new codes: {codes}.", codes=codes)]
            notice(lines, title=t("This cannot be published"), tone="bad")
            is_refused = True
    else:
        lines = [
            t("The form opens at {address} at once, to whoever has the link.", address=f"/s/{entry.slug}")
        ]
        notice(lines, title=t("Publish as version {version}?", version=_next(entry)))
    if left := unwritten(drafted):
        names = ", ".join(code or t("Title") for code in left)
        lines = [
            t("People would read words such as “New question” or “Choice 1” here: {names}.", names=names)
        ]
        notice(lines, title=t("Some texts were never written"), tone="bad")
    with st.container(horizontal=True):
        st.button(
            t("Publish now"),
            type="primary",
            key="publish-now",
            disabled=is_refused,
            on_click=_publish,
            args=(entry, drafted),
        )
        st.button(t("Not yet"), key="publish-no", on_click=_forget)


def _next(entry: Entry) -> int:
    return entry.survey.questionnaire.version + 1 if entry.survey else 1


def _ask(name: str) -> None:
    _forget()
    st.session_state[name] = True


def _publish(entry: Entry, drafted: Questionnaire) -> None:
    _forget()
    house = warehouse.serving()
    kept = draft(house, entry.questionnaire)
    if kept is None or kept.saved_at != desk.saved_at():
        st.session_state["publish-failure"] = t(
            "The draft was changed by somebody else just now: look at it again."
        )
        return
    try:
        made = next_version(house, entry.slug, drafted, replaces=drafted.version - 1)
        discard_draft(house, entry.questionnaire, "operator")
    except warehouse.WarehouseError as error:
        st.session_state["publish-failure"] = error.problem.words(language())
    else:
        st.session_state["published"] = made.version
        desk.clear()


def _discard(entry: Entry) -> None:
    _forget()
    discard_draft(warehouse.serving(), entry.questionnaire, "operator")
    desk.clear()


def _forget() -> None:
    for name in ("publish-asked", "discard-asked", "publish-failure", "published"):
        st.session_state.pop(name, None)
