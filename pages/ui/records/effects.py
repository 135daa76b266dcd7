"""Measures before and after, in words: how far their figure moved, and that a difference is not a cause."""

from decimal import Decimal

import warehouse
from pages.ui.layout import section
from pages.ui.markup import show
from pages.ui.numbers import NOTHING, amount, day, span
from pages.ui.records.telling import address, metric_title
from pages.ui.standing import Standing
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t, translate
from warehouse.access import Role
from warehouse.records.catalogue import record_type
from warehouse.records.effects import KIND, Effect, Side, effects

_BETTER = Standing("", "circle", False, "good")
_WORSE = Standing("", "diamond", False, "bad")
_OPEN = Standing("", "square", True, "open")


def effects_section(role: Role) -> None:
    """The table; nothing while no measure that names a figure is done."""
    found = effects(warehouse.serving(), role)
    if not found:
        return
    chosen = language()
    section(
        t("Before and after"),
        t("The figure that it should move, in the last whole period before it and in the first after it."),
    )
    show_table(effect_table(found, chosen))
    show(
        "notes",
        notes=[
            t(
                "A difference is not a cause: other things changed too between the two periods, and of many "
                "measures one may look good by chance."
            ),
            t(
                "Intervals are for 95 % confidence, from two independent samples: Newcombe's for shares, "
                "MOVER (Zou and Donner 2008) for other figures. What was counted in full has none."
            ),
        ],
    )


def effect_table(found: tuple[Effect, ...], language: str) -> Table:
    """One line a measure."""
    kind = record_type(KIND)
    columns = [Column(translate("Measure", language)), Column(translate("Figure", language))]
    columns += [Column(translate(name, language), right=True) for name in ("Before", "After", "Difference")]
    rows = []
    for each in found:
        title = metric_title(each.metric, language) if each.metric else each.named
        change, interval = change_words(each, language)
        said, standing = effect_words(each, language)
        rows.append(
            [
                Cell(
                    str(each.row.values["title"]),
                    translate("done on {day}", language, day=day(each.done_on, language)),
                    href=address(kind, record=each.row.record_id),
                ),
                Cell(title),
                _side(each, each.before, "figure_before", language),
                _side(each, each.after, "figure_after", language),
                Cell(change, interval),
                Cell(said, "", standing),
            ]
        )
    columns.append(Column(translate("What it says", language), wraps=True))
    return Table(translate("Before and after", language), columns, rows)


def change_words(effect: Effect, language: str) -> tuple[str, str]:
    """The difference in the figure's unit, and its interval."""
    if effect.change is None or effect.metric is None:
        return NOTHING, ""
    unit = effect.metric.unit
    if unit == "percent":  # a difference of two percentages is in points
        points = amount(effect.change, "points", language, signed=True)
        said = translate("{number} points", language, number=points)
    else:
        said = amount(effect.change, unit, language, signed=True)
    if effect.interval is None:
        return said, ""
    plain = "points" if unit == "percent" else unit
    return said, span(effect.interval.low, effect.interval.high, plain, language)


def effect_words(effect: Effect, language: str) -> tuple[str, Standing | None]:
    """What may be said of the two figures, and its shape."""

    def t(message: str, /, **values: object) -> str:
        return translate(message, language, **values)

    if effect.metric is None:
        return t("As party B states it: no figure of this name is counted"), None
    if effect.after is None and effect.known_from is not None:
        return t("Can be told from {day} on", day=day(effect.known_from, language)), None
    if effect.before is None or effect.after is None:
        return t("No whole period before or after it"), None
    if effect.change is None:
        return t("Too few answers, or no cases, in one of the two"), None
    if effect.interval is not None and not effect.is_proven:
        return t("No difference beyond chance"), _OPEN
    if not effect.change:
        return t("No difference"), _OPEN
    if effect.interval is None and _in_full(effect):
        said = t("Better, counted in full") if effect.is_better else t("Worse, counted in full")
    elif effect.interval is None:
        return t("Without an interval nobody can tell it from chance"), _OPEN
    else:
        said = t("Better by more than chance") if effect.is_better else t("Worse by more than chance")
    return said, _BETTER if effect.is_better else _WORSE


def _in_full(effect: Effect) -> bool:
    """Whether both figures were counted in full."""
    sides = (effect.before, effect.after)
    return all(side and side.estimate and side.estimate.kind == "census" for side in sides)


def _side(effect: Effect, side: Side | None, stated: str, language: str) -> Cell:
    if effect.metric is None and isinstance(value := effect.row.values[stated], Decimal):
        return Cell(amount(value, "scale", language), translate("as stated", language))
    if side is None or effect.metric is None:
        return Cell(NOTHING)
    if side.estimate is None:
        return Cell(NOTHING, side.period.name)
    note = side.period.name
    if side.estimate.n is not None:
        note = f"{note} · n = {amount(side.estimate.n, 'count', language)}"
    return Cell(amount(side.estimate.value, effect.metric.unit, language), note)
