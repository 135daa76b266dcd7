"""Satisfaction: answers over time against the ramp, how scores are spread, and each question."""

import streamlit as st

import warehouse
from pages.ui.access import current_role, require
from pages.ui.distribution import distribution, groups
from pages.ui.downloads import downloads
from pages.ui.figure_style import show_figure
from pages.ui.filters import draw_filters, export_href, read_filters
from pages.ui.layout import Link, example_notice, framed, heading, links, notice, section
from pages.ui.markup import show
from pages.ui.numbers import amount, instant
from pages.ui.run_chart import run_chart
from pages.ui.series import run_points, scores
from pages.ui.summary_table import SPLITS, summary_table
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from survey import pick
from warehouse.example import example_loaded
from warehouse.exports import RAW
from warehouse.filters import Filters
from warehouse.satisfaction import Satisfaction, Series, satisfaction
from warehouse.scorecard import Scorecard, scorecard
from warehouse.summary import summarise
from warehouse.surveys import BUILT_IN, survey

require()


def page() -> None:
    """Filters, a figure for each question that measures something, and the table of all questions."""
    house = warehouse.serving()
    with framed():
        top = st.container()
        filters = read_filters(house)
        draw_filters(house, filters)
        found = satisfaction(house, filters)
        asked = survey(house, filters.survey)
        with top:
            heading(
                t("Satisfaction"),
                meta=[
                    pick(asked.title, language(), "en")[0] if asked else filters.survey,
                    t("as of {instant}", instant=instant(found.as_of, house.reporting_zone.key, language())),
                ],
            )
            if filters.survey == BUILT_IN and example_loaded(house):
                example_notice()
        card = scorecard(house)
        for series in found.series:
            _series(series, found, card)
        _questions(house, filters)


def _series(series: Series, found: Satisfaction, card: Scorecard | None) -> None:
    chosen, title = language(), pick(series.metric.title, language(), "en")[0]
    note = pick(series.metric.words, chosen, "en")[0]
    section(title, note)
    if series.suppressed:
        notice([t("Fewer than five people answered, or could be told apart: nothing is shown.")])
        return
    if series.n == 0 and not series.outside:
        notice([t("Nobody has answered this yet. As soon as somebody does, it stands here.")])
        return
    points = run_points(series, found, card, chosen)
    over_time, spread = st.columns([5, 3], gap="large")
    with over_time:
        _legend(points_have_target=any(point.target is not None for point in points))
        show_figure(
            run_chart(points, series.metric.unit, chosen),
            f"{series.metric.name}-time",
            t("{figure} over time, with its interval and target", figure=title),
        )
    with spread:
        _spread(series, title)
    if any(point.suppressed for point in series.points):
        show(
            "notes",
            notes=[
                t("Periods with fewer than five answers are left out, and others that would give them away.")
            ],
        )
    links(
        Link(t("Series as CSV"), export_href("satisfaction", found.filters), download=True),
        Link(t("Series as Excel"), export_href("satisfaction", found.filters, kind="xlsx"), download=True),
        Link(t("Scores as CSV"), export_href("distribution", found.filters), download=True),
        Link(t("Scores as Excel"), export_href("distribution", found.filters, kind="xlsx"), download=True),
    )


def _spread(series: Series, title: str) -> None:
    chosen = language()
    if series.n is None:
        notice([t("How scores are spread is left out: it would show what fewer than five people answered.")])
        return
    notes = [t("All answers in this view, n = {n}", n=amount(series.n, "count", chosen))]
    if series.outside:
        beyond = amount(series.outside, "count", chosen)
        notes.append(
            t("{n} answers lie outside the contract's term: they are not in these figures.", n=beyond)
        )
    show("notes", notes=notes)
    if not series.n:
        return
    bars = scores(series, chosen)
    show("legend", entries=groups(bars, chosen))
    show_figure(
        distribution(bars, chosen),
        f"{series.metric.name}-spread",
        t("{figure}: how often each score was given", figure=title),
    )


def _legend(points_have_target: bool) -> None:
    entries = [("value", t("Value")), ("interval", t("95 % interval"))]
    if points_have_target:
        entries.append(("target", t("Target")))
    show("legend", entries=[*entries, ("running", t("Still running"))])


def _questions(house: warehouse.Warehouse, filters: Filters) -> None:
    section(
        t("All questions"),
        t("The whole survey, whatever the filters above say. Groups under five are not shown."),
    )
    asked = st.query_params.get("by", "")
    splits = {code or "": code for code in SPLITS}
    st.session_state["summary-by"] = asked if asked in splits else ""
    by = st.selectbox(
        t("Split by"),
        list(splits),
        format_func=lambda code: t(SPLITS[splits[code]]),
        key="summary-by",
        on_change=_split,
        width=240,
    )
    summary = summarise(house, filters.survey, splits[by])
    if not summary.figures:
        notice([t("Nobody has answered this yet. As soon as somebody does, it stands here.")])
        return
    show_table(summary_table(summary, language()))
    links(*downloads("summary", Filters(filters.survey)))
    if current_role() in RAW:
        _raw(filters)


def _raw(filters: Filters) -> None:
    """The responses themselves, for those who may have them."""
    links(
        Link(t("Responses as CSV"), export_href("responses", filters), download=True),
        Link(t("Responses as Parquet"), export_href("responses", filters, kind="parquet"), download=True),
        Link(t("Responses for SPSS"), export_href("responses", filters, kind="sav"), download=True),
        Link(t("Codebook"), export_href("codebook", Filters(filters.survey), kind="xlsx"), download=True),
    )


def _split() -> None:
    st.query_params["by"] = st.session_state["summary-by"]


page()
