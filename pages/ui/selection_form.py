"""Whom to invite, asked of the register: the conditions, the sample, and how many members fit."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

import warehouse
from pages.ui.filters import value_title
from pages.ui.layout import notice
from pages.ui.numbers import amount
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import language, t, translate
from warehouse.selection import LARGEST_SAMPLE, LARGEST_SEED, LONGEST_DAYS, Selected, Selection, select
from warehouse.selection import PastSelection as Past

_WIDTH = 420


def ask_selection(offered: Mapping[str, tuple[str, ...]]) -> Selected:
    """The widgets, and who fits what they say now; `offered` are the codes of tiers, languages, channels."""
    tiers = _several("tier", t("Tier"), offered["tier"])
    languages = _several("language", t("Language"), offered["language"])
    channels = _several("channel", t("Where they joined"), offered["channel"])
    current = st.toggle(t("Current members only"), value=True, key="links-current")
    bought = _days("bought", t("Bought something in the last days"))
    rested = _days("rested", t("Invited to no survey in the last days"))
    sample = st.number_input(
        t("Random sample of so many"),
        min_value=1,
        max_value=LARGEST_SAMPLE,
        value=None,
        step=1,
        key="links-sample",
        placeholder=t("all that fit"),
        width=_WIDTH,
    )
    seed = 0
    if sample:
        st.session_state.setdefault("links-seed", secrets.randbelow(LARGEST_SEED + 1))
        seed = st.number_input(
            t("Seed of the sample"),
            min_value=0,
            max_value=LARGEST_SEED,
            step=1,
            key="links-seed",
            help=t("The same seed draws the same members again. It is kept with the wave."),
            width=_WIDTH,
        )
    asked = Selection(tiers, languages, channels, current, bought, rested, sample, seed)
    selected = select(warehouse.serving(), asked)
    _preview(selected)
    return selected


def selection_table(past: Sequence[Past], chosen: str) -> Table:
    """How members were selected for the waves, the oldest first."""
    names = ("Wave", "Day", "Conditions", "Seed", "Fitted", "Selected", "New links")
    return Table(
        translate("Selected from the register", chosen),
        [Column(translate(name, chosen), right=place > 2) for place, name in enumerate(names)],
        [
            [
                Cell(each.wave),
                Cell(each.day.isoformat()),
                Cell(each.conditions),
                Cell("–" if each.seed is None else str(each.seed)),
                *(
                    Cell(amount(count, "count", chosen))
                    for count in (each.matched, each.selected, each.invited)
                ),
            ]
            for each in past
        ],
    )


def _several(name: str, label: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Some of the codes; nobody chosen stands for all."""
    titles = {code: value_title(name, code, language()) for code in codes}
    return tuple(
        st.multiselect(
            label,
            codes,
            format_func=lambda code: titles.get(code, code),
            key=f"links-{name}",
            placeholder=t("All"),
            width=_WIDTH,
        )
    )


def _class(tier: str | None) -> str:
    return value_title("tier", tier, language()) if tier else t("no tier")


def _days(name: str, label: str) -> int | None:
    return st.number_input(
        label,
        min_value=1,
        max_value=LONGEST_DAYS,
        value=None,
        step=1,
        key=f"links-{name}",
        placeholder=t("does not matter"),
        help=t("Local days, today among them."),
        width=_WIDTH,
    )


def _preview(selected: Selected) -> None:
    count = amount(len(selected.members), "count", language())
    if not selected.members:
        notice([t("No member of the register fits.")], tone="bad")
        return
    lines = [t("{count} members fit.", count=count)]
    if selected.selection.sample:
        matched = amount(selected.matched, "count", language())
        lines = [t("{count} members are drawn of {matched} that fit.", count=count, matched=matched)]
    tiers = Counter(member.tier for member in selected.members)
    lines.append(
        " · ".join(
            f"{_class(tier)} {amount(number, 'count', language())}" for tier, number in tiers.most_common()
        )
    )
    notice(lines, title=t("Before anything is made"))
