"""Amounts and spans that can be agreed on but are hardly meant: 1 for 100 %, no cost, no end in sight."""

from collections.abc import Iterator
from decimal import Decimal

from contract.checks.readable import Readable
from contract.fields import canonical_number
from contract.model.consequences import Deduction
from contract.model.part import Amount
from contract.model.schemes import PoolAndShare, Scheme, ScoreToPay, TierTable
from contract.model.target_terms import TargetTerms
from contract.problems import Problem, problem

_KEY = "spec.consequences"
_LITTLE_FOR_A_WHOLE = Decimal(1)  # percent: of pools, caps and what is given back
_LITTLE_FOR_A_STEP = Decimal("0.1")  # percent: of a point or a bonus
_LITTLE_FOR_THE_BEST = Decimal(2)  # percent of the fee that the best score pays
_LONG_SECRECY = 100  # years


def warn_of_doubtful(contract: Readable) -> Iterator[Problem]:
    """Amounts that look like fractions, cost nothing or more than the fee, and spans beyond the term."""
    scheme = contract.consequences
    if scheme:
        yield from _warn_of_fractions(scheme)
        yield from _warn_of_nothing(contract, scheme)
        yield from _warn_of_more_than_the_fee(contract, scheme)
    yield from _warn_of_spans(contract)
    yield from _warn_of_targets(contract)
    names = [each.name["en"] for each in contract.examples or () if each]
    for number, name in enumerate(names):
        if name in names[:number]:
            what, todo = "“{value}” stands here twice", "Give each example a name of its own"
            yield problem("same-name", f"spec.examples[{number}].name", what, todo, value=name)
    security = contract.data_security
    if security and (security.secrecy_years or 0) > _LONG_SECRECY:
        what, todo = (
            "Secrecy for {years} years outlives everybody",
            "Write the years that are meant, such as 3",
        )
        key = "spec.dataSecurity.secrecyYears"
        yield problem("too-long-a-span", key, what, todo, years=security.secrecy_years)


def _warn_of_fractions(scheme: Scheme) -> Iterator[Problem]:
    wholes: list[tuple[str, Amount | Decimal | None]] = []
    steps: list[tuple[str, Amount | None]] = []
    if isinstance(scheme, ScoreToPay):
        if scheme.pay and 0 < scheme.pay[-1].percent <= _LITTLE_FOR_THE_BEST:
            place = f"{_KEY}.pay[{len(scheme.pay) - 1}].percent"
            yield _fraction(place, scheme.pay[-1].percent)
        return
    if isinstance(scheme, PoolAndShare):
        wholes.append(("pool", scheme.pool))
    else:
        if scheme.caps:
            wholes.append(("caps.perPeriod", scheme.caps.per_period))
            rolling = scheme.caps.rolling
            wholes.append(("caps.rolling.percentOfFees", rolling.percent_of_fees if rolling else None))
        if scheme.earn_back:
            wholes.append(("earnBack.returns", scheme.earn_back.returns))
    if isinstance(scheme, Deduction):
        steps.append(("pointValue", scheme.point_value))
    if scheme.bonus:
        steps.append(("bonus.onStretch", scheme.bonus.on_stretch))
        wholes.append(("bonus.cap", scheme.bonus.cap))
    for found, little in ((wholes, _LITTLE_FOR_A_WHOLE), (steps, _LITTLE_FOR_A_STEP)):
        for place, given in found:
            key = f"{_KEY}.{place}" + (".percentOfFee" if isinstance(given, Amount) else "")
            percent = given.percent_of_fee if isinstance(given, Amount) else given
            if percent is not None and 0 < percent < little:
                yield _fraction(key, percent)


def _fraction(key: str, value: Decimal) -> Problem:
    what, todo = "{value} means {value} %, which is little here", "If {times} % is meant, write {times}"
    times = canonical_number(value * 100)
    return problem("looks-like-a-fraction", key, what, todo, value=value, times=times)


def _warn_of_nothing(contract: Readable, scheme: Scheme) -> Iterator[Problem]:
    """A fee, or a point, of 0; a row of a table that costs nothing though its figure misses the target."""
    if contract.fees and contract.fees.base_per_period == 0:
        what, todo = "The base fee is 0, so there is nothing to deduct from", "Write the fee of a period"
        yield problem("costs-nothing", "spec.fees.basePerPeriod", what, todo)
    if isinstance(scheme, Deduction) and not (scheme.point_value.percent_of_fee or scheme.point_value.amount):
        what, todo = "A point costs nothing, so no miss does", "Write what a point costs"
        yield problem("costs-nothing", f"{_KEY}.pointValue", what, todo)
    if not isinstance(scheme, TierTable):
        return
    for number, table in enumerate(scheme.liable):
        use, terms = (contract.uses or {}).get(table.metric), (contract.terms or {}).get(table.metric)
        values = [point.value for point in terms.ramp.points] if terms else []
        for row, band in enumerate(table.bands):
            if use is None or not values or band.percent_of_fee or band.reaching is None:
                continue
            higher = use.direction == "higher"
            easiest = min(values) if higher else max(values)
            if (band.reaching < easiest) if higher else (band.reaching > easiest):
                what = "A figure of {value} costs nothing, though it misses every target from {target} on"
                todo = "Write {target}, or a percentage above 0"
                key = f"{_KEY}.liable[{number}].bands[{row}].reaching"
                yield problem("costs-nothing", key, what, todo, value=band.reaching, target=easiest)


