"""What several checks look for: names that stand twice or are not declared, and weights that are no whole."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches

from contract.problems import Problem, problem


def repeated(key: str, name: str, values: Sequence[str | None]) -> Iterator[Problem]:
    """The entries of a list whose `name` stood there before; without a name, the entries themselves."""
    for number, value in enumerate(values):
        if value is not None and value in values[:number]:
            place = f"{key}[{number}]" + (f".{name}" if name else "")
            yield problem(
                "repeated", place, "“{value}” stands here twice", "Write each one once", value=value
            )


def unknown_metric(key: str, metric: str, known: Collection[str]) -> Problem:
    """The problem of a metric that spec.metrics does not declare."""
    near = get_close_matches(metric, known, 1)
    return problem(
        "unknown-metric",
        key,
        "{metric} stands here, but spec.metrics does not declare it",
        "Write {near}, or declare it" if near else "Declare it in spec.metrics",
        metric=metric,
        near=near[0] if near else "",
    )


def unknown_period(key: str, at: str, first: str, last: str) -> Problem:
    """The problem of a name that is no period of the term."""
    what, todo = "“{at}” is not a period of the term", "Write one from {first} to {last}"
    return problem("outside-term", key, what, todo, at=at, first=first, last=last)


def check_weights(key: str, weights: Sequence[Decimal]) -> Iterator[Problem]:
    """Weights that have to be positive and, together, exactly 1."""
    if not weights:
        return
    for number, weight in enumerate(weights):
        if not 0 < weight <= 1:
            yield problem(
                "bad-weight",
                f"{key}[{number}].weight",
                "{weight} is not a weight",
                "Write a number above 0, at most 1",
                weight=weight,
            )
    total = sum(weights, Decimal(0))
    if total != 1:
        yield problem(
            "weights-sum",
            key,
            "The weights add up to {total}, not to 1",
            "Change them so that their sum is exactly 1",
            total=total,
        )
