"""The versions of one contract: which counts on a day, whether they follow each other, what differs."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from contract.model.contract import Contract
from contract.periods import Period, begins_period
from contract.problems import Problem, problem
from contract.targets import Target

State = Literal["draft", "signed", "in_force", "superseded", "ended"]
# The keys that name an entry of a list, so that it is found again where it moved.
_NAMES = ("id", "metric", "at", "name", "score", "reaching")


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands at `path` in one version and in the other, as in their JSON; None where nothing stands.

    An entry of a list is named, not numbered: `spec.targets[nps].ramp.points[2026Q3].value`.
    """

    path: str
    before: object
    after: object


def version_on(contracts: Sequence[Contract], day: date) -> Contract | None:
    """The version in force on `day`: of those signed, the one that began last. None outside every term."""
    begun = [one for one in _signed(contracts) if one.in_force_from <= day]
    latest = max(begun, key=lambda one: (one.in_force_from, one.version), default=None)
    return None if latest is None or day >= latest.term.end else latest


def state_on(contracts: Sequence[Contract], contract: Contract, day: date) -> State:
    """What the days make of a version, whatever its file says: it comes into force and is superseded by
    itself, and after the term the last one has `ended`."""
    if contract.metadata.status == "draft":
        return "draft"
    if day < contract.in_force_from:
        return "signed"
    in_force = version_on(contracts, day)
    if in_force is not None:
        return "in_force" if in_force.version == contract.version else "superseded"
    last = max(_signed(contracts), key=lambda one: (one.in_force_from, one.version))
    return "ended" if last.version == contract.version else "superseded"


def periods_in_force(contracts: Sequence[Contract]) -> tuple[tuple[Period, Contract], ...]:
    """Every period with the version that it belongs to: the one in force on its first day."""
    found = {
        period.start: (period, one)
        for one in contracts
        for period in one.periods
        if version_on(contracts, period.start) is one
    }
    return tuple(found[start] for start in sorted(found))


def target_in_force(contracts: Sequence[Contract], metric: str, period: str) -> Target | None:
    """The target of the period of that name, in the version the period belongs to; None without one."""
    versions = {found.name: one for found, one in periods_in_force(contracts)}
    return versions[period].target(metric, period) if period in versions else None


def check_succession(contracts: Sequence[Contract]) -> tuple[Problem, ...]:
    """Why these are not the versions of one contract, each following the one before without gap or overlap.

    Every problem names the version it is found in, in its values as `version`.
    """
    ordered = sorted(contracts, key=lambda one: one.version)
    found = [
        problem(
            "draft-in-force",
            "metadata.status",
            "Version {version} is a draft, which nobody signed",
            "Write status: signed once both parties have signed it",
            version=one.version,
        )
        for one in ordered
        if one.metadata.status == "draft"
    ]
    if ordered and ordered[0].version != 1:
        what, todo = "Version {version} comes first, but versions begin with 1", "Begin with version 1"
        found.append(problem("version-missing", "metadata.version", what, todo, version=ordered[0].version))
    for before, after in pairwise(ordered):
        found += follows(before, after)
    return tuple(found)


def follows(before: Contract, after: Contract) -> Iterator[Problem]:
    """Why `after` is not the next version of the contract that `before` is."""
    version = after.version
    if version != before.version + 1:
        yield problem(
            "version-missing",
            "metadata.version",
            "Version {version} comes after version {before}",
            "Write version {right}, or put the versions between them first",
            version=version,
            before=before.version,
            right=before.version + 1,
        )
        return
    named = after.metadata.supersedes
    if named is None or named.sha256 != before.sha256:
        yield problem(
            "supersedes-another",
            "metadata.supersedes.sha256",
            "Version {version} does not name the content of version {before}",
            "Write sha256: {right}",
            version=version,
            before=before.version,
            right=before.sha256,
        )
    for key, one, other in _lasting(before, after):
        if one != other:
            yield problem(
                "not-a-supplement",
                key,
                "Version {version} changes what a supplement cannot change, from {one} to {other}",
                "Write {one} again, or make another contract",
                version=version,
                one=one,
                other=other,
            )
    yield from _first_day(before, after)


def differences(before: Contract, after: Contract) -> tuple[Difference, ...]:
    """What `after` says otherwise than `before`, in the order of the file; what is only said otherwise, such
    as 80.0 for 80, does not differ."""
    return tuple(_compare("", _document(before), _document(after)))


def _signed(contracts: Sequence[Contract]) -> list[Contract]:
    return [one for one in contracts if one.metadata.status != "draft"]


def _lasting(before: Contract, after: Contract) -> Iterator[tuple[str, object, object]]:
    yield "metadata.id", before.id, after.id
    one, other = before.term, after.term
    yield "spec.term.firstDay", one.first_day, other.first_day
    yield "spec.term.timezone", one.timezone, other.timezone
    yield "spec.term.periods", one.periods, other.periods
    yield "spec.term.fiscalStart", one.fiscal_start, other.fiscal_start
    if before.spec.fees and after.spec.fees:
        yield "spec.fees.currency", before.spec.fees.currency, after.spec.fees.currency


def _first_day(before: Contract, after: Contract) -> Iterator[Problem]:
    day, term = after.in_force_from, before.term
    values = {"version": after.version, "before": before.version, "day": day}
    if day <= before.in_force_from:
        what = "Version {version} begins on {day}, not after version {before}, which begins on {first}"
        todo = "Write a later first day, so that the versions do not overlap"
        first = before.in_force_from
        yield problem("versions-overlap", "metadata.inForceFrom", what, todo, **values, first=first)
    elif day > term.end:
        what = "Between the end of version {before} and {day} no version is in force"
        todo = "Write {end} or an earlier day"
        yield problem("versions-gap", "metadata.inForceFrom", what, todo, **values, end=term.end)
    elif not begins_period(day, term.periods, term.fiscal_start):
        what = "Version {version} begins on {day}, within a period of version {before}"
        todo = "Begin a supplement with a period: every period has one version"
        yield problem("within-period", "metadata.inForceFrom", what, todo, **values)


def _document(contract: Contract) -> dict[str, object]:
    text = contract.model_dump_json(by_alias=True, exclude_none=True)
    document: dict[str, object] = json.loads(text)
    return document


def _compare(path: str, before: object, after: object) -> Iterator[Difference]:
    one, other = _entries(before), _entries(after)
    if one is None or other is None:
        if before != after:
            yield Difference(path, before, after)
        return
    for key in dict.fromkeys([*one, *other]):
        place = f"{path}{key}" if key.startswith("[") or not path else f"{path}.{key}"
        if key in one and key in other:
            yield from _compare(place, one[key], other[key])
        else:
            yield Difference(place, one.get(key), other.get(key))


def _entries(node: object) -> Mapping[str, object] | None:
    """The entries of a mapping or list by their names; None for a value, and for a list of values."""
    if isinstance(node, dict):
        return node
    if not isinstance(node, list) or not all(isinstance(entry, dict) for entry in node):
        return None
    for name in _NAMES:
        names = [str(entry[name]) for entry in node if isinstance(entry.get(name), str)]
        if len(names) == len(node) and len(set(names)) == len(names):
            return {f"[{key}]": entry for key, entry in zip(names, node, strict=True)}
    return {f"[{number}]": entry for number, entry in enumerate(node)}
