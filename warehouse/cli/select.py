"""`python -m warehouse select --where CONDITION`: how many members of the register fit, before anybody is
invited."""

import argparse
from collections import Counter
from contextlib import closing

from warehouse.cli.selecting import add_sample, add_where, asked_selection, selected_words
from warehouse.cli.speaking import add_language, language_of, table
from warehouse.database import open_warehouse
from warehouse.selection import select
from warehouse.texts import translate

NAME = "select"
SUMMARY = "How many members of the register fit, before they are invited."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The conditions and the sample."""
    add_where(parser.add_argument, language, required=True)
    add_sample(parser, language)
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Print how many fit, by tier. Raises WarehouseError: those of `parse` and `select`."""
    language = language_of(arguments)
    asked = asked_selection(arguments)
    with closing(open_warehouse()) as warehouse:
        selected = select(warehouse, asked)
    print(selected_words(selected, language))
    if selected.members:
        counts = Counter(member.tier or "–" for member in selected.members)
        head = [translate("tier", language), translate("members", language)]
        print("", table(head, [[tier, f"{count:,}"] for tier, count in counts.most_common()], [1]), sep="\n")
    return 0
