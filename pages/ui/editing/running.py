"""When a survey takes answers and how many: its days, its pause and its end, its limit and its quotas."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

import warehouse
from pages.ui.editing.entries import Entry
from pages.ui.editing.quota_fields import quota_fields
from pages.ui.emptied import at_first
from pages.ui.layout import notice, section
from pages.ui.texts import language, t
from warehouse.life import Life, close, pause, resume, set_dates


def running(entry: Entry) -> None:
    """What can be done with a published survey."""
    if entry.life is None:
        return
    if failure := st.session_state.pop("run-failure", ""):
        notice([failure], title=t("Nothing was changed"), tone="bad")
    _switches(entry.slug, entry.life)
    _dates(entry.slug, entry.life)
    quota_fields(entry)


def _switches(slug: str, stands: Life) -> None:
    section(t("Pause and close"), t("A pause stops everybody at once; what was answered stays."))
    with st.container(horizontal=True):
        if stands.state in ("paused", "closed"):
            label = t("Open again") if stands.state == "closed" else t("Go on")
            st.button(label, type="primary", key="run-resume", on_click=_do, args=(resume, slug))
        if stands.state not in ("paused", "closed"):
            st.button(t("Pause"), key="run-pause", on_click=_do, args=(pause, slug))
        if stands.state != "closed":
            st.button(t("Close"), key="run-close", on_click=_do, args=(close, slug))


def _dates(slug: str, stands: Life) -> None:
    zone = warehouse.serving().reporting_zone
    section(t("Days"), t("In the time of {zone}; empty means no bound.", zone=zone.key))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        opens = _moment(t("Opens"), stands.opens_at, f"run-opens-{slug}")
        closes = _moment(t("Closes"), stands.closes_at, f"run-closes-{slug}")
        st.button(t("Set the days"), key="run-dates", on_click=_set_dates, args=(slug, opens, closes))


def _moment(label: str, at: datetime | None, key: str) -> datetime | None:
    zone = warehouse.serving().reporting_zone
    local = at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0) if at else None
    # A key of its own for every bound: what was set elsewhere meanwhile is shown.
    widget = at_first(f"{key}-{local}", local)
    chosen = st.datetime_input(label, value=None, key=widget, format="YYYY-MM-DD", width=260)
    return chosen if isinstance(chosen, datetime) else None


def _set_dates(slug: str, opens: datetime | None, closes: datetime | None) -> None:
    try:
        set_dates(warehouse.serving(), slug, opens, closes)
    except warehouse.WarehouseError as error:
        st.session_state["run-failure"] = error.problem.words(language())


def _do(order: Callable[[warehouse.Warehouse, str], None], slug: str) -> None:
    try:
        order(warehouse.serving(), slug)
    except warehouse.WarehouseError as error:
        st.session_state["run-failure"] = error.problem.words(language())
