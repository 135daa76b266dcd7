"""`python -m warehouse records [TYPE]`: the types there are; the records of one as CSV; a file of them in."""

import argparse
import sys
from contextlib import closing
from pathlib import Path

from warehouse.cli.speaking import add_language, complain, language_of, table
from warehouse.csv_format import csv_chunks
from warehouse.database import open_warehouse
from warehouse.importing.reading import read_bytes
from warehouse.records.catalogue import record_type, record_types
from warehouse.records.exporting import records_table
from warehouse.records.importing import import_records
from warehouse.records.problems import RecordRefusedError
from warehouse.records.reading import Asked
from warehouse.texts import translate

NAME = "records"
SUMMARY = (
    "Records such as cases, care and trainings: lists the types, or one type as CSV; reads a file of them."
)


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The type, and the file to read or write."""
    parser.add_argument(
        "type", nargs="?", metavar="TYPE", help=translate("without it, the types there are", language)
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--import", dest="source", type=Path, metavar="FILE", help=translate("CSV or XLSX to read", language)
    )
    where.add_argument("--out", type=Path, metavar="FILE", help=translate("file to write", language))
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """List, write or read. Raises WarehouseError("record-type-unknown")."""
    language = language_of(arguments)
    if arguments.type is None:
        rows = [[each.name, each.title.said(language), ", ".join(each.metrics)] for each in record_types()]
        print(table([translate(title, language) for title in _HEAD], rows))
        return 0
    kind = record_type(arguments.type)
    with closing(open_warehouse()) as warehouse:
        if arguments.source is None:
            found = records_table(warehouse, kind, "operator", Asked())
            content = b"".join(csv_chunks(found.columns, found.rows))
            if arguments.out is None:
                sys.stdout.write(content.decode())
            else:
                arguments.out.write_bytes(content)
            return 0
        try:
            content = read_bytes(arguments.source)
            stored = import_records(warehouse, kind, content, arguments.source.name, language=language)
        except RecordRefusedError as error:
            complain(error.problems, language)
            return 1
    counts = {"added": stored.added, "corrected": stored.corrected, "known": stored.known}
    print(translate("{added} new, {corrected} corrected, {known} as they were.", language, **counts))
    return 0


_HEAD = ("Type", "What it is", "Metrics")
