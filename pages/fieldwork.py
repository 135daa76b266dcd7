"""Fieldwork: who was asked and how far each came, response rates, break-off, time, careless responses."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import streamlit as st

import warehouse
from pages.ui.access import require
from pages.ui.bars import Bar, daily, lying
from pages.ui.bounce_report import bounce_report
from pages.ui.fieldwork_tables import TITLES, flag_table, group_table, page_table, rate_tiles
from pages.ui.figure_style import show_figure
from pages.ui.filters import export_href
from pages.ui.layout import Link, example_notice, framed, heading, links, notice, section
from pages.ui.markup import show
from pages.ui.numbers import amount, day, instant
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from survey import pick
from warehouse.as_of import as_of
from warehouse.fieldwork.course import break_offs, completions, page_times
from warehouse.fieldwork.dispositions import DIMENSIONS, Tally, Wave, waves
from warehouse.fieldwork.flags import flags
from warehouse.fieldwork.rates import dispositions, rates
from warehouse.filters import Filters, default_survey
from warehouse.surveys import Survey, surveys

role = require()
_OPEN_LINK_DAYS = 90
_LETTERS: Mapping[str, str] = {
    "I": "Completed: the response is stored.",
    "P": "Partial: begun, at least half of the required questions reached, not sent.",
    "R": "Break-off and refusal: opened, and less than that reached.",
    "NC": "Non-contact: not opened, also where the link was withdrawn; all invited count as eligible.",
    "UO": "Unknown: the invitation bounced.",
}


def page() -> None:
    """Choose a survey and a wave; then everything about it, from the funnel to the flags."""
    house = warehouse.serving()
    with framed():
        top = st.container()
        with st.container(horizontal=True):
            asked = _choose_survey(house)
            found = waves(house, asked.slug)
            wave = _choose_wave(found)
        with top:
            _head(house, asked, wave)
        if wave is None:
            notice(
                [
                    t("Nobody has opened a form of this survey yet, and nobody was invited."),
                    t("Responses from imports and from programs have no fieldwork: nobody was shown a form."),
                ]
            )
            return
        _funnel(wave, asked)
        _rates(wave)
        _groups(wave, asked)
        _days(house, asked, wave)
        _break_off(house, asked, wave)
        _pages(house, asked, wave)
        _flags(house, asked, wave)
        if role == "operator" and (names := [each.name for each in found if each.name is not None]):
            bounce_report(house, asked.slug, names)
            links(
                Link(t("Invited members as CSV"), _href("fieldwork-members", asked), download=True),
                Link(t("Invited members as Excel"), _href("fieldwork-members", asked, "xlsx"), download=True),
            )


def _choose_survey(house: warehouse.Warehouse) -> Survey:
    offered = {each.slug: each for each in surveys(house)}
    wanted = st.query_params.get("survey", "")
    slug = _select(
        "survey",
        t("Survey"),
        list(offered),
        wanted,
        default_survey(house),
        lambda code: pick(offered[code].title, language(), "en")[0],
    )
    return offered[slug]


def _choose_wave(found: Sequence[Wave]) -> Wave | None:
    if not found:
        return None
    offered = {each.name or "": each for each in found}
    wanted = st.query_params.get("wave", next(iter(offered)))
    name = _select(
        "wave",
        t("Wave"),
        list(offered),
        wanted,
        next(iter(offered)),
        lambda code: code or t("Open link"),
    )
    return offered[name]


def _select(
    name: str, label: str, codes: Sequence[str], wanted: str, default: str, words: Callable[[str], str]
) -> str:
    key = f"fieldwork-{name}"
    # The address is the truth; a value that does not exist is ignored.
    st.session_state[key] = wanted if wanted in codes else default
    return st.selectbox(
        label, codes, format_func=words, key=key, on_change=_to_address, args=(name, key), width=360
    )


def _to_address(name: str, key: str) -> None:
    if name == "survey" and "wave" in st.query_params:
        del st.query_params["wave"]
    st.query_params[name] = st.session_state[key]


def _head(house: warehouse.Warehouse, asked: Survey, wave: Wave | None) -> None:
    at = as_of(house).instant
    heading(
        t("Fieldwork"),
        meta=[
            pick(asked.title, language(), "en")[0],
            t("as of {instant}", instant=instant(at, house.reporting_zone.key, language())),
        ],
        lead=_lead(wave) if wave else "",
    )
    if asked.is_example:
        example_notice()


def _lead(wave: Wave) -> str:
    tally, chosen = wave.tally, language()
    counts = {"n": amount(tally.completed, "count", chosen), "cases": amount(tally.cases, "count", chosen)}
    if wave.name is None or wave.first_day is None or wave.last_day is None:
        return t("{n} of {cases} forms that were opened by the open link were completed.", **counts)
    quoted = next((each.percent for each in rates(wave) if each.name == "RR1"), None)
    values = counts | {
        "rate": amount(quoted, "percent", chosen),
        "first": day(wave.first_day, chosen),
        "last": day(wave.last_day, chosen),
    }
    if wave.is_running:
        return t(
            "So far {n} of {cases} members invited have answered: response rate {rate} (AAPOR RR1). "
            "Their links work until {last}.",
            **values,
        )
    return t(
        "{n} of {cases} members invited have answered: response rate {rate} (AAPOR RR1), {first} to {last}.",
        **values,
    )


def _funnel(wave: Wave, asked: Survey) -> None:
    section(
        t("How far they came"),
        t("Opened: somebody looked at the form, not a mail scanner. Begun: a first answer was given."),
    )
    show_figure(
        lying(_stages(wave.tally, wave.name is None), language()), "funnel", t("How far they came, in stages")
    )
    notes = [
        t("Opened is told by the form's script: who reads without script and sends nothing is not counted.")
    ]
    show("notes", notes=notes)
    links(
        Link(t("All waves as CSV"), _href("fieldwork", asked), download=True),
        Link(t("All waves as Excel"), _href("fieldwork", asked, "xlsx"), download=True),
    )


def _stages(tally: Tally, by_open_link: bool) -> list[Bar]:
    whole = tally.cases
    stages = [(t("Opened"), tally.opened), (t("Begun"), tally.started), (t("Completed"), tally.completed)]
    bars = [Bar(label, n, amount(100 * n / whole, "percent", language())) for label, n in stages]
    if by_open_link:
        return bars
    bounced = amount(100 * tally.bounced / whole, "percent", language())
    return [Bar(t("Invited"), whole), Bar(t("Bounced"), tally.bounced, bounced, quiet=True), *bars]


def _rates(wave: Wave) -> None:
    section(t("Response rates"), t("AAPOR Standard Definitions, 10th edition (2023)."))
    if wave.name is None:
        notice(
            [
                t("No response rate can be given for an open link: nobody knows how many people were asked."),
                t("Invite members by personal links to have one."),
            ]
        )
        return
    show("tiles", tiles=rate_tiles(rates(wave), language()))
    letters = dispositions(wave.tally)
    counts = {letter: letters[letter] for letter in _LETTERS} | {"n": wave.tally.cases}
    shown_counts = [
        f"{letter}\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{amount(count, 'count', language())}"
        for letter, count in counts.items()
    ]
    show("notes", notes=[" · ".join(shown_counts)])
    shown = [(letter, t(_LETTERS[letter])) for letter in _LETTERS]
    show("more", title=t("What was counted as what"), facts=shown)


def _groups(wave: Wave, asked: Survey) -> None:
    for dimension in DIMENSIONS:
        section(t(TITLES[dimension]))
        late = asked.questionnaire.touchpoint is None if dimension == "touchpoint" else wave.name is None
        show_table(group_table(wave, dimension, language(), known_late=late))
        hidden = any(group.tally is None for group in wave.groups[dimension])
        notes = (
            [t("Groups under five cases or responses are left out, and others that would give them away.")]
            if hidden
            else []
        )
        if late:
            notes.append(t("It is known of completed forms only."))
        if notes:
            show("notes", notes=notes)


def _days(house: warehouse.Warehouse, asked: Survey, wave: Wave) -> None:
    found = completions(house, asked.slug).get(wave.name, {})
    section(t("Completions a day"), t("Local days of the survey's zone."))
    if not found:
        notice([t("No form has been completed yet.")])
        return
    first, last = wave.first_day or min(found), wave.last_day or max(found)
    notes = []
    if wave.name is None and (last - first).days >= _OPEN_LINK_DAYS:
        first = last - timedelta(days=_OPEN_LINK_DAYS - 1)
        notes.append(t("The last {days} days with responses; the CSV has them all.", days=_OPEN_LINK_DAYS))
    show_figure(daily(found, first, last, language()), "days", t("Completions a day"))
    if notes:
        show("notes", notes=notes)
    links(
        Link(t("Days as CSV"), _href("fieldwork-days", asked), download=True),
        Link(t("Days as Excel"), _href("fieldwork-days", asked, "xlsx"), download=True),
    )


def _break_off(house: warehouse.Warehouse, asked: Survey, wave: Wave) -> None:
    found = break_offs(house, asked.slug).get(wave.name, {})
    section(
        t("Where forms were broken off"),
        t("Begun and not sent, by the furthest question answered; in percent of the forms begun."),
    )
    if not found:
        notice([t("No form was begun and not sent.")])
        return
    definition = asked.questionnaire
    titles = {
        item.code: pick(item.text, language(), definition.default_language)[0] for item in definition.items
    }
    order = [
        *(code for code in titles if code in found),
        *(code for code in found if code and code not in titles),
    ]
    begun = wave.tally.started

    def share(n: int) -> str:
        return amount(100 * n / begun if begun else None, "percent", language())

    bars = [Bar(titles.get(code, code), found[code], share(found[code])) for code in order]
    if "" in found:
        bars.append(Bar(t("Not known"), found[""], share(found[""]), quiet=True))
    show_figure(
        lying(bars, language()), "break-off", t("Forms broken off, by the furthest question answered")
    )
    links(
        Link(t("Break-off as CSV"), _href("fieldwork-break-off", asked), download=True),
        Link(t("Break-off as Excel"), _href("fieldwork-break-off", asked, "xlsx"), download=True),
    )


def _pages(house: warehouse.Warehouse, asked: Survey, wave: Wave) -> None:
    found = page_times(house, asked.slug).get(wave.name, ())
    section(
        t("Time on each page"),
        t("From being shown to being sent for the first time, measured by the server."),
    )
    if not found:
        notice([t("No page of the light form has been sent yet.")])
        return
    show_table(page_table(found, language()))
    links(
        Link(t("Times as CSV"), _href("fieldwork-pages", asked), download=True),
        Link(t("Times as Excel"), _href("fieldwork-pages", asked, "xlsx"), download=True),
    )


def _flags(house: warehouse.Warehouse, asked: Survey, wave: Wave) -> None:
    found = flags(house, asked.slug)
    section(
        t("Responses that look careless"),
        t("Flagged, never deleted: every figure of the other pages counts them."),
    )
    show_table(flag_table(found, wave.name, language()))
    show(
        "notes",
        notes=[
            t(
                "Too fast: in less than half the median time of the same version and language "
                "(Greszki, Meyer and Schoen 2015)."
            ),
            t(
                "Straight-lined: the same score for four items or more, of a matrix or of ratings in a row "
                "on one page and scale (Kim and others 2019). It can be an honest answer."
            ),
        ],
    )
    links(
        Link(t("Flags as CSV"), _href("fieldwork-flags", asked), download=True),
        Link(t("Flags as Excel"), _href("fieldwork-flags", asked, "xlsx"), download=True),
    )


def _href(name: str, asked: Survey, kind: str = "csv") -> str:
    return export_href(name, Filters(asked.slug), kind)


page()
