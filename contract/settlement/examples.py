"""Settles a contract's worked example, so that reading the contract can compare it with what was agreed."""

from decimal import Decimal

from contract.model.contract import Contract
from contract.model.examples import Before, Example
from contract.reproducing import Outcome, Settled, carried_on, decided
from contract.settlement.facts import Facts, Past, decided_result
from contract.settlement.history import History
from contract.settlement.ledger import settle

_NOTHING = Outcome(None, None, Decimal(0))


def settle_example(contract: Contract, example: Example) -> Settled:
    """What the example comes to. What it does not say did not happen: no earlier misses, nothing ordered."""
    results = {metric: decided_result(one) for metric, one in decided(contract, example).items()}
    period = next(one for one in contract.periods if one.name == example.period)
    history = History(past=tuple(_past(contract, one) for one in example.before))
    settled = settle(contract, Facts(period, results), history)
    return Settled(
        {given.metric: settled.outcomes.get(given.metric, _NOTHING) for given in example.given},
        settled.deducted,
        settled.earned_back,
        settled.bonus,
        settled.payable,
    )


def _past(contract: Contract, before: Before) -> Past:
    target = contract.target(before.metric, before.period)
    missed = before.verdict == "missed" or (
        before.verdict in ("not_proven", "too_few")
        and target is not None
        and target.rule == "success_must_be_proven"
        and not carried_on(contract, before)
    )
    exempt = target is not None and target.grace
    return Past(before.period, before.metric, before.verdict, missed, exempt, before.deducted or Decimal(0))
