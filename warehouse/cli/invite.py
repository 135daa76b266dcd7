"""`python -m warehouse invite SURVEY --members FILE` or `--where CONDITION`: personal links, as CSV and QR
codes."""

import argparse
import errno
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import IO

from warehouse.cli.link import server_address
from warehouse.cli.selecting import add_sample, add_where, asked_selection, selected_words
from warehouse.cli.speaking import add_language, language_of
from warehouse.csv_format import csv_chunks
from warehouse.database import open_warehouse
from warehouse.importing.reading import read_bytes
from warehouse.invitation_problems import refusal
from warehouse.invitations import LONGEST_YEARS, invite
from warehouse.invited_words import column_words, linked
from warehouse.invitees import read_invitees
from warehouse.qr import code_name, qr_code
from warehouse.selection import Selected, select
from warehouse.texts import translate

NAME = "invite"
SUMMARY = "A personal link for each member of a file or of the register: one response each."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The survey, the members, the wave, the last day, where the links go and where they lead."""
    parser.add_argument(
        "survey", metavar="SURVEY", help=translate("its name, such as customer-satisfaction", language)
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--members",
        type=Path,
        metavar="FILE.csv",
        help=translate("with the column member_id and, if wanted, tier, language and others", language),
    )
    add_where(source.add_argument, language)
    add_sample(parser, language)
    parser.add_argument(
        "--wave", required=True, metavar="NAME", help=translate("of this round, such as 2026Q3", language)
    )
    parser.add_argument(
        "--expires",
        required=True,
        metavar="DATE",
        help=translate("last day on which the links work, such as 2026-09-30", language),
    )
    parser.add_argument(
        "--base-url",
        metavar="URL",
        help=translate("address of the server, such as https://pactboard.example.org", language),
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="links.csv",
        help=translate("gets the links, which are shown this once", language),
    )
    parser.add_argument(
        "--qr",
        type=Path,
        metavar="DIR",
        help=translate("new folder that gets each link as a QR code (SVG)", language),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Invite, and write the links. Raises ImportRefusedError and WarehouseError; then nobody is invited."""
    language = language_of(arguments)
    address = server_address(arguments.base_url)
    listed = None
    if arguments.members is not None:
        if arguments.sample is not None or arguments.seed is not None:
            raise refusal("selection-file", str(arguments.members))
        listed = read_invitees(read_bytes(arguments.members), arguments.members.name)
    selection = asked_selection(arguments) if listed is None else None
    last_day = _day(arguments.expires)
    # The files are made before anybody is invited: a link that could not be written would be lost.
    if arguments.qr is not None:
        _make_folder(arguments.qr)
    with _links_file(arguments.out) as file, closing(open_warehouse()) as warehouse:
        members = select(warehouse, selection) if selection else listed or ()
        made = invite(warehouse, arguments.survey, members, arguments.wave, last_day)
        codes = [code_name(number) for number in range(1, len(made.links) + 1)]
        columns, rows = linked(made, address, codes if arguments.qr is not None else None)
        file.writelines(csv_chunks(columns, rows))
    if arguments.qr is not None:
        for code, link in zip(codes, made.links, strict=True):
            (arguments.qr / code).write_bytes(qr_code(address + link.path, "svg"))
    print(translate("{n} links written to {file}", language, n=f"{len(made.links):,}", file=arguments.out))
    if made.invited_before:
        known = translate(
            "{n} members have a link that is open or have answered: no new one was made.",
            language,
            n=f"{len(made.invited_before):,}",
        )
        print(known)
    for line in column_words(made, language):
        print(line)
    if isinstance(members, Selected):
        print(selected_words(members, language))
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise refusal("invitation-expiry", given=text, years=LONGEST_YEARS) from None


def _make_folder(path: Path) -> None:
    """Only this user can read what lies in it: a code is a link."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def _links_file(path: Path) -> Iterator[IO[bytes]]:
    """A new file that only this user can read; gone again when nobody was invited."""
    try:
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except OSError as error:
        raise _unwritable(path, error) from error
    with file:
        try:
            yield file
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _unwritable(path: Path, error: OSError) -> Exception:
    return refusal("invitation-links-file", str(path), reason=error.strerror or type(error).__name__)
