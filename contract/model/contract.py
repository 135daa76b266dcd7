"""The contract as its file states it, and what others ask of it: periods, targets, one text for its hash."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, Self

from pydantic import ValidationInfo, model_validator

from contract.checks import Readable, cautions, check, warn
from contract.model.examples import Example
from contract.model.fees import Fees
from contract.model.governance import Cure, DataSecurity, Escalation, Governance, Relief
from contract.model.measures import Clause, MetricUse, Tier
from contract.model.part import Part
from contract.model.parties import Mediator, Parties
from contract.model.schemes import Consequences
from contract.model.target_terms import TargetTerms
from contract.model.term import Metadata, Term
from contract.periods import Period
from contract.problems import ContractError, Problem
from contract.ramp import ramp_value
from contract.targets import NotProven, Target

Multiplicity = Literal["none", "holm"]


class Spec(Part):
    """What was agreed.

    `multiplicity` says whether the confidences of a period's sampled targets that carry liability hold for
    each target by itself (`none`) or, after Holm, for all of them together.
    """

    parties: Parties
    term: Term
    tiers: tuple[Tier, ...] = ()
    clauses: tuple[Clause, ...]
    metrics: tuple[MetricUse, ...]
    targets: tuple[TargetTerms, ...]
    multiplicity: Multiplicity = "none"
    fees: Fees | None = None
    consequences: Consequences | None = None
    relief: Relief | None = None
    cure: Cure | None = None
    escalation: tuple[Escalation, ...] = ()
    governance: Governance | None = None
    data_security: DataSecurity | None = None
    examples: tuple[Example, ...] = ()


class Contract(Part):
    """One version of a contract; constructing it raises ContractError with all that contradicts itself."""

    api_version: Literal["pactboard/v1"]
    kind: Literal["Contract"]
    metadata: Metadata
    spec: Spec

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> Self:
        if info.context != _STORED and (problems := check(self._readable())):
            raise ContractError(tuple(problems))
        return self

    @property
    def id(self) -> str:
        return self.metadata.id

    @property
    def version(self) -> int:
        return self.metadata.version

    @property
    def title(self) -> Mapping[str, str]:
        return self.metadata.title

    @property
    def parties(self) -> Parties:
        return self.spec.parties

    @property
    def mediator(self) -> Mediator | None:
        return self.spec.parties.mediator

    @property
    def term(self) -> Term:
        return self.spec.term

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return self.spec.clauses

    @property
    def metrics(self) -> tuple[MetricUse, ...]:
        return self.spec.metrics

    @property
    def in_force_from(self) -> date:
        """The first day on which this version counts."""
        return self.metadata.in_force_from or self.term.start

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods of the term, in order."""
        return self.term.divided()

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The target of every metric and period that has one, by metric, then period."""
        return tuple(
            target
            for terms in self.spec.targets
            for period in self.periods
            if (target := self.target(terms.metric, period.name)) is not None
        )

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        """What is allowed but looks like a mistake."""
        return tuple(warn(self._readable()))

    @property
    def cautions(self) -> tuple[Problem, ...]:
        """What the rules it chose cost, to be known before it is signed."""
        return tuple(cautions(self._readable()))

    def clause(self, clause: str) -> Clause:
        """The clause of that number; KeyError when there is none."""
        return {one.id: one for one in self.clauses}[clause]

    def fee(self, period: str) -> Decimal | None:
        """The base fee of the period of that name; None where the contract names no fees.

        Raises KeyError for a period outside the term.
        """
        if period not in {one.name for one in self.periods}:
            raise KeyError(period)
        return self.spec.fees.base_per_period if self.spec.fees else None

    def liable(self, metric: str) -> bool:
        """Whether missing the target of `metric` has a consequence in money."""
        scheme = self.spec.consequences
        return scheme is not None and any(one.metric == metric for one in scheme.liable)

    def target(self, metric: str, period: str) -> Target | None:
        """The target of `metric` in the period of that name; None before its ramp begins, or without one.

        Raises KeyError for a period outside the term.
        """
        index = {one.name: number for number, one in enumerate(self.periods)}
        here = index[period]
        terms = next((one for one in self.spec.targets if one.metric == metric), None)
        if terms is None:
            return None
        use = next(one for one in self.metrics if one.metric == metric)
        points = [(index[point.at], point.value) for point in terms.ramp.points]
        value = ramp_value(points, terms.ramp.interpolate, here, use.decimals)
        if value is None:
            return None
        decision = terms.decision
        return Target(
            metric=metric,
            clause=use.clause,
            period=self.periods[here],
            value=value,
            direction=use.direction,
            rule=decision.rule,
            confidence=1.0 if decision.confidence is None else float(decision.confidence),
            min_n=decision.min_n or 0,
            min_response_rate=decision.min_response_rate,
            floor=terms.floor,
            stretch=terms.stretch,
            grace=period in terms.grace,
            not_proven=decision.not_proven.carried if decision.not_proven else NotProven(),
            no_cases=decision.no_cases,
        )

    def _readable(self) -> Readable:
        parts = {name: getattr(self.spec, name) for name in type(self.spec).model_fields}
        return Readable(metadata=self.metadata, **parts)

    def canonical_json(self) -> str:
        """The same text for the same agreement, however its file is laid out.

        What equals its default is left out, so that a key added to the format later changes no hash.
        """
        document = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the canonical JSON in UTF-8, as 64 hex digits."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()


_STORED = {"stored": True}


def stored_contract(document: str) -> Contract:
    """The contract of a canonical text that was accepted before, whatever later checks would say of it.

    Raises pydantic.ValidationError for a text that is no contract at all.
    """
    return Contract.model_validate_json(document, context=_STORED)
