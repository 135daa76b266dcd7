"""`python -m warehouse rebuild`: the counts that pages read, made anew from the rows they count."""

import argparse
from contextlib import closing

from warehouse.cli.speaking import add_language, language_of
from warehouse.database import open_warehouse
from warehouse.texts import translate

NAME = "rebuild"
SUMMARY = "Makes the counts that pages read anew from the rows they were counted from."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The language."""
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Rebuild and say from how many rows. Raises WarehouseError: "warehouse-in-use" while a server runs."""
    language = language_of(arguments)
    with closing(open_warehouse()) as warehouse:
        rows = warehouse.rollups.rebuild()
    print(translate("The counts are made anew: {rows} rows.", language, rows=f"{rows:,}"))
    return 0
