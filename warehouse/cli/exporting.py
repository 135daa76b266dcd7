"""`python -m warehouse export`: one export as CSV, XLSX, Parquet or SPSS, to a file or to the standard
output."""

import argparse
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from warehouse.audit.chain import record
from warehouse.cli.speaking import add_language, language_of
from warehouse.database import Warehouse, open_warehouse
from warehouse.exporting.problems import refusal
from warehouse.exporting.written import FORMATS, write_export
from warehouse.exports import RAW, csv_bytes, export_rows, exports
from warehouse.filters import Filters
from warehouse.problems import WarehouseError
from warehouse.texts import translate

NAME = "export"
SUMMARY = "One export as CSV, XLSX, Parquet or SPSS, to a file or to the standard output."
# Option -> filter. `--language` is that of the words, as in every command.
FILTERS = {
    "survey": "survey",
    "tier": "tier",
    "touchpoint": "touchpoint",
    "channel": "channel",
    "answered-in": "language",
    "start": "start",
    "end": "end",
    "contract": "contract",
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The export, the file, the filters, the language."""
    parser.add_argument("name", metavar="NAME", help=", ".join(listed.name for listed in exports()))
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="csv",
        help=translate("of the file; sav is that of SPSS, with labels", language),
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help=translate("without it, the standard output", language)
    )
    add_language(parser, language)
    for option, key in FILTERS.items():
        parser.add_argument(f"--{option}", dest=f"filter_{key}", metavar=key.upper())


def run(arguments: argparse.Namespace) -> int:
    """Write the export. Raises WarehouseError: unknown export, filters refused, file not writable."""
    query = {
        key: value for key in FILTERS.values() if (value := getattr(arguments, f"filter_{key}")) is not None
    }
    with closing(open_warehouse()) as warehouse:
        filters = Filters.from_query(query, warehouse)
        if isinstance(filters, tuple):
            raise WarehouseError(filters[0])
        if any(each.name == arguments.name and each.roles == RAW for each in exports()):
            with warehouse.transaction() as cursor:
                record(cursor, "exported", arguments.name, query=urlencode(query))
        if arguments.format != "csv":
            _write_file(warehouse, filters, arguments)
            return 0
        # Closed before the warehouse, which else waits for the stream of an export that failed half-way; held
        # by no other name for the same reason.
        with closing(_chunks(warehouse, filters, arguments)) as chunks:
            if arguments.out is None:
                _print(chunks)
            else:
                _write(chunks, arguments.out)
    return 0


def _chunks(
    warehouse: Warehouse, filters: Filters, arguments: argparse.Namespace
) -> Generator[bytes, None, None]:
    return csv_bytes(export_rows(warehouse, arguments.name, filters, language_of(arguments)))


def _print(chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _write(chunks: Iterable[bytes], path: Path) -> None:
    with _replacing(path) as part, part.open("wb") as file:
        file.writelines(chunks)


def _write_file(warehouse: Warehouse, filters: Filters, arguments: argparse.Namespace) -> None:
    """A format that is made as a file; for the standard output by way of one."""
    asked = (arguments.name, arguments.format, filters, language_of(arguments))
    if arguments.out is not None:
        with _replacing(arguments.out) as part:
            write_export(warehouse, *asked, part)
        return
    with TemporaryDirectory(prefix="pactboard-export-") as folder:
        made = Path(folder) / "export"
        write_export(warehouse, *asked, made)
        with made.open("rb") as file:
            copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A name beside the file: a file of its name is the whole export, or what it was before."""
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise refusal("export-file", str(path), reason=error.strerror) from error
    finally:
        part.unlink(missing_ok=True)
