"""The questionnaire inside the app, open to everybody: form, validator and commit are the light form's."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

import streamlit as st

import survey as asking
import warehouse
from pages.ui.layout import NARROW, framed, heading, notice
from pages.ui.markup import show
from pages.ui.question_widgets import answer_key, draw_fields, recall, sent_answers
from pages.ui.texts import language, t
from pages.ui.turned_away import title, to_visitor, to_writer
from warehouse.anonymity import is_anonymous
from warehouse.audit.acting import VISITOR
from warehouse.gate import NotOpen
from warehouse.life import turned_away
from warehouse.pictures import pictures
from warehouse.surveys import BUILT_IN, Survey, questionnaire, survey


def page() -> None:
    """The form of `?survey=`, or the receipt once its response is stored."""
    asked = survey(warehouse.serving(), st.query_params.get("survey", BUILT_IN))
    with framed(NARROW):
        if asked and (number := st.session_state.get(_key(asked, "receipt"))):
            _thank(asked, number)
            return
        refused = _refused(asked) if asked else None
        if asked is None or (refused and not refused.has_form):
            heading(t("There is no such survey"), lead=t("Check the link, or ask whoever sent it to you."))
        elif refused:
            heading(title(refused, language()), lead=to_visitor(refused, _zone(), language()))
        else:
            _ask(asked)


def _refused(asked: Survey) -> NotOpen | None:
    """Why there is no form to show. Who has begun keeps it, with all that was written, unless there are
    enough answers."""
    if _key(asked, "id") not in st.session_state:
        return turned_away(warehouse.serving(), asked)
    found: NotOpen | None = st.session_state.get(_key(asked, "full"))
    return found


def _ask(asked: Survey) -> None:
    state = st.session_state
    # The id is made when the form is first shown: sent twice, it is still one response.
    state.setdefault(_key(asked, "id"), str(asking.new_response_id()))
    form = _form(asked, language(), state.get(_key(asked, "problems"), ()))
    is_first = form.previous_page is None
    heading(
        form.title,
        meta=[t("Example data")] if asked.is_example else [],
        lead=form.intro if is_first else "",
    )
    if is_anonymous(warehouse.serving(), asked.slug) and is_first:
        notice(
            [
                t(
                    "Anonymous: your answers are kept without your name, your link and the time, and nobody "
                    "sees them before the survey has closed."
                )
            ]
        )
    if form.page is not None:
        st.progress(form.progress, t("Page {page} of {pages}", page=form.page + 1, pages=form.pages))
    if failure := state.get(_key(asked, "failure")):
        notice([failure], title=t("Your answers are not stored yet"), tone="bad")
    if form.problems:
        notice(
            [problem.words for problem in form.problems],
            title=t("Please look at these answers again"),
            tone="bad",
        )
    recall(form, asked.slug, state)
    with st.form(_key(asked, f"form-{form.page}"), enter_to_submit=False, border=False):
        draw_fields(form, asked.slug, pictures(warehouse.serving(), form.slug))
        with st.container(horizontal=True):
            forward = t("Send answers") if form.is_last else t("Next")
            st.form_submit_button(forward, type="primary", on_click=_go_on, args=(asked, language()))
            if not is_first:
                st.form_submit_button(t("Back"), on_click=_go_back, args=(asked, language()))


def _go_on(asked: Survey, chosen_language: str) -> None:
    """Runs when a page is sent, before anything is drawn again: then the next page, problems or receipt."""
    state = st.session_state
    definition, page = _questionnaire(asked), _page(asked)
    kept = state.get(_key(asked, "answers"), {})
    here = _collect(asked, chosen_language)
    response_id = UUID(state[_key(asked, "id")])
    envelope = asking.Envelope(
        response_id=response_id,
        survey=asked.slug,
        channel="page",
        language=chosen_language,
        submitted_at=datetime.now(UTC),
        started_at=asking.started_at(response_id),
        today=_today(),
    )
    answers = asking.with_kept(definition, here, kept, today=envelope.today)
    state[_key(asked, "failure")] = ""
    if page is not None:
        wrong = asking.check_page(definition, answers, page, envelope)
        following = asking.next_page(definition, answers, page, today=envelope.today)
        state[_key(asked, "problems")] = wrong
        if wrong:
            _count(asked, wrong)
            return
        if following is not None:
            state[_key(asked, "page")] = following
            state[_key(asked, "full")] = _enough(asked, answers)
            return
    response = asking.validate(definition, answers, envelope)
    if isinstance(response, tuple):
        _count(asked, response)
        _lead_to(asked, response)
        return
    state[_key(asked, "problems")] = ()
    try:
        state[_key(asked, "receipt")] = warehouse.serving().writer.submit(response).number
    except NotOpen as refused:
        state[_key(asked, "full")] = refused if refused.state == "full" else None
        state[_key(asked, "failure")] = to_writer(refused, _zone(), chosen_language)
    except warehouse.WarehouseError as error:
        state[_key(asked, "failure")] = error.problem.words(chosen_language)


def _count(asked: Survey, problems: Sequence[asking.Problem]) -> None:
    """Why a page was not taken, in the audit; anonymous surveys are not answered here."""
    for code in dict.fromkeys(each.code for each in problems):
        warehouse.serving().audit.note_refused(code, asked.slug, actor=VISITOR)


def _enough(asked: Survey, answers: Mapping[str, asking.Raw]) -> NotOpen | None:
    """Whether there are enough answers like these already: told at once, not when all has been filled in."""
    found = turned_away(warehouse.serving(), asked, chosen=answers)
    return found if found and found.state == "full" else None


def _lead_to(asked: Survey, problems: Sequence[asking.Problem]) -> None:
    """To the first page on which something is wrong, with its problems and those of no page."""
    pages = {
        code: number
        for number, questions in enumerate(_questionnaire(asked).pages)
        for question in questions
        for code in (question.code, *(item.code for item in question.items))
    }
    if _page(asked) is not None:
        first = min((pages[each.where] for each in problems if each.where in pages), default=_page(asked))
        st.session_state[_key(asked, "page")] = first
        problems = [each for each in problems if pages.get(each.where, first) == first]
    st.session_state[_key(asked, "problems")] = tuple(problems)


def _go_back(asked: Survey, chosen_language: str) -> None:
    """To the page before, whatever stands on this one: it is kept and checked on the way forward."""
    state = st.session_state
    before = _form(asked, chosen_language).previous_page
    _collect(asked, chosen_language)
    state[_key(asked, "page")] = before
    state[_key(asked, "problems")] = ()


def _form(asked: Survey, chosen_language: str, problems: Sequence[asking.Problem] = ()) -> asking.Form:
    """The page that is asked now, with what was answered on this one and on others."""
    return asking.build_form(
        _questionnaire(asked),
        chosen_language,
        st.session_state.get(_key(asked, "answers"), {}),
        problems,
        page=_page(asked),
        response_id=UUID(st.session_state[_key(asked, "id")]),
        today=_today(),
    )


def _collect(asked: Survey, chosen_language: str) -> Mapping[str, asking.Raw]:
    """The answers of the page just sent, kept beside those of other pages: Streamlit forgets widgets it does
    not draw."""
    state = st.session_state
    sent = sent_answers(_form(asked, chosen_language), asked.slug, state)
    state[_key(asked, "answers")] = state.get(_key(asked, "answers"), {}) | sent
    return sent


def _questionnaire(asked: Survey) -> asking.Questionnaire:
    """The version with which this response was begun."""
    slug, latest = asked.questionnaire.slug, asked.questionnaire.version
    version = st.session_state.setdefault(_key(asked, "version"), latest)
    return questionnaire(warehouse.serving(), slug, version) or asked.questionnaire


def _page(asked: Survey) -> int | None:
    """The page that is asked now; None when the questionnaire has only one."""
    definition = _questionnaire(asked)
    if len(definition.pages) == 1:
        return None
    first = asking.next_page(definition, {}, -1, today=_today()) or 0
    return int(st.session_state.setdefault(_key(asked, "page"), first))


def _zone() -> str:
    return warehouse.serving().reporting_zone.key


def _today() -> date:
    """The day it is in the survey's zone."""
    return datetime.now(warehouse.serving().reporting_zone).date()


def _thank(asked: Survey, number: str) -> None:
    form = asking.build_form(_questionnaire(asked), language())
    show(
        "receipt",
        title=t("Your response is saved"),
        thanks=form.thanks,
        label=t("Your receipt number"),
        number=number,
        note=t("The number shows that you have answered; it is not kept with your answers.")
        if is_anonymous(warehouse.serving(), asked.slug)
        else t("It stands for your answers only and does not say who you are."),
    )
    st.button(t("Answer once more"), on_click=_start_over, args=(asked,))


def _start_over(asked: Survey) -> None:
    for name in ("id", "receipt", "problems", "failure", "full", "answers", "version", "page"):
        st.session_state.pop(_key(asked, name), None)
    for key in list(st.session_state):
        if str(key).startswith(answer_key(asked.slug, "")):
            del st.session_state[key]


def _key(asked: Survey, name: str) -> str:
    return f"respond-{asked.slug}-{name}"


page()
