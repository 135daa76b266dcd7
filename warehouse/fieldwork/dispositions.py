"""How each case ended, in our words and in those of AAPOR, and counted by wave, tier and touchpoint."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from survey import Questionnaire
from warehouse.as_of import as_of
from warehouse.calendar import from_stored, local_day
from warehouse.case_counts import case_counts
from warehouse.database import Warehouse
from warehouse.suppression import is_small, suppress
from warehouse.surveys import questionnaire, survey

Ending = Literal["completed", "partial", "broken_off", "opened", "bounced", "withdrawn", "silent"]
Dimension = Literal["tier", "touchpoint"]
DIMENSIONS: tuple[Dimension, ...] = ("tier", "touchpoint")
PARTIAL_FROM = 0.5
"""A form that was begun and not sent is partial when this share of its required questions was reached, else a
break-off: AAPOR Standard Definitions, 10th edition (2023), by the share of essential questions answered."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases by how they ended. A later stage implies the earlier ones: who completes has opened and begun."""

    endings: Mapping[Ending, int] = field(default_factory=dict)

    def of(self, *endings: Ending) -> int:
        """How many ended in one of these ways."""
        return sum(self.endings.get(ending, 0) for ending in endings)

    @property
    def cases(self) -> int:
        """All: the members invited, or the forms opened by the open link."""
        return sum(self.endings.values())

    @property
    def bounced(self) -> int:
        """Invitations that came back and were not opened all the same."""
        return self.of("bounced")

    @property
    def opened(self) -> int:
        """Forms that somebody looked at."""
        return self.started + self.of("opened")

    @property
    def started(self) -> int:
        """Forms with a first answer."""
        return self.completed + self.of("partial", "broken_off")

    @property
    def completed(self) -> int:
        """Responses stored."""
        return self.of("completed")


@dataclass(frozen=True, slots=True)
class Group:
    """The cases with one value of a dimension, "" where it is not known; `tally` is None where suppressed."""

    name: str
    tally: Tally | None


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave of invitations; `name` is None for the open link, which invites nobody.

    Days are local: `first_day` of inviting, `last_day` on which a link works, both None for the open link.
    """

    name: str | None
    first_day: date | None
    last_day: date | None
    is_running: bool
    tally: Tally
    groups: Mapping[Dimension, tuple[Group, ...]]


@dataclass(frozen=True, slots=True)
class Member:
    """A member invited to a wave, for the operator alone; instants are UTC, None for what never happened."""

    wave: str
    member_id: str
    tier: str | None
    ending: Ending
    invited_at: datetime
    opened_at: datetime | None
    started_at: datetime | None
    submitted_at: datetime | None


def waves(warehouse: Warehouse, slug: str) -> tuple[Wave, ...]:
    """The waves of a survey, the latest first, then the open link where anybody used it."""
    at = as_of(warehouse).instant
    asked = survey(warehouse, slug)
    fixed = asked.questionnaire.touchpoint if asked else None
    counted: dict[str | None, list[tuple[str, str, Ending, int]]] = {}
    cuts = _cuts(warehouse, slug)
    for wave, *row in case_counts(warehouse, "fieldwork/dispositions", slug, touchpoint=fixed, **cuts):
        counted.setdefault(wave, []).append((row[0], row[1], row[2], row[3]))
    found = []
    for name, first, last in reversed(warehouse.read("fieldwork/waves", survey=slug)):
        until = from_stored(last)
        first_day = local_day(from_stored(first), warehouse.reporting_zone)
        last_day = local_day(until - timedelta(microseconds=1), warehouse.reporting_zone)
        found.append(_wave(name, first_day, last_day, until > at, counted.get(name, [])))
    if None in counted:
        found.append(_wave(None, None, None, True, counted[None]))
    return tuple(found)


def members(warehouse: Warehouse, slug: str) -> tuple[Member, ...]:
    """Every member invited, wave by wave, and how far each came."""
    rows = warehouse.read("fieldwork/members", survey=slug, **_cuts(warehouse, slug))
    return tuple(Member(*row[:4], *(from_stored(each) if each else None for each in row[4:])) for row in rows)


def versions(warehouse: Warehouse, slug: str) -> tuple[Questionnaire, ...]:
    """Every version the survey has asked, the latest first."""
    asked = survey(warehouse, slug)
    numbers = warehouse.read("fieldwork/versions", survey=slug) if asked else []
    found = (questionnaire(warehouse, asked.questionnaire.slug, row[0]) for row in numbers if asked)
    return tuple(each for each in found if each)


def cut(definition: Questionnaire) -> int:
    """The place, from 1, of the first item with which PARTIAL_FROM of the required ones are reached; of all
    items when none is required."""
    required = [place for place, item in enumerate(definition.items, start=1) if item.required]
    counting = required or list(range(1, len(definition.items) + 1))
    return next(
        place for reached, place in enumerate(counting, start=1) if reached >= PARTIAL_FROM * len(counting)
    )


def _cuts(warehouse: Warehouse, slug: str) -> dict[str, object]:
    asked = versions(warehouse, slug)
    return {"versions": [each.version for each in asked], "cuts": [cut(each) for each in asked]}


def _wave(
    name: str | None,
    first_day: date | None,
    last_day: date | None,
    is_running: bool,
    rows: list[tuple[str, str, Ending, int]],
) -> Wave:
    whole: dict[Ending, int] = {}
    parts: dict[Dimension, dict[str, dict[Ending, int]]] = {dimension: {} for dimension in DIMENSIONS}
    for tier, touchpoint, ending, n in rows:
        values: tuple[tuple[Dimension, str], ...] = (("tier", tier), ("touchpoint", touchpoint))
        for endings in (whole, *(parts[key].setdefault(value, {}) for key, value in values)):
            endings[ending] = endings.get(ending, 0) + n
    groups = {
        dimension: _shown({value: Tally(endings) for value, endings in sorted(found.items())})
        for dimension, found in parts.items()
    }
    return Wave(name, first_day, last_day, is_running, Tally(whole), groups)


def _shown(tallies: Mapping[str, Tally]) -> tuple[Group, ...]:
    """The groups, without those of fewer than five cases or fewer than five responses, whose size other pages
    hide, and without the others that would give them away."""
    few = {name for name, each in tallies.items() if is_small(each.cases) or is_small(each.completed)}
    before: set[str] | None = None
    while few != before:
        before = set(few)
        for sizes in (
            {name: each.cases for name, each in tallies.items()},
            {name: each.completed for name, each in tallies.items()},
        ):
            few |= {group.name for group in suppress(sizes, also=few) if group.suppressed}
    return tuple(Group(name, None if name in few else each) for name, each in tallies.items())
