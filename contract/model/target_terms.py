"""What the file says about targets: ramp, floor, stretch, grace, and who carries the doubt of a sample."""

from contract.fields import Count, MetricName, Number, Whole, WholePercent, Words
from contract.model.part import Part
from contract.ramp import Interpolation
from contract.targets import LeadsTo, NoCases, NotProven, Rule


class RampPoint(Part):
    """The target `value`, in the metric's unit, of the period named `at`."""

    at: Words
    value: Number


class Ramp(Part):
    """How the target moves over the periods; see `contract.ramp`."""

    interpolate: Interpolation
    points: tuple[RampPoint, ...]


class NotProvenTerms(Part):
    """What a result that proves nothing, or has too few answers, leads to; see `targets.NotProven`."""

    leads_to: LeadsTo
    max_carries: Count | None = None

    @property
    def carried(self) -> NotProven:
        return NotProven(self.leads_to, self.max_carries or 0)


class Decision(Part):
    """Who carries the doubt of a sample: rule, one-sided confidence, and the least number of answers.

    `min_response_rate` is in percent of those asked. `no_cases` says what a period without any answer is:
    open, or missed at the worst severity, so that asking nobody is no way out.
    """

    rule: Rule
    confidence: Number | None = None
    min_n: Whole | None = None
    min_response_rate: WholePercent | None = None
    not_proven: NotProvenTerms | None = None
    no_cases: NoCases = "open"


class TargetTerms(Part):
    """What the contract says about the target of one metric; `grace` names periods without consequence."""

    metric: MetricName
    ramp: Ramp
    decision: Decision
    floor: Number | None = None
    stretch: Number | None = None
    grace: tuple[Words, ...] = ()
