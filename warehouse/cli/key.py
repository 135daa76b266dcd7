"""`python -m warehouse key NAME`: makes the key of a program that uses the API, or revokes it."""

import argparse
import sys
from contextlib import closing

from warehouse.cli.speaking import add_language, language_of
from warehouse.database import open_warehouse
from warehouse.keys import end_key, make_key
from warehouse.texts import translate

NAME = "key"
SUMMARY = "Makes or revokes the key of a program that uses the API."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The program's name, whether to revoke, the language."""
    parser.add_argument("name", metavar="NAME", help=translate("of the program, such as crm", language))
    parser.add_argument(
        "--revoke", action="store_true", help=translate("end the key of that name for good", language)
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Print the key, alone on the standard output, or revoke it. Raises WarehouseError: those of
    `make_key` and `end_key`."""
    language = language_of(arguments)
    with closing(open_warehouse()) as warehouse:
        if arguments.revoke:
            end_key(warehouse, arguments.name)
            print(translate("The key {name} is revoked.", language, name=arguments.name))
            return 0
        key = make_key(warehouse, arguments.name)
    print(key)
    print(translate("Keep it now: it is not shown again.", language), file=sys.stderr)
    return 0