def _warn_of_more_than_the_fee(contract: Readable, scheme: Scheme) -> Iterator[Problem]:
    """Where party B would owe money for a period, since more is held back or deducted than its fee."""
    fees = contract.fees
    if fees is None or fees.base_per_period == 0 or isinstance(scheme, ScoreToPay):
        return
    fee, key = fees.base_per_period, f"{_KEY}.pool"
    what, todo = "The pool of {most} is above the fee of {fee}", "Write an amount up to the fee"
    if isinstance(scheme, PoolAndShare):
        most = scheme.pool.of(fee)
    else:
        most = _worst(scheme, fee)
        cap = scheme.caps.per_period.of(fee) if scheme.caps and scheme.caps.per_period else None
        key = _KEY
        todo = "Add caps with perPeriod, at most the fee"
        what = "A period can cost {most}, more than its fee of {fee}: party B would have to pay"
        if cap is not None:
            key, most = f"{_KEY}.caps.perPeriod", cap
            what, todo = "The cap of {most} is above the fee of {fee}", "Write an amount up to the fee"
    if most > fee:
        values = {"most": f"{fees.rounded(most):,f}", "fee": f"{fee:,f}"}
        yield problem("more-than-the-fee", key, what, todo, **values)


def _worst(scheme: Deduction | TierTable, fee: Decimal) -> Decimal:
    """What a period costs before caps where every liable target is missed as badly as can be."""
    if isinstance(scheme, TierTable):
        rows = [max((band.percent_of_fee for band in table.bands), default=0) for table in scheme.liable]
        return fee * sum(rows, Decimal(0)) / 100
    points = sum(
        (
            max((one.points for one in each.severity or scheme.severity), default=Decimal(0)) * each.weight
            for each in scheme.liable
        ),
        Decimal(0),
    )
    return points * (scheme.repeat.multiply if scheme.repeat else 1) * scheme.point_value.of(fee)


def _warn_of_spans(contract: Readable) -> Iterator[Problem]:
    """What looks further back, or waits longer, than the term has periods."""
    if contract.periods is None:
        return
    scheme, many = contract.consequences, len(contract.periods)
    spans: list[tuple[str, int]] = []
    if isinstance(scheme, Deduction | TierTable) and scheme.earn_back:
        spans.append((f"{_KEY}.earnBack.afterMet", scheme.earn_back.after_met + 1))
    if isinstance(scheme, Deduction) and scheme.repeat:
        spans.append((f"{_KEY}.repeat.within", scheme.repeat.within + 1))
    for number, step in enumerate(contract.escalation or ()):
        spans.append((f"spec.escalation[{number}].within", step.within))
    for key, span in spans:
        if span > many:
            what = "This spans {span} periods, but the term has {many}"
            yield problem("beyond-the-term", key, what, "Write fewer periods", span=span, many=many)


def _warn_of_targets(contract: Readable) -> Iterator[Problem]:
    """Targets that never have a consequence, and those that become easier."""
    for number, terms in enumerate(contract.targets or ()):
        if terms is None:
            continue
        key = f"spec.targets[{number}]"
        if contract.periods and {period.name for period in contract.periods} <= set(terms.grace):
            what = "Every period is one of grace: {metric} never has a consequence"
            todo = "Leave out the periods in which the target counts"
            yield problem("always-grace", f"{key}.grace", what, todo, metric=terms.metric)
        yield from _warn_of_a_late_start(contract, terms, key)
        use, points = (contract.uses or {}).get(terms.metric), terms.ramp.points
        for place in range(1, len(points)):
            before, here = points[place - 1].value, points[place].value
            if use and ((here < before) if use.direction == "higher" else (here > before)):
                what = "The target becomes easier, from {before} to {here}"
                todo = "Check the values, and the direction of {metric}"
                values = {"before": before, "here": here, "metric": terms.metric}
                yield problem("easier-target", f"{key}.ramp.points[{place}].value", what, todo, **values)


def _warn_of_a_late_start(contract: Readable, terms: TargetTerms, key: str) -> Iterator[Problem]:
    """A target with consequences whose ramp begins after the term, or the version, has."""
    liable = {one.metric for one in contract.consequences.liable} if contract.consequences else set()
    if terms.metric not in liable:
        return
    since = contract.metadata.in_force_from if contract.metadata else None
    names = [one.name for one in contract.periods or () if since is None or one.start >= since]
    first = terms.ramp.points[0].at if terms.ramp.points else ""
    if first in names[1:]:
        what = "{metric} has no target in the {count} periods before {first}"
        todo = "Add a point at {begin}, if those count too"
        values = {"metric": terms.metric, "count": names.index(first), "first": first, "begin": names[0]}
        yield problem("late-target", f"{key}.ramp.points[0].at", what, todo, **values)
