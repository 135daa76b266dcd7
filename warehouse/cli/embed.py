"""`python -m warehouse embed SURVEY`: which websites may show the survey's form, and the HTML for them."""

import argparse
from contextlib import closing

from survey import pick
from survey.sharing import frame_snippet
from warehouse.cli.link import survey_link
from warehouse.cli.speaking import add_language, language_of
from warehouse.database import open_warehouse
from warehouse.embedding import allow_framing, frame_hosts
from warehouse.sharing import named_survey
from warehouse.texts import translate

NAME = "embed"
SUMMARY = "Says which websites may show the survey's form in a frame."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The survey, the websites from now on, where the server answers."""
    parser.add_argument(
        "survey", metavar="SURVEY", help=translate("its name, such as customer-satisfaction", language)
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--allow",
        action="append",
        metavar="WEBSITE",
        help=translate("such as https://www.example.org; may be given again; replaces the list", language),
    )
    which.add_argument("--none", action="store_true", help=translate("empties the list", language))
    parser.add_argument(
        "--base-url",
        metavar="URL",
        help=translate("address of the server, such as https://pactboard.example.org", language),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Change the list if asked to, and print it. Raises WarehouseError: "link-address" and those of
    `allow_framing`."""
    language = language_of(arguments)
    link = survey_link(arguments.survey, arguments.base_url)
    with closing(open_warehouse()) as warehouse:
        asked = named_survey(warehouse, arguments.survey)
        if arguments.allow or arguments.none:
            allow_framing(warehouse, asked.slug, arguments.allow or [])
        hosts = frame_hosts(warehouse, asked.slug)
    if not hosts:
        print(translate("No website may show this form in a frame.", language))
        return 0
    print(translate("These websites may show the form in a frame: {hosts}", language, hosts=" ".join(hosts)))
    print(frame_snippet(link, pick(asked.title, language, "en")[0]))
    return 0
