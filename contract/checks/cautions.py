"""What a sound contract costs by the rules it chose, to be known before it is signed."""

from collections.abc import Iterator
from decimal import Decimal

from contract.checks.readable import Readable
from contract.fields import canonical_number
from contract.metrics import KINDS
from contract.model.consequences import Deduction
from contract.model.schemes import PoolAndShare, TierTable
from contract.model.target_terms import TargetTerms
from contract.problems import Problem, problem

_KEY = "spec.consequences"


def cautions(contract: Readable) -> Iterator[Problem]:
    """Rules of RULES.md that surprise who has not read them; nothing is wrong with the file."""
    for number, terms in enumerate(contract.targets or ()):
        use = (contract.uses or {}).get(terms.metric) if terms else None
        if terms is None or use is None:
            continue
        key = f"spec.targets[{number}]"
        yield from _of_doubt(terms, f"{key}.decision")
        if use.kind == "index" and any(
            KINDS[each.kind].sampled
            for part in use.components
            if (each := (contract.uses or {}).get(part.metric))
        ):
            what = (
                "The index {metric} has no interval: chance in its samples alone can miss or meet the target"
            )
            todo = "Leave room between the target and what is expected, or set targets for its components"
            yield problem("index-by-chance", key, what, todo, metric=terms.metric)
        if _earns_by_chance(contract, terms):
            what = (
                "Under rule simple the stretch of {metric} is reached by the figure itself: chance can earn "
                "it"
            )
            todo = "Leave room above what is expected, or write success_must_be_proven"
            yield problem("bonus-by-chance", f"{key}.stretch", what, todo, metric=terms.metric)
    yield from _of_holm(contract)
    yield from _of_relief(contract)


def _of_doubt(terms: TargetTerms, key: str) -> Iterator[Problem]:
    decision = terms.decision
    doubt = decision.not_proven
    if decision.rule != "simple" and doubt is not None and doubt.leads_to != "nothing":
        what = (
            "What proves nothing about {metric} is in the end decided by the figure: with the truth on the "
            "target, that is wrong nearly every second time"
        )
        todo = "Keep it if both parties accept that; leadsTo: nothing leaves the doubt where the rule puts it"
        yield problem("figure-decides", f"{key}.notProven", what, todo, metric=terms.metric)
    if decision.min_response_rate is not None:
        what = "minResponseRate blocks nothing where nobody counted who was asked"
        todo = "Ask for {metric} by personal links, which are counted"
        yield problem("rate-unknown", f"{key}.minResponseRate", what, todo, metric=terms.metric)


def _earns_by_chance(contract: Readable, terms: TargetTerms) -> bool:
    scheme, use = contract.consequences, (contract.uses or {})[terms.metric]
    return (
        isinstance(scheme, Deduction | TierTable | PoolAndShare)
        and scheme.bonus is not None
        and terms.stretch is not None
        and terms.decision.rule == "simple"
        and KINDS[use.kind].sampled
    )


def _of_holm(contract: Readable) -> Iterator[Problem]:
    scheme = contract.consequences
    if contract.multiplicity != "holm" or scheme is None:
        return
    liable = {one.metric for one in scheme.liable}
    together = [
        terms.decision.confidence
        for terms in contract.targets or ()
        if terms and terms.metric in liable and terms.decision.rule != "simple" and terms.decision.confidence
    ]
    if len(together) > 1:
        first = 100 * (1 - (1 - Decimal(str(together[0]))) / len(together))
        what = (
            "Of {count} targets together the first has to be proven with {confidence} % confidence: each "
            "further target makes misses and successes of the others harder to prove"
        )
        todo = "Keep the targets that both parties need; one that adds little protects the others"
        confidence = canonical_number(round(first, 2))
        yield problem(
            "holm-shares", "spec.multiplicity", what, todo, count=len(together), confidence=confidence
        )


def _of_relief(contract: Readable) -> Iterator[Problem]:
    scheme = contract.consequences
    if contract.relief and isinstance(scheme, PoolAndShare) and scheme.unearned == "carried":
        what = "What is carried into the next pool does not come back by relief granted after the settlement"
        todo = "Approve relief before the period is settled, or write unearned: kept_by_client"
        yield problem("relief-of-carried", f"{_KEY}.unearned", what, todo)
