"""`python -m warehouse metrics [NAME]`: what a contract may set targets for, and how it is computed."""

import argparse

from warehouse.cli.speaking import add_language, language_of, table
from warehouse.metrics import Metric, catalogue, metric
from warehouse.texts import translate

NAME = "metrics"
SUMMARY = "Lists what a contract may set targets for, or says how one metric is computed."
HEADINGS = ("id", "Title", "kind", "unit", "direction", "names in the contract")


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The metric, all when left out; the language."""
    parser.add_argument(
        "metric", nargs="?", metavar="NAME", help=translate("the metric to explain", language)
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Print the catalogue or one metric. Raises WarehouseError("metric-unknown")."""
    language = language_of(arguments)
    print(explained(metric(arguments.metric), language) if arguments.metric else listed(language))
    return 0


def listed(language: str) -> str:
    """The catalogue as a table; the last column is what the contract has to (may) say beside the id."""
    rows = [
        [each.name, each.title[language], each.kind, each.unit, each.direction, ", ".join(_keys(each))]
        for each in catalogue()
    ]
    return table([translate(heading, language) for heading in HEADINGS], rows)


def explained(shown: Metric, language: str) -> str:
    """Title, duty, words and SQL of one metric."""
    return "\n\n".join(
        [
            f"{shown.title[language]} ({shown.name})",
            shown.clause[language],
            shown.words[language],
            shown.sql.rstrip(),
        ]
    )


def _keys(shown: Metric) -> list[str]:
    return [
        *(["survey"] if shown.needs_survey else []),
        *(["tier"] if shown.needs_tier else []),
        *(["(touchpoint)"] if shown.takes_touchpoint else []),
    ]
