"""What a missed target costs, in plain words, scheme by scheme."""

from collections.abc import Sequence
from decimal import Decimal

from contract.explaining.voice import Explained, Voice
from contract.fields import canonical_number
from contract.model.consequences import Bonus, Caps, Deduction, EarnBack, Severity
from contract.model.schemes import PoolAndShare, ScoreToPay, TierTable


def explain_consequences(voice: Voice) -> list[Explained]:
    """The scheme of the contract: what it does, then what each metric costs, caps, what comes back."""
    match scheme := voice.contract.spec.consequences:
        case None:
            return []
        case Deduction():
            parts = _by_points(voice, scheme)
        case TierTable():
            parts = _by_table(voice, scheme)
        case PoolAndShare():
            parts = [_shared(voice, scheme)]
        case ScoreToPay():
            return [_scored(voice, scheme)]
    if not isinstance(scheme, PoolAndShare):
        parts += _caps(voice, scheme.caps, scheme.clause)
        parts += _earn_back(voice, scheme.earn_back, scheme.clause)
    return [*parts, *_bonus(voice, scheme.bonus, scheme.clause)]


def _by_points(voice: Voice, scheme: Deduction) -> list[Explained]:
    value = voice.price(scheme.point_value)
    sentences = [voice.t("A missed target costs service points by its gap; a point is {value}.", value=value)]
    if scheme.repeat is not None:
        factor, within = canonical_number(scheme.repeat.multiply), scheme.repeat.within
        said = "Points count {factor} times when the same target was missed in the {count} periods before."
        if within == 1:
            said = "Points count {factor} times when the same target was missed in the period before."
        sentences.append(voice.t(said, factor=factor, count=within))
    parts = [Explained(voice.t("Service points"), scheme.clause, tuple(sentences))]
    for liable in scheme.liable:
        lines = _severities(voice, liable.metric, scheme.severities(liable.metric))
        if liable.weight != 1:
            lines.append(voice.t("Its points weigh {weight}.", weight=canonical_number(liable.weight)))
        title = voice.t("Points for {metric}", metric=voice.metric(liable.metric))
        parts.append(Explained(title, scheme.clause, tuple(lines), liable.metric))
    return parts


def _severities(voice: Voice, metric: str, severities: Sequence[Severity]) -> list[str]:
    lines: list[str] = []
    before = ""
    for one in severities:
        values = {
            "severity": one.words.words(voice.language),
            "points": _points(voice, one.points),
            "before": before,
        }
        if one.up_to is not None:
            values["gap"] = before = voice.gap(metric, one.up_to)
            if not lines:
                lines.append(voice.t("Up to {gap} short, limit included: {severity}, {points}.", **values))
            else:
                said = "More than {before}, up to {gap} short: {severity}, {points}."
                lines.append(voice.t(said, **values))
        elif before:
            lines.append(voice.t("More than {before} short: {severity}, {points}.", **values))
        else:
            lines.append(voice.t("Any miss: {severity}, {points}.", **values))
    return lines


def _points(voice: Voice, number: Decimal) -> str:
    return (
        voice.t("1 point")
        if number == 1
        else voice.t("{number} service points", number=canonical_number(number))
    )


def _by_table(voice: Voice, scheme: TierTable) -> list[Explained]:
    parts = [
        Explained(
            voice.t("Table of credits"),
            scheme.clause,
            (voice.t("A target that is not kept costs what the first row says that its figure reaches."),),
        )
    ]
    for table in scheme.liable:
        lines = []
        better = voice.use(table.metric).direction == "higher"
        for band in table.bands:
            percent = canonical_number(band.percent_of_fee)
            if band.reaching is None:
                lines.append(voice.t("Else: {percent} % of the base fee.", percent=percent))
                continue
            values = {"figure": voice.value(table.metric, band.reaching), "percent": percent}
            if better:
                lines.append(voice.t("{figure} or more: {percent} % of the base fee.", **values))
            else:
                lines.append(voice.t("{figure} or less: {percent} % of the base fee.", **values))
        title = voice.t("Credits for {metric}", metric=voice.metric(table.metric))
        parts.append(Explained(title, scheme.clause, tuple(lines), table.metric))
    return parts


