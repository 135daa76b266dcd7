"""Classes, retention, cohorts and stays of members as tables."""

from collections.abc import Iterator, Sequence
from datetime import date

from warehouse.as_of import as_of
from warehouse.database import Warehouse
from warehouse.exporting.table import ABOUT, Table, about, summary_table
from warehouse.filters import Filters
from warehouse.members import Movement, member_movement
from warehouse.membership.at_risk import all_at_risk
from warehouse.membership.cohorts import Cohort, buying_cohorts, joined_cohorts, spans_between
from warehouse.membership.retention import Kept, retention
from warehouse.membership.staying import staying
from warehouse.membership.tiers import NOT_THERE, tier_flow

TIER_COLUMNS = ("period", "start", "end", "tier_at_start", "tier_at_end", "suppressed", "customers")
RETENTION_COLUMNS = (
    *("period", "start", "end", "by", "group", "suppressed", "opening", "stayed", "lost"),
    *("retention_percent", "churn_percent"),
)
COHORT_COLUMNS = ("by", "cohort", "suppressed", "began", "quarter", "there", "there_percent")
RISK_COLUMNS = ("member_id", "reasons", "tier", "channel", "purchases", "amount", "last_purchase_on")
STAYING_COLUMNS = ("months", "staying_percent", "lower_percent", "upper_percent", "at_risk", "left")


def member_tiers(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a period (a month without a contract) and way from class to class; "" is not there. Of one that
    runs what is so far, as on its page: classes fall back with time alone."""

    def rows() -> Iterator[tuple[object, ...]]:
        for span in _spans(warehouse):
            flow = tier_flow(warehouse, span.start, min(span.end, _until(warehouse)))
            for before in (*flow.tiers, NOT_THERE):
                for after, group in flow.shown(before).items():
                    if group.suppressed or group.n:
                        yield (span.name, span.start, span.end, before, after, group.suppressed, group.n)

    return summary_table(warehouse, TIER_COLUMNS, list(rows()))


def member_retention(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a period (a month without a contract) and group of the members at its start."""

    def rows() -> Iterator[tuple[object, ...]]:
        for span in _spans(warehouse):
            found = retention(warehouse, span.start, min(span.end, _until(warehouse)))
            about = (span.name, span.start, span.end)
            yield (*about, None, None, *_kept(found.whole))
            for dimension, groups in found.groups.items():
                yield from ((*about, dimension, group.name, *_kept(group)) for group in groups)

    return summary_table(warehouse, RETENTION_COLUMNS, list(rows()))


def member_cohorts(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a cohort and quarter: by joining (members at its end) and by the first purchase (buyers)."""
    until = _until(warehouse)
    listed = (("joining", joined_cohorts(warehouse, until)), ("purchase", buying_cohorts(warehouse, until)))
    rows: list[tuple[object, ...]] = []
    for by, cohorts in listed:
        for cohort in cohorts:
            rows += _cohort(by, cohort, spans_between(cohort.first, until, "quarter"))
    return summary_table(warehouse, COHORT_COLUMNS, rows)


def member_staying(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a step of the Kaplan-Meier curve of first stays; limits of 95 %."""
    found = staying(warehouse, _until(warehouse))
    curve = found.curve if found else None
    rows = (
        [
            (time, 100 * share, low and 100 * low, high and 100 * high, at_risk, left)
            for time, share, low, high, at_risk, left in zip(
                curve.times,
                curve.survival,
                curve.survival_low,
                curve.survival_high,
                curve.at_risk,
                curve.events,
                strict=True,
            )
        ]
        if curve
        else []
    )
    return summary_table(warehouse, STAYING_COLUMNS, rows)


def members_at_risk(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a member who is likely to go, with the codes of the reasons: for the operator alone."""

    def rows() -> Iterator[tuple[object, ...]]:
        said: tuple[object, ...] = ()
        for members, each in all_at_risk(warehouse, _until(warehouse)):
            said = said or about(warehouse, members)
            cells = (each.member_id, " ".join(each.reasons), each.tier, each.channel)
            yield (*cells, each.deals, each.spent, each.bought_on, *said)

    return Table((*RISK_COLUMNS, *ABOUT), rows())


def _spans(warehouse: Warehouse) -> tuple[Movement, ...]:
    movement = member_movement(warehouse)
    return movement.periods or movement.months


def _until(warehouse: Warehouse) -> date:
    return as_of(warehouse).until


def _kept(group: Kept) -> tuple[object, ...]:
    return (group.opening is None, group.opening, group.kept, group.lost, group.retention, group.churn)


def _cohort(by: str, cohort: Cohort, quarters: Sequence[date]) -> Iterator[tuple[object, ...]]:
    if not cohort.is_shown:
        yield (by, cohort.first, True, None, None, None, None)
        return
    for quarter, there in zip(quarters, cohort.counts, strict=True):
        share = 100 * there / cohort.size if cohort.size else None
        yield (by, cohort.first, False, cohort.size, quarter, there, share)
