"""`python -m warehouse revoke SURVEY --wave NAME`: closes personal links that are still open."""

import argparse
from contextlib import closing

from warehouse.cli.speaking import add_language, language_of
from warehouse.database import open_warehouse
from warehouse.invitations import revoke
from warehouse.texts import translate

NAME = "revoke"
SUMMARY = "Closes personal links that are still open; answers stay."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The survey, the wave, and whose links: named ones or all."""
    parser.add_argument(
        "survey", metavar="SURVEY", help=translate("its name, such as customer-satisfaction", language)
    )
    parser.add_argument(
        "--wave", required=True, metavar="NAME", help=translate("of this round, such as 2026Q3", language)
    )
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument(
        "--member", action="append", metavar="ID", help=translate("a member; may be given again", language)
    )
    whose.add_argument("--all", action="store_true", help=translate("every open link of the wave", language))
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Revoke, and say how many. Raises WarehouseError("invitation-none")."""
    with closing(open_warehouse()) as warehouse:
        closed = revoke(warehouse, arguments.survey, arguments.wave, arguments.member)
    print(translate("{n} links revoked.", language_of(arguments), n=f"{len(closed):,}"))
    return 0
