"""`python -m warehouse bounced SURVEY --wave W --file bounces.csv`: marks invitations that came back."""

import argparse
from contextlib import closing
from pathlib import Path

from warehouse.cli.speaking import add_language, language_of
from warehouse.database import open_warehouse
from warehouse.fieldwork.bounces import mark_bounced, read_bounces
from warehouse.importing.problems import shown
from warehouse.importing.reading import read_bytes
from warehouse.texts import translate

NAME = "bounced"
SUMMARY = "Marks invitations that came back, from the mail service's report."
_MOST_PRINTED = 20


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The survey, the wave, the report."""
    parser.add_argument(
        "survey", metavar="SURVEY", help=translate("its name, such as customer-satisfaction", language)
    )
    parser.add_argument(
        "--wave", required=True, metavar="NAME", help=translate("of this round, such as 2026Q3", language)
    )
    parser.add_argument(
        "--file",
        type=Path,
        required=True,
        metavar="bounces.csv",
        help=translate("with the column member_id and, if wanted, reason", language),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Mark them, and say how many. Raises ImportRefusedError and WarehouseError; then none is marked."""
    language = language_of(arguments)
    reasons = read_bounces(read_bytes(arguments.file), arguments.file.name)
    with closing(open_warehouse()) as warehouse:
        done = mark_bounced(warehouse, arguments.survey, arguments.wave, reasons)
    print(translate("{n} invitations marked as bounced.", language, n=f"{len(done.marked):,}"))
    if done.known:
        print(translate("{n} were marked before.", language, n=f"{len(done.known):,}"))
    if done.strangers:
        named = ", ".join(shown(member) for member in done.strangers[:_MOST_PRINTED])
        print(
            translate(
                "{n} members of the file were not invited to this wave and are passed over: {members}",
                language,
                n=f"{len(done.strangers):,}",
                members=named + (" …" if len(done.strangers) > _MOST_PRINTED else ""),
            )
        )
    return 0
