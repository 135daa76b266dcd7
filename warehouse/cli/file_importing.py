"""What the imports of files share on the command line: their arguments, and the bar while rows are stored."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from warehouse.cli.speaking import add_language
from warehouse.texts import translate


def add_file_arguments(
    parser: argparse.ArgumentParser, language: str, file: str, mapping: str, refused: str
) -> None:
    """The file, its mapping, --check and --refused; the texts say what file, where mappings are explained,
    and what is written of what was refused."""
    parser.add_argument("file", type=Path, metavar="FILE", help=file)
    parser.add_argument("--map", type=Path, metavar="MAP.yaml", required=True, help=mapping)
    parser.add_argument(
        "--check", action="store_true", help=translate("report only; no warehouse is needed", language)
    )
    parser.add_argument("--refused", type=Path, metavar="CSV", help=refused)
    add_language(parser, language)


def rows_bar(language: str, total: int | None = None) -> "tqdm[object]":
    """A bar of rows on the standard error, gone at the end."""
    return tqdm(total=total, unit=translate("rows", language), file=sys.stderr, leave=False)


def telling(bar: "tqdm[object]") -> Callable[[int, int], None]:
    """What moves the bar: told how many rows of how many are stored."""

    def progress(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return progress
