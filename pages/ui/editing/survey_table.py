"""Every survey on one page: its state as a word, its version, its responses, its days and its link."""

from datetime import datetime

import warehouse
from pages.ui.editing.entries import Entry, entries
from pages.ui.layout import notice
from pages.ui.numbers import amount, moment
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from survey import pick

STATES = {
    "not_yet": "Not yet open",
    "open": "Open",
    "paused": "Paused",
    "closed": "Closed",
    "full": "Full",
}
COLUMNS = ("Survey", "State", "Version", "Responses", "Opens", "Closes", "Form")
_NUMBERS = ("Version", "Responses")


def state_words(entry: Entry) -> str:
    """The state of a survey, or that there is only a draft."""
    return t(STATES[entry.life.state]) if entry.life else t("Draft, not published")


def survey_table() -> None:
    """The table; each survey's title leads to its own page."""
    found = entries()
    if not found:
        notice([t("There is no survey yet.")])
        return
    columns = [Column(t(name), right=name in _NUMBERS) for name in COLUMNS]
    show_table(Table(t("Questionnaires"), columns, [_row(entry) for entry in found]))


def _row(entry: Entry) -> list[Cell]:
    title = pick(entry.title, language(), "zh")[0]
    asked, stands = entry.survey, entry.life
    has_draft = t("a draft is being written") if entry.draft and asked else ""
    return [
        Cell(title, note=entry.slug, href=f"/questionnaires?survey={entry.slug}"),
        Cell(state_words(entry), note=has_draft),
        Cell(str(asked.questionnaire.version) if asked else "–"),
        Cell(amount(stands.responses, "count", language()) if stands else "–"),
        Cell(_moment(stands.opens_at) if stands else "–"),
        Cell(_moment(stands.closes_at) if stands else "–"),
        Cell(f"/s/{entry.slug}", href=f"/s/{entry.slug}") if asked else Cell("–"),
    ]


def _moment(at: datetime | None) -> str:
    """An instant in the survey's zone, without naming the zone in every row."""
    if at is None:
        return "–"
    return moment(at, warehouse.serving().reporting_zone.key, language())
