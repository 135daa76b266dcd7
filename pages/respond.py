"""The questionnaire inside the app, open to everybody: form, validator and commit are the light form's."""

from datetime import UTC, datetime
from uuid import UUID

import streamlit as st

import survey as asking
import warehouse
from pages.ui.layout import NARROW, framed, heading, notice
from pages.ui.markup import show
from pages.ui.question_widgets import answer_key, draw_fields, sent_answers
from pages.ui.texts import language, t
from warehouse.receiving import takes_answers
from warehouse.surveys import BUILT_IN, Survey, survey


def page() -> None:
    """The form of `?survey=`, or the receipt once its response is stored."""
    asked = survey(warehouse.serving(), st.query_params.get("survey", BUILT_IN))
    with framed(NARROW):
        if asked is None or not takes_answers(warehouse.serving(), asked.slug):
            heading(t("There is no such survey"), lead=t("Check the link, or ask whoever sent it to you."))
        elif number := st.session_state.get(_key(asked, "receipt")):
            _thank(asked, number)
        else:
            _ask(asked)


def _ask(asked: Survey) -> None:
    # The id is made when the form is first shown: sent twice, it is still one response.
    st.session_state.setdefault(_key(asked, "id"), str(asking.new_response_id()))
    form = asking.build_form(
        asked.questionnaire, language(), problems=st.session_state.get(_key(asked, "problems"), ())
    )
    heading(form.title, meta=[t("Example data")] if asked.is_example else [], lead=form.intro)
    if failure := st.session_state.get(_key(asked, "failure")):
        notice([failure], title=t("Your answers are not stored yet"), tone="bad")
    if form.problems:
        notice(
            [problem.words for problem in form.problems],
            title=t("Please look at these answers again"),
            tone="bad",
        )
    with st.form(_key(asked, "form"), enter_to_submit=False, border=False):
        draw_fields(form)
        st.form_submit_button(t("Send answers"), type="primary", on_click=_send, args=(asked, language()))


def _send(asked: Survey, chosen_language: str) -> None:
    """Runs when the form is sent, before the page is drawn again, which then shows problems or receipt."""
    state = st.session_state
    response_id = UUID(state[_key(asked, "id")])
    envelope = asking.Envelope(
        response_id=response_id,
        survey=asked.slug,
        channel="page",
        language=chosen_language,
        submitted_at=datetime.now(UTC),
        started_at=asking.started_at(response_id),
    )
    form = asking.build_form(asked.questionnaire, chosen_language)
    sent = sent_answers(form, {str(key): value for key, value in state.items()})
    response = asking.validate(asked.questionnaire, sent, envelope)
    state[_key(asked, "failure")] = ""
    if isinstance(response, tuple):
        state[_key(asked, "problems")] = response
        return
    state[_key(asked, "problems")] = ()
    try:
        state[_key(asked, "receipt")] = warehouse.serving().writer.submit(response).number
    except warehouse.WarehouseError as error:
        state[_key(asked, "failure")] = error.problem.words(chosen_language)


def _thank(asked: Survey, number: str) -> None:
    form = asking.build_form(asked.questionnaire, language())
    show(
        "receipt",
        title=t("Your response is saved"),
        thanks=form.thanks,
        label=t("Your receipt number"),
        number=number,
        note=t("It stands for your answers only and does not say who you are."),
    )
    st.button(t("Answer once more"), on_click=_start_over, args=(asked,))


def _start_over(asked: Survey) -> None:
    for name in ("id", "receipt", "problems", "failure"):
        st.session_state.pop(_key(asked, name), None)
    for question in asked.questionnaire.questions:
        st.session_state.pop(answer_key(asked.slug, question.code), None)


def _key(asked: Survey, name: str) -> str:
    return f"respond-{asked.slug}-{name}"


page()
