"""In which language a command speaks, how it says what is wrong, and how it sets out a table so that Chinese
and English line up."""

import argparse
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from survey import normalise_language
from warehouse.texts import translate

LANGUAGES = ("zh", "en")
_WIDE = ("W", "F")


class Problem(Protocol):
    """A problem of any room."""

    @property
    def code(self) -> str: ...

    def words(self, language: str, /) -> str: ...


def add_language(parser: argparse.ArgumentParser, language: str) -> None:
    """The option `--language`; without it, `language_of` asks the environment. Its help is in `language`."""
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        help=translate("of what is printed; without it, that of LANG", language),
    )


def language_of(arguments: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> str:
    """The language asked for, else that of the first of LC_ALL, LC_MESSAGES and LANG that is set; English
    else."""
    asked = getattr(arguments, "language", None)
    if isinstance(asked, str):
        return asked
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = normalise_language(next(filter(None, names), ""))
    return language if language in LANGUAGES else "en"


def complain(problems: Iterable[Problem], language: str) -> None:
    """Print each problem to stderr, with its code."""
    for problem in problems:
        print(problem.words(language), f"[{problem.code}]", file=sys.stderr)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Lines of columns, two spaces apart; the columns numbered in `right`, from 0, are set to the right."""
    widths = [max(_width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [head, ["─" * width for width in widths], *rows]
    return "\n".join("  ".join(_set(cells, widths, right)).rstrip() for cells in lines)


def _set(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> list[str]:
    pads = [" " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    return [
        pad + cell if column in right else cell + pad
        for column, (cell, pad) in enumerate(zip(cells, pads, strict=True))
    ]


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in text)
