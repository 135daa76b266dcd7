"""`python -m warehouse invitations SURVEY`: how many were invited and answered, and whom to remind."""

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from warehouse.cli.speaking import add_language, language_of, table
from warehouse.csv_format import csv_chunks
from warehouse.database import open_warehouse
from warehouse.importing.reading import read_bytes
from warehouse.invitation_problems import refusal
from warehouse.invitations import REMINDER_COLUMNS, Wave, reminder_rows, to_remind, waves
from warehouse.invited_words import linked_still
from warehouse.selection import PastSelection, selections
from warehouse.texts import translate

NAME = "invitations"
SUMMARY = "How many were invited and have answered, and whom to remind."
_MOST_PRINTED = 40


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The survey, the wave, the file for the reminders."""
    parser.add_argument(
        "survey", metavar="SURVEY", help=translate("its name, such as customer-satisfaction", language)
    )
    parser.add_argument("--wave", metavar="NAME", help=translate("only this wave", language))
    parser.add_argument(
        "--remind",
        type=Path,
        metavar="FILE.csv",
        help=translate("gets the whole list of those to remind", language),
    )
    parser.add_argument(
        "--links",
        type=Path,
        metavar="links.csv",
        help=translate("file of links made before: --remind gets its rows of those to remind", language),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Print the counts and the list. Raises WarehouseError: the warehouse's, "invitation-links-file"; and
    ImportRefusedError for a file of links that cannot be read."""
    language = language_of(arguments)
    with closing(open_warehouse()) as warehouse:
        counted = [wave for wave in waves(warehouse, arguments.survey) if arguments.wave in (None, wave.name)]
        open_ones = to_remind(warehouse, arguments.survey, arguments.wave)
        chosen = [
            each for each in selections(warehouse, arguments.survey) if arguments.wave in (None, each.wave)
        ]
        zone = warehouse.reporting_zone
    if not counted:
        print(translate("Nobody has been invited yet.", language))
        return 0
    print(_counts(counted, language), "", sep="\n")
    if chosen:
        print(_selections(chosen, language), "", sep="\n")
    print(translate("To remind: {n}", language, n=f"{len(open_ones):,}"))
    rows = reminder_rows(open_ones, zone)
    if arguments.remind is not None:
        columns: Sequence[str] = REMINDER_COLUMNS
        if arguments.links is not None:
            columns, rows = linked_still(read_bytes(arguments.links), arguments.links.name, open_ones)
        _write(arguments.remind, columns, rows)
        print(translate("{n} rows written to {file}", language, n=f"{len(rows):,}", file=arguments.remind))
    elif rows:
        print(table(REMINDER_COLUMNS, rows[:_MOST_PRINTED]))
        if len(rows) > _MOST_PRINTED:
            print(translate("… --remind FILE.csv lists them all.", language))
    return 0


def _counts(counted: Sequence[Wave], language: str) -> str:
    head = [
        translate("wave", language),
        translate("invited", language),
        translate("answered", language),
        translate("open", language),
        translate("expired", language),
        translate("revoked", language),
    ]
    rows = [
        [
            wave.name,
            *(
                f"{count:,}"
                for count in (wave.invited, wave.answered, wave.waiting, wave.expired, wave.revoked)
            ),
        ]
        for wave in counted
    ]
    return table(head, rows, right=range(1, len(head)))


def _selections(chosen: Sequence[PastSelection], language: str) -> str:
    head = [
        translate("wave", language),
        translate("selected on", language),
        translate("fitted", language),
        translate("selected", language),
        translate("seed", language),
        translate("conditions", language),
    ]
    rows = [
        [
            each.wave,
            each.day.isoformat(),
            f"{each.matched:,}",
            f"{each.selected:,}",
            "–" if each.seed is None else str(each.seed),
            each.conditions,
        ]
        for each in chosen
    ]
    return table(head, rows, right=(2, 3, 4))


def _write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    try:
        with path.open("wb") as file:
            file.writelines(csv_chunks(columns, rows))
    except OSError as error:
        raise refusal("invitation-links-file", str(path), reason=error.strerror) from error
