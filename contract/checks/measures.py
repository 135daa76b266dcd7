"""Whether metrics, index and classes of customers are declared so that they can be counted."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from contract.checks.common import check_weights, repeated, unknown_metric
from contract.checks.targets import check_value
from contract.metrics import ANSWERS_OF_RECORDS, KINDS, OTHER_UNITS
from contract.model.measures import Component, MetricUse, Tier
from contract.problems import Problem, problem

_MOST_DECIMALS = 4


def check_metrics(metrics: Sequence[MetricUse], tiers: Sequence[Tier] | None) -> Iterator[Problem]:
    """Metrics that stand twice, contradict their kind or count a class that there is not.

    `tiers` is None where they could not be read.
    """
    yield from repeated("spec.metrics", "id", [use.metric for use in metrics])
    uses = {use.metric: use for use in metrics}
    for number, use in enumerate(metrics):
        key = f"spec.metrics[{number}]"
        yield from _check_survey(use, key)
        yield from _check_unit(use, key)
        yield from _check_tier(use, key, None if tiers is None else [tier.id for tier in tiers])
        if use.kind == "index":
            yield from _check_index(use, key, uses)
        elif use.components:
            what = "{metric} is no index, so it has no components"
            todo = "Write kind: index, or remove the components"
            yield problem("components-of-figure", f"{key}.components", what, todo, metric=use.metric)


def check_tiers(tiers: Sequence[Tier]) -> Iterator[Problem]:
    """Classes that stand twice, that nobody or everybody reaches, or that are easier than the one before."""
    yield from repeated("spec.tiers", "id", [tier.id for tier in tiers])
    for number, tier in enumerate(tiers):
        if tier.min_deals is None and tier.min_amount is None:
            yield problem(
                "tier-without-bar",
                f"spec.tiers[{number}]",
                "Nothing says who belongs to {tier}",
                "Add minDeals or minAmount",
                tier=tier.id,
            )
    if tiers and tiers[0].min_deals != 0:
        yield problem(
            "tier-without-bar",
            "spec.tiers[0]",
            "Customers below the first class {tier} would have none",
            "Write minDeals: 0 for the first class",
            tier=tiers[0].id,
        )
    for number, (lower, higher) in enumerate(pairwise(tiers), start=1):
        if lower.within_days == higher.within_days and _easier(lower, higher):
            yield problem(
                "tiers-out-of-order",
                f"spec.tiers[{number}]",
                "{higher} is not harder to reach than {lower}, which stands before it",
                "Put the classes in order, each with higher bars than the one before",
                higher=higher.id,
                lower=lower.id,
            )


def _easier(lower: Tier, higher: Tier) -> bool:
    by_deals = None not in (lower.min_deals, higher.min_deals)
    by_amount = None not in (lower.min_amount, higher.min_amount)
    return (by_deals and (higher.min_deals or 0) <= (lower.min_deals or 0)) or (
        by_amount and (higher.min_amount or 0) <= (lower.min_amount or 0)
    )


def _check_survey(use: MetricUse, key: str) -> Iterator[Problem]:
    sampled = KINDS[use.kind].sampled
    if sampled and use.survey is None and (use.counted_as or use.metric) not in ANSWERS_OF_RECORDS:
        yield problem(
            "survey-missing",
            key,
            "{metric} is sampled, but from no survey",
            "Name the survey that asks for it, such as survey: customer-satisfaction",
            metric=use.metric,
        )
    if use.kind == "index" and use.survey is not None:
        what = "{metric} is an index: its components are asked, not the index"
        yield problem("survey-of-index", f"{key}.survey", what, "Remove the key survey", metric=use.metric)
    if not sampled and use.touchpoint is not None:
        what = "{metric} is not asked, so it has no touchpoint"
        todo = "Remove the key touchpoint"
        yield problem("touchpoint-of-census", f"{key}.touchpoint", what, todo, metric=use.metric)


def _check_tier(use: MetricUse, key: str, tiers: Sequence[str] | None) -> Iterator[Problem]:
    if use.tier is None:
        return
    if KINDS[use.kind].sampled or use.kind == "index":
        what = "{metric} is of kind {kind}, which counts nobody's class"
        todo = "Remove the key tier"
        yield problem("tier-of-sample", f"{key}.tier", what, todo, metric=use.metric, kind=use.kind)
    elif tiers is not None and use.tier not in tiers:
        what = "{tier} is no class of spec.tiers"
        known = {"known": ", ".join(tiers)} if tiers else {}
        todo = "Write one of {known}" if tiers else "Declare it in spec.tiers"
        yield problem("unknown-tier", f"{key}.tier", what, todo, tier=use.tier, **known)


def _check_unit(use: MetricUse, key: str) -> Iterator[Problem]:
    unit = KINDS[use.kind].unit
    others = OTHER_UNITS if use.kind == "census" else ()
    if use.unit is not None and use.unit != unit and use.unit not in others:
        yield problem(
            "wrong-unit",
            f"{key}.unit",
            "A metric of kind {kind} is measured in another unit than {unit}",
            "Write unit: {right}, and every value in it",
            kind=use.kind,
            unit=use.unit,
            right=unit,
        )
    if use.decimals is not None and not 0 <= use.decimals <= _MOST_DECIMALS:
        yield problem(
            "out-of-range",
            f"{key}.decimals",
            "{given} does not lie between {lowest} and {highest}",
            "Write a number in that range",
            given=use.decimals,
            lowest=0,
            highest=_MOST_DECIMALS,
        )
    if use.scale is not None and use.kind != "mean":
        what = "Only a mean has a scale; {metric} is of kind {kind}"
        todo = "Remove the key scale"
        yield problem("scale-of-share", f"{key}.scale", what, todo, metric=use.metric, kind=use.kind)
    elif use.scale is not None and use.scale.lowest >= use.scale.highest:
        what = "The scale ends at {highest}, not above its start {lowest}"
        todo = "Write the lowest and the highest point of the scale"
        ends = {"lowest": use.scale.lowest, "highest": use.scale.highest}
        yield problem("bad-scale", f"{key}.scale", what, todo, **ends)


def _check_index(use: MetricUse, key: str, uses: Mapping[str, MetricUse]) -> Iterator[Problem]:
    if not use.components:
        what = "The index {metric} is made of nothing"
        todo = "Add components, each with metric, weight, worst and best"
        yield problem("empty-index", f"{key}.components", what, todo, metric=use.metric)
    if use.title is None:
        what = "The index {metric} has no title, and no catalogue gives it one"
        yield problem("index-title", key, what, "Add title, in zh and en", metric=use.metric)
    if use.counted_as is not None:
        what = "The index {metric} is made of its components, not counted as another metric"
        todo = "Remove the key metric"
        yield problem("index-counted", f"{key}.metric", what, todo, metric=use.metric)
    if use.direction != "higher":
        what = "An index runs from 0, the worst, to 100, the best"
        yield problem("index-direction", f"{key}.direction", what, "Write direction: higher")
    yield from repeated(f"{key}.components", "metric", [part.metric for part in use.components])
    yield from check_weights(f"{key}.components", [part.weight for part in use.components])
    for number, part in enumerate(use.components):
        yield from _check_component(part, f"{key}.components[{number}]", uses)


def _check_component(part: Component, key: str, uses: Mapping[str, MetricUse]) -> Iterator[Problem]:
    if part.metric not in uses:
        yield unknown_metric(f"{key}.metric", part.metric, uses)
        return
    use = uses[part.metric]
    if use.kind == "index":
        what = "{metric} is an index itself"
        todo = "Write the metrics it is made of"
        yield problem("index-of-index", f"{key}.metric", what, todo, metric=part.metric)
        return
    wrong = [
        *check_value(use, part.worst, f"{key}.worst"),
        *check_value(use, part.best, f"{key}.best"),
    ]
    yield from wrong
    if wrong:
        return
    if part.worst == part.best or (part.worst < part.best) != (use.direction == "higher"):
        yield problem(
            "ends-reversed",
            key,
            "From {worst} to {best}, {metric} does not get better",
            "Write as worst the figure that counts 0 and as best the one that counts 100",
            worst=part.worst,
            best=part.best,
            metric=part.metric,
        )
