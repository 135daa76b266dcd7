"""Campaigns and sources of new members as tables."""

from warehouse.database import Warehouse
from warehouse.exporting.table import Table, summary_table
from warehouse.filters import Filters
from warehouse.membership.campaigns import campaigns, sources
from warehouse.suppression import is_small

CAMPAIGN_COLUMNS = (
    *("number", "title", "channel", "started_on", "ended_on", "cost", "new_members", "cost_per_new_member"),
    *("suppressed", "registered_members", "cost_per_registered_member", "still_members"),
    *("members_before", "growth_percent"),
)
SOURCE_COLUMNS = ("period", "start", "end", "source", "suppressed", "joined")


def campaign_rows(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a campaign: what it cost and brought, by its own count and by the register."""
    rows: list[tuple[object, ...]] = []
    for one in campaigns(warehouse):
        said: tuple[object, ...] = (
            one.record_id,
            one.title,
            one.channel,
            one.started_on,
            one.ended_on,
            one.cost,
        )
        said += (one.reported, one.cost_per_reported)
        few = is_small(one.registered)
        brought = (None, None, None) if few else (one.registered, one.cost_per_registered, one.staying.n)
        rows.append((*said, few, *brought, one.opening, None if few else one.growth))
    return summary_table(warehouse, CAMPAIGN_COLUMNS, rows)


def member_sources(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a period (a month without a contract) and source of those who joined in it."""
    rows = [
        (each.span.name, each.span.start, each.span.end, group.name, group.suppressed, group.n)
        for each in sources(warehouse)
        for group in each.groups
    ]
    return summary_table(warehouse, SOURCE_COLUMNS, rows)
