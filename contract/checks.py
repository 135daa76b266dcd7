"""What the parts of a contract must agree on: parties, whole periods, declared clauses and metrics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from contract.metrics import KINDS
from contract.names import look_alike, mixes_alphabets, plain_name
from contract.periods import Period, begins_quarter, quarter_of, quarters
from contract.problems import Problem, problem
from contract.target_checks import check_targets, repeated, warn_of_small_targets

if TYPE_CHECKING:  # the model runs these checks, so it imports them
    from contract.model import Clause, Metadata, MetricUse, Parties, Party, TargetTerms, Term

_LONGEST_TERM = timedelta(days=50 * 366)
_DAY = timedelta(days=1)


def check(
    metadata: Metadata | None,
    parties: Parties | None,
    term: Term | None,
    clauses: Sequence[Clause] | None,
    metrics: Sequence[MetricUse] | None,
    targets: Sequence[TargetTerms | None] | None,
) -> list[Problem]:
    """Everything that contradicts itself; a part that could not be read is None."""
    problems: list[Problem] = []
    periods: tuple[Period, ...] | None = None
    if metadata:
        problems += _check_metadata(metadata)
    if parties:
        problems += _check_parties(parties)
    if term:
        found = list(_check_term(term))
        problems += found
        if not found:
            periods = quarters(term.start, term.end, term.fiscal_start)
    if clauses is not None:
        problems += repeated("spec.clauses", "id", [clause.id for clause in clauses])
    if metrics is not None:
        problems += _check_metrics(metrics, clauses)
    if targets is not None:
        problems += check_targets(targets, metrics, periods)
    return problems


def warn(parties: Parties, metrics: Sequence[MetricUse], targets: Sequence[TargetTerms]) -> Iterator[Problem]:
    """What is allowed but looks like a mistake."""
    people = _people(parties)
    todo = "Type the name again with one keyboard layout"
    for number, (key, party) in enumerate(people):
        earlier = [name for _, other in people[:number] for name in other.name.values()]
        for language, name in party.name.items():
            place = f"{key}.name.{language}"
            if mixes_alphabets(name):
                what = "“{name}” mixes Latin with Cyrillic or Greek letters"
                yield problem("mixed-alphabets", place, what, todo, name=name)
            if any(look_alike(name, other) for other in earlier):
                what = "“{name}” looks like another party's name but is written with other letters"
                yield problem("look-alike-names", place, what, todo, name=name)
    yield from warn_of_small_targets(metrics, targets)


def _people(parties: Parties) -> list[tuple[str, Party]]:
    people = [("spec.parties.A", parties.a), ("spec.parties.B", parties.b)]
    return people + ([("spec.parties.mediator", parties.mediator)] if parties.mediator else [])


def _check_metadata(metadata: Metadata) -> Iterator[Problem]:
    if metadata.version < 1:
        yield problem(
            "bad-version",
            "metadata.version",
            "There is no version {version}",
            "Versions count from 1",
            version=metadata.version,
        )


def _check_parties(parties: Parties) -> Iterator[Problem]:
    def names(party: Party) -> set[str]:
        return {plain_name(name) for name in party.name.values()}

    if names(parties.a) & names(parties.b):
        yield problem(
            "parties-equal",
            "spec.parties.B",
            "Both parties have the same name",
            "Name two different parties: A the client, B the provider",
        )
    if parties.mediator and names(parties.mediator) & (names(parties.a) | names(parties.b)):
        yield problem(
            "mediator-is-a-party",
            "spec.parties.mediator",
            "The mediator is one of the parties",
            "Name somebody neutral, or leave the mediator out",
        )


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _check_term(term: Term) -> Iterator[Problem]:
    if term.timezone not in _zones():
        near = get_close_matches(term.timezone, _zones(), 1)
        yield problem(
            "unknown-timezone",
            "spec.term.timezone",
            "There is no time zone “{zone}”",
            "Write {near}" if near else "Write an IANA name such as Asia/Shanghai",
            zone=term.timezone,
            near=near[0] if near else "",
        )
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
        yield from _check_whole_periods(term)


def _check_whole_periods(term: Term) -> Iterator[Problem]:
    if not begins_quarter(term.start, term.fiscal_start):
        around = quarter_of(term.start, term.fiscal_start)
        yield problem(
            "broken-period",
            "spec.term.firstDay",
            "No quarter begins on {day}",
            "Write {before} or {after}",
            day=term.first_day,
            before=around.start,
            after=around.end,
        )
    if not begins_quarter(term.end, term.fiscal_start):
        around = quarter_of(term.end, term.fiscal_start)
        yield problem(
            "broken-period",
            "spec.term.lastDay",
            "No quarter ends on {day}",
            "Write {before} or {after}",
            day=term.last_day,
            before=around.start - _DAY,
            after=around.end - _DAY,
        )


def _check_metrics(metrics: Sequence[MetricUse], clauses: Sequence[Clause] | None) -> Iterator[Problem]:
    yield from repeated("spec.metrics", "id", [use.metric for use in metrics])
    known = None if clauses is None else [clause.id for clause in clauses]
    for number, use in enumerate(metrics):
        key = f"spec.metrics[{number}]"
        if known is not None and use.clause not in known:
            yield problem(
                "unknown-clause",
                f"{key}.clause",
                "There is no clause {clause}",
                "Write one of: {known}",
                clause=use.clause,
                known=", ".join(known),
            )
        if KINDS[use.kind].sampled and use.survey is None:
            yield problem(
                "survey-missing",
                key,
                "{metric} is sampled, but from no survey",
                "Name the survey that asks for it, such as survey: customer-satisfaction",
                metric=use.metric,
            )
        if not KINDS[use.kind].sampled and use.survey is not None:
            yield problem(
                "survey-of-census",
                f"{key}.survey",
                "{metric} is a census: it is counted, not asked",
                "Remove the key survey",
                metric=use.metric,
            )
