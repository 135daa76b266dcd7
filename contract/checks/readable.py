"""What could be read of a contract: all parts of a sound file, and those that are sound of a faulty one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from contract.model.examples import Example
from contract.model.fees import Fees
from contract.model.governance import Cure, DataSecurity, Escalation, Governance, Relief
from contract.model.measures import Clause, MetricUse, Tier
from contract.model.parties import Parties
from contract.model.schemes import Scheme
from contract.model.target_terms import TargetTerms
from contract.model.term import Metadata, Term
from contract.periods import Period


@dataclass(frozen=True)
class Readable:
    """The parts of a contract; one that is left out or could not be read is None.

    `unread` holds the keys of `spec` that stand in the file but could not be read: what depends on them is
    not checked. `targets` and `examples` hold None for each entry that could not be read.
    """

    metadata: Metadata | None = None
    parties: Parties | None = None
    term: Term | None = None
    tiers: Sequence[Tier] | None = None
    clauses: Sequence[Clause] | None = None
    metrics: Sequence[MetricUse] | None = None
    targets: Sequence[TargetTerms | None] | None = None
    multiplicity: str | None = None
    fees: Fees | None = None
    consequences: Scheme | None = None
    relief: Relief | None = None
    cure: Cure | None = None
    escalation: Sequence[Escalation] | None = None
    governance: Governance | None = None
    data_security: DataSecurity | None = None
    examples: Sequence[Example | None] | None = None
    unread: frozenset[str] = frozenset()

    @cached_property
    def periods(self) -> tuple[Period, ...] | None:
        """The periods of the term; None when it has no sound ones."""
        if self.term is None or not 1 <= self.term.fiscal_start <= 12:
            return None
        try:
            return self.term.divided()
        except (ValueError, OverflowError):
            return None

    @cached_property
    def uses(self) -> Mapping[str, MetricUse] | None:
        """The metrics by name; None when they could not be read."""
        return None if self.metrics is None else {use.metric: use for use in self.metrics}

    @cached_property
    def terms(self) -> Mapping[str, TargetTerms] | None:
        """The targets by metric; None unless all could be read."""
        if self.targets is None or None in self.targets:
            return None
        return {terms.metric: terms for terms in self.targets if terms}
