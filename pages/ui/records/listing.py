"""The list of a type's records: search, filter, table, pages, downloads."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

import streamlit as st

import warehouse
from pages.ui.layout import Link, links, notice
from pages.ui.markup import show
from pages.ui.numbers import amount
from pages.ui.records.telling import address, export_address, short, told
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from warehouse.access import Role
from warehouse.records.declaring import RecordType
from warehouse.records.reading import Asked, Found, find

PAGE_ROWS = 50
AMONG = "Looked for in the latest {count}; a whole number, of a record or a customer, in all of them."


def records_list(kind: RecordType, role: Role) -> None:
    """Fields to narrow the list, and the page of it that the address asks for."""
    house = warehouse.serving()
    query = _narrowed(kind)
    page = _page_number()
    asked = asked_for(kind, query, PAGE_ROWS, (page - 1) * PAGE_ROWS)
    found = find(house, kind, role, asked)
    if not found.rows:
        narrowed = bool(query) or page > 1
        said = t("Nothing fits this search.") if narrowed else t("Nothing has been recorded yet.")
        notice([said, *_among(found)])
        return
    show_table(_table(kind, found, role))
    last = -(-found.fitting // PAGE_ROWS)
    show(
        "notes",
        notes=[
            t(
                "{count} in all; page {page} of {last}.",
                count=amount(found.fitting, "count", language()),
                page=page,
                last=last,
            ),
            *_among(found),
        ],
    )
    around = [
        Link(label, address(kind, **query, page=str(number)))
        for label, number in ((t("Previous page"), page - 1), (t("Next page"), page + 1))
        if 1 <= number <= last
    ]
    downloads = [
        Link(label, export_address(kind, ending, query), download=True)
        for label, ending in ((t("Download as CSV"), "csv"), (t("Download as XLSX"), "xlsx"))
    ]
    links(*around, *downloads)


def _among(found: Found) -> list[str]:
    """Where a text was not looked for in all records."""
    if found.among is None:
        return []
    count = amount(found.among, "count", language())
    return [t(AMONG, count=count)]


def asked_for(kind: RecordType, query: Mapping[str, str], most: int, skip: int) -> Asked:
    """What an address asks of a type; what does not fit is ignored. `on` is a local day, as of whose end to
    read."""
    choices = kind.by_code[kind.filter].choices if kind.filter else ()
    value = query.get("value")
    until = None
    try:
        last = date.fromisoformat(query.get("on", ""))
        zone = warehouse.serving().reporting_zone
        until = datetime.combine(last + timedelta(days=1), time(), zone)
    except (ValueError, OverflowError):
        pass
    return Asked(
        value if value in {choice.code for choice in choices} else None,
        query.get("text", "")[:200],
        until,
        most,
        skip,
    )


def _narrowed(kind: RecordType) -> dict[str, str]:
    """The widgets that narrow the list, kept in the address; the part of the address that does."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if kind.filter:
            field = kind.by_code[kind.filter]
            titles = {
                "": t("All"),
                **{choice.code: choice.title.said(language()) for choice in field.choices},
            }
            key = f"records-value-{kind.name}"
            asked = st.query_params.get("value", "")
            st.session_state[key] = asked if asked in titles else ""
            st.selectbox(
                field.title.said(language()),
                list(titles),
                format_func=titles.__getitem__,
                key=key,
                on_change=_to_address,
                args=("value", key),
                width=240,
            )
        key = f"records-text-{kind.name}"
        st.session_state[key] = st.query_params.get("text", "")[:200]
        st.text_input(t("Search"), key=key, on_change=_to_address, args=("text", key), width=240)
        key = f"records-on-{kind.name}"
        st.session_state[key] = _day(st.query_params.get("on", ""))
        st.date_input(
            t("As recorded by the end of"),
            key=key,
            format="YYYY-MM-DD",
            on_change=_to_address,
            args=("on", key),
            width=240,
        )
    query = {name: st.query_params.get(name, "") for name in ("value", "text", "on")}
    return {name: value for name, value in query.items() if value}


def _table(kind: RecordType, found: Found, role: Role) -> Table:
    zone, chosen = warehouse.serving().reporting_zone, language()
    fields = [field for field in kind.seen_by(role) if field.listed]
    numbers = {"whole", "money"}
    return Table(
        kind.title.said(chosen),
        [
            Column(t("Record number")),
            *(
                # What has to be said is a sentence; figures, days and codes stay on a line.
                Column(
                    field.title.said(chosen),
                    right=field.kind in numbers,
                    wraps=field.kind == "text" and field.required,
                )
                for field in fields
            ),
        ],
        [
            [
                Cell(short(row.record_id), href=address(kind, record=row.record_id)),
                *(Cell(told(field, row.values[field.code], zone, chosen)) for field in fields),
            ]
            for row in found.rows
        ],
    )


def _page_number() -> int:
    asked = st.query_params.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= 99_999 else 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _to_address(name: str, key: str) -> None:
    value = st.session_state[key]
    st.query_params.pop("page", None)
    if value:
        st.query_params[name] = str(value)
    else:
        st.query_params.pop(name, None)
