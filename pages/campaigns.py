"""Campaigns: through which sources members came, what a new one cost, and what each campaign made grow."""

from collections.abc import Sequence

import warehouse
from pages.ui.access import require
from pages.ui.bars import Bar, lying
from pages.ui.downloads import downloads
from pages.ui.figure_style import show_figure
from pages.ui.filters import value_title
from pages.ui.layout import Link, example_notice, framed, heading, links, notice, section
from pages.ui.markup import show
from pages.ui.metric_choice import target_href
from pages.ui.numbers import NOTHING, amount, day, instant
from pages.ui.records.telling import address
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from warehouse.as_of import as_of
from warehouse.example import example_loaded
from warehouse.membership.campaigns import Campaign, Gained, campaigns, sources
from warehouse.records.catalogue import record_type
from warehouse.suppression import is_small

role = require()
_PERIODS = 4
COST = "cost_per_new_member"


def page() -> None:
    """The campaigns, then the sources of all new members."""
    house = warehouse.serving()
    at, kind = as_of(house), record_type("campaign")
    with framed():
        heading(
            t("Campaigns and sources"),
            meta=[t("as of {instant}", instant=instant(at.instant, house.reporting_zone.key, language()))],
            lead=t("What recruiting cost, and whom it brought."),
        )
        if example_loaded(house):
            example_notice()
        _campaigns(campaigns(house))
        links(
            Link(t("All campaigns, add and import"), address(kind)),
            Link(t("Target for the cost of a new member"), target_href(COST)),
        )
        _sources(sources(house))


def _campaigns(found: Sequence[Campaign]) -> None:
    section(
        t("Campaigns"),
        t("By their own count, and by the register: who joined by the campaign's channel on its days."),
    )
    if not found:
        notice([t("No campaign has been recorded yet.")])
        return
    bars = [Bar(one.title, one.reported, f"{one.ended_on:%Y-%m} · {_cost(one)}") for one in found[:12]]
    show_figure(
        lying(bars, language()), "campaigns", t("New members by campaign, with the cost of each new member")
    )
    show_table(_campaign_table(found))
    notes = [
        t("Growth: those of the register, in percent of the members before the first day of the campaign."),
        t("Where two campaigns share channel and days, a member counts for both."),
    ]
    if any(is_small(one.registered) for one in found):
        notes.append(t("Groups under five are not shown, nor others that would give them away."))
    show("notes", notes=notes)
    links(*downloads("campaigns"))


def _cost(one: Campaign) -> str:
    if one.cost_per_reported is None:
        return t("brought nobody")
    return t("{cost} each", cost=amount(one.cost_per_reported, "money", language()))


def _campaign_table(found: Sequence[Campaign]) -> Table:
    chosen, kind, rows = language(), record_type("campaign"), []
    for one in found:
        days = t("{start} to {end}", start=day(one.started_on, chosen), end=day(one.ended_on, chosen))
        few, staying = is_small(one.registered), one.staying
        still = t("few") if few or staying.suppressed else amount(staying.n, "count", chosen)
        rows.append(
            [
                Cell(one.title, days, href=address(kind, record=one.record_id)),
                Cell(_source(one.channel or "")),
                Cell(amount(one.cost, "money", chosen)),
                Cell(amount(one.reported, "count", chosen), _cost(one)),
                Cell(
                    t("few") if few else amount(one.registered, "count", chosen),
                    "" if few or not one.registered else _each(one),
                ),
                Cell(still if one.registered else NOTHING),
                Cell(NOTHING if few else amount(one.growth, "percent", chosen)),
            ]
        )
    names = ("Cost", "New members", "In the register", "Still members", "Growth")
    columns = [Column(t("Campaign")), Column(t("Source")), *(Column(t(name), right=True) for name in names)]
    return Table(t("Campaigns"), columns, rows)


def _each(one: Campaign) -> str:
    return t("{cost} each", cost=amount(one.cost_per_registered, "money", language()))


def _sources(found: Sequence[Gained]) -> None:
    section(
        t("New members by source"), t("Everybody of the register who joined, by the source in their file.")
    )
    shown = [each for each in found if each.groups][-_PERIODS:]
    if not shown:
        notice([t("Nobody has joined yet.")])
        if role == "operator":
            links(Link(t("Import the register"), "/import_data"))
        return
    last = shown[-1]
    bars = [Bar(_source(group.name), group.n) for group in last.groups if group.n]
    show_figure(lying(bars, language()), "sources", t("New members of {period}", period=last.span.name))
    names = list(dict.fromkeys(group.name for each in reversed(shown) for group in each.groups))
    rows = []
    for name in names:
        groups = [next((group for group in each.groups if group.name == name), None) for each in shown]
        cells = [
            Cell(
                NOTHING
                if group is None
                else t("few")
                if group.suppressed
                else amount(group.n, "count", language())
            )
            for group in groups
        ]
        rows.append([Cell(_source(name)), *cells])
    everybody = [Cell(amount(each.span.joined, "count", language())) for each in shown]
    rows.append([Cell(t("Everybody")), *everybody])
    columns = [Column(t("Source")), *(Column(each.span.name, right=True) for each in shown)]
    show_table(Table(t("New members by source"), columns, rows))
    links(*downloads("member-sources"))


def _source(name: str) -> str:
    return value_title("channel", name, language()) if name else t("Not known")


page()
