"""Care: whom to greet on a day, for what and with which words, and what was given."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

import warehouse
from pages.ui.access import require
from pages.ui.layout import Link, example_notice, framed, heading, links, notice, section
from pages.ui.numbers import NOTHING, amount, day
from pages.ui.records.figures import record_figures
from pages.ui.records.telling import address, class_names
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from warehouse.example import example_loaded
from warehouse.records.care_making import give_day, make_care
from warehouse.records.caring import AHEAD, Due, care_days, care_list, care_today, lost_plans
from warehouse.records.catalogue import record_type

role = require()

_SHOWN = 50
_BACK = timedelta(days=7)


def page() -> None:
    """The days around now, and the list of the day that the address asks for."""
    house = warehouse.serving()
    if role in ("operator", *record_type("care_task").write):
        make_care(house)
    today = care_today(house)
    asked = _asked(today)
    with framed():
        heading(
            t("Care"),
            meta=[record_type("care_task").clause.said(language())],
            lead=t("Only members who agreed are greeted; who takes that back leaves the list."),
        )
        if example_loaded(house):
            example_notice()
        _lost(house)
        _days(house, today)
        _day_chosen(asked)
        _list(house, asked)
        links(
            Link(t("The plan"), address(record_type("care_plan"))),
            Link(t("Who agrees"), address(record_type("care_consent"))),
            Link(t("All that was due"), address(record_type("care_task"))),
        )
        record_figures(record_type("care_task"))


def _asked(today: date) -> date:
    try:
        return date.fromisoformat(st.query_params.get("day", ""))
    except ValueError:
        return today


def _lost(house: warehouse.Warehouse) -> None:
    """Which plans reach nobody, as the contract has their class no more."""
    if lost := lost_plans(house):
        names = class_names(language())
        lines = [f"{plan.title}: {names.get(plan.tier or '', plan.tier)}" for plan in lost]
        title = t("Nobody is greeted by these plans: the contract has their class of customers no more")
        notice(lines, title=title, tone="bad")


def _days(house: warehouse.Warehouse, today: date) -> None:
    now = day(today, language())
    section(t("Around today"), t("Today is {day}; the lists of the next days are made ahead.", day=now))
    found = care_days(house, today - _BACK, today + timedelta(days=AHEAD))
    if not found:
        notice(
            [
                t("Nothing is due in these days. A list needs two things:"),
                t("an occasion in the plan, such as the birthday or a festival,"),
                t("and members who agreed to be contacted; enter them, or import a file of them."),
            ]
        )
        links(
            Link(t("Add an occasion to the plan"), address(record_type("care_plan"))),
            Link(t("Enter or import who agrees"), address(record_type("care_consent"))),
        )
        return
    names = (t("Day"), t("Occasion"), t("Due"), t("Already given"))
    columns = [Column(name, right=place > 1) for place, name in enumerate(names)]
    rows = [
        [
            Cell(day(one.day, language()), href=f"/care?day={one.day.isoformat()}"),
            Cell(one.occasion),
            Cell(amount(one.due, "count", language())),
            Cell(amount(one.given, "count", language())),
        ]
        for one in found
    ]
    show_table(Table(t("Around today"), columns, rows))


def _day_chosen(asked: date) -> None:
    st.session_state["care-day"] = asked
    st.date_input(t("List of the day"), key="care-day", format="YYYY-MM-DD", on_change=_to_address, width=240)


def _to_address() -> None:
    chosen = st.session_state["care-day"]
    if chosen:
        st.query_params["day"] = chosen.isoformat()


def _list(house: warehouse.Warehouse, asked: date) -> None:
    counted = care_days(house, asked, asked)
    due, left = sum(one.due for one in counted), sum(one.due - one.given for one in counted)
    section(
        t("List of the day"),
        t(
            "{day}: {count} due, {left} left.",
            day=day(asked, language()),
            count=amount(due, "count", language()),
            left=amount(left, "count", language()),
        ),
    )
    if said := st.session_state.pop("care-said", ""):
        notice([said], tone="good")
    if not due:
        notice([t("Nothing is due on this day.")])
        return
    if role == "operator":
        show_table(_table(care_list(house, asked, _SHOWN)))
        if due > _SHOWN:
            notice([t("The first {count} are shown; the file has them all.", count=_SHOWN)])
        href = f"/export/care/{asked.isoformat()}.csv"
        links(Link(t("Download the greetings as CSV"), href, download=True))
    if left and role in ("operator", *record_type("care_task").write):
        _give(asked, left)


def _table(found: Sequence[Due]) -> Table:
    kind = record_type("care_task")
    channels = {choice.code: choice.title.said(language()) for choice in kind.by_code["channel"].choices}
    columns = [t("Member"), t("Occasion"), t("How"), t("Words"), t("Already given")]
    rows = [
        [
            Cell(one.name or one.member_id, one.phone or "", href=address(kind, record=one.record_id)),
            Cell(one.occasion),
            Cell(channels.get(one.channel, one.channel)),
            Cell("", one.greeting) if one.greeting else Cell(NOTHING),
            Cell(day(one.given_on, language()) if one.given_on else NOTHING),
        ]
        for one in found
    ]
    return Table(t("List of the day"), [Column(name) for name in columns], rows)


def _give(asked: date, left: int) -> None:
    label = t("Mark as given today: {count}", count=amount(left, "count", language()))
    if not st.button(label, key="care-given"):
        return
    try:
        given = give_day(warehouse.serving(), asked, role)
    except warehouse.WarehouseError as error:
        notice([error.problem.words(language())], title=t("Not all of it was stored"), tone="bad")
    else:
        said = t("Marked as given today: {count}.", count=amount(given, "count", language()))
        st.session_state["care-said"] = f"{said} {t('It is stored.')}"
        st.rerun()  # the list stands above and was drawn before


page()
