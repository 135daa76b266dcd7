"""`python -m warehouse doctor`: what is wrong with this installation and what to do about it."""

import argparse

from warehouse.anchor import accept
from warehouse.checking import Finding, findings
from warehouse.cli.speaking import add_language, language_of
from warehouse.settings import warehouse_path
from warehouse.texts import translate

NAME = "doctor"
SUMMARY = "Looks for what is wrong with this installation and says what to do."
_SIGNS = {"ok": "✓", "note": "·", "wrong": "✗"}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """Whether to accept a loss, the language."""
    parser.add_argument(
        "--accept",
        action="store_true",
        help=translate(
            "go on although rows are missing; what was known of them is put aside, not deleted", language
        ),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 1 when one of them is wrong."""
    language = language_of(arguments)
    path = warehouse_path()
    found = findings(path)
    if arguments.accept and any(each.is_loss for each in found):
        print(_words([each for each in found if each.is_loss], language))
        print(translate("Accepted. Put aside: {path}", language, path=accept(path)))
        found = findings(path)
    elif arguments.accept:
        print(translate("There is nothing to accept.", language))
    print(_words(found, language))
    return 1 if any(each.state == "wrong" for each in found) else 0


def _words(found: list[Finding], language: str) -> str:
    return "\n".join(f"{_SIGNS[each.state]} {each.words(language)}" for each in found)
