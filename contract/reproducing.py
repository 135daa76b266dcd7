"""Works a contract's examples through again: what comes out has to be what both parties wrote down."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from contract.deciding import Counted, Decided, judge_term
from contract.fields import canonical_number
from contract.model.contract import Contract
from contract.model.examples import Before, Example
from contract.problems import Problem, problem


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


def decided(contract: Contract, example: Example) -> Mapping[str, Decided]:
    """The verdicts on what the example gives, made as those of a closed period are, by metric.

    Holm takes together the targets that the example gives. Nothing is pooled with periods before: an example
    knows their verdicts, not their counts.
    """
    kinds = {use.metric: use.kind for use in contract.metrics}
    counted: dict[str, Counted] = {}
    for given in example.given:
        target, counts = contract.target(given.metric, example.period), given.counts(kinds[given.metric])
        if target is not None and counts is not None:
            counted[given.metric] = Counted(target, counts)
    return judge_term([(contract, counted)])[0]


def carried_on(contract: Contract, before: Before) -> bool:
    """Whether the doubt that `before` left behind went into the next period and cost nothing by itself."""
    target = contract.target(before.metric, before.period)
    return (
        before.verdict in ("not_proven", "too_few")
        and target is not None
        and not target.grace
        and target.not_proven.leads_to == "pool_with_next"
    )


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
    verdicts = decided(contract, example)
    pooled = {
        one.metric: (f"{key}.before[{number}]", one.period)
        for number, one in enumerate(example.before)
        if _pooled(contract, example, one)
    }
    for number, expected in enumerate(example.expect):
        if expected.metric not in verdicts:
            what = "{metric} has no target in {period}"
            todo = "Write a period from the first point of its ramp on"
            values = {"metric": expected.metric, "period": example.period}
            yield problem("no-target", f"{key}.expect[{number}].metric", what, todo, **values)
            continue
        if expected.metric in pooled:
            place, before = pooled[expected.metric]
            what = (
                "What {before} left unproven is counted together with {period}, "
                "but an example cannot say its counts"
            )
            todo = "Write the example for another period, or one that leaves out {before}"
            yield problem("not-poolable", place, what, todo, before=before, period=example.period)
            continue
        verdict = verdicts[expected.metric].verdict
        if verdict.word != expected.verdict:
            what = "{expected} is expected, but {found} comes out: {reason}"
            todo = "Write verdict: {found}, or change the rule until both parties agree with it"
            place, words = (
                f"{key}.expect[{number}].verdict",
                {"expected": expected.verdict, "found": verdict.word},
            )
            yield problem("not-reproduced", place, what, todo, reason=verdict.reason, **words)


def _pooled(contract: Contract, example: Example, before: Before) -> bool:
    """Whether what `before` left is counted together with the example's own period, the next one judged."""
    names = [period.name for period in contract.periods]
    between = names[names.index(before.period) + 1 : names.index(example.period) + 1]
    ahead = [contract.target(before.metric, name) for name in between]
    judged = [target.period.name for target in ahead if target is not None and not target.grace]
    return carried_on(contract, before) and judged == [example.period]


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
