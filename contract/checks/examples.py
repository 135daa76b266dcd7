"""Whether the worked examples speak of this contract: its periods, metrics, severities, kinds of counts."""

from collections.abc import Iterator, Mapping

from contract.checks.common import repeated, unknown_metric, unknown_period
from contract.checks.readable import Readable
from contract.metrics import KindName
from contract.model.consequences import Deduction
from contract.model.examples import Before, Example, Expected, Given
from contract.problems import Problem, problem

_KEYS: Mapping[KindName, str] = {
    "share": "successes, n",
    "nps": "detractors, passives, promoters",
    "mean": "answers",
    "census": "value",
    "index": "value",
}


def check_examples(contract: Readable) -> Iterator[Problem]:
    """Examples that this contract could never reproduce."""
    if contract.uses is None or contract.terms is None or contract.periods is None:
        return
    order = {period.name: number for number, period in enumerate(contract.periods)}
    names = list(order)
    for number, example in enumerate(contract.examples or ()):
        if example is None:
            continue
        key = f"spec.examples[{number}]"
        if example.period not in order:
            yield unknown_period(f"{key}.period", example.period, names[0], names[-1])
            continue
        yield from _check_before(contract, example, key, order)
        yield from _check_given(contract, example, key)
        yield from _check_expected(contract, example, key)


def _check_before(
    contract: Readable, example: Example, key: str, order: Mapping[str, int]
) -> Iterator[Problem]:
    seen: list[tuple[str, str]] = []
    for number, before in enumerate(example.before):
        place = f"{key}.before[{number}]"
        if before.period not in order or order[before.period] >= order[example.period]:
            what = "“{at}” is no period before {period}"
            values = {"at": before.period, "period": example.period}
            yield problem(
                "not-before", f"{place}.period", what, "Write an earlier period of the term", **values
            )
        yield from _check_metric(contract, before, place)
        if (before.period, before.metric) in seen:
            value = f"{before.period} {before.metric}"
            todo = "Write each one once"
            yield problem("repeated", place, "“{value}” stands here twice", todo, value=value)
        seen.append((before.period, before.metric))


def _check_given(contract: Readable, example: Example, key: str) -> Iterator[Problem]:
    yield from repeated(f"{key}.given", "metric", [given.metric for given in example.given])
    for number, given in enumerate(example.given):
        place = f"{key}.given[{number}]"
        yield from _check_metric(contract, given, place)
        use = (contract.uses or {}).get(given.metric)
        if use and (given.counts(use.kind) is None or _foreign(given, use.kind)):
            what = "These are not the counts of a {kind}"
            todo = "Write {keys}, none of them negative, and a part no larger than its whole"
            yield problem("wrong-counts", place, what, todo, kind=use.kind, keys=_KEYS[use.kind])


def _foreign(given: Given, kind: KindName) -> bool:
    written = given.model_fields_set - {"metric"}
    return written != set(_KEYS[kind].split(", "))


def _check_expected(contract: Readable, example: Example, key: str) -> Iterator[Problem]:
    metrics = [expected.metric for expected in example.expect]
    yield from repeated(f"{key}.expect", "metric", metrics)
    if not metrics:
        todo = "Write the verdict that has to come out"
        yield problem("no-expectation", f"{key}.expect", "The example expects nothing", todo)
    given = {one.metric for one in example.given}
    for number, expected in enumerate(example.expect):
        place = f"{key}.expect[{number}]"
        yield from _check_metric(contract, expected, place)
        if expected.metric not in given:
            what = "{metric} is expected, but nothing is given for it"
            todo = "Add its counts under given"
            yield problem("nothing-given", f"{place}.metric", what, todo, metric=expected.metric)
        if "consequences" not in contract.unread:
            yield from _check_severity(contract, expected, place)
    if example.total and contract.consequences is None and "consequences" not in contract.unread:
        yield _no_consequences(f"{key}.total")


def _check_severity(contract: Readable, expected: Expected, key: str) -> Iterator[Problem]:
    scheme = contract.consequences
    if scheme is None and expected.amount is not None:
        yield _no_consequences(f"{key}.amount")
    if not isinstance(scheme, Deduction):
        for name, value in (("severity", expected.severity), ("points", expected.points)):
            if value is not None:
                what = "Only the scheme deduction has {name}"
                todo = "Remove the key {name}"
                yield problem("no-points", f"{key}.{name}", what, todo, name=name)
    elif expected.severity is not None and expected.metric in {one.metric for one in scheme.liable}:
        names = [severity.name for severity in scheme.severities(expected.metric)]
        if expected.severity not in names:
            what = "There is no severity {severity} for {metric}"
            values = {"severity": expected.severity, "metric": expected.metric, "known": ", ".join(names)}
            yield problem("unknown-severity", f"{key}.severity", what, "Write one of: {known}", **values)


def _no_consequences(key: str) -> Problem:
    what = "Money is expected, but the contract has no consequences"
    return problem("no-consequences", key, what, "Add spec.consequences, or remove the amounts")


def _check_metric(contract: Readable, part: Before | Given | Expected, key: str) -> Iterator[Problem]:
    if contract.uses is not None and part.metric not in contract.uses:
        yield unknown_metric(f"{key}.metric", part.metric, contract.uses)
    elif contract.terms is not None and part.metric not in contract.terms:
        todo = "Add a target in spec.targets, or remove {metric} here"
        yield problem(
            "no-target", f"{key}.metric", "{metric} has no target to miss", todo, metric=part.metric
        )
