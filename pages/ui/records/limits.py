"""The time limits that count for cases received now: those recorded, else those of the software."""

import warehouse
from pages.ui.layout import section
from pages.ui.numbers import NOTHING
from pages.ui.records.queue import span_words
from pages.ui.records.telling import worded
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from warehouse.as_of import as_of
from warehouse.calendar import local_day
from warehouse.records.case_clock import LIMITS, Limit, agreed_by
from warehouse.records.catalogue import record_type

KIND = "case_limit"


def limits_section() -> None:
    """One line a severity: nobody finds the limits of the software among those recorded."""
    house, fields = warehouse.serving(), record_type(KIND).by_code
    today = local_day(as_of(house).instant, house.reporting_zone)
    with house.one_state("reads") as cursor:
        agreed = agreed_by(cursor)
    rows = []
    for choice in fields["severity"].choices:
        limit = agreed.of(choice.code, today)
        whose = t("Of the software") if limit is LIMITS[choice.code] else t("As recorded")
        rows.append(
            [
                Cell(choice.title.said(language()), whose),
                Cell(worded(fields["clock"], limit.clock, language()), _hours(limit)),
                Cell(span_words(limit.respond_minutes)),
                Cell(span_words(limit.resolve_minutes)),
            ]
        )
    section(t("Limits that count now"), t("For cases received today, in the hours that count."))
    columns = [
        *(Column(fields[code].title.said(language())) for code in ("severity", "clock")),
        Column(t("First response"), right=True),
        Column(t("Resolution"), right=True),
    ]
    show_table(Table(t("Limits that count now"), columns, rows))


def _hours(limit: Limit) -> str:
    return NOTHING if limit.clock == "always" else f"{limit.opens:%H:%M} – {limit.closes:%H:%M}"
