"""`python -m warehouse restore BACKUP`: puts a backup into place, verified before and after."""

import argparse
from contextlib import closing
from pathlib import Path

from warehouse.audit.chain import record
from warehouse.backup.restoring import restore
from warehouse.cli.speaking import add_language, language_of
from warehouse.database import open_warehouse
from warehouse.settings import warehouse_path
from warehouse.texts import translate

NAME = "restore"
SUMMARY = "Puts a backup into place; what is there now is put aside."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The backup, the language."""
    parser.add_argument("backup", metavar="BACKUP", help=translate("the .duckdb file of a backup", language))
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Restore, and say where the old files are. Raises WarehouseError: those of `restore`."""
    language = language_of(arguments)
    target = warehouse_path()
    done = restore(Path(arguments.backup).expanduser().resolve(), target)
    with closing(open_warehouse(target)) as warehouse, warehouse.transaction() as cursor:
        record(cursor, "restored", made_at=f"{done.manifest.made_at:%Y-%m-%d %H:%M}", rows=done.manifest.rows)
    print(
        translate(
            "Restored to {path}: {rows} rows in {tables} tables, as they were on {made_at} (UTC).",
            language,
            path=target,
            rows=f"{done.manifest.rows:,}",
            tables=len(done.manifest.tables),
            made_at=f"{done.manifest.made_at:%Y-%m-%d %H:%M}",
        )
    )
    for path in done.aside:
        print(translate("Put aside: {path}", language, path=path))
    if done.manifest.secret:
        print(translate("Links, sessions and keys of programs are those of the backup.", language))
    return 0
