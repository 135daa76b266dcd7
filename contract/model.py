"""The contract as its file states it, and what others ask of it: periods, targets, one text for its hash."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from contract.checks import check, warn
from contract.fields import ClauseNumber, Day, Identifier, MetricName, Number, Text, Whole, Words
from contract.metrics import Direction, KindName
from contract.periods import Period, quarters
from contract.problems import ContractError, Problem
from contract.ramp import Interpolation, ramp_value
from contract.targets import Rule, Target


class Part(BaseModel):
    """A part of the file: frozen, strict, keys in camelCase."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, alias_generator=to_camel)


class Metadata(Part):
    """Which contract this is, and which version; a version in force never changes."""

    id: Identifier
    version: Whole
    status: Literal["draft", "signed", "in_force", "superseded"]
    title: Text
    authoritative_language: Literal["zh", "en"]


class Party(Part):
    """Somebody the contract binds."""

    name: Text


class Parties(Part):
    """A is the client, B the provider; the mediator reads what both read."""

    a: Party = Field(alias="A")
    b: Party = Field(alias="B")
    mediator: Party | None = None


class Term(Part):
    """`first_day` to `last_day`, both included; fiscal years begin on the first of month `fiscal_start`."""

    first_day: Day
    last_day: Day
    timezone: Words
    periods: Literal["quarter"]
    fiscal_start: Whole

    @property
    def start(self) -> date:
        """The first day."""
        return self.first_day

    @property
    def end(self) -> date:
        """The day after the last: terms and periods are half-open."""
        return self.last_day + timedelta(days=1)


class Clause(Part):
    """One clause, in both languages."""

    id: ClauseNumber
    title: Text
    text: Text


class MetricUse(Part):
    """A metric of the catalogue, the clause it serves, and the survey it is sampled by."""

    metric: MetricName = Field(alias="id")
    kind: KindName
    direction: Direction
    clause: ClauseNumber
    survey: Identifier | None = None


class RampPoint(Part):
    """The target `value`, in the metric's unit, of the period named `at`."""

    at: Words
    value: Number


class Ramp(Part):
    """How the target moves over the periods; see `contract.ramp`."""

    interpolate: Interpolation
    points: tuple[RampPoint, ...]


class Decision(Part):
    """Who carries the doubt of a sample: rule, one-sided confidence, and the least number of answers."""

    rule: Rule
    confidence: Number | None = None
    min_n: Whole | None = None


class TargetTerms(Part):
    """What the contract says about the target of one metric."""

    metric: MetricName
    ramp: Ramp
    decision: Decision


class Spec(Part):
    """What was agreed."""

    parties: Parties
    term: Term
    clauses: tuple[Clause, ...]
    metrics: tuple[MetricUse, ...]
    targets: tuple[TargetTerms, ...]


class Contract(Part):
    """One version of a contract; constructing it raises ContractError with all that contradicts itself."""

    api_version: Literal["pactboard/v1"]
    kind: Literal["Contract"]
    metadata: Metadata
    spec: Spec

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        spec = self.spec
        problems = check(self.metadata, spec.parties, spec.term, spec.clauses, spec.metrics, spec.targets)
        if problems:
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
    def mediator(self) -> Party | None:
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

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods of the term, in order."""
        return quarters(self.term.start, self.term.end, self.term.fiscal_start)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """The target of every metric and period that has one, by metric, then period."""
        return tuple(
            target
            for terms in self.spec.targets
            for period in self.periods
            if (target := self.target(terms.metric, period.name)) is not None
        )

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is allowed but looks like a mistake."""
        return tuple(warn(self.parties, self.metrics, self.spec.targets))

    def clause(self, clause: str) -> Clause:
        """The clause of that number; KeyError when there is none."""
        return {one.id: one for one in self.clauses}[clause]

    def target(self, metric: str, period: str) -> Target | None:
        """The target of `metric` in the period of that name; None before its ramp begins, or without one.

        Raises KeyError for a period outside the term.
        """
        index = {one.name: number for number, one in enumerate(self.periods)}
        here = index[period]
        terms = next((one for one in self.spec.targets if one.metric == metric), None)
        if terms is None:
            return None
        value = ramp_value([(index[p.at], p.value) for p in terms.ramp.points], terms.ramp.interpolate, here)
        if value is None:
            return None
        use = next(one for one in self.metrics if one.metric == metric)
        rule, confidence, min_n = terms.decision.rule, terms.decision.confidence, terms.decision.min_n
        certainty = 1.0 if confidence is None else float(confidence)
        return Target(
            metric, use.clause, self.periods[here], value, use.direction, rule, certainty, min_n or 0
        )

    def canonical_json(self) -> str:
        """The same text for the same agreement, however its file is laid out."""
        document = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the canonical JSON in UTF-8, as 64 hex digits."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()
