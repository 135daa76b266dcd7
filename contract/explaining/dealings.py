"""How the parties deal with each other, in plain words: reports, relief, cure, escalation, mediator, data."""

from collections.abc import Mapping

from contract.explaining.voice import Explained, Voice
from contract.fields import canonical_number
from contract.model.consequences import Deduction
from contract.texts import Message

GROUNDS: Mapping[str, str] = {
    "force_majeure": "force majeure",
    "caused_by_a": "caused by party A",
    "caused_by_third_party": "caused by a third party",
}
_SIDES = {"A": "party A", "B": "party B"}
_TRIGGERS = {
    "missed": "a missed target",
    "repeated": "a repeated miss",
    "below_floor": "a figure worse than the floor",
}
_STEPS = {
    "executive_review": "it goes to the heads of both parties",
    "plan_review": "the plan of the work is reviewed",
    "mediation": "it goes to the mediator",
    "termination_right": "party A may end the contract",
}
_ESCALATIONS = {
    "missed": "A target missed in {times} of the last {within} periods: {step} (clause {clause}).",
    "below_floor": "A figure worse than the floor in {times} of the last {within} periods: {step} "
    "(clause {clause}).",
}
_POWERS = {
    "inspect": "inspect every figure and paper",
    "reperform": "count any figure again",
    "rule_on_data": "rule on what was counted when the parties differ",
    "attend": "attend the work as an observer",
}


def explain_dealings(voice: Voice) -> list[Explained]:
    """Reports and disputes, relief, cure, escalation, mediator, data: what the contract has of them."""
    return [
        *_governance(voice),
        *_relief(voice),
        *_cure(voice),
        *_escalation(voice),
        *_mediator(voice),
        *_data(voice),
    ]


def _governance(voice: Voice) -> list[Explained]:
    terms = voice.contract.spec.governance
    if terms is None:
        return []
    due = "Party B reports on a period within {days} days of its end."
    sentences = [voice.t(due, days=terms.report_due_days)]
    if terms.no_report == "deemed_missed":
        sentences.append(voice.t("A period without a report counts as missed, at the worst severity."))
    else:
        sentences.append(voice.t("A period without a report is marked, and costs nothing by itself."))
    window = "The figures can be disputed for {days} days after the report."
    sentences.append(voice.t(window, days=terms.dispute_window_days))
    if terms.silence == "consent":
        sentences.append(voice.t("Who says nothing until then agrees."))
    else:
        sentences.append(voice.t("Who says nothing until then has not agreed."))
    return [Explained(voice.t("Reports and disputes"), terms.clause, tuple(sentences))]


def _relief(voice: Voice) -> list[Explained]:
    terms = voice.contract.spec.relief
    if terms is None:
        return []
    grounds = voice.listed([voice.t(GROUNDS[ground]) for ground in terms.grounds])
    sides = voice.listed([voice.t(_SIDES[side]) for side in terms.needs])
    sentences = [
        voice.t("A missed target has no consequence on these grounds: {grounds}.", grounds=grounds),
        voice.t("Each case has to be approved by: {sides}.", sides=sides),
    ]
    if terms.evidence == "required":
        sentences.append(voice.t("Evidence is required."))
    return [Explained(voice.t("Relief"), terms.clause, tuple(sentences))]


def _severity(voice: Voice, name: str) -> str:
    """What the severity of that name is called."""
    scheme = voice.contract.spec.consequences
    known = (
        [*scheme.severity, *(own for one in scheme.liable for own in one.severity)]
        if isinstance(scheme, Deduction)
        else []
    )
    found = next((one.words for one in known if one.name == name), Message(name))
    return found.words(voice.language)


def _cure(voice: Voice) -> list[Explained]:
    terms = voice.contract.spec.cure
    if terms is None:
        return []
    triggers = voice.listed(
        [
            voice.t(_TRIGGERS[each])
            if each in _TRIGGERS
            else voice.t("a miss of severity {name}", name=_severity(voice, each))
            for each in terms.triggers
        ]
    )
    values = {"triggers": triggers, "days": terms.plan_within_days}
    sentences = [voice.t("Party B owes a plan within {days} days after: {triggers}.", **values)]
    if terms.cure_within_days is not None:
        said = "What was missed is put right within {days} days."
        sentences.append(voice.t(said, days=terms.cure_within_days))
    return [Explained(voice.t("Cure"), terms.clause, tuple(sentences))]


def _escalation(voice: Voice) -> list[Explained]:
    steps = voice.contract.spec.escalation
    if not steps:
        return []
    sentences = tuple(
        voice.t(
            _ESCALATIONS[one.when],
            times=one.times,
            within=one.within,
            step=voice.t(_STEPS[one.then]),
            clause=one.clause,
        )
        for one in steps
    )
    return [Explained(voice.t("Escalation"), steps[0].clause, sentences)]


def _mediator(voice: Voice) -> list[Explained]:
    terms = voice.contract.mediator
    if terms is None:
        return []
    sentences = [voice.t("{name} is neutral and bound to the same secrecy.", name=terms.name[voice.language])]
    if terms.appointed_by:
        sides = voice.listed([voice.t(_SIDES[side]) for side in terms.appointed_by])
        sentences.append(voice.t("Appointed by: {sides}.", sides=sides))
    if terms.powers:
        powers = voice.listed([voice.t(_POWERS[power]) for power in terms.powers])
        sentences.append(voice.t("The mediator may: {powers}.", powers=powers))
    if terms.respond_within_days is not None:
        sentences.append(voice.t("The mediator answers within {days} days.", days=terms.respond_within_days))
    if terms.fee_share is not None:
        one, other = canonical_number(terms.fee_share.a), canonical_number(terms.fee_share.b)
        said = "Party A bears {a} % of the mediator's fees, party B {b} %."
        sentences.append(voice.t(said, a=one, b=other))
    return [Explained(voice.t("Mediator"), terms.clause or "", tuple(sentences))]


def _data(voice: Voice) -> list[Explained]:
    terms = voice.contract.spec.data_security
    if terms is None:
        return []
    sentences = []
    if terms.notice_within_hours is not None:
        said = "A leak of members' data is reported within {hours} hours."
        sentences.append(voice.t(said, hours=terms.notice_within_hours))
    if terms.secrecy_years is not None:
        said = "Secrecy outlasts the contract by {years} years."
        sentences.append(voice.t(said, years=terms.secrecy_years))
    if terms.damages is not None:
        sentences.append(voice.t("A leak costs {amount}.", amount=voice.price(terms.damages)))
    return [Explained(voice.t("Members' data"), terms.clause, tuple(sentences))]
