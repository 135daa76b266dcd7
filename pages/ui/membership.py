"""The parts of the members' page on who they are and who stays: classes, retention, cohorts, how long."""

from datetime import date, timedelta

import warehouse
from pages.ui.downloads import downloads
from pages.ui.figure_style import show_figure
from pages.ui.filters import value_title
from pages.ui.heat import show_cohorts
from pages.ui.layout import links, notice, section
from pages.ui.markup import show
from pages.ui.numbers import NOTHING, amount, day
from pages.ui.staying_curve import staying_curve
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from survey import pick
from warehouse.contracts import current_contract
from warehouse.membership.cohorts import buying_cohorts, joined_cohorts
from warehouse.membership.retention import DIMENSIONS, Kept, retention
from warehouse.membership.staying import staying
from warehouse.membership.tiers import NOT_THERE, Flow, tier_flow, tier_titles
from warehouse.suppression import Group

TITLES = {"tier": "By class", "channel": "By channel", "cohort": "By year of joining"}


def membership(house: warehouse.Warehouse, name: str, start: date, end: date) -> None:
    """Everything about the span of that name, from `start` to before `end`, which is not in the future."""
    _tiers(house, name, start, end)
    _retention(house, name, start, end)
    _cohorts(house, end)
    _staying(house, end)


def tier_title(house: warehouse.Warehouse, tier: str) -> str:
    """What people call a class."""
    if tier == NOT_THERE:
        return t("Not there")
    titles = tier_titles(current_contract(house))
    return (
        pick(titles[tier], language(), "en")[0] if tier in titles else value_title("tier", tier, language())
    )


def _tiers(house: warehouse.Warehouse, name: str, start: date, end: date) -> None:
    section(
        t("Classes of customers in {span}", span=name),
        t("By deals and amounts as the contract says, unless somebody stated another. Rows: at the start."),
    )
    flow = tier_flow(house, start, end)
    if not flow.moves:
        notice([t("Nobody is there yet.")])
        return
    show_table(_flow_table(house, flow))
    notes = [t("Not there: not yet a customer, or no longer a member.")]
    if any(group.suppressed for tier in (*flow.tiers, NOT_THERE) for group in flow.shown(tier).values()):
        notes.append(t("Groups under five are not shown, nor others that would give them away."))
    show("notes", notes=notes)
    links(*downloads("member-tiers"))


def _flow_table(house: warehouse.Warehouse, flow: Flow) -> Table:
    rows = []
    for before in (*flow.tiers, NOT_THERE):
        groups = flow.shown(before)
        if not any(flow.moves.get((before, after), 0) for after in groups):
            continue
        left = flow.shown_before(before) if before != NOT_THERE else None
        rows.append(
            [
                Cell(tier_title(house, before)),
                _total(left) if left else Cell(NOTHING),
                *(_group(group.n, group.suppressed) for after, group in groups.items() if before or after),
            ]
        )
    columns = (*flow.tiers, NOT_THERE)
    head = [
        Column(t("From, to")),
        Column(t("At the start"), right=True),
        *(Column(tier_title(house, tier), right=True) for tier in columns),
    ]
    for row in rows:
        row += [Cell(NOTHING)] * (len(head) - len(row))
    after = [Cell(t("At the end")), Cell(NOTHING)]
    after += [_total(flow.shown_after(tier)) for tier in flow.tiers]
    rows.append([*after, Cell(NOTHING)])
    return Table(t("How customers passed between classes"), head, rows)


def _group(n: int | None, suppressed: bool) -> Cell:
    return Cell(t("few")) if suppressed else Cell(amount(n, "count", language()) if n else NOTHING)


def _total(group: Group) -> Cell:
    return Cell(t("few")) if group.suppressed else Cell(amount(group.n, "count", language()))


def _retention(house: warehouse.Warehouse, span: str, start: date, end: date) -> None:
    found = retention(house, start, end)
    section(
        t("Who stayed in {span}", span=span),
        t("Of the members at the start, those who are members at the end; the others are the churn."),
    )
    if not found.whole.opening:
        notice([t("There were no members at the start.")])
        return
    for dimension in DIMENSIONS:
        groups = found.groups[dimension]
        if len(groups) < 2:
            continue
        columns = [Column(t(TITLES[dimension]))]
        names = ("Opening", "Stayed", "Lost", "Retention", "Churn")
        columns += [Column(t(name), right=True) for name in names]
        rows = [_kept(t("Everybody"), found.whole)]
        for group in groups:
            title = tier_title(house, group.name) if dimension == "tier" else group.name or t("Not stated")
            if dimension == "channel" and group.name:
                title = value_title("channel", group.name, language())
            rows.append(_kept(title, group))
        show_table(Table(t(TITLES[dimension]), columns, rows))
    links(*downloads("member-retention"))


def _kept(title: str, group: Kept) -> list[Cell]:
    chosen = language()
    if group.opening is None:
        return [Cell(title), Cell(t("Too few to show")), *[Cell(NOTHING)] * 4]
    return [
        Cell(title),
        Cell(amount(group.opening, "count", chosen)),
        Cell(amount(group.kept, "count", chosen)),
        Cell(amount(group.lost, "count", chosen)),
        Cell(amount(group.retention, "percent", chosen)),
        Cell(amount(group.churn, "percent", chosen)),
    ]


def _cohorts(house: warehouse.Warehouse, until: date) -> None:
    chosen = language()
    section(
        t("Cohorts"),
        t("In percent of those who began in the quarter; +0 is the quarter itself, +1 the next one."),
    )
    joined, bought = joined_cohorts(house, until), buying_cohorts(house, until)
    if joined:
        show("notes", notes=[t("By joining: members at the end of each quarter")])
        show_cohorts(joined, "quarter", t("Members by quarter of joining"), chosen)
    if bought:
        show("notes", notes=[t("By first purchase: customers who bought in each quarter")])
        show_cohorts(bought, "quarter", t("Buyers by quarter of the first purchase"), chosen)
    links(*downloads("member-cohorts"))


def _staying(house: warehouse.Warehouse, until: date) -> None:
    found = staying(house, until)
    section(
        t("How long members stay"),
        t("Share still a member by months since joining (Kaplan-Meier); who still is one counts until then."),
    )
    if found is None or not found.ended:
        notice([t("Nobody has left yet, so there is nothing to tell from.")])
        return
    chosen = language()
    show_figure(staying_curve(found, chosen), "staying", t("Share still a member by months since joining"))
    half = found.curve.value
    notes = [
        t(
            "{ended} of {n} first stays have ended by {day}: {share}.",
            ended=amount(found.ended, "count", chosen),
            n=amount(found.n, "count", chosen),
            day=day(until - timedelta(days=1), chosen),
            share=amount(100 * found.ended / found.n, "percent", chosen, decimals=3),
        ),
        t("Half of the members have left after {months} months.", months=amount(half, "points", chosen))
        if half is not None
        else t("More than half of the members stay for as long as anybody was watched."),
    ]
    show("notes", notes=notes)
    links(*downloads("member-staying"))
