"""Whether targets make sense: declared metric, ramp inside the term, reachable values, decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING

from contract.fields import canonical_number
from contract.metrics import KINDS
from contract.periods import Period
from contract.problems import Problem, problem

if TYPE_CHECKING:  # the model runs these checks, so it imports them
    from contract.model import Decision, MetricUse, Ramp, TargetTerms

_SMALL_CHANGE = Decimal("0.2")  # percent a period; less looks like 0.03 written for 3 %
_LEAST_CONFIDENCE = Decimal("0.5")
_MOST_CONFIDENCE = Decimal("0.999")
_MOST_ANSWERS = 1_000_000


def check_targets(
    targets: Sequence[TargetTerms | None],
    metrics: Sequence[MetricUse] | None,
    periods: tuple[Period, ...] | None,
) -> Iterator[Problem]:
    """What is wrong with the targets; those that could not be read, metrics or periods may be None."""
    yield from repeated("spec.targets", "metric", [terms.metric if terms else None for terms in targets])
    for number, terms in enumerate(targets):
        if terms is None:
            continue
        key = f"spec.targets[{number}]"
        yield from _check_ramp(terms.ramp, f"{key}.ramp.points", periods)
        if metrics is None:
            continue
        use = next((use for use in metrics if use.metric == terms.metric), None)
        if use is None:
            near = get_close_matches(terms.metric, [use.metric for use in metrics], 1)
            yield problem(
                "unknown-metric",
                f"{key}.metric",
                "The target is for {metric}, which spec.metrics does not declare",
                "Write {near}, or declare it" if near else "Declare it in spec.metrics",
                metric=terms.metric,
                near=near[0] if near else "",
            )
            continue
        for place, point in enumerate(terms.ramp.points):
            yield from _check_value(use, point.value, f"{key}.ramp.points[{place}].value")
        if KINDS[use.kind].sampled:
            yield from _check_sampled(terms.decision, f"{key}.decision")
        else:
            yield from _check_census(use, terms.decision, f"{key}.decision")


def warn_of_small_targets(metrics: Sequence[MetricUse], targets: Sequence[TargetTerms]) -> Iterator[Problem]:
    """Targets of a census that look like 0.03 written for 3 %."""
    kinds = {use.metric: use.kind for use in metrics}
    for number, terms in enumerate(targets):
        for place, point in enumerate(terms.ramp.points):
            if kinds[terms.metric] == "census" and 0 < abs(point.value) < _SMALL_CHANGE:
                yield problem(
                    "looks-like-a-fraction",
                    f"spec.targets[{number}].ramp.points[{place}].value",
                    "{value} means {value} %, which is little for a period",
                    "If {times} % is meant, write {times}",
                    value=point.value,
                    times=canonical_number(point.value * 100),
                )


def repeated(key: str, name: str, values: Sequence[str | None]) -> Iterator[Problem]:
    """The entries of a list whose `name` stood there before."""
    for number, value in enumerate(values):
        if value is not None and value in values[:number]:
            place = f"{key}[{number}].{name}"
            yield problem(
                "repeated", place, "“{value}” stands here twice", "Write each one once", value=value
            )


def _check_ramp(ramp: Ramp, key: str, periods: tuple[Period, ...] | None) -> Iterator[Problem]:
    if not ramp.points:
        todo = "Write at least one point with its keys at and value"
        yield problem("empty-ramp", key, "The ramp has no points", todo)
    if periods is None:
        return
    order = {period.name: number for number, period in enumerate(periods)}
    before = -1
    for place, point in enumerate(ramp.points):
        if point.at not in order:
            yield problem(
                "outside-term",
                f"{key}[{place}].at",
                "“{at}” is not a period of the term",
                "Write one from {first} to {last}",
                at=point.at,
                first=periods[0].name,
                last=periods[-1].name,
            )
            continue
        if order[point.at] <= before:
            yield problem(
                "out-of-order",
                f"{key}[{place}].at",
                "{at} does not come after the point before it",
                "Put the points in the order of their periods, each period once",
                at=point.at,
            )
        before = max(before, order[point.at])


def _check_value(use: MetricUse, value: Decimal, key: str) -> Iterator[Problem]:
    kind = KINDS[use.kind]
    if (kind.name == "share" and 0 < value <= 1) or (kind.name == "nps" and 0 < abs(value) < 1):
        yield problem(
            "fraction-for-percent",
            key,
            "{value} looks like a fraction, but {metric} is measured from {lowest} to {highest}",
            "Write {times}, not {value}",
            value=value,
            metric=use.metric,
            lowest=kind.lowest,
            highest=kind.highest,
            times=canonical_number(value * 100),
        )
    elif not kind.lowest <= value <= kind.highest:
        yield problem(
            "target-out-of-range",
            key,
            "{value} cannot be reached: {metric} lies between {lowest} and {highest}",
            "Write a value in that range",
            value=value,
            metric=use.metric,
            lowest=kind.lowest,
            highest=kind.highest,
        )


def _check_sampled(decision: Decision, key: str) -> Iterator[Problem]:
    if decision.confidence is None:
        todo = "Add the one-sided confidence, such as confidence: 0.95"
        yield problem(
            "missing-key", f"{key}.confidence", "The key {name} is missing", todo, name="confidence"
        )
    elif not _LEAST_CONFIDENCE < decision.confidence <= _MOST_CONFIDENCE:
        yield problem(
            "bad-confidence",
            f"{key}.confidence",
            "{value} is not a confidence",
            "Write a number above 0.5 and up to 0.999, such as 0.95 for 95 %",
            value=decision.confidence,
        )
    if decision.min_n is None:
        todo = "Add the least number of answers, such as minN: 200"
        yield problem("missing-key", f"{key}.minN", "The key {name} is missing", todo, name="minN")
    elif not 1 <= decision.min_n <= _MOST_ANSWERS:
        yield problem(
            "bad-min-n",
            f"{key}.minN",
            "{value} is not a number of answers",
            "Write a whole number from 1 to 1000000",
            value=decision.min_n,
        )


def _check_census(use: MetricUse, decision: Decision, key: str) -> Iterator[Problem]:
    if decision.rule != "simple":
        yield problem(
            "rule-of-census",
            f"{key}.rule",
            "{metric} is a census: nothing is left to prove",
            "Write rule: simple",
            metric=use.metric,
        )
    for name, value in (("confidence", decision.confidence), ("minN", decision.min_n)):
        if value is not None:
            yield problem(
                "sampling-of-census",
                f"{key}.{name}",
                "{metric} is a census: it has no {name}",
                "Remove the key {name}",
                metric=use.metric,
                name=name,
            )
