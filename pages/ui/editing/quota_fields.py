"""How many responses a survey takes: in all, and with certain choices, with how many there are."""

from collections.abc import Sequence

import streamlit as st

import warehouse
from pages.ui.editing.entries import Entry
from pages.ui.emptied import at_first
from pages.ui.layout import section
from pages.ui.literal import literal
from pages.ui.numbers import amount
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from survey import Questionnaire, pick
from survey.words import own_label
from warehouse.life import MOST_RESPONSES, Life, Quota, quota_questions, set_limits


def quota_fields(entry: Entry) -> None:
    """The limits as they stand, and what changes them."""
    if entry.life is None or entry.survey is None:
        return
    stands, asked = entry.life, entry.survey.questionnaire
    section(t("How many responses"), t("A survey that has enough says so to whoever comes later."))
    _reached(entry.slug, stands, asked)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        limit = st.number_input(
            t("At most, in all"),
            min_value=1,
            max_value=MOST_RESPONSES,
            value=None,
            step=1,
            key=at_first(f"run-limit-{entry.slug}-{stands.limit}", stands.limit),
            placeholder=t("no limit"),
            width=260,
        )
        st.button(
            t("Set the limit"),
            key="run-limit-set",
            on_click=_set,
            args=(entry.slug, limit, stands.quotas),
        )
    _new(entry.slug, stands, asked)


def _reached(slug: str, stands: Life, asked: Questionnaire) -> None:
    rows = [(t("All responses"), stands.responses, stands.limit)] if stands.limit else []
    rows += [(_name(asked, quota), quota.reached, quota.limit) for quota in stands.quotas]
    if not rows:
        return
    cells = [
        [Cell(name), Cell(amount(reached, "count", language())), Cell(amount(most, "count", language()))]
        for name, reached, most in rows
    ]
    columns = [
        Column(t("Responses with")),
        Column(t("Reached"), right=True),
        Column(t("At most"), right=True),
    ]
    show_table(Table(t("How many responses"), columns, cells))
    with st.container(horizontal=True):
        for number, quota in enumerate(stands.quotas):
            st.button(
                t("Remove the quota: {name}", name=literal(_choice(asked, quota.question, quota.choice))),
                key=f"run-quota-away-{number}",
                on_click=_set,
                args=(slug, stands.limit, _without(stands.quotas, number)),
            )


def _new(slug: str, stands: Life, asked: Questionnaire) -> None:
    questions = {each.code: each for each in quota_questions(asked)}
    if not questions:
        return
    labels = {
        code: pick(each.text, language(), asked.default_language)[0] for code, each in questions.items()
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        question = st.selectbox(
            t("Quota: question"),
            list(questions),
            index=None,
            format_func=labels.__getitem__,
            key="run-quota-question",
            placeholder=t("Choose"),
            width=360,
        )
        offered = questions[question].offered if question else ()
        choice = st.selectbox(
            t("with the choice"),
            list(offered),
            index=None,
            format_func=lambda code: _choice(asked, str(question), code),
            key=f"run-quota-choice-{question}",
            placeholder=t("Choose"),
            width=260,
        )
        most = st.number_input(
            t("At most"),
            min_value=1,
            max_value=MOST_RESPONSES,
            value=None,
            step=1,
            key="run-quota-most",
            width=160,
        )
        ready = bool(question and choice and most)
        added = (*stands.quotas, Quota(str(question), str(choice), int(most or 1)))
        st.button(
            t("Add the quota"),
            key="run-quota-add",
            disabled=not ready,
            on_click=_set,
            args=(slug, stands.limit, added),
        )


def _name(asked: Questionnaire, quota: Quota) -> str:
    return f"{_question(asked, quota.question)} → {_choice(asked, quota.question, quota.choice)}"


def _question(asked: Questionnaire, code: str) -> str:
    try:
        return pick(asked.question(code).text, language(), asked.default_language)[0]
    except KeyError:
        return code


def _choice(asked: Questionnaire, code: str, choice: str) -> str:
    try:
        question = asked.question(code)
    except KeyError:
        return choice
    found = next((each.text for each in question.choices if each.code == choice), None)
    return (
        pick(found, language(), asked.default_language)[0]
        if found
        else own_label(question, choice, language())
    )


def _without(quotas: Sequence[Quota], number: int) -> tuple[Quota, ...]:
    return tuple(quota for place, quota in enumerate(quotas) if place != number)


def _set(slug: str, limit: int | None, quotas: Sequence[Quota]) -> None:
    try:
        set_limits(warehouse.serving(), slug, limit, quotas)
    except warehouse.WarehouseError as error:
        st.session_state["run-failure"] = error.problem.words(language())
