"""Targets in plain words: how each moves, who carries the doubt of a sample, what a doubt leads to."""

from decimal import Decimal

from contract.explaining.voice import Explained, Voice
from contract.fields import canonical_number
from contract.model.consequences import Deduction
from contract.model.target_terms import Decision, TargetTerms
from contract.wording import percent

_RULES = {
    "simple": "The figure itself is compared with the target.",
    "breach_must_be_proven": "It counts as missed only when the sample proves it with {confidence} "
    "confidence: party A carries the doubt.",
    "success_must_be_proven": "It counts as kept only when the sample proves it with {confidence} "
    "confidence: party B carries the doubt.",
}


def explain_decision(voice: Voice, terms: TargetTerms) -> Explained:
    """One target: its ramp, how it is decided, and what nothing proven leads to."""
    use, decision = voice.use(terms.metric), terms.decision
    sure = percent(float(decision.confidence)) if decision.confidence is not None else ""
    sentences = [explain_ramp(voice, terms), voice.t(_RULES[decision.rule], confidence=sure)]
    if use.kind in ("census", "index"):
        sentences.append(voice.t("There is no sampling error: nothing is left to prove."))
    else:
        sentences += _doubts(voice, decision)
    if terms.floor is not None:
        said = "The floor is {floor}."
        if isinstance(voice.contract.spec.consequences, Deduction):
            said = "A figure worse than the floor of {floor} is a miss of the worst severity."
        sentences.append(voice.t(said, floor=voice.value(terms.metric, terms.floor)))
    if terms.stretch is not None:
        said = "The stretch is {stretch}."
        sentences.append(voice.t(said, stretch=voice.value(terms.metric, terms.stretch)))
    if terms.grace:
        said = "In {periods} it is measured and shown, without any consequence (grace)."
        sentences.append(voice.t(said, periods=voice.listed(list(terms.grace))))
    title = voice.t("Target: {metric}", metric=voice.metric(terms.metric))
    return Explained(title, use.clause, tuple(sentences), terms.metric)


def explain_ramp(voice: Voice, terms: TargetTerms) -> str:
    """How the target moves over the term, in one sentence."""
    points = terms.ramp.points
    first, last = points[0], points[-1]
    at_least = voice.use(terms.metric).direction == "higher"
    values = {"value": voice.value(terms.metric, first.value), "start": first.at}
    if len(points) == 1:
        if at_least:
            return voice.t("At least {value} in every period from {start} on.", **values)
        return voice.t("At most {value} in every period from {start} on.", **values)
    values |= {"last": voice.value(terms.metric, last.value), "end": last.at}
    if terms.ramp.interpolate == "linear":
        if at_least:
            return voice.t("At least {value} in {start}, moving evenly to {last} in {end}.", **values)
        return voice.t("At most {value} in {start}, moving evenly to {last} in {end}.", **values)
    steps = [
        voice.t("{value} from {start} on", value=voice.value(terms.metric, each.value), start=each.at)
        for each in points
    ]
    if at_least:
        return voice.t("In steps, at least: {steps}.", steps=voice.listed(steps))
    return voice.t("In steps, at most: {steps}.", steps=voice.listed(steps))


def explain_together(voice: Voice) -> list[Explained]:
    """What the targets of a period share, where the contract says so."""
    if voice.contract.spec.multiplicity != "holm":
        return []
    said = voice.t(
        "The targets of one period that carry liability and are sampled share one confidence, after Holm: "
        "the more of them are judged, the more each has to prove."
    )
    clause = voice.contract.spec.consequences.clause if voice.contract.spec.consequences else ""
    return [Explained(voice.t("Targets judged together"), clause, (said,))]


def _doubts(voice: Voice, decision: Decision) -> list[str]:
    sentences = []
    if decision.min_n:
        said = "Fewer than {count} answers never meet it; a miss that is proven stands all the same."
        sentences.append(voice.t(said, count=f"{decision.min_n:,}"))
    if decision.min_response_rate is not None:
        said = "Nor does a response rate under {rate} %."
        sentences.append(voice.t(said, rate=canonical_number(Decimal(decision.min_response_rate))))
    proven = decision.not_proven.carried if decision.not_proven else None
    match proven.leads_to if proven else "nothing":
        case "pool_with_next":
            said = (
                "What proves nothing, or has too few answers, is counted together with the next period, at "
                "most {count} times in a row; then the figure itself decides."
            )
            count = proven.max_carries if proven else 0
            if count == 1:
                said = (
                    "What proves nothing, or has too few answers, is counted together with the next period, "
                    "once; then the figure itself decides."
                )
            sentences.append(voice.t(said, count=count))
        case "simple":
            sentences.append(voice.t("Where nothing is proven, the figure itself decides."))
        case _ if decision.rule != "simple":
            sentences.append(voice.t("Where nothing is proven, the verdict stays: not proven."))
    return sentences
