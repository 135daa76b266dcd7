"""The fieldwork of a survey as tables; `wave` is empty for the open link, which invites nobody."""

from collections.abc import Iterator

from warehouse.as_of import as_of
from warehouse.database import Warehouse
from warehouse.exporting.table import Table, summary_table
from warehouse.fieldwork.course import break_offs, completions, page_times
from warehouse.fieldwork.dispositions import DIMENSIONS, Tally, members, versions, waves
from warehouse.fieldwork.flags import Effect, Flags, flags
from warehouse.fieldwork.rates import WORDS, rates
from warehouse.filters import Filters

WAVE_COLUMNS = (
    *("wave", "first_day", "last_day", "running", "by", "group", "suppressed", "cases", "bounced", "opened"),
    *("started", "completed", "partial", "broken_off", "opened_only", "withdrawn", "silent"),
    *(f"{name.lower()}_percent" for name in WORDS),
    "as_of",
)
DAY_COLUMNS = ("wave", "day", "completed")
BREAK_OFF_COLUMNS = ("wave", "position", "question", "forms")
PAGE_COLUMNS = (
    *("wave", "version", "page", "suppressed", "forms"),
    *("lower_seconds", "median_seconds", "upper_seconds"),
)
FLAG_COLUMNS = (
    *("wave", "whole_survey", "flag", "judged", "flagged"),
    *("measures", "value", "n", "value_without", "n_without"),
)
MEMBER_COLUMNS = (
    *("wave", "member_id", "tier", "ending"),
    *("invited_at", "opened_at", "started_at", "submitted_at"),
)


def fieldwork(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a wave, and one a group of it by tier and touchpoint: how far its cases came, AAPOR's
    rates."""
    at = as_of(warehouse).instant

    def rows() -> Iterator[tuple[object, ...]]:
        for wave in waves(warehouse, filters.survey):
            found = {rate.name: rate.percent for rate in rates(wave)}
            about = (wave.name, wave.first_day, wave.last_day, wave.is_running)
            yield (*about, None, None, False, *_counts(wave.tally), *(found.get(name) for name in WORDS), at)
            for dimension in DIMENSIONS:
                for group in wave.groups[dimension]:
                    counts = _counts(group.tally) if group.tally else (None,) * 10
                    hidden = group.tally is None
                    yield (*about, dimension, group.name, hidden, *counts, *(None for _ in WORDS), at)

    return summary_table(warehouse, WAVE_COLUMNS, list(rows()), filters)


def fieldwork_days(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a wave and local day on which forms were completed."""
    found = completions(warehouse, filters.survey)
    rows = [(wave, day, n) for wave, days in found.items() for day, n in days.items()]
    return summary_table(warehouse, DAY_COLUMNS, rows, filters)


def fieldwork_break_off(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a wave and question: how many forms were begun, answered as far as it, and not sent."""
    asked = versions(warehouse, filters.survey)
    places = {item.code: place for each in reversed(asked) for place, item in enumerate(each.items, start=1)}
    rows = [
        (wave, places.get(code), code, n)
        for wave, found in break_offs(warehouse, filters.survey).items()
        for code, n in sorted(found.items(), key=lambda pair: places.get(pair[0], 0))
    ]
    return summary_table(warehouse, BREAK_OFF_COLUMNS, rows, filters)


def fieldwork_pages(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a wave, version and page, which are counted from 1: quartiles of the seconds spent on it."""
    rows = [
        (wave, each.version, each.page + 1, each.n is None, each.n, each.lower, each.median, each.upper)
        for wave, pages in page_times(warehouse, filters.survey).items()
        for each in pages
    ]
    return summary_table(warehouse, PAGE_COLUMNS, rows, filters)


def fieldwork_flags(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a wave and flag; for the whole survey one a flag and headline figure, with and without those
    flagged."""
    found = flags(warehouse, filters.survey)
    rows: list[tuple[object, ...]] = [
        (wave, False, each.kind, each.judged, each.flagged, *(None,) * 5)
        for wave, listed in found.waves.items()
        for each in listed
    ]
    rows += _whole(found)
    return summary_table(warehouse, FLAG_COLUMNS, rows, filters)


def fieldwork_members(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a member invited to a wave, and how far the member came: for the operator alone."""
    rows = [
        (
            *(each.wave, each.member_id, each.tier, each.ending),
            *(each.invited_at, each.opened_at, each.started_at, each.submitted_at),
        )
        for each in members(warehouse, filters.survey)
    ]
    return summary_table(warehouse, MEMBER_COLUMNS, rows, filters)


def _counts(tally: Tally) -> tuple[int, ...]:
    counts = (tally.cases, tally.bounced, tally.opened, tally.started, tally.completed, tally.of("partial"))
    return (*counts, tally.of("broken_off"), tally.of("opened"), tally.of("withdrawn"), tally.of("silent"))


def _whole(found: Flags) -> Iterator[tuple[object, ...]]:
    for each in found.whole:
        head = (None, True, each.kind, each.judged, each.flagged)
        effects = found.effects[each.kind]
        yield from ((*head, *_effect(effect)) for effect in effects)
        if not effects:
            yield (*head, *(None,) * 5)


def _effect(effect: Effect) -> tuple[object, ...]:
    whole, rest = effect.everybody, effect.without
    return (
        effect.measures,
        *((whole.value, whole.n) if whole else (None, None)),
        *((rest.value, rest.n) if rest else (None, None)),
    )
