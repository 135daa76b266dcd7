"""The filters of a page: the address is the truth, widgets show and change it, what is wrong is ignored."""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

import streamlit as st
from babel import Locale, UnknownLocaleError

from pages.ui.layout import notice
from pages.ui.numbers import LOCALES
from pages.ui.texts import language, t, translate
from survey import pick
from warehouse import Problem, Warehouse
from warehouse.filters import DIMENSIONS, KEYS, Filters, options
from warehouse.surveys import surveys

ALL = ""
DIMENSION_TITLES = {
    "tier": "Member tier",
    "touchpoint": "Touchpoint",
    "channel": "Channel",
    "language": "Language of the answers",
}
VALUE_TITLES = {
    "tier potential": "Potential",
    "tier new": "New",
    "tier returning": "Returning",
    "tier vip": "VIP",
    "touchpoint before": "Before the sale",
    "touchpoint during": "During the sale",
    "touchpoint after": "After the sale",
    "channel light_form": "Light form",
    "channel page": "Inside the app",
    "channel api": "Interface",
    "channel import": "Import",
}


def read_filters(house: Warehouse) -> Filters:
    """The filters of the address. What is wrong is said in a notice, taken out and ignored."""
    query, problems = _without_problems({key: st.query_params.get(key, "") for key in KEYS}, house)
    for problem in problems:
        if problem.where in st.query_params:
            del st.query_params[problem.where]
    if problems:
        lines = [problem.words(language()) for problem in problems]
        notice(lines, title=t("Part of the address was not understood and is ignored"), tone="bad")
    return query


def draw_filters(house: Warehouse, filters: Filters) -> None:
    """The widgets; a change goes into the address, and the page is drawn again from there."""
    titles = {each.slug: pick(each.title, language(), "en")[0] for each in surveys(house)}
    offered = options(house, filters.survey)
    with st.grid(4, min_column_width=150, gap="small"):
        _select("survey", t("Survey"), titles, filters.survey)
        for dimension in DIMENSIONS:
            if offered[dimension]:
                labels = {ALL: t("All")} | {
                    code: value_title(dimension, code, language()) for code in offered[dimension]
                }
                _select(dimension, t(DIMENSION_TITLES[dimension]), labels, getattr(filters, dimension) or ALL)
        _pick_day("start", t("From"), filters.start, 0)
        _pick_day("end", t("Until"), filters.end, 1)
    if any(key in st.query_params for key in KEYS):
        st.button(t("Clear all filters"), type="tertiary", on_click=_clear, key="filters-clear")


def export_href(name: str, filters: Filters | None = None) -> str:
    """The address of an export, narrowed like the page."""
    query = urlencode(filters.to_query()) if filters else ""
    return f"/export/{name}.csv?{query}" if query else f"/export/{name}.csv"


def value_title(dimension: str, code: str, chosen: str) -> str:
    """What people call a value of a dimension; the code itself where there is no name for it."""
    if dimension == "language":
        try:
            return Locale.parse(code).get_display_name(LOCALES[chosen]) or code
        except (UnknownLocaleError, ValueError):
            return code
    name = f"{dimension} {code}"
    return translate(VALUE_TITLES[name], chosen) if name in VALUE_TITLES else code


def _without_problems(query: Mapping[str, str], house: Warehouse) -> tuple[Filters, list[Problem]]:
    given, problems = dict(query), []
    while isinstance(found := Filters.from_query(given, house), tuple):
        problems += found
        for problem in found:
            given.pop(problem.where)
    return found, problems


def _select(name: str, label: str, labels: Mapping[str, str], chosen: str) -> None:
    key = f"filter-{name}"
    st.session_state[key] = chosen
    # A value of the address that no response has yet is kept and shown.
    codes = [*labels, *([] if chosen in labels else [chosen])]
    st.selectbox(
        label,
        codes,
        format_func=lambda code: labels.get(code, code),
        key=key,
        on_change=_to_address,
        args=(name, key),
    )


def _pick_day(name: str, label: str, chosen: date | None, days_after: int) -> None:
    """`days_after`: an end is the day after the last that counts, people name that last day."""
    key = f"filter-{name}"
    st.session_state[key] = chosen - timedelta(days=days_after) if chosen else None
    st.date_input(
        label,
        value=None,
        key=key,
        format="YYYY-MM-DD",
        on_change=_day_to_address,
        args=(name, key, days_after),
    )


def _to_address(name: str, key: str) -> None:
    _set(name, st.session_state[key])


def _day_to_address(name: str, key: str, days_after: int) -> None:
    chosen = st.session_state[key]
    _set(name, (chosen + timedelta(days=days_after)).isoformat() if chosen else "")


def _set(name: str, value: str) -> None:
    if name == "survey":
        _clear()  # another survey has other tiers and channels
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def _clear() -> None:
    for key in KEYS:
        if key in st.query_params:
            del st.query_params[key]
