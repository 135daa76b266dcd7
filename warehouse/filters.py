"""What a page or an export is narrowed to: read from the address, each value checked, and written to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from warehouse.contracts import current_contract
from warehouse.database import Warehouse
from warehouse.members import months_between
from warehouse.problems import Problem
from warehouse.surveys import BUILT_IN, survey, surveys
from warehouse.wordings import problem

DIMENSIONS = ("tier", "touchpoint", "channel", "language")
KEYS = ("survey", *DIMENSIONS, "start", "end")
LONGEST = 100
MOST_YEARS = 50
_DAY = re.compile(r"(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}")
# Understood also while nothing of the kind is stored; the order to offer them in.
_KNOWN: Mapping[str, tuple[str, ...]] = {
    "tier": ("potential", "new", "returning", "vip"),
    "touchpoint": ("before", "during", "after"),
    "channel": ("light_form", "invitation", "kiosk", "page", "api", "import", "anonymous"),
    "language": ("zh", "en"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """The answers a view is about; None stands for all. Days are local: `start` counts, `end` does not.

    Both are first days of a month, else ValueError: views that differ by a few days would tell what few
    people answered. `contract` is the one whose targets are meant, that in force when None.
    """

    survey: str
    tier: str | None = None
    touchpoint: str | None = None
    channel: str | None = None
    language: str | None = None
    start: date | None = None
    end: date | None = None
    contract: str | None = None

    def __post_init__(self) -> None:
        if any(day is not None and day.day != 1 for day in (self.start, self.end)):
            raise ValueError(f"not whole months: {self.start} to {self.end}")

    @property
    def narrows(self) -> bool:
        """Whether it leaves out some people's answers; days alone do not."""
        return any(getattr(self, dimension) is not None for dimension in DIMENSIONS)

    @staticmethod
    def from_query(query: Mapping[str, str], warehouse: Warehouse) -> "Filters | tuple[Problem, ...]":
        """The filters that an address names, or all that is wrong; other parameters are passed over.

        A blank value is no filter; without a survey it is that of the contract.
        """
        given = {key: query.get(key, "").strip() for key in KEYS}
        survey = given["survey"] or default_survey(warehouse)
        if all(each.slug != survey for each in surveys(warehouse)):
            wrong = [_refused("survey", survey)]
        else:
            offered = options(warehouse, survey)
            wrong = [
                _refused(key, given[key])
                for key in DIMENSIONS
                if given[key] and given[key] not in (*_KNOWN[key], *offered[key])
            ]
        days = {key: _day(given[key]) for key in ("start", "end") if given[key]}
        wrong += [_refused(key, given[key], "filter-date") for key, day in days.items() if day is None]
        wrong += [
            _refused(key, given[key], "filter-month") for key, day in days.items() if day and day.day != 1
        ]
        start, end = days.get("start"), days.get("end")
        if start and end:
            wrong += _span_problems(start, end)
        contract = query.get("contract", "").strip() or None
        if contract is not None and current_contract(warehouse, contract=contract) is None:
            wrong.append(_refused("contract", contract))
        if wrong:
            return tuple(wrong)
        narrowed = {key: given[key] or None for key in DIMENSIONS}
        return Filters(survey, **narrowed, start=start, end=end, contract=contract)

    def to_query(self) -> dict[str, str]:
        """The parameters of an address that gives these filters again, without those that stand for all."""
        values = {key: getattr(self, key) for key in (*KEYS, "contract")}
        return {key: str(value) for key, value in values.items() if value is not None}

    def parameters(self) -> dict[str, object]:
        """The parameters that every query of filtered answers takes."""
        return {key: getattr(self, key) for key in KEYS}


def default_survey(warehouse: Warehouse) -> str:
    """The survey that the contract is counted from; the built-in one when it names none there is."""
    loaded = current_contract(warehouse)
    named = [use.survey for use in loaded.contract.metrics if use.survey] if loaded else []
    return next((slug for slug in named if survey(warehouse, slug)), BUILT_IN)


def options(warehouse: Warehouse, survey: str) -> dict[str, tuple[str, ...]]:
    """The values to offer, key -> codes that responses have, known ones first.

    For `start` and `end` they are first days of months, from the month of the first response to the end of
    that of the last.
    """
    stored: dict[str, set[str]] = {dimension: set() for dimension in DIMENSIONS}
    for dimension, value in warehouse.read("filters/values", survey=survey):
        stored[dimension].add(value)
    first, last = warehouse.read("exports/days", survey=survey)[0]
    months = list(months_between(first, last + timedelta(days=1))) if first else []
    return {
        dimension: (
            *(value for value in _KNOWN[dimension] if value in found),
            *sorted(found.difference(_KNOWN[dimension])),
        )
        for dimension, found in stored.items()
    } | {
        "start": tuple(str(month.start) for month in months),
        "end": tuple(str(month.end) for month in months),
    }


def _refused(key: str, value: str, code: str = "filter-unknown") -> Problem:
    if len(value) > LONGEST:
        return problem("filter-long", key, limit=LONGEST)
    return problem(code, key, value="".join(char if char.isprintable() else "�" for char in value))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _span_problems(start: date, end: date) -> list[Problem]:
    if start >= end:
        return [problem("filter-order", "end", start=start, end=end)]
    # Compared by parts: 29 February has no anniversary in most years.
    if (end.year - start.year, end.month, end.day) > (MOST_YEARS, start.month, start.day):
        return [problem("filter-span", "end", years=MOST_YEARS)]
    return []
