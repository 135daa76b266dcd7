"""The filters of a page: the address is the truth, widgets show and change it, what is wrong is ignored."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

import streamlit as st
from babel import Locale, UnknownLocaleError

from pages.ui.layout import notice
from pages.ui.markup import show
from pages.ui.numbers import LOCALES, month
from pages.ui.texts import language, t, translate
from survey import pick
from warehouse import Problem, Warehouse
from warehouse.anonymity import LANGUAGE
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
    "channel shop": "In a shop",
    "channel website": "Website",
    "channel mini_program": "Mini program",
    "channel referral": "Recommended by a member",
    "channel light_form": "Light form",
    "channel invitation": "Personal link",
    "channel kiosk": "Kiosk",
    "channel page": "Inside the app",
    "channel api": "Interface",
    "channel import": "Import",
    "channel anonymous": "Anonymous",
}


def read_filters(house: Warehouse) -> Filters:
    """The filters of the address. What is wrong is said in a notice, taken out and ignored."""
    query, problems = _without_problems({key: st.query_params.get(key, "") for key in KEYS}, house)
    for problem in problems:
        house.audit.note_refused(problem.code, "filters")
        if problem.where in st.query_params:
            del st.query_params[problem.where]
    if problems:
        lines = [problem.words(language()) for problem in problems]
        notice(lines, title=t("Part of the address was not understood and is ignored"), tone="bad")
    return query


def draw_filters(house: Warehouse, filters: Filters) -> None:
    """The widgets; a change goes into the address, and the page is drawn again from there.

    On a phone they are folded away, and a line says what is chosen.
    """
    offered = options(house, filters.survey)
    titles = {each.slug: pick(each.title, language(), "en")[0] for each in surveys(house)}
    choices = {"survey": (t("Survey"), titles)}
    for dimension in DIMENSIONS:
        if offered[dimension]:
            values = {code: value_title(dimension, code, language()) for code in offered[dimension]}
            choices[dimension] = (t(DIMENSION_TITLES[dimension]), {ALL: t("All")} | values)
    choices |= _months(filters, offered)
    with st.container(key="filters", gap="small"):
        chosen = [
            labels.get(code, code)
            for name, (_, labels) in choices.items()
            if (code := filters.to_query().get(name, ALL)) != ALL
        ]
        show("fold", title=t("Filters"))
        show("chosen", chosen=chosen)
        with st.container(key="filters-fields"), st.grid(4, min_column_width=150, gap="small"):
            for name, (label, labels) in choices.items():
                _select(name, label, labels, filters.to_query().get(name, ALL))
        if any(key in st.query_params for key in KEYS):
            st.button(t("Clear all filters"), type="tertiary", on_click=_clear, key="filters-clear")


def _months(filters: Filters, offered: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, dict[str, str]]]:
    """The first and the last month to choose, so that the first never comes after the last. An end is the
    day after the last month; people name that month."""
    starts = {date.fromisoformat(each) for each in offered["start"]}
    ends = {date.fromisoformat(each) for each in offered["end"]}
    starts |= {filters.start} if filters.start else set()
    ends |= {filters.end} if filters.end else set()
    first = {str(day): month(day, language()) for day in sorted(starts) if day < (filters.end or date.max)}
    last = {
        str(day): month(day - timedelta(days=1), language())
        for day in sorted(ends)
        if day > (filters.start or date.min)
    }
    return {
        "start": (t("From month"), {ALL: t("The beginning")} | first),
        "end": (t("Until month"), {ALL: t("Now")} | last),
    }


def export_href(name: str, filters: Filters | None = None, kind: str = "csv") -> str:
    """The address of an export, narrowed like the page; `kind` is csv, xlsx, parquet or sav."""
    query = urlencode(filters.to_query()) if filters else ""
    return f"/export/{name}.{kind}?{query}" if query else f"/export/{name}.{kind}"


def value_title(dimension: str, code: str, chosen: str) -> str:
    """What people call a value of a dimension; the code itself where there is no name for it."""
    if dimension == "language" and code == LANGUAGE:
        return translate("not kept", chosen)
    if dimension == "language":
        try:
            return Locale.parse(code).get_display_name(LOCALES[chosen]) or code
        except (UnknownLocaleError, ValueError):
            return code
    name = f"{dimension} {code}"
    return translate(VALUE_TITLES[name], chosen) if name in VALUE_TITLES else code


def _without_problems(query: Mapping[str, str], house: Warehouse) -> tuple[Filters, list[Problem]]:
    given, problems = dict(query), list[Problem]()
    while isinstance(found := Filters.from_query(given, house), tuple):
        problems += found
        for where in {problem.where for problem in found}:
            given.pop(where)
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


def _to_address(name: str, key: str) -> None:
    _set(name, st.session_state[key])


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
