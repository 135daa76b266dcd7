"""`python -m warehouse scorecard`: each target in each period begun: value, interval, n, target, verdict."""

import argparse
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime

from contract.wording import WORDS, decimals_beside
from warehouse.as_of import as_of, end_of
from warehouse.calendar import local_day, utc_now
from warehouse.cli.speaking import add_language, language_of, table
from warehouse.database import Warehouse, open_warehouse
from warehouse.metrics import Metric
from warehouse.scorecard import Row, Scorecard, scorecard
from warehouse.texts import translate
from warehouse.wordings import refusal

NAME = "scorecard"
SUMMARY = "Each target in each period begun: value, interval, n, target, verdict."
HEADINGS = ("Period", "Value", "Interval", "n", "Target", "Verdict", "Reason")
NUMBERS = (1, 2, 3, 4)
_UNITS = {"percent": " %", "days": " d"}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The contract, the language, and the day whose end the figures show."""
    of_contract = translate("of this contract; without it, of the one in force", language)
    parser.add_argument("--contract", metavar="ID", help=of_contract)
    add_language(parser, language)
    parser.add_argument(
        "--as-of",
        type=_day,
        metavar="DATE",
        help=translate("as of the end of this day, such as 2026-09-30", language),
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the scorecard. Raises WarehouseError: "contract-none", "as-of-future", those of `scorecard`."""
    with closing(open_warehouse()) as warehouse:
        at = _instant(warehouse, arguments.as_of) if arguments.as_of else None
        card = scorecard(warehouse, at, arguments.contract)
        if card is None:
            raise refusal("contract-none")
    print("\n".join(lines(card, language_of(arguments))))
    return 0


def lines(card: Scorecard, language: str) -> Iterator[str]:
    """The scorecard as pieces of text: what it is about, then a table for each metric."""
    contract = card.contract
    name = {"contract": contract.title[language], "id": contract.id, "version": contract.version}
    yield translate("{contract} ({id}, version {version})", language, **name)
    if card.is_example:
        yield translate("Example data, made up.", language)
    zone = contract.term.timezone
    yield translate("As of {instant} ({zone})", language, instant=f"{card.as_of:%Y-%m-%d %H:%M}", zone=zone)
    for metric in dict.fromkeys(row.metric.name for row in card.rows):
        rows = [row for row in card.rows if row.metric.name == metric]
        yield ""
        heading = {"clause": rows[0].clause, "metric": rows[0].metric.title[language]}
        yield translate("Clause {clause}: {metric}", language, **heading)
        headings = [translate(heading, language) for heading in HEADINGS]
        yield table(headings, [_cells(row, language) for row in rows], NUMBERS)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-09-30") from error


def _instant(warehouse: Warehouse, day: date) -> datetime:
    # In an example warehouse the figures stop at its last answer, real days go on.
    if day >= max(as_of(warehouse).until, local_day(utc_now(), warehouse.reporting_zone)):
        raise refusal("as-of-future", str(day))
    return end_of(day, warehouse.reporting_zone)


def _cells(row: Row, language: str) -> list[str]:
    estimate, target = row.verdict.estimate, row.verdict.target.value
    decimals = decimals_beside(target, row.metric.unit, *row.verdict.figures)
    low, high = (number(each, row.metric, decimals) for each in (estimate.low, estimate.high))
    return [
        row.period.name,
        number(estimate.value, row.metric, decimals),
        "–" if estimate.low is None else f"{low} … {high}",
        "–" if estimate.n is None else f"{estimate.n:,}",
        number(float(target), row.metric, decimals),
        WORDS[row.verdict.word].words(language),
        row.verdict.reason_in(language),
    ]


def number(value: float | None, metric: Metric, decimals: int) -> str:
    """A figure in the metric's unit; a dash when there is none."""
    return "–" if value is None else f"{value:,.{decimals}f}{_UNITS.get(metric.unit, '')}"
