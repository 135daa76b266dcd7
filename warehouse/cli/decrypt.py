"""`python -m warehouse decrypt`: takes the encryption of the warehouse away."""

import argparse

from warehouse.cli.speaking import add_language, language_of
from warehouse.encrypting import decrypt
from warehouse.settings import warehouse_path
from warehouse.texts import translate

NAME = "decrypt"
SUMMARY = "Takes the encryption of the warehouse away."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The language."""
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Decrypt, and say where the old files are. Raises WarehouseError: those of `decrypt`."""
    language = language_of(arguments)
    path = warehouse_path()
    aside = decrypt(path)
    print(translate("No longer encrypted: {path}. Unset PACTBOARD_KEY_FILE.", language, path=path))
    for old in aside:
        print(translate("Put aside: {path}", language, path=old))
    return 0
