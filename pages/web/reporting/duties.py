"""The parts of a report that records tell: figures of cases, care and other duties, and measures."""

from collections.abc import Collection
from datetime import date

import warehouse
from contract import Period
from pages.ui.numbers import day
from pages.ui.records.changes import change_table
from pages.ui.records.effects import change_words, effect_words
from pages.ui.records.figures import figure_cell
from pages.ui.records.telling import metric_title
from pages.ui.standing import Standing
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from warehouse.access import Role
from warehouse.records.catalogue import record_type, types_seen_by
from warehouse.records.changing import changes
from warehouse.records.effects import KIND, Effect, effects
from warehouse.records.figures import figures
from warehouse.records.reading import Asked, Row, find

_MOST_MEASURES = 500
_WORDS = {
    "on_time": "Done on time",
    "late": "Done late",
    "overdue": "Past its day",
    "open": "Still to do",
}
_STANDINGS = {
    "on_time": Standing("", "circle", False, "good"),
    "late": Standing("", "diamond", False, "bad"),
    "overdue": Standing("", "diamond", True, "bad"),
    "open": Standing("", "square", True, "open"),
}


def duty_table(
    house: warehouse.Warehouse,
    role: Role,
    contract: str,
    period: str,
    judged: Collection[str],
    language: str,
) -> Table | None:
    """Every figure counted from records in the period but those with a target, which were said before; None
    without any."""
    rows = []
    for kind in types_seen_by(role):
        for each in figures(house, kind, contract):
            counts = dict(each.periods).get(period)
            if each.metric.name in judged or counts is None or counts.exact() is None:
                continue
            cell = figure_cell(each.metric, counts, language)
            kind_title = kind.title.said(language)
            rows.append(
                [Cell(metric_title(each.metric, language), kind_title), Cell(cell.text), Cell(cell.note)]
            )
    if not rows:
        return None
    title = translate("Cases, care and other duties", language)
    columns = [
        Column(translate("Figure", language)),
        Column(translate("Value", language), right=True),
    ]
    if any(made_of.text for *_, made_of in rows):
        return Table(title, [*columns, Column(translate("Made of", language))], rows)
    return Table(title, columns, [[figure, value] for figure, value, _ in rows])


def measure_table(
    house: warehouse.Warehouse, role: Role, contract: str, period: Period, today: date, language: str
) -> Table | None:
    """The improvement measures that were due or done in the period, by their day, with what their figure was
    before and after; None without any."""
    kind = record_type(KIND)
    moved = {
        each.row.record_id: each for each in effects(house, role, most=_MOST_MEASURES, contract=contract)
    }
    found = find(house, kind, role, Asked(most=_MOST_MEASURES)).rows if kind.seen_by(role) else ()
    rows = []
    for row in found:
        due, done = row.values["due_on"], row.values["done_on"]
        if not isinstance(due, date):
            continue
        finished = done if isinstance(done, date) else None
        if not any(each and period.start <= each < period.end for each in (due, finished)):
            continue
        state = measure_state(due, finished, today)
        when = translate("due on {day}", language, day=day(due, language))
        if finished:
            when = translate("{when}, done on {day}", language, when=when, day=day(finished, language))
        effect = moved.get(row.record_id)
        rows.append(
            (
                due,
                [
                    Cell(str(row.values["title"]), _figure(effect, row, language)),
                    Cell(str(row.values["clause"] or "")),
                    Cell(translate(_WORDS[state], language), when, _STANDINGS[state]),
                    _moved(effect, language),
                ],
            )
        )
    if not rows:
        return None
    columns = [Column(translate(name, language)) for name in ("Measure", "Clause", "State", "Its figure")]
    title = translate("Improvement measures", language)
    return Table(title, columns, [cells for _, cells in sorted(rows, key=lambda each: each[0])])


def _figure(effect: Effect | None, row: Row, language: str) -> str:
    """What the figure that it should move is called."""
    if effect is None or effect.metric is None:
        return str(row.values["metric"] or "")
    return metric_title(effect.metric, language)


def _moved(effect: Effect | None, language: str) -> Cell:
    """By how much its figure changed; nothing for a measure without one, or not done yet."""
    if effect is None:
        return Cell("")
    change, interval = change_words(effect, language)
    said, _ = effect_words(effect, language)
    return Cell(change, f"{interval} · {said}" if interval else said)


def changed_table(house: warehouse.Warehouse, role: Role, period: Period, language: str) -> Table | None:
    """The records of the period that were withdrawn or changed with a reason, or are to be; None without."""
    seen = {kind.name for kind in types_seen_by(role)}
    mine = [one for one in changes(house, first=period.start, end=period.end) if one.type in seen]
    return change_table(mine, role, house.reporting_zone, language) if mine else None


def measure_state(due: date, done: date | None, today: date) -> str:
    """How a measure stands on a local day: on_time, late, overdue or open."""
    if done is not None:
        return "on_time" if done <= due else "late"
    return "overdue" if due < today else "open"
