"""`python -m warehouse import KIND FILE --map MAP.yaml`: answers, or the register, of a file by a mapping."""

import argparse
import sys
from contextlib import closing
from pathlib import Path

from warehouse.cli import import_words, registering, summary
from warehouse.cli.file_importing import add_file_arguments, rows_bar, telling
from warehouse.cli.speaking import language_of
from warehouse.csv_format import csv_chunks
from warehouse.database import Warehouse, open_warehouse
from warehouse.importing import ImportReport, Prepared, load, prepare
from warehouse.importing.large.preparing import PreparedLarge
from warehouse.importing.problems import refused
from warehouse.summary import summarise
from warehouse.texts import translate

NAME = "import"
SUMMARY = "A file of answers, members, purchases or events, by a mapping."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """What is imported, and how."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    registering.add_arguments(kinds, language)
    responses = kinds.add_parser("responses", help=translate("answers of respondents, one a row", language))
    add_file_arguments(
        responses,
        language,
        file=translate("the CSV, XLSX or Parquet file", language),
        mapping=translate("see warehouse/samples/README.md", language),
        refused=translate("write the refused cells there, with reasons", language),
    )
    responses.add_argument(
        "--strict", action="store_true", help=translate("take nothing if anything is refused", language)
    )


def run(arguments: argparse.Namespace) -> int:
    """Check or import, and report. Raises ImportRefusedError and WarehouseError; then nothing is stored."""
    if arguments.kind != "responses":
        return registering.run(arguments)
    language = language_of(arguments)
    prepared = prepare(arguments.file, arguments.map)
    if arguments.refused is not None:
        _write_refused(arguments.refused, prepared, language)
    is_refused = prepared.report.takes_nothing or (arguments.strict and prepared.report.has_refusals)
    if arguments.check:
        print(import_words.words(prepared.report, language, stored=False))
        return 1 if is_refused else 0
    if is_refused:
        print(import_words.words(prepared.report, language, stored=False))
    with closing(open_warehouse()) as warehouse:
        report = _load(warehouse, prepared, arguments.strict, language)
        if report is None:
            return 130
        print(import_words.words(report, language, stored=True), end="\n\n")
        print(summary.words(summarise(warehouse, report.survey, "language"), language))
    return 0


def _load(warehouse: Warehouse, prepared: Prepared, strict: bool, language: str) -> ImportReport | None:
    """The report; None when it was stopped after some parts of a large file, which is said."""
    rows = prepared.report.rows - prepared.report.refused_rows
    with rows_bar(language, rows) as bar:
        try:
            return load(warehouse, prepared, strict=strict, progress=telling(bar))
        except KeyboardInterrupt:
            if not isinstance(prepared, PreparedLarge) or not bar.n:
                raise
            done, total = f"{bar.n:,}", f"{bar.total:,}"
    said = "Stopped after {done} of {total} rows, which are stored. The same command goes on from there."
    print(translate(said, language, done=done, total=total), file=sys.stderr)
    return None


def _write_refused(path: Path, prepared: Prepared, language: str) -> None:
    """The refused cells as CSV, one a line, as they stand in the file."""
    rows = (
        (each.row, each.column, each.raw, each.problem.code, import_words.advice(each.problem, language))
        for each in prepared.refusals()
    )
    try:
        with path.open("wb") as file:
            file.writelines(csv_chunks(("row", "column", "value", "code", "reason"), rows))
    except OSError as error:
        raise refused("refused-file", str(path), reason=error.strerror or type(error).__name__) from error
