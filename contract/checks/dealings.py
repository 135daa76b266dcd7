"""Whether money, governance and remedies fit: currency, decimals, days, triggers, clauses that exist."""

from collections.abc import Iterator
from decimal import Decimal

from babel.numbers import get_currency_precision, list_currencies
from pydantic import BaseModel

from contract.checks.common import repeated
from contract.checks.readable import Readable
from contract.model.consequences import Deduction
from contract.model.fees import Fees
from contract.model.governance import Cure, Escalation, Governance, Relief
from contract.model.part import Amount
from contract.problems import Problem, problem

_TRIGGERS = ("missed", "repeated", "below_floor")
_LATEST_SETTLED = 366  # days: else a supplement could put every settlement off for good


def check_dealings(contract: Readable) -> Iterator[Problem]:
    """What is wrong with fees, relief, cure and escalation."""
    if contract.fees:
        yield from _check_fees(contract.fees)
    yield from _check_amounts(contract)
    if contract.governance:
        yield from _check_governance(contract.governance)
    if contract.relief:
        yield from _check_relief(contract.relief)
    if contract.cure and "consequences" not in contract.unread:
        yield from _check_cure(contract.cure, contract)
    for number, step in enumerate(contract.escalation or ()):
        yield from _check_step(step, f"spec.escalation[{number}]", contract)


def check_clauses(contract: Readable) -> Iterator[Problem]:
    """Clauses that stand twice, and those that are named but not there."""
    if contract.clauses is None:
        return
    known = [clause.id for clause in contract.clauses]
    yield from repeated("spec.clauses", "id", known)
    for key, clause in _named(contract):
        if clause not in known:
            yield problem(
                "unknown-clause",
                key,
                "There is no clause {clause}",
                "Write one of: {known}",
                clause=clause,
                known=", ".join(known),
            )


def _check_governance(rules: Governance) -> Iterator[Problem]:
    settled = rules.report_due_days + rules.dispute_window_days
    if settled > _LATEST_SETTLED:
        yield problem(
            "settled-too-late",
            "spec.governance.disputeWindowDays",
            "Report and dispute take {settled} days: a period would be settled over a year after its end",
            "Let reportDueDays and disputeWindowDays come to {most} days or fewer",
            settled=settled,
            most=_LATEST_SETTLED,
        )


def warn_of_dealings(contract: Readable) -> Iterator[Problem]:
    """A payment that is due while its figures can still be disputed."""
    fees, rules = contract.fees, contract.governance
    if fees and rules and fees.pay_within_days is not None:
        settled = rules.report_due_days + rules.dispute_window_days
        if fees.pay_within_days < settled:
            yield problem(
                "paid-before-settled",
                "spec.fees.payWithinDays",
                "Payment is due after {days} days, but the figures can be disputed for {settled}",
                "Write at least {settled}, or shorten report and dispute",
                days=fees.pay_within_days,
                settled=settled,
            )


def _named(contract: Readable) -> Iterator[tuple[str, str]]:
    """Each clause that a part names, with the key where it does."""
    for name in ("parties", "metrics", "consequences", "fees", "relief", "cure", "escalation"):
        yield from _clauses_in(getattr(contract, name), f"spec.{name}")
    yield from _clauses_in(contract.governance, "spec.governance")
    yield from _clauses_in(contract.data_security, "spec.dataSecurity")


def _clauses_in(part: object, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, BaseModel):
        for name, field in type(part).model_fields.items():
            value, place = getattr(part, name), f"{key}.{field.alias}"
            if name == "clause" and value is not None:
                yield place, value
            else:
                yield from _clauses_in(value, place)
    elif isinstance(part, tuple):
        for number, entry in enumerate(part):
            yield from _clauses_in(entry, f"{key}[{number}]")


def _check_fees(fees: Fees) -> Iterator[Problem]:
    if fees.currency not in list_currencies():
        what = "There is no currency {currency}"
        todo = "Write its ISO 4217 code, such as CNY"
        yield problem("unknown-currency", "spec.fees.currency", what, todo, currency=fees.currency)
    elif fees.scale > get_currency_precision(fees.currency):
        what = "{currency} is not paid with {scale} decimals"
        todo = "Write a number from 0 to {most}"
        values = {"scale": fees.scale, "most": get_currency_precision(fees.currency)}
        yield problem("bad-decimals", "spec.fees.scale", what, todo, currency=fees.currency, **values)
    yield from repeated("spec.fees.addedServices", "id", [service.id for service in fees.added_services])


