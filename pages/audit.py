"""Who did what, when, to what: the newest rows, whether any was changed or taken out, all as CSV."""

import streamlit as st

import warehouse
from pages.ui.access import require
from pages.ui.filters import export_href
from pages.ui.layout import Link, framed, heading, links, notice, section
from pages.ui.numbers import amount, instant
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from warehouse.audit.chain import Entry, check_audit, newest
from warehouse.audit.events import TITLES, actor_words, detail_words, event_words

require("operator", "mediator")
_SHOWN = 200


def page() -> None:
    """Choose a kind of event; then the newest of them, the latest first."""
    house = warehouse.serving()
    with framed():
        heading(
            t("Record of actions"),
            lead=t(
                "Who did what, when, to what. A row that is changed or taken out is noticed here; no answer "
                "and no member stands in it."
            ),
        )
        house.audit.write()
        _chain(house)
        kinds = ["", *TITLES]
        chosen = st.selectbox(
            t("What happened"),
            kinds,
            format_func=lambda code: event_words(code, language()) if code else t("Everything"),
            key="audit-event",
        )
        rows = newest(house, _SHOWN, chosen or None)
        section(t("The newest"), note=t("At most {count}, the latest first", count=_SHOWN))
        if rows:
            show_table(_table(rows, house))
        else:
            notice([t("Nothing of that kind has happened yet.")])
        links(Link(t("The whole record as CSV"), export_href("audit"), download=True))


def _chain(house: warehouse.Warehouse) -> None:
    found = check_audit(house)
    if found.broken_at is not None:
        notice(
            [
                t(
                    "Row {row} is not what was written: it or a row before it was changed or taken out.",
                    row=found.broken_at,
                ),
                t("Compare the record with the last backup, and tell both parties."),
            ],
            title=t("The record was tampered with"),
            tone="bad",
        )
        return
    count = amount(found.rows, "count", language())
    notice(
        [
            t("Each of the {count} rows follows from the one before.", count=count),
            t("The last hash, to be noted elsewhere and compared later: {sha256}", sha256=found.sha256),
        ],
        tone="good",
    )


def _table(rows: tuple[Entry, ...], house: warehouse.Warehouse) -> Table:
    columns = [Column(t("When")), Column(t("Who")), Column(t("What was done")), Column(t("To what"))]
    return Table(t("The newest"), columns, [_row(each, house) for each in rows])


def _row(entry: Entry, house: warehouse.Warehouse) -> list[Cell]:
    return [
        Cell(instant(entry.happened_at, house.reporting_zone.key, language()), note=f"№ {entry.seq}"),
        Cell(actor_words(entry.actor, language())),
        Cell(event_words(entry.event, language())),
        Cell(entry.subject or "–", note=detail_words(entry.details, language())),
    ]


page()
