"""Whether targets make sense: declared metric, ramp inside the term, reachable values, decision."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from contract.checks.common import repeated, unknown_metric, unknown_period
from contract.checks.readable import Readable
from contract.fields import canonical_number
from contract.metrics import KINDS, OTHER_UNITS, PARTS_OF_A_WHOLE
from contract.model.measures import MetricUse
from contract.model.target_terms import Decision, Ramp, TargetTerms
from contract.periods import Period
from contract.problems import Problem, problem

_SMALL_CHANGE = Decimal("0.2")  # percent a period; less looks like 0.03 written for 3 %
_LEAST_CONFIDENCE = Decimal("0.5")
_MOST_CONFIDENCE = Decimal("0.999")
_MOST_ANSWERS = 1_000_000
_MOST_CARRIES = 12


def check_targets(contract: Readable) -> Iterator[Problem]:
    """What is wrong with the targets, as far as they, the metrics and the term could be read."""
    targets = contract.targets or ()
    yield from repeated("spec.targets", "metric", [terms.metric if terms else None for terms in targets])
    for number, terms in enumerate(targets):
        if terms is None:
            continue
        key = f"spec.targets[{number}]"
        yield from _check_ramp(terms.ramp, f"{key}.ramp.points", contract.periods)
        yield from _check_grace(terms.grace, f"{key}.grace", contract.periods)
        if contract.uses is None:
            continue
        use = contract.uses.get(terms.metric)
        if use is None:
            yield unknown_metric(f"{key}.metric", terms.metric, contract.uses)
            continue
        wrong = [
            each
            for place, point in enumerate(terms.ramp.points)
            for each in check_value(use, point.value, f"{key}.ramp.points[{place}].value")
        ]
        yield from wrong or _check_limits(use, terms, key)
        if KINDS[use.kind].sampled:
            yield from _check_sampled(terms.decision, f"{key}.decision")
        else:
            yield from _check_census(use, terms.decision, f"{key}.decision")
    if contract.multiplicity == "holm" and contract.uses is not None:
        yield from _check_family([terms for terms in targets if terms])


def warn_of_small_targets(contract: Readable) -> Iterator[Problem]:
    """Targets of a census that look like 0.03 written for 3 %."""
    in_percent = {
        name
        for name, use in (contract.uses or {}).items()
        if (use.kind, use.measured_in) == ("census", "percent")
    }
    for number, terms in enumerate(contract.targets or ()):
        for place, point in enumerate(terms.ramp.points if terms else ()):
            if terms and terms.metric in in_percent and 0 < abs(point.value) < _SMALL_CHANGE:
                yield problem(
                    "looks-like-a-fraction",
                    f"spec.targets[{number}].ramp.points[{place}].value",
                    "{value} means {value} %, which is little for a period",
                    "If {times} % is meant, write {times}",
                    value=point.value,
                    times=canonical_number(point.value * 100),
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
            yield unknown_period(f"{key}[{place}].at", point.at, periods[0].name, periods[-1].name)
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


def _check_grace(grace: Sequence[str], key: str, periods: tuple[Period, ...] | None) -> Iterator[Problem]:
    yield from repeated(key, "", grace)
    names = [period.name for period in periods or ()]
    for place, name in enumerate(grace):
        if names and name not in names:
            yield unknown_period(f"{key}[{place}]", name, names[0], names[-1])


def _check_limits(use: MetricUse, terms: TargetTerms, key: str) -> Iterator[Problem]:
    """The floor lies on the bad side of every target, the stretch on the good one."""
    values = [point.value for point in terms.ramp.points]
    sides = (
        ("floor", terms.floor, use.direction == "higher"),
        ("stretch", terms.stretch, use.direction == "lower"),
    )
    for name, value, below in sides:
        if value is None or not values:
            continue
        yield from check_value(use, value, f"{key}.{name}")
        if (value >= min(values)) if below else (value <= max(values)):
            what = "The floor {value} is not worse than the target"
            if name == "stretch":
                what = "The stretch {value} is not better than the target"
            todo = "Write a number below {limit}" if below else "Write a number above {limit}"
            limit = min(values) if below else max(values)
            if limit == _ends(use)[0 if below else 1]:
                todo = "Nothing lies beyond the target {limit}: remove the key"
            yield problem(f"{name}-out-of-place", f"{key}.{name}", what, todo, value=value, limit=limit)


def check_value(use: MetricUse, value: Decimal, key: str) -> Iterator[Problem]:
    """A figure that the metric cannot have, or that is a fraction where percents or points are meant."""
    kind = KINDS[use.kind]
    lowest, highest = _ends(use)
    if (kind.name == "share" and 0 < value <= 1) or (kind.name == "nps" and 0 < abs(value) < 1):
        yield problem(
            "fraction-for-percent",
            key,
            "{value} looks like a fraction, but {metric} is measured from {lowest} to {highest}",
            "Write {times}, not {value}",
            value=value,
            metric=use.metric,
            lowest=lowest,
            highest=highest,
            times=canonical_number(value * 100),
        )
    elif not lowest <= value <= highest:
        yield problem(
            "target-out-of-range",
            key,
            "{value} cannot be reached: {metric} lies between {lowest} and {highest}",
            "Write a value in that range",
            value=value,
            metric=use.metric,
            lowest=lowest,
            highest=highest,
        )


def _ends(use: MetricUse) -> tuple[Decimal, Decimal]:
    """The lowest and the highest figure that the metric can have."""
    if use.scale and use.kind == "mean":
        return Decimal(use.scale.lowest), Decimal(use.scale.highest)
    if use.kind == "census" and (use.counted_as or use.metric) in PARTS_OF_A_WHOLE:
        return Decimal(0), Decimal(100)
    if use.kind == "census" and use.measured_in in OTHER_UNITS:
        return OTHER_UNITS[use.measured_in]
    return KINDS[use.kind].lowest, KINDS[use.kind].highest


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
    yield from _check_doubt(decision, key)


def _check_doubt(decision: Decision, key: str) -> Iterator[Problem]:
    terms = decision.not_proven
    if terms is None:
        return
    if terms.leads_to == "pool_with_next" and not 1 <= (terms.max_carries or 0) <= _MOST_CARRIES:
        todo = "Add how often a result is carried over before the figure decides, such as maxCarries: 2"
        what = "Nothing says when pooling ends"
        if terms.max_carries:
            what = "Nobody waits for so many periods"
            todo = "Write a number from 1 to 12"
        yield problem("bad-carries", f"{key}.notProven.maxCarries", what, todo)
    elif terms.leads_to != "pool_with_next" and terms.max_carries is not None:
        what = "Nothing is carried over where doubt leads to {leads_to}"
        todo = "Remove the key maxCarries, or write leadsTo: pool_with_next"
        place = f"{key}.notProven.maxCarries"
        yield problem("carries-without-pool", place, what, todo, leads_to=terms.leads_to)


def _check_family(targets: Sequence[TargetTerms]) -> Iterator[Problem]:
    tested = [terms for terms in targets if terms.decision.rule != "simple"]
    if len({terms.decision.confidence for terms in tested}) > 1:
        yield problem(
            "holm-confidence",
            "spec.multiplicity",
            "Holm's procedure needs one confidence for all targets that have something to prove",
            "Write the same confidence in each decision, or multiplicity: none",
        )


def _check_census(use: MetricUse, decision: Decision, key: str) -> Iterator[Problem]:
    if decision.rule != "simple":
        what = "{metric} is a census: nothing is left to prove"
        if use.kind == "index":
            what = "{metric} is an index: it has no interval, so nothing can be proven"
        yield problem("rule-of-census", f"{key}.rule", what, "Write rule: simple", metric=use.metric)
    sampling = (
        ("confidence", decision.confidence),
        ("minN", decision.min_n),
        ("minResponseRate", decision.min_response_rate),
        ("notProven", decision.not_proven),
    )
    for name, value in sampling:
        if value is not None:
            what = "{metric} is not sampled: it has no {name}"
            todo = "Remove the key {name}"
            place = f"{key}.{name}"
            yield problem("sampling-of-census", place, what, todo, metric=use.metric, name=name)
