"""How the parties deal with each other: reports, disputes, relief, cure, escalation, data."""

from typing import Literal

from contract.fields import ClauseNumber, Count, Days, Periods, Whole, Words
from contract.model.part import Amount, Part
from contract.model.parties import Side


class Governance(Part):
    """The report on a period is due `report_due_days` after its end, objections `dispute_window_days` after
    the report.

    A period without a report counts as missed, at the worst severity, when `no_report` is `deemed_missed`
    (else silence would be a shield); `flagged` only says so. What silence at the end of the dispute window
    means is said by `silence`.
    """

    clause: ClauseNumber
    report_due_days: Days
    no_report: Literal["deemed_missed", "flagged"] = "flagged"
    dispute_window_days: Days
    silence: Literal["not_consent", "consent"] = "not_consent"


class Relief(Part):
    """On which grounds a missed target has no consequence; both parties have to approve each case."""

    clause: ClauseNumber
    grounds: tuple[Literal["force_majeure", "caused_by_a", "caused_by_third_party"], ...]
    needs: tuple[Side, ...]
    evidence: Literal["required", "not_required"] = "required"


class Cure(Part):
    """When party B owes a plan, and by when. A trigger is `missed`, `repeated`, `below_floor`, or the name of
    a severity."""

    clause: ClauseNumber
    triggers: tuple[Words, ...]
    plan_within_days: Days
    cure_within_days: Days | None = None


class Escalation(Part):
    """A step taken once a target was missed (or was below its floor) in `times` of the last `within` periods.

    Counted for each target by itself; periods of grace or relief do not count.
    """

    clause: ClauseNumber
    when: Literal["missed", "below_floor"]
    times: Periods
    within: Periods
    then: Literal["executive_review", "plan_review", "mediation", "termination_right"]


class DataSecurity(Part):
    """What guards members' data: hours to report a leak, years of secrecy after the end, damages."""

    clause: ClauseNumber
    notice_within_hours: Whole | None = None
    secrecy_years: Count | None = None
    damages: Amount | None = None
