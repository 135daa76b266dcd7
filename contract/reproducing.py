"""Works a contract's examples through again: what comes out has to be what both parties wrote down."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from contract.fields import canonical_number
from contract.model.contract import Contract
from contract.model.examples import Example
from contract.problems import Problem, problem
from contract.verdict import judge


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one metric of an example comes to: its severity, its points, and what they cost before caps."""

    severity: str | None
    points: Decimal | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Settled:
    """What a whole example comes to, in money; see `contract.model.examples.Total`."""

    outcomes: Mapping[str, Outcome]
    deducted: Decimal
    earned_back: Decimal
    bonus: Decimal
    payable: Decimal


Settle = Callable[[Contract, Example], Settled]


def reproduce(contract: Contract, settle: Settle) -> tuple[Problem, ...]:
    """Where an example comes out otherwise than the contract says: "not-reproduced", with both figures.

    Severities, points and money are worked out by `settle`.
    """
    found: list[Problem] = []
    for number, example in enumerate(contract.spec.examples):
        key = f"spec.examples[{number}]"
        found += _verdicts(contract, example, key)
        if example.names_money:
            found += _money(example, settle(contract, example), key)
    return tuple(found)


def _verdicts(contract: Contract, example: Example, key: str) -> Iterator[Problem]:
    kinds = {use.metric: use.kind for use in contract.metrics}
    given = {one.metric: one.counts(kinds[one.metric]) for one in example.given}
    for number, expected in enumerate(example.expect):
        target, counts = contract.target(expected.metric, example.period), given[expected.metric]
        if target is None or counts is None:
            what = "{metric} has no target in {period}"
            todo = "Write a period from the first point of its ramp on"
            values = {"metric": expected.metric, "period": example.period}
            yield problem("no-target", f"{key}.expect[{number}].metric", what, todo, **values)
            continue
        verdict = judge(target, counts)
        if verdict.word != expected.verdict:
            what = "{expected} is expected, but {found} comes out: {reason}"
            todo = "Write verdict: {found}, or change the rule until both parties agree with it"
            place, words = (
                f"{key}.expect[{number}].verdict",
                {"expected": expected.verdict, "found": verdict.word},
            )
            yield problem("not-reproduced", place, what, todo, reason=verdict.reason, **words)


def _money(example: Example, settled: Settled, key: str) -> Iterator[Problem]:
    for number, expected in enumerate(example.expect):
        outcome, place = settled.outcomes[expected.metric], f"{key}.expect[{number}]"
        yield from _compare(f"{place}.severity", expected.severity, outcome.severity)
        yield from _compare(f"{place}.points", expected.points, outcome.points)
        yield from _compare(f"{place}.amount", expected.amount, outcome.amount)
    for name in ("deducted", "earned_back", "bonus", "payable") if example.total else ():
        written = getattr(example.total, name)
        alias = {"earned_back": "earnedBack"}.get(name, name)
        yield from _compare(f"{key}.total.{alias}", written, getattr(settled, name))


def _compare(key: str, written: Decimal | str | None, found: Decimal | str | None) -> Iterator[Problem]:
    if written is not None and written != found:
        what = "{expected} is expected, but {found} comes out"
        todo = "Write {found}, or change the consequences until both parties agree with it"
        yield problem("not-reproduced", key, what, todo, expected=_shown(written), found=_shown(found))


def _shown(value: Decimal | str | None) -> str:
    return canonical_number(value) if isinstance(value, Decimal) else str(value or "none")
