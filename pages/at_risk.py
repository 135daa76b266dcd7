"""Members at risk: who is likely to go and why; the list is the operator's, the numbers are everybody's."""

from collections.abc import Sequence

import streamlit as st

import warehouse
from pages.ui.access import require
from pages.ui.downloads import downloads
from pages.ui.fieldwork_tables import Tile
from pages.ui.filters import value_title
from pages.ui.layout import Link, example_notice, framed, heading, links, notice, section
from pages.ui.markup import show
from pages.ui.membership import tier_title
from pages.ui.no_members import without_members
from pages.ui.numbers import NOTHING, amount, day, instant
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from warehouse.as_of import as_of
from warehouse.example import example_loaded
from warehouse.members import first_day
from warehouse.membership.at_risk import AtRisk, Risks, at_risk
from warehouse.membership.risk_list import REASONS

role = require()
_MOST_SHOWN = 50
TITLES = {
    "lapsed": "Renewal lapsed",
    "complaint": "Complaint open",
    "low_score": "Low score",
    "falling": "Buys less",
    "silent": "Silent",
}
WORDS = {
    "lapsed": "Membership lapsed within the last 180 days.",
    "complaint": "A complaint or crisis is not resolved.",
    "low_score": "The last answer of 180 days: 0 to 6 for recommending, or one of the lowest two grades.",
    "falling": "Less than half as many purchases in the last 90 days as in the 90 before.",
    "silent": "Two purchases or more so far, and none for 180 days.",
}


def page() -> None:
    """How many for which reason, then who."""
    house = warehouse.serving()
    at = as_of(house)
    reason = _asked() if role == "operator" else None
    page_number = max(1, _page_asked())
    found = at_risk(house, at.until, reason=reason, limit=_MOST_SHOWN, offset=(page_number - 1) * _MOST_SHOWN)
    with framed():
        heading(
            t("Members at risk"),
            meta=[t("as of {instant}", instant=instant(at.instant, house.reporting_zone.key, language()))],
            lead=t("Who is likely to go, so that somebody can speak to them first."),
        )
        if example_loaded(house):
            example_notice()
        if first_day(house, at.until) is None:
            without_members(role)
            return
        show("tiles", tiles=_reasons(found))
        if role != "operator":
            notice([t("The list names members, so only the operator sees it.")])
            return
        section(
            t("Who they are"),
            t("Most reasons first, then who spent most. A member's number leads to the file."),
        )
        if not found.members:
            lines = [t("Nobody is at risk by these reasons.")]
            notice([*lines, t("Who bought without ever joining is no member and not listed.")], tone="good")
            return
        _choose()
        show_table(_members(house, found.shown))
        _turn(found, reason, page_number)
        links(*downloads("members-at-risk"))


def _turn(found: Risks, reason: str | None, number: int) -> None:
    """Which of how many are shown, and the way to those before and after them."""
    whole = found.counts[reason] if reason else found.members
    first = (number - 1) * _MOST_SHOWN
    said = [amount(count, "count", language()) for count in (first + 1, first + len(found.shown), whole)]
    if found.shown:
        show(
            "notes",
            notes=[
                t(
                    "{first} to {last} of {whole}; the CSV has them all.",
                    first=said[0],
                    last=said[1],
                    whole=said[2],
                )
            ],
        )
    asked = f"&reason={reason}" if reason else ""
    near = [
        Link(t(title), f"/at_risk?page={there}{asked}")
        for title, there, is_there in (
            ("Before these", number - 1, number > 1),
            ("After these", number + 1, first + _MOST_SHOWN < whole),
        )
        if is_there
    ]
    if near:
        links(*near)


def _reasons(found: Risks) -> list[Tile]:
    groups = found.by_reason
    return [
        Tile(
            t(TITLES[reason]),
            t("few") if groups[reason].suppressed else amount(groups[reason].n, "count", language()),
            t(WORDS[reason]),
        )
        for reason in REASONS
    ]


def _asked() -> str | None:
    asked = st.query_params.get("reason", "")
    return asked if asked in REASONS else None


def _page_asked() -> int:
    asked = st.query_params.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _choose() -> None:
    st.session_state["risk-reason"] = _asked()
    st.selectbox(
        t("Reason"),
        REASONS,
        index=None,
        format_func=lambda code: t(TITLES[code]),
        key="risk-reason",
        placeholder=t("All reasons"),
        on_change=_to_address,
        width=280,
    )


def _to_address() -> None:
    if "page" in st.query_params:
        del st.query_params["page"]
    if chosen := st.session_state["risk-reason"]:
        st.query_params["reason"] = chosen
    elif "reason" in st.query_params:
        del st.query_params["reason"]


def _members(house: warehouse.Warehouse, found: Sequence[AtRisk]) -> Table:
    chosen = language()
    columns = [Column(t("Member")), Column(t("Reasons")), Column(t("Class")), Column(t("Channel"))]
    columns += [Column(t(name), right=True) for name in ("Purchases", "Amount", "Last purchase")]
    rows = [
        [
            Cell(each.member_id, href=f"/member?id={each.member_id}"),
            Cell(" · ".join(t(TITLES[reason]) for reason in each.reasons)),
            Cell(tier_title(house, each.tier) if each.tier else NOTHING),
            Cell(value_title("channel", each.channel, chosen) if each.channel else NOTHING),
            Cell(amount(each.deals, "count", chosen)),
            Cell(amount(each.spent, "scale", chosen)),
            Cell(day(each.bought_on, chosen) if each.bought_on else NOTHING),
        ]
        for each in found
    ]
    return Table(t("Members at risk"), columns, rows)


page()
