"""Whether consequences can be worked out: liable metrics, severities, tables, weights, caps."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from contract.checks.common import check_weights, repeated, unknown_metric
from contract.checks.readable import Readable
from contract.checks.targets import check_value
from contract.model.consequences import Bonus, Caps, Deduction, Repeat, Severity
from contract.model.schemes import PoolAndShare, ScoreToPay, ScoreWeight, TableOf, TierTable
from contract.problems import Problem, problem

_KEY = "spec.consequences"


def check_consequences(contract: Readable) -> Iterator[Problem]:
    """What is wrong with the scheme; nothing where it could not be read."""
    scheme = contract.consequences
    if scheme is None:
        return
    yield from _check_liable(contract, [liable.metric for liable in scheme.liable])
    match scheme:
        case Deduction():
            yield from _check_deduction(scheme)
        case PoolAndShare():
            yield from check_weights(f"{_KEY}.liable", [share.weight for share in scheme.liable])
            if scheme.partly == "linear":
                places = enumerate(scheme.liable)
                yield from _need_floors(contract, [(n, share.metric) for n, share in places])
        case TierTable():
            for number, table in enumerate(scheme.liable):
                yield from _check_bands(contract, table, f"{_KEY}.liable[{number}].bands")
        case ScoreToPay():
            yield from check_weights(f"{_KEY}.liable", [weight.weight for weight in scheme.liable])
            yield from _check_score(contract, scheme)
    if not isinstance(scheme, ScoreToPay) and scheme.bonus:
        yield from _check_bonus(contract, scheme.bonus, [liable.metric for liable in scheme.liable])


def warn_of_consequences(contract: Readable) -> Iterator[Problem]:
    """A cap that never binds, and gaps of different units measured by one set of severities."""
    scheme = contract.consequences
    caps = None if scheme is None or isinstance(scheme, PoolAndShare | ScoreToPay) else scheme.caps
    if caps:
        yield from _warn_of_caps(caps)
    if isinstance(scheme, Deduction) and contract.uses:
        kinds = {
            contract.uses[liable.metric].kind
            for liable in scheme.liable
            if not liable.severity and liable.metric in contract.uses
        }
        if len(kinds) > 1:
            yield problem(
                "mixed-units",
                f"{_KEY}.severity",
                "One set of severities measures the gaps of different kinds: {kinds}",
                "Give the metrics that move by other amounts their own severity",
                kinds=", ".join(sorted(kinds)),
            )


def _warn_of_caps(caps: Caps) -> Iterator[Problem]:
    alone = caps.per_period.percent_of_fee if caps.per_period else None
    rolling = caps.rolling
    if rolling and alone is not None and alone >= 1 and rolling.percent_of_fees >= alone:
        yield problem(
            "rolling-cap-idle",
            f"{_KEY}.caps.rolling",
            "The rolling cap of {rolling} % never binds: no period goes beyond {alone} %",
            "Lower percentOfFees, or remove the rolling cap",
            rolling=rolling.percent_of_fees,
            alone=alone,
        )


def _check_liable(contract: Readable, metrics: Sequence[str]) -> Iterator[Problem]:
    if not metrics:
        todo = "Name at least one metric with a target"
        yield problem("nobody-liable", f"{_KEY}.liable", "No metric carries liability", todo)
    yield from repeated(f"{_KEY}.liable", "metric", metrics)
    for number, metric in enumerate(metrics):
        key = f"{_KEY}.liable[{number}].metric"
        if contract.uses is not None and metric not in contract.uses:
            yield unknown_metric(key, metric, contract.uses)
        elif contract.terms is not None and metric not in contract.terms:
            todo = "Add a target in spec.targets, or remove {metric} here"
            yield problem("no-target", key, "{metric} has no target to miss", todo, metric=metric)


def _check_deduction(scheme: Deduction) -> Iterator[Problem]:
    if scheme.severity or not all(liable.severity for liable in scheme.liable):
        yield from _check_severities(scheme.severity, f"{_KEY}.severity")
    for number, liable in enumerate(scheme.liable):
        if liable.severity:
            yield from _check_severities(liable.severity, f"{_KEY}.liable[{number}].severity")
    if scheme.repeat:
        yield from _check_repeat(scheme.repeat)


def _check_repeat(repeat: Repeat) -> Iterator[Problem]:
    if repeat.multiply <= 1:
        yield problem(
            "repeat-is-milder",
            f"{_KEY}.repeat.multiply",
            "A repeated miss would cost no more than the first",
            "Write a number above 1, such as 2",
        )


def _check_severities(severities: Sequence[Severity], key: str) -> Iterator[Problem]:
    yield from repeated(key, "name", [severity.name for severity in severities])
    if not severities:
        todo = "Write at least one, with its name and points"
        yield problem("no-severity", key, "No severity is given", todo)
        return
    if severities[-1].up_to is not None:
        what = "A gap above {limit} has no severity"
        todo = "Remove upTo from the last severity, so that it holds for every gap"
        yield problem(
            "open-end", f"{key}[{len(severities) - 1}].upTo", what, todo, limit=severities[-1].up_to
        )
    for number, severity in enumerate(severities[:-1]):
        if severity.up_to is None:
            todo = "Add the largest gap it is for, such as upTo: 2.0"
            place = f"{key}[{number}]"
            yield problem("missing-key", place, "The key {name} is missing", todo, name="upTo")
    for number, (milder, worse) in enumerate(pairwise(severities), start=1):
        if milder.up_to is not None and worse.up_to is not None and worse.up_to <= milder.up_to:
            what = "{name} ends at a gap of {limit}, which {before} covers already"
            todo = "Put the severities in order, from the smallest gap to the largest"
            values = {"name": worse.name, "limit": worse.up_to, "before": milder.name}
            yield problem("severities-out-of-order", f"{key}[{number}].upTo", what, todo, **values)
        if worse.points < milder.points:
            what = "{name} is worse than {before} but costs fewer points"
            todo = "Write at least {points} points"
            values = {"name": worse.name, "before": milder.name, "points": milder.points}
            yield problem("severities-out-of-order", f"{key}[{number}].points", what, todo, **values)


def _check_bands(contract: Readable, table: TableOf, key: str) -> Iterator[Problem]:
    bands = table.bands
    if not bands:
        todo = "Write at least one, with its percentOfFee"
        yield problem("no-bands", key, "The table has no rows", todo)
        return
    if bands[-1].reaching is not None:
        what = "A figure worse than {limit} has no row"
        todo = "Remove reaching from the last row, so that it holds for every figure"
        place = f"{key}[{len(bands) - 1}].reaching"
        yield problem("open-end", place, what, todo, limit=bands[-1].reaching)
    for number, band in enumerate(bands[:-1]):
        if band.reaching is None:
            todo = "Add the worst figure it is for, such as reaching: 80.0"
            place = f"{key}[{number}]"
            yield problem("missing-key", place, "The key {name} is missing", todo, name="reaching")
    use = (contract.uses or {}).get(table.metric)
    higher = use is None or use.direction == "higher"
    for number, band in enumerate(bands):
        if use is not None and band.reaching is not None:
            yield from check_value(use, band.reaching, f"{key}[{number}].reaching")
    for number, (better, worse) in enumerate(pairwise(bands), start=1):
        if better.reaching is not None and worse.reaching is not None:
            falls = worse.reaching < better.reaching if higher else worse.reaching > better.reaching
            if not falls:
                what = "{limit} is not worse than {before} in the row before"
                todo = "Put the rows in order, from the best figure to the worst"
                values = {"limit": worse.reaching, "before": better.reaching}
                yield problem("bands-out-of-order", f"{key}[{number}].reaching", what, todo, **values)
        if worse.percent_of_fee < better.percent_of_fee:
            what = "A worse figure costs less than the row before"
            todo = "Write at least {percent}"
            place = f"{key}[{number}].percentOfFee"
            yield problem("bands-out-of-order", place, what, todo, percent=better.percent_of_fee)


def _need_floors(contract: Readable, liable: Sequence[tuple[int, str]]) -> Iterator[Problem]:
    for number, metric in liable:
        if contract.terms and metric in contract.terms and contract.terms[metric].floor is None:
            yield problem(
                "floor-missing",
                f"{_KEY}.liable[{number}]",
                "Between nothing and all, {metric} needs a floor where nothing is earned",
                "Add a floor to its target",
                metric=metric,
            )


def _check_score(contract: Readable, scheme: ScoreToPay) -> Iterator[Problem]:
    yield from _need_floors(
        contract, [(n, one.metric) for n, one in enumerate(scheme.liable) if one.zero_at is None]
    )
    for number, weight in enumerate(scheme.liable):
        yield from _check_ends(contract, weight, f"{_KEY}.liable[{number}]")
    key = f"{_KEY}.pay"
    if not scheme.pay or scheme.pay[0].score != 0:
        todo = "Begin with the point for score: 0"
        yield problem("pay-without-start", key, "Nothing says what the lowest score pays", todo)
    for number, (low, high) in enumerate(pairwise(scheme.pay), start=1):
        if high.score <= low.score:
            what = "Score {score} does not come after {before}"
            todo = "Put the points in the order of their scores, each score once"
            values = {"score": high.score, "before": low.score}
            yield problem("pay-out-of-order", f"{key}[{number}].score", what, todo, **values)
        if high.percent < low.percent:
            what, todo = "A higher score pays less", "Write at least {percent}"
            place = f"{key}[{number}].percent"
            yield problem("pay-out-of-order", place, what, todo, percent=low.percent)


def _check_ends(contract: Readable, weight: ScoreWeight, key: str) -> Iterator[Problem]:
    use = (contract.uses or {}).get(weight.metric)
    terms = (contract.terms or {}).get(weight.metric)
    if use is None or terms is None:
        return
    wrong = [
        each
        for name, value in (("zeroAt", weight.zero_at), ("fullAt", weight.full_at))
        if value is not None
        for each in check_value(use, value, f"{key}.{name}")
    ]
    yield from wrong
    if wrong:
        return
    zero = terms.floor if weight.zero_at is None else weight.zero_at
    fulls = [point.value for point in terms.ramp.points] if weight.full_at is None else [weight.full_at]
    if zero is None:
        return
    for full in fulls:
        if zero == full or (zero < full) != (use.direction == "higher"):
            what = "From {worst} to {best}, {metric} does not get better"
            todo = "Write as zeroAt the figure that scores nothing and as fullAt the one that scores all"
            values = {"worst": zero, "best": full, "metric": weight.metric}
            yield problem("ends-reversed", key, what, todo, **values)
            return


def _check_bonus(contract: Readable, bonus: Bonus, liable: Sequence[str]) -> Iterator[Problem]:
    terms = contract.terms
    if (
        terms is not None
        and liable
        and not any(metric in terms and terms[metric].stretch is not None for metric in liable)
    ):
        yield problem(
            "bonus-without-stretch",
            f"{_KEY}.bonus",
            "No liable target has a stretch, so nobody can earn the bonus",
            "Add stretch to a target, or remove the bonus",
        )
    cap, each = bonus.cap, bonus.on_stretch
    if cap is None or cap.percent_of_fee is None or each.percent_of_fee is None:
        return
    if cap.percent_of_fee < each.percent_of_fee:
        what, todo = "The cap of {cap} % is below one bonus of {each} %", "Raise the cap, or lower the bonus"
        values = {"cap": cap.percent_of_fee, "each": each.percent_of_fee}
        yield problem("bonus-above-cap", f"{_KEY}.bonus.cap", what, todo, **values)
