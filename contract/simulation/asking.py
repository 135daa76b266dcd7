"""Reads what a simulation is asked for, as the command line writes it; every mistake is said at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from contract.metrics import KINDS
from contract.model.contract import Contract
from contract.model.measures import MetricUse
from contract.problems import ContractError, Problem
from contract.simulation.truths import (
    Law,
    Truth,
    answers_law,
    mean_law,
    needed,
    nps_law,
    share_law,
    split_law,
)

Value = TypeVar("Value")

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_MOST_ANSWERS = 1_000_000
_FORMS = {
    "share": "0.85, 85%, 0.80..0.88",
    "nps": "35, 15/30/55, 30..40",
    "mean": "4.2, 1:5,2:10,3:20,4:40,5:25, 4.0..4.4",
    "census": "2.5, 2.5~0.8, 2.0..3.0",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Truths, answers a period and response rates (percent), by metric."""

    truths: Mapping[str, Truth]
    n: Mapping[str, int]
    response_rates: Mapping[str, Decimal]


def read_asked(
    contract: Contract, truths: Sequence[str], n: Sequence[str], response_rates: Sequence[str] = ()
) -> Asked:
    """`metric=truth` texts, and `200` or `metric=200` ones for the answers and the response rates.

    A share is 0.85 or 85%; a bare number up to 1 is a part of 1, one above 1 is percent, so 0.85 and 85 are
    the same. Raises ContractError with every problem: what cannot be read, what is missing.
    """
    uses = {use.metric: use for use in contract.metrics}
    asked = needed(contract, [text.partition("=")[0] for text in truths])
    problems: list[Problem] = []
    found: dict[str, Truth] = {}
    for text in truths:
        metric, _, written = text.partition("=")
        use, key = uses.get(metric), f"--truth {text}"
        if use is not None and use.kind == "index":
            what = "{metric} is an index: it follows from its components"
            todo = "Write a truth for each of them: {known}"
            known = ", ".join(part.metric for part in use.components)
            problems.append(Problem("truth-of-index", key, what, todo, {"metric": metric, "known": known}))
        elif use is None or use not in asked:
            problems.append(_unknown(key, metric, asked))
        elif metric in found:
            todo = "Write each one once"
            problems.append(Problem("repeated", key, "“{value}” stands here twice", todo, {"value": metric}))
        else:
            try:
                found[metric] = read_truth(use, written)
            except ValueError:
                what = "“{given}” is no truth for a metric of kind {kind}{scale}"
                values = {"given": written, "kind": use.kind, "forms": _FORMS[use.kind], "scale": _scale(use)}
                problems.append(
                    Problem("truth-form", key, what, "Write it like one of these: {forms}", values)
                )
    sizes = _by_metric("--n", n, asked, _size, "200", problems)
    rates = _by_metric("--response-rate", response_rates, asked, _rate, "35%", problems)
    tried = {text.partition("=")[0] for text in truths}
    for use in asked:
        values = {"metric": use.metric, "kind": use.kind, "forms": _FORMS[use.kind]}
        if use.metric not in tried:
            what = "No truth is named for {metric}, of kind {kind}"
            todo = "Add --truth {metric}=..., like one of these: {forms}"
            problems.append(Problem("truth-missing", "--truth", what, todo, values))
        if KINDS[use.kind].sampled and use.metric not in sizes:
            what = "How many answers a period {metric} gets is not named"
            todo = "Add --n 200 for all metrics, or --n {metric}=200"
            problems.append(Problem("n-missing", "--n", what, todo, values))
    if problems:
        raise ContractError(tuple(problems))
    return Asked(found, sizes, rates)


def read_truth(use: MetricUse, text: str) -> Truth:
    """The truth that `text` writes for a metric; ValueError where it cannot be one."""
    text = text.replace(" ", "")
    start, dots, end = text.partition("..")
    first, points = _law(use, start)
    last, others = _law(use, end) if dots else (first, points)
    if points != others:
        raise ValueError(text)
    return Truth(use.metric, use.kind, points, first, last)


def _law(use: MetricUse, text: str) -> tuple[Law, tuple[int, ...]]:
    match use.kind:
        case "share":
            return share_law(_part(text)), (0, 100)
        case "nps" if "/" in text:
            parts = [_number(part.removesuffix("%")) for part in text.split("/")]
            whole = sum(parts)
            return split_law([part / 100 if whole == 100 else part for part in parts]), (-100, 0, 100)
        case "nps":
            return nps_law(_number(text)), (-100, 0, 100)
        case "mean" if ":" in text:
            pairs = [pair.partition(":") for pair in text.split(",")]
            weights = {int(point): _number(weight.removesuffix("%")) for point, _, weight in pairs}
            if len(weights) != len(pairs):
                raise ValueError(text)
            points = _points(use) or tuple(range(min(weights), max(weights) + 1))
            return answers_law(weights, points), points
        case "mean" if points := _points(use):
            return mean_law(_number(text), points), points
        case "census":
            figure, tilde, spread = text.partition("~")
            deviation = _number(spread.removesuffix("%")) if tilde else Fraction(0)
            value, kind = _number(figure.removesuffix("%")), KINDS["census"]
            if deviation < 0 or not kind.lowest <= value <= kind.highest:
                raise ValueError(text)
            return Law(value, (), float(deviation)), ()
    raise ValueError(text)


def _points(use: MetricUse) -> tuple[int, ...]:
    """The points of a scale that the contract names; none where only the questionnaire knows them."""
    return tuple(range(use.scale.lowest, use.scale.highest + 1)) if use.scale else ()


def _scale(use: MetricUse) -> str:
    points = _points(use)
    return f" ({points[0]}-{points[-1]})" if points else ""


def _number(text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Fraction(text)


def _part(text: str) -> Fraction:
    """A part of 1: 0.85, 85% or 85."""
    number = _number(text.removesuffix("%"))
    return number / 100 if text.endswith("%") or number > 1 else number


def _size(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST_ANSWERS:
        raise ValueError(text)
    return int(text)


def _rate(text: str) -> Decimal:
    part = 100 * _part(text)
    if not 0 <= part <= 100:
        raise ValueError(text)
    return Decimal(part.numerator) / Decimal(part.denominator)


def _by_metric(
    option: str,
    texts: Sequence[str],
    asked: Sequence[MetricUse],
    read: Callable[[str], Value],
    form: str,
    problems: list[Problem],
) -> dict[str, Value]:
    """The values of an option, by sampled metric: one that names no metric is for all that have none."""
    sampled = [use for use in asked if KINDS[use.kind].sampled]
    common: dict[str, Value] = {}
    own: dict[str, Value] = {}
    for text in texts:
        metric, equals, written = text.rpartition("=")
        if equals and metric not in {use.metric for use in sampled}:
            problems.append(_unknown(f"{option} {text}", metric, sampled))
            continue
        try:
            value = read(written)
        except ValueError:
            what, todo = "“{given}” is not possible here", "Write it like {form}, or {metric}={form}"
            values = {"given": written, "form": form, "metric": metric or "METRIC"}
            problems.append(Problem("bad-number", f"{option} {text}", what, todo, values))
            continue
        if equals:
            own[metric] = value
        else:
            common = {use.metric: value for use in sampled}
    return common | own


def _unknown(key: str, metric: str, asked: Sequence[MetricUse]) -> Problem:
    what = "There is nothing to assume of “{given}”"
    known = ", ".join(use.metric for use in asked)
    return Problem("unknown-metric", key, what, "Write one of: {known}", {"given": metric, "known": known})
