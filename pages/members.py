"""Members: growth against target, and how the number of members moved in a period."""

from collections.abc import Mapping, Sequence

import streamlit as st

import warehouse
from contract.wording import decimals_beside
from pages.ui.access import require
from pages.ui.downloads import downloads
from pages.ui.figure_style import show_figure
from pages.ui.file_quality import show_file_quality
from pages.ui.layout import example_notice, framed, heading, links, section
from pages.ui.markup import show
from pages.ui.membership import membership
from pages.ui.no_members import without_members
from pages.ui.numbers import NOTHING, amount, day, instant
from pages.ui.run_chart import RunPoint
from pages.ui.standing import STANDINGS
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.target_bars import target_bars
from pages.ui.texts import language, t
from pages.ui.waterfall import Step, axis_start, waterfall
from warehouse.as_of import as_of
from warehouse.example import example_loaded
from warehouse.members import GROWTH, MemberMovement, Movement, first_day, member_movement
from warehouse.scorecard import Row, scorecard

role = require()


def page() -> None:
    """Growth by period, the movement of one period, and both as tables."""
    house = warehouse.serving()
    movement = member_movement(house)
    with framed():
        heading(
            t("Members"),
            meta=[
                t("as of {instant}", instant=instant(movement.as_of, house.reporting_zone.key, language()))
            ],
        )
        if example_loaded(house):
            example_notice()
        if first_day(house, as_of(house).until) is None:
            without_members(role)
            return
        if movement.periods:
            _growth(movement, [row for row in _rows(house) if row.metric.name == GROWTH])
        shown = _movement(movement)
        membership(house, shown.name, shown.start, min(shown.end, as_of(house).until))
        show_file_quality(house)


def _rows(house: warehouse.Warehouse) -> Sequence[Row]:
    card = scorecard(house)
    return [row for row in card.rows if not row.segment] if card else []


def _growth(movement: MemberMovement, rows: Sequence[Row]) -> None:
    judged = {row.period.name: row for row in rows}
    section(
        t("Growth by period"),
        t("In percent of the members at the start. All are counted, so there is no interval."),
    )
    points = [_point(period, judged.get(period.name)) for period in movement.periods]
    show("legend", entries=[("bar", t("Growth")), ("hollow", t("Still running")), ("tick", t("Target"))])
    show_figure(
        target_bars(points, "percent", language()), "growth", t("Member growth by period against its target")
    )
    show_table(_table(movement.periods, judged))
    if any(row.late for row in rows):
        show("notes", notes=[t("Members are as recorded now. A verdict stays with what was sealed.")])
    links(*downloads("members"))


def _point(period: Movement, row: Row | None) -> RunPoint:
    sealed = _sealed(row)
    return RunPoint(
        label=period.name,
        # What came after the sealing changes no verdict: the bar beside the target is what was judged.
        value=row.verdict.estimate.value if row and sealed else period.growth,
        low=None,
        high=None,
        target=None if period.target is None else float(period.target),
        standing=STANDINGS[row.verdict.word] if row else None,
        running=period.state == "running",
        note=sealed
        or t(
            "{opening} → {closing} members",
            opening=amount(period.opening, "count", language()),
            closing=amount(period.closing, "count", language()),
        ),
    )


def _sealed(row: Row | None, decimals: int | None = None) -> str:
    """The figure that was judged, where something was recorded for the period since; else ""."""
    if row is None or row.late is None:
        return ""
    value = row.verdict.estimate.value
    return t(
        "sealed at {figure}", figure=amount(value, "percent", language(), signed=True, decimals=decimals)
    )


def _table(periods: Sequence[Movement], judged: Mapping[str, Row]) -> Table:
    chosen = language()
    rows = []
    decimals = max(decimals_beside(each.target, "percent", each.growth) for each in periods)
    for each in reversed(periods):
        row = judged.get(each.name)
        standing = STANDINGS[row.verdict.word] if row else None
        rows.append(
            [
                Cell(
                    each.name,
                    t("{start} until before {end}", start=day(each.start, chosen), end=day(each.end, chosen)),
                ),
                Cell(amount(each.opening, "count", chosen)),
                Cell(amount(each.joined, "count", chosen, signed=True)),
                Cell(amount(each.returned, "count", chosen, signed=True)),
                Cell(amount(-each.left, "count", chosen)),
                Cell(amount(each.closing, "count", chosen)),
                Cell(amount(each.growth, "percent", chosen, signed=True, decimals=decimals)),
                Cell(amount(each.target, "percent", chosen, decimals=decimals)),
                Cell(
                    standing.said(chosen) if standing else NOTHING, _sealed(row, decimals), standing=standing
                ),
            ]
        )
    numbers = ("Opening", "Joined", "Returned", "Left", "Closing", "Growth", "Target")
    columns = [Column(t("Period")), *(Column(t(name), right=True) for name in numbers), Column(t("Verdict"))]
    return Table(t("Movement of members by period"), columns, rows)


def _movement(movement: MemberMovement) -> Movement:
    """The movement of the span that is chosen, which is given back."""
    section(t("Where the change comes from"))
    spans = {each.name: each for each in (*reversed(movement.periods), *reversed(movement.months))}
    asked = st.query_params.get("span", "")
    # The address is the truth; a span that does not exist is ignored and the latest one shown.
    st.session_state["members-span"] = asked if asked in spans else next(iter(spans))
    name = st.selectbox(
        t("Period or month"), list(spans), key="members-span", on_change=_to_address, width=240
    )
    shown = spans[name]
    steps = [
        Step(t("Opening"), shown.opening, total=True),
        Step(t("Joined"), shown.joined, total=False),
        Step(t("Returned"), shown.returned, total=False),
        Step(t("Left"), -shown.left, total=False),
        Step(t("Closing"), shown.closing, total=True),
    ]
    show_figure(waterfall(steps, language()), "movement", t("Movement of members in {span}", span=name))
    notes = [t("So far: {span} is still running.", span=name)] if shown.state == "running" else []
    if start := axis_start(steps):
        notes.append(
            t(
                "The axis begins at {start}, so that the movement can be seen.",
                start=amount(start, "count", language()),
            )
        )
    if notes:
        show("notes", notes=notes)
    return shown


def _to_address() -> None:
    st.query_params["span"] = st.session_state["members-span"]


page()
