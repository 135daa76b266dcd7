"""`python -m warehouse surveys`: every survey with its questionnaire, its responses, state and link."""

import argparse
from contextlib import closing

from survey import pick
from warehouse.cli.life import STATES
from warehouse.cli.link import survey_link
from warehouse.cli.speaking import add_language, language_of, table
from warehouse.database import Warehouse, open_warehouse
from warehouse.importing.problems import shown
from warehouse.life import life
from warehouse.receiving import rules
from warehouse.surveys import surveys
from warehouse.texts import translate

NAME = "surveys"
SUMMARY = "Every survey with its questionnaire, its responses, state and link."
HEADINGS = ("survey", "title", "questionnaire", "version", "responses", "state", "link")


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Where the server answers, the language."""
    parser.add_argument(
        "--url", help=translate("address of the server, such as https://pactboard.example.org", language)
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Print the surveys. Raises WarehouseError("link-address")."""
    language = language_of(arguments)
    with closing(open_warehouse()) as warehouse:
        print(words(warehouse, arguments.url, language))
    return 0


def words(warehouse: Warehouse, url: str | None, language: str) -> str:
    """The surveys as a table, in the order they were opened; a survey of an imported file has no link."""
    counts = dict(warehouse.read("core/survey_responses"))
    rows = [
        [
            each.slug,
            shown(pick(each.title, language, "en")[0]),
            each.questionnaire.slug,
            str(each.questionnaire.version),
            f"{counts.get(each.slug, 0):,}",
            translate(STATES[life(warehouse, each.slug).state], language),
            "–" if rules(warehouse, each.slug).is_history else survey_link(each.slug, url),
        ]
        for each in surveys(warehouse)
    ]
    return table([translate(heading, language) for heading in HEADINGS], rows, right=(3, 4))
