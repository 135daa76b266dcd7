"""Whether the term divides into whole periods of an existing zone, and the version says what it follows."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from contract.model.term import Metadata, Term
from contract.periods import begins_period, period_of
from contract.problems import Problem, problem

_LONGEST_TERM = timedelta(days=50 * 366)
_DAY = timedelta(days=1)
_SIMILAR = 0.8  # names less alike are no help: Asia is not Asia/Oral
# They depend on the computer, know no summer time, or turn the sign round (Etc/GMT+8 is west of Greenwich).
_NO_PLACE = re.compile(r"localtime|Factory|posixrules|(Etc/)?GMT[+-]\d+|[A-Z]{3}\d[A-Z]{3}|[CEMW]ET|[EHM]ST")


def check_metadata(metadata: Metadata) -> Iterator[Problem]:
    """A version that does not exist, or does not say which one it follows and from when."""
    before = metadata.supersedes
    if metadata.version < 1:
        yield problem(
            "bad-version",
            "metadata.version",
            "There is no version {version}",
            "Versions count from 1",
            version=metadata.version,
        )
    elif metadata.version == 1 and before:
        yield problem(
            "bad-succession",
            "metadata.supersedes",
            "Version 1 is the first and supersedes nothing",
            "Remove the key supersedes, or write the next version",
        )
    elif metadata.version > 1:
        todo = "Add it: a supplement names the version before it and its own first day"
        for name, value in (("supersedes", before), ("inForceFrom", metadata.in_force_from)):
            if value is None:
                yield problem("missing-key", f"metadata.{name}", "The key {name} is missing", todo, name=name)
        if before and before.version != metadata.version - 1:
            yield problem(
                "bad-succession",
                "metadata.supersedes.version",
                "Version {version} cannot supersede version {before}",
                "Write version: {right}",
                version=metadata.version,
                before=before.version,
                right=metadata.version - 1,
            )


def check_term(term: Term) -> Iterator[Problem]:
    """A zone that does not exist, days in the wrong order, and periods cut in two."""
    if term.timezone not in _zones():
        near = get_close_matches(term.timezone, _zones(), 1, _SIMILAR)
        yield problem(
            "unknown-timezone",
            "spec.term.timezone",
            "There is no time zone “{zone}”",
            "Write {near}" if near else "Write an IANA name such as Asia/Shanghai",
            zone=term.timezone,
            near=near[0] if near else "",
        )
    elif _NO_PLACE.fullmatch(term.timezone):
        what = "“{zone}” is not the clock of a place"
        todo = "Write the IANA name of a place, such as Asia/Shanghai"
        yield problem("zone-of-no-place", "spec.term.timezone", what, todo, zone=term.timezone)
    if not 1 <= term.fiscal_start <= 12:
        yield problem(
            "bad-month",
            "spec.term.fiscalStart",
            "There is no month {month}",
            "Write the month in which the fiscal year begins, 1 to 12",
            month=term.fiscal_start,
        )
    elif term.last_day < term.first_day:
        yield problem(
            "ends-before-start",
            "spec.term.lastDay",
            "The last day {last} is before the first day {first}",
            "Write a last day after the first",
            last=term.last_day,
            first=term.first_day,
        )
    elif not 1900 < term.first_day.year < 2500 or term.last_day - term.first_day > _LONGEST_TERM:
        yield problem(
            "term-too-long",
            "spec.term.lastDay",
            "The term from {first} to {last} is not one of a service contract",
            "Check the years; the longest term is 50 years",
            last=term.last_day,
            first=term.first_day,
        )
    else:
        if not begins_period(term.start, term.periods, term.fiscal_start):
            yield _broken("spec.term.firstDay", "No period begins on {day}", term, term.start)
        if not begins_period(term.end, term.periods, term.fiscal_start):
            yield _broken("spec.term.lastDay", "No period ends on {day}", term, term.end, _DAY)


def check_first_day(metadata: Metadata, term: Term) -> Iterator[Problem]:
    """A version that begins within a period, outside its term, or, the first, not with it."""
    key, day = "metadata.inForceFrom", metadata.in_force_from
    if day is None:
        return
    if not term.start <= day < term.end:
        yield problem(
            "outside-term",
            key,
            "{day} lies outside the term",
            "Write a day from {first} to {last}",
            day=day,
            first=term.first_day,
            last=term.last_day,
        )
    elif metadata.version == 1 and day != term.start:
        yield problem(
            "bad-succession",
            key,
            "The first version is in force from the first day of the term",
            "Remove the key, or write {first}",
            first=term.first_day,
        )
    elif not begins_period(day, term.periods, term.fiscal_start):
        yield _broken(key, "No period begins on {day}", term, day)


def _broken(key: str, what: str, term: Term, day: date, shown_before: timedelta = timedelta()) -> Problem:
    """`shown_before` is the day before for the end of a term, which the file states as its last day."""
    around = period_of(day, term.periods, term.fiscal_start)
    return problem(
        "broken-period",
        key,
        what,
        "Write {before} or {after}",
        day=day - shown_before,
        before=around.start - shown_before,
        after=around.end - shown_before,
    )


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
