"""`python -m warehouse backup DIR`: a verified copy, made by the server where one has the warehouse open."""

import argparse
from contextlib import closing
from pathlib import Path

from warehouse.backup.asking import ask_server
from warehouse.backup.making import keep_last, move_backup
from warehouse.backup.manifest import read_manifest
from warehouse.cli.link import server_address
from warehouse.cli.speaking import add_language, language_of
from warehouse.database import open_warehouse
from warehouse.problems import WarehouseError
from warehouse.settings import warehouse_path
from warehouse.texts import translate

NAME = "backup"
SUMMARY = "Makes a verified copy of the warehouse, also while a server runs."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The folder, how many to keep, where the server answers, the language."""
    parser.add_argument("folder", metavar="DIR", help=translate("where the backup goes", language))
    parser.add_argument(
        "--keep",
        type=_at_least_one,
        metavar="N",
        help=translate("delete all but the newest N backups of this warehouse in DIR", language),
    )
    parser.add_argument(
        "--url", help=translate("address of the server, such as https://pactboard.example.org", language)
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Make the backup and say what is in it. Raises WarehouseError: those of `make_backup`, "backup-server",
    "link-address"."""
    language = language_of(arguments)
    folder = Path(arguments.folder).expanduser().resolve()
    try:
        with closing(open_warehouse()) as warehouse:
            copy = warehouse.backup(folder)
    except WarehouseError as error:
        if error.problem.code != "warehouse-in-use":
            raise
        copy = move_backup(ask_server(warehouse_path(), server_address(arguments.url)), folder)
    manifest = read_manifest(copy)
    print(copy)
    print(
        translate(
            "Verified: {rows} rows in {tables} tables, {responses} responses, SHA-256 {sha256}.",
            language,
            rows=f"{manifest.rows:,}",
            tables=len(manifest.tables),
            responses=f"{manifest.tables['response'].rows:,}",
            sha256=manifest.sha256,
        )
    )
    if manifest.secret:
        print(translate("The .secret file beside it opens every role's link: keep it as safe.", language))
    for old in keep_last(folder, warehouse_path().stem, arguments.keep) if arguments.keep else ():
        print(translate("Deleted: {path}", language, path=old))
    return 0


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(text)
    return number
