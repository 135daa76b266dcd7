"""The fieldwork of a wave as tables: its groups, time on each page, flagged responses; and AAPOR's rates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contract import Estimate
from pages.ui.filters import value_title
from pages.ui.numbers import NOTHING, amount
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from warehouse.fieldwork.course import PageTime
from warehouse.fieldwork.dispositions import Dimension, Group, Wave
from warehouse.fieldwork.flags import Flag, Flags
from warehouse.fieldwork.rates import Rate

TITLES: Mapping[Dimension, str] = {"tier": "By tier", "touchpoint": "By touchpoint"}
FLAG_TITLES: Mapping[str, str] = {
    "fast": "Too fast",
    "straight": "Straight-lined",
    "either": "Either",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A rate: its AAPOR name, value and what it says."""

    name: str
    value: str
    words: str


def rate_tiles(rates: Sequence[Rate], language: str) -> list[Tile]:
    """One tile a rate."""
    return [
        Tile(each.name, amount(each.percent, "percent", language), each.words(language)) for each in rates
    ]


def group_table(wave: Wave, dimension: Dimension, language: str, *, known_late: bool) -> Table:
    """One line a group; too small ones are named and empty. `known_late`: only who completes tells the group,
    so that there are no shares of those asked."""
    names = ["Invited", "Bounced", "Opened", "Begun", "Completed", "Completed of these"]
    if known_late:
        names = ["Completed", "Share of all completed"]
    elif wave.name is None:
        names = ["Opened", "Begun", "Completed", "Completed of these"]
    return Table(
        translate(TITLES[dimension], language),
        [
            Column(translate("Tier" if dimension == "tier" else "Touchpoint", language)),
            *(Column(translate(name, language), right=True) for name in names),
        ],
        [
            _group(group, wave, dimension, names, language)
            for group in wave.groups[dimension]
            if not known_late or group.tally is None or group.tally.completed
        ],
    )


def _group(group: Group, wave: Wave, dimension: Dimension, names: Sequence[str], language: str) -> list[Cell]:
    name = value_title(dimension, group.name, language) if group.name else translate("Not stated", language)
    if group.tally is None:
        few = Cell(translate("Too few to show", language))
        return [Cell(name), few, *[Cell(NOTHING)] * (len(names) - 1)]
    tally = group.tally
    known = {
        "Invited": tally.cases,
        "Bounced": tally.bounced,
        "Opened": tally.opened,
        "Begun": tally.started,
        "Completed": tally.completed,
    }
    whole = wave.tally.completed if names[-1] == "Share of all completed" else tally.cases
    share = 100 * tally.completed / whole if whole else None
    counts = [Cell(amount(known[each], "count", language)) for each in names[:-1]]
    return [Cell(name), *counts, Cell(amount(share, "percent", language))]


def page_table(times: Sequence[PageTime], language: str) -> Table:
    """One line a page of a version: forms, quartiles."""
    names = ("Forms", "Lower quartile", "Median", "Upper quartile")
    rows = []
    for each in times:
        page = translate("Page {page}", language, page=each.page + 1)
        note = translate("version {version}", language, version=each.version)
        if each.n is None:
            cells = [Cell(translate("Too few to show", language)), *[Cell(NOTHING)] * 3]
        else:
            spans = (each.lower, each.median, each.upper)
            cells = [
                Cell(amount(each.n, "count", language)),
                *(Cell(_time(span, language)) for span in spans),
            ]
        rows.append([Cell(page, note), *cells])
    columns = [
        Column(translate("Page", language)),
        *(Column(translate(name, language), right=True) for name in names),
    ]
    return Table(translate("Time on each page", language), columns, rows)


def flag_table(flags: Flags, wave: str | None, language: str) -> Table:
    """One line a flag: in the wave, in the whole survey, and the headline figures with and without."""
    mine: Sequence[Flag] = flags.waves.get(wave, ())
    here = {each.kind: each for each in mine}
    measured = [effect.measures for effect in flags.effects["either"]]
    figures = {"csat": "Satisfied (top two)", "nps": "NPS"}
    columns = [Column(translate("Flag", language)), Column(translate("In this wave", language), right=True)]
    columns.append(Column(translate("In the whole survey", language), right=True))
    columns += [Column(translate(figures[measures], language), right=True) for measures in measured]
    rows = []
    for each in flags.whole:
        own = here.get(each.kind)
        cells = [
            Cell(translate(FLAG_TITLES[each.kind], language)),
            _flagged(own, language),
            _flagged(each, language),
        ]
        for effect in flags.effects[each.kind]:
            cells.append(_effect(effect.everybody, effect.without, effect.measures, each.judged, language))
        rows.append(cells)
    return Table(translate("Flagged responses", language), columns, rows)


def _flagged(flag: Flag | None, language: str) -> Cell:
    if flag is None or not flag.judged:
        return Cell(NOTHING, translate("cannot be judged", language))
    return Cell(
        amount(flag.flagged, "count", language),
        translate("of {n} judged", language, n=amount(flag.judged, "count", language)),
    )


def _effect(whole: Estimate | None, rest: Estimate | None, measures: str, judged: int, language: str) -> Cell:
    if not judged or whole is None:
        return Cell(NOTHING)
    unit = "percent" if measures == "csat" else "points"
    if rest is None:
        return Cell(amount(whole.value, unit, language), translate("without them: too few to show", language))
    value = amount(rest.value, unit, language)
    return Cell(amount(whole.value, unit, language), translate("without them {value}", language, value=value))


def _time(seconds: float | None, language: str) -> str:
    if seconds is None:
        return NOTHING
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return translate("{minutes} min {seconds} s", language, minutes=f"{minutes:,}", seconds=rest)
    return translate("{seconds} s", language, seconds=rest)