def _check_amounts(contract: Readable) -> Iterator[Problem]:
    """Money finer than the currency is paid in; shares of a fee that is not there."""
    fees = contract.fees
    if fees:
        priced = [("spec.fees.basePerPeriod", fees.base_per_period)]
        services = enumerate(fees.added_services)
        priced += [(f"spec.fees.addedServices[{n}].price", service.price) for n, service in services]
        for key, money in priced:
            yield from _check_money(money, fees, key)
    for name, part in (("consequences", contract.consequences), ("dataSecurity", contract.data_security)):
        amounts = tuple(_amounts_in(part, f"spec.{name}"))
        if name == "consequences" and part and not amounts and fees is None and "fees" not in contract.unread:
            what = "Consequences are in money, but the contract has no fees"
            todo = "Add spec.fees with currency, scale and basePerPeriod"
            yield problem("no-fees", f"spec.{name}", what, todo)
        for key, amount in amounts:
            if amount.amount is not None and fees:
                yield from _check_money(amount.amount, fees, f"{key}.amount")
            elif fees is None and "fees" not in contract.unread:
                what = "Money is named here, but the contract has no fees and no currency"
                todo = "Add spec.fees with currency, scale and basePerPeriod"
                yield problem("no-fees", key, what, todo)


def _amounts_in(part: object, key: str) -> Iterator[tuple[str, Amount]]:
    if isinstance(part, Amount):
        yield key, part
    elif isinstance(part, BaseModel):
        for name, field in type(part).model_fields.items():
            yield from _amounts_in(getattr(part, name), f"{key}.{field.alias}")


def _check_money(money: Decimal, fees: Fees, key: str) -> Iterator[Problem]:
    if money != fees.rounded(money):
        what = "{money} has more decimals than {currency} is paid with here"
        todo = "Write at most {scale} decimals"
        values = {"money": money, "currency": fees.currency, "scale": fees.scale}
        yield problem("too-many-decimals", key, what, todo, **values)


def _check_relief(relief: Relief) -> Iterator[Problem]:
    yield from repeated("spec.relief.grounds", "", relief.grounds)
    if not relief.grounds:
        todo = "Write at least one, such as force_majeure"
        yield problem("no-grounds", "spec.relief.grounds", "Relief has no grounds", todo)
    if sorted(relief.needs) != ["A", "B"]:
        what = "Relief from a consequence needs the approval of both parties"
        yield problem("relief-by-one", "spec.relief.needs", what, "Write needs: [A, B]")


def _check_cure(cure: Cure, contract: Readable) -> Iterator[Problem]:
    scheme = contract.consequences
    named: set[str] = set(_TRIGGERS)
    if isinstance(scheme, Deduction):
        named |= {severity.name for severity in scheme.severity}
        named |= {severity.name for liable in scheme.liable for severity in liable.severity}
    key = "spec.cure.triggers"
    yield from repeated(key, "", cure.triggers)
    if not cure.triggers:
        yield problem(
            "no-trigger", key, "Nothing triggers a plan", "Write one of: {known}", known=_list(named)
        )
    for number, trigger in enumerate(cure.triggers):
        if trigger not in named:
            what = "“{trigger}” is neither a trigger nor a severity"
            values = {"trigger": trigger, "known": _list(named)}
            yield problem("unknown-trigger", f"{key}[{number}]", what, "Write one of: {known}", **values)
    if cure.cure_within_days is not None and cure.cure_within_days < cure.plan_within_days:
        what = "The cure is due after {cure} days, before its plan after {plan}"
        days = {"cure": cure.cure_within_days, "plan": cure.plan_within_days}
        place = "spec.cure.cureWithinDays"
        yield problem("cured-before-planned", place, what, "Write at least {plan}", **days)


def _check_step(step: Escalation, key: str, contract: Readable) -> Iterator[Problem]:
    if step.times > step.within:
        what = "{times} of {within} periods cannot be missed"
        values = {"times": step.times, "within": step.within}
        yield problem("too-many-times", f"{key}.times", what, "Write at most {within}", **values)
    floors = [terms.floor for terms in (contract.terms or {}).values()]
    if step.when == "below_floor" and floors and not any(floor is not None for floor in floors):
        what, todo = "No target has a floor to fall below", "Add a floor to a target, or write when: missed"
        yield problem("floor-missing", f"{key}.when", what, todo)


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names))
