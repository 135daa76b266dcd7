"""`python -m warehouse audit`: who did what, when, to what, and whether a row was changed or taken out."""

import argparse
from contextlib import closing

from warehouse.audit.chain import check_audit, newest
from warehouse.audit.events import actor_words, detail_words, event_words
from warehouse.cli.speaking import add_language, language_of, table
from warehouse.database import Warehouse, open_warehouse
from warehouse.importing.problems import shown
from warehouse.texts import translate

NAME = "audit"
SUMMARY = "Who did what, when, to what; whether a row of it was changed or taken out."
HEADINGS = ("no.", "UTC", "who", "what", "to what", "details")
_MOST = 100


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """How many rows, the language."""
    parser.add_argument(
        "--last",
        type=int,
        default=_MOST,
        metavar="N",
        help=translate("print the newest N rows; the whole audit is the export “audit”", language),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Print the newest rows and what the chain says: 1 when it is broken."""
    language = language_of(arguments)
    with closing(open_warehouse()) as warehouse:
        print(words(warehouse, max(arguments.last, 0), language))
        checked = check_audit(warehouse)
    print()
    if checked.broken_at is not None:
        said = "Row {row} is not what was written: it or a row before it was changed or taken out."
        print(translate(said, language, row=checked.broken_at))
        return 1
    said = (
        "All {rows} rows follow from each other. Note the last hash elsewhere, to compare it later: {sha256}"
    )
    print(translate(said, language, rows=f"{checked.rows:,}", sha256=checked.sha256))
    return 0


def words(warehouse: Warehouse, most: int, language: str) -> str:
    """The newest rows as a table, the oldest of them first."""
    rows = [
        [
            str(each.seq),
            f"{each.happened_at:%Y-%m-%d %H:%M:%S}",
            shown(actor_words(each.actor, language)),
            event_words(each.event, language),
            shown(each.subject),
            shown(detail_words(each.details, language)),
        ]
        for each in reversed(newest(warehouse, most))
    ]
    return table([translate(heading, language) for heading in HEADINGS], rows, right=(0,))