def _shared(voice: Voice, scheme: PoolAndShare) -> Explained:
    sentences = [
        voice.t("{pool} is held back in each period and paid out by results.", pool=voice.price(scheme.pool))
    ]
    for share in scheme.liable:
        percent = canonical_number(share.weight * 100)
        said = "{percent} % of it hangs on {metric}."
        sentences.append(voice.t(said, percent=percent, metric=voice.metric(share.metric)))
    if scheme.partly == "linear":
        sentences.append(
            voice.t("Between floor and target a part is earned in proportion; below the floor nothing.")
        )
    else:
        sentences.append(voice.t("A target that is not kept earns nothing of its share."))
    if scheme.unearned == "carried":
        said = "What is not earned joins the pool of the next period; after the last it stays with party A."
        sentences.append(voice.t(said))
    else:
        sentences.append(voice.t("What is not earned stays with party A."))
    return Explained(voice.t("Pool at risk"), scheme.clause, tuple(sentences))


def _scored(voice: Voice, scheme: ScoreToPay) -> Explained:
    sentences = [voice.t("The base fee follows one score of 0 to 100 points, made of all metrics below.")]
    for share in scheme.liable:
        values = {
            "metric": voice.metric(share.metric),
            "percent": canonical_number(share.weight * 100),
            "zero": voice.t("its floor")
            if share.zero_at is None
            else voice.value(share.metric, share.zero_at),
            "full": voice.t("its target")
            if share.full_at is None
            else voice.value(share.metric, share.full_at),
        }
        said = "{metric} gives up to {percent} points of it: nothing at {zero}, all at {full}."
        sentences.append(voice.t(said, **values))
    steps = [
        voice.t(
            "from {score} points {percent} %",
            score=canonical_number(each.score),
            percent=canonical_number(each.percent),
        )
        for each in scheme.pay
    ]
    if scheme.interpolate == "linear":
        said = "Paid of the base fee, evenly between: {steps}."
    else:
        said = "Paid of the base fee, in steps: {steps}."
    sentences.append(voice.t(said, steps=voice.listed(steps)))
    return Explained(voice.t("Pay by score"), scheme.clause, tuple(sentences))


def _caps(voice: Voice, caps: Caps | None, clause: str) -> list[Explained]:
    if caps is None:
        return []
    sentences = []
    if caps.per_period is not None:
        limit = voice.price(caps.per_period)
        sentences.append(voice.t("A period never costs more than {limit}.", limit=limit))
    if caps.rolling is not None:
        said = "Any {count} periods in a row never cost more than {percent} % of their base fees."
        percent = canonical_number(caps.rolling.percent_of_fees)
        sentences.append(voice.t(said, count=caps.rolling.periods, percent=percent))
    return [Explained(voice.t("Caps"), clause, tuple(sentences))]


def _earn_back(voice: Voice, terms: EarnBack | None, clause: str) -> list[Explained]:
    if terms is None:
        return []
    said = "Met in each of the {count} periods after a miss, {percent} % of what it cost comes back."
    words = voice.t(said, count=terms.after_met, percent=canonical_number(terms.returns))
    return [Explained(voice.t("Earning back"), clause, (words,))]


def _bonus(voice: Voice, terms: Bonus | None, clause: str) -> list[Explained]:
    if terms is None:
        return []
    each = voice.price(terms.on_stretch)
    sentences = [voice.t("A liable target met at its stretch earns {amount}.", amount=each)]
    if terms.cap is not None:
        limit = voice.price(terms.cap)
        sentences.append(voice.t("Together at most {limit} in a period.", limit=limit))
    return [Explained(voice.t("Bonus"), clause, tuple(sentences))]
