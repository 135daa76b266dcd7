"""What party A pays, in plain words."""

from contract.explaining.voice import Explained, Voice

_ROUNDING = {
    "half_up": "Money has {scale} decimals; each line is rounded once, halves up.",
    "half_even": "Money has {scale} decimals; each line is rounded once, halves to the even digit.",
}
_PERIODS = {
    "month": "The base fee is {fee} a month.",
    "quarter": "The base fee is {fee} a quarter.",
    "half_year": "The base fee is {fee} a half year.",
    "year": "The base fee is {fee} a year.",
}
_SERVICES = {
    "period": "{service}: {price} in every period (clause {clause}).",
    "order": "{service}: {price} each time it is ordered (clause {clause}).",
}


def explain_fees(voice: Voice) -> list[Explained]:
    """The base fee, added services, rounding and payment; nothing for a contract without fees."""
    fees = voice.contract.spec.fees
    if fees is None:
        return []
    base = voice.t(_PERIODS[voice.contract.term.periods], fee=voice.money(fees.base_per_period))
    sentences = [base]
    for service in fees.added_services:
        name, price = service.title[voice.language], voice.money(service.price)
        sentences.append(voice.t(_SERVICES[service.per], service=name, price=price, clause=service.clause))
    sentences.append(voice.t(_ROUNDING[fees.rounding], scale=fees.scale))
    if fees.pay_within_days is not None:
        said = "It is paid within {days} days of the end of the period."
        sentences.append(voice.t(said, days=fees.pay_within_days))
    return [Explained(voice.t("Fees"), fees.clause, tuple(sentences))]
