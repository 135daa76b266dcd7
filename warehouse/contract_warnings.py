"""What a contract asks for that is not there yet, or looks like a mistake beside what is stored."""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from contract import Contract
from warehouse.evidence.problems import problem as evidence_problem
from warehouse.evidence.store import seals
from warehouse.problems import Problem
from warehouse.surveys import BUILT_IN, Survey, scored_ever, surveys
from warehouse.wordings import problem

if TYPE_CHECKING:
    from warehouse.database import Warehouse

_MEASURED = {"csat_mean": "csat", "ces_mean": "ces"}  # what the question of a mean measures


def contract_warnings(warehouse: "Warehouse", contract: Contract) -> tuple[Problem, ...]:
    """What a loaded contract asks of the warehouse that is not there yet: a problem ("survey-none") for each
    metric counted from a survey there is not. Often the contract comes first and the answers later. Then
    "target-beyond-scale" for a mean that its question's scale cannot reach, and "periods-sealed" where it
    begins with periods that are sealed by an earlier version."""
    there = {each.slug: each for each in surveys(warehouse)}
    return (
        *_without_survey(contract, there, "survey-none"),
        *_beyond_scale(warehouse, contract, there),
        *_kept_sealed(warehouse, contract),
    )


def unchecked(contract: Contract) -> tuple[Problem, ...]:
    """The same without a warehouse: a problem ("survey-unchecked") for each metric that is not counted from
    the survey which every warehouse has."""
    return tuple(_without_survey(contract, {BUILT_IN}, "survey-unchecked"))


def _without_survey(contract: Contract, there: Collection[str], code: str) -> Iterator[Problem]:
    for place, use in enumerate(contract.metrics):
        if use.survey is not None and use.survey not in there:
            where = f"spec.metrics[{place}].survey"
            yield problem(code, where, metric=use.metric, survey=use.survey)


def _beyond_scale(
    warehouse: "Warehouse", contract: Contract, there: Mapping[str, Survey]
) -> Iterator[Problem]:
    for number, terms in enumerate(contract.spec.targets):
        use = next(each for each in contract.metrics if each.metric == terms.metric)
        measured = _MEASURED.get(use.counted_as or use.metric)
        if measured is None or use.survey is None or use.survey not in there:
            continue
        scales = [
            each.scale for each in scored_ever(warehouse, there[use.survey]) if each.measures == measured
        ]
        for place, point in enumerate(terms.ramp.points):
            scale = scales[0] if scales else None
            if scale is not None and not scale.min <= point.value <= scale.max:
                where = f"spec.targets[{number}].ramp.points[{place}].value"
                said = {"target": point.value, "lowest": scale.min, "highest": scale.max}
                yield problem("target-beyond-scale", where, metric=terms.metric, **said)


def _kept_sealed(warehouse: "Warehouse", contract: Contract) -> Iterator[Problem]:
    kept = [
        name
        for name, seal in seals(warehouse, contract.id).items()
        if seal.sealed.version != contract.version and seal.sealed.period.start >= contract.in_force_from
    ]
    if kept:
        where, day = "metadata.version", contract.in_force_from.isoformat()
        yield evidence_problem("periods-sealed", where, day=day, first=kept[0], last=kept[-1])
