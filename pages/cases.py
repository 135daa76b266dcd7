"""Cases: who waits for an answer, by the time that is left, and what was done about it just now."""

import streamlit as st

import warehouse
from pages.ui.access import require
from pages.ui.layout import Link, example_notice, framed, heading, links, notice, section
from pages.ui.markup import show
from pages.ui.numbers import amount, instant
from pages.ui.records.figures import record_figures
from pages.ui.records.queue import case_name, queue_table, queue_words
from pages.ui.records.telling import address
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from warehouse.example import example_loaded
from warehouse.records.case_opening import open_cases
from warehouse.records.case_queue import Queue, Step, Waiting, open_case, queue, take_step
from warehouse.records.catalogue import record_type
from warehouse.records.problems import RecordRefusedError

role = require()

_STEPS: dict[Step, str] = {
    "answer": "Answered now",
    "resolve": "Resolved now",
    "pause": "Waits for the customer",
    "resume": "Goes on",
}


def page() -> None:
    """The queue, the steps for who handles it, and the figures."""
    house, kind = warehouse.serving(), record_type("service_case")
    if role in ("operator", *kind.write):
        open_cases(house)
    found = queue(house, role)
    with framed():
        heading(
            t("Cases"),
            meta=[t("as of {instant}", instant=instant(found.now, house.reporting_zone.key, language()))],
            lead=queue_words(found),
        )
        if example_loaded(house):
            example_notice()
        _tiles(found)
        if found.unknown_year:
            notice(
                [
                    t(
                        "The holidays of {year} are not known to this version: Monday to Friday count as "
                        "workdays. Enter them below under workdays and days off once they are announced. "
                        "[calendar-unpublished]",
                        year=found.unknown_year,
                    )
                ]
            )
        section(
            t("Who waits"),
            t("Least time left first, by the clock of each case: working hours for most."),
        )
        if not found.cases:
            notice([t("No case is open.")], tone="good")
        else:
            show_table(queue_table(found, house.reporting_zone))
            if found.open > len(found.cases):
                notice([t("The first {count} are shown.", count=len(found.cases))])
            if said := st.session_state.pop("case-said", ""):
                notice([said], tone="good")
            if role == "operator" or role in kind.write:
                _steps(found)
        links(
            Link(t("All cases, add and import"), address(kind)),
            Link(t("Time limits"), address(record_type("case_limit"))),
            Link(t("Workdays and days off"), address(record_type("work_day"))),
            Link(t("Cases from low scores"), address(record_type("case_rule"))),
        )
        record_figures(kind)


def _tiles(found: Queue) -> None:
    tiles = [
        (t("Open cases"), found.open, ""),
        (t("Past their limit"), found.late, t("they count as missed")),
        (t("Without an answer"), found.unanswered, ""),
        (t("Waiting for the customer"), found.paused, t("their time stands still")),
    ]
    said = [(name, amount(n, "count", language()), words) for name, n, words in tiles]
    show("tiles", tiles=[{"name": name, "value": value, "words": words} for name, value, words in said])


def _steps(found: Queue) -> None:
    """One case, and what happened to it at this moment."""
    has_more = found.open > len(found.cases)
    named = {case.record_id: case_name(case) for case in found.cases}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            t("Case"),
            list(named),
            index=None,
            format_func=lambda number: named.get(number, number),
            key="case-chosen",
            placeholder=t("Choose"),
            width=400,
        )
        if has_more:
            chosen = st.text_input(t("Or its number"), key="case-number").strip() or chosen
        case = open_case(warehouse.serving(), chosen, role) if chosen else None
        for step, label in _STEPS.items():
            fits = case is not None and (
                step == "resolve"
                or (step == "answer" and case.next_step == "answer")
                or (step == "pause" and not case.is_paused)
                or (step == "resume" and case.is_paused)
            )
            if st.button(t(label), key=f"case-{step}", disabled=not fits) and case:
                _take(case, step)


def _take(case: Waiting, step: Step) -> None:
    try:
        take_step(warehouse.serving(), case.record_id, step, role, language())
    except RecordRefusedError as error:
        lines = [problem.words(language()) for problem in error.problems]
        notice(lines, title=t("Nothing was stored"), tone="bad")
    except warehouse.WarehouseError as error:
        notice([error.problem.words(language())], title=t("Nothing was stored"), tone="bad")
    else:
        # The queue stands above and was drawn before; what was done is said below it.
        st.session_state["case-said"] = f"{case_name(case)}: {t(_STEPS[step])}. {t('It is stored.')}"
        st.rerun()


page()
