"""`python -m warehouse summary SURVEY`: the figures of a survey, whole or by group."""

import argparse
from contextlib import closing

from contract import Estimate
from survey import pick
from warehouse.cli.speaking import add_language, language_of, table
from warehouse.database import open_warehouse
from warehouse.importing.problems import shown
from warehouse.summary import DIMENSIONS, Dimension, Figures, Summary, summarise
from warehouse.texts import translate

NAME = "summary"
SUMMARY = "The figures of a survey, whole or by group."
_NOTHING = "–"
# Spelt out here so that each has its translation.
_BY: dict[Dimension, str] = {
    "language": "by language of the questionnaire",
    "touchpoint": "by touchpoint",
    "tier": "by tier",
    "channel": "by channel",
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The survey, the groups, the language."""
    parser.add_argument("survey", metavar="SURVEY", help=translate("its name, such as sfo-2017", language))
    parser.add_argument(
        "--by", choices=DIMENSIONS, help=translate("groups to show beside the whole", language)
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Print the figures. Raises WarehouseError for a survey there is not."""
    language = language_of(arguments)
    with closing(open_warehouse()) as warehouse:
        print(words(summarise(warehouse, arguments.survey, arguments.by), language))
    return 0


def words(summary: Summary, language: str) -> str:
    """The figures as a table; weighted columns only where weights differ."""
    title, _ = pick(summary.survey.title, language, "en")
    head = translate(
        "{title} ({survey}): {n} responses",
        language,
        title=title,
        survey=summary.survey.slug,
        n=f"{summary.responses:,}",
    )
    if summary.by:
        head += " · " + translate(_BY[summary.by], language)
    if not summary.figures:
        return head
    weighted = any(figures.weighted for figures in summary.figures)
    columns = [
        translate("question", language),
        "n",
        translate("mean", language),
        translate("top 2 %", language),
        translate("95 % interval", language),
        "NPS",
        translate("95 % interval", language),
    ]
    if weighted:
        columns += [
            translate("weighted: top 2 %", language),
            "NPS",
            translate("effective n", language),
        ]
    rows = [_row(figures, weighted, language) for figures in summary.figures]
    notes = [
        translate(
            "Top 2: share of the two highest points of the scale. Intervals: Wilson; for NPS adjusted Wald.",
            language,
        )
    ]
    if any(figures.suppressed for figures in summary.figures):
        notes.append(
            translate("*: fewer than 5 answers, or a group from which those could be worked out.", language)
        )
    return "\n".join([head, "", table(columns, rows, right=range(1, len(columns))), "", *notes])


def _row(figures: Figures, weighted: bool, language: str) -> list[str]:
    name = figures.question.code if figures.group is None else "  " + _group(figures.group, language)
    if figures.suppressed:
        return [name, "*", *[""] * (8 if weighted else 5)]
    row = [
        name,
        _NOTHING if figures.n is None else f"{figures.n:,}",
        _number(figures.mean.value if figures.mean else None, 4),
        _number(figures.top_two.value if figures.top_two else None),
        _interval(figures.top_two),
        _number(figures.nps.value if figures.nps else None),
        _interval(figures.nps),
    ]
    if weighted:
        beside = figures.weighted
        row += [
            _number(beside.top_two if beside else None),
            _number(beside.nps if beside else None),
            f"{beside.effective_n:,.0f}" if beside else _NOTHING,
        ]
    return row


def _group(group: str, language: str) -> str:
    return shown(group) if group else translate("not stated", language)


def _number(value: float | None, digits: int = 2) -> str:
    return _NOTHING if value is None else f"{value:.{digits}f}"


def _interval(estimate: Estimate | None) -> str:
    if estimate is None or estimate.low is None or estimate.high is None:
        return _NOTHING
    return f"{estimate.low:.2f} … {estimate.high:.2f}"
