"""`python -m warehouse encrypt`: encrypts the warehouse with the key in the file PACTBOARD_KEY_FILE names."""

import argparse

from warehouse.cli.speaking import add_language, language_of
from warehouse.encrypting import encrypt
from warehouse.settings import key_file, warehouse_path
from warehouse.texts import translate

NAME = "encrypt"
SUMMARY = "Encrypts the warehouse with the key in the file that PACTBOARD_KEY_FILE names."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The language."""
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Encrypt, and say where key and old files are. Raises WarehouseError: those of `encrypt`."""
    language = language_of(arguments)
    path = warehouse_path()
    aside = encrypt(path)
    if aside:
        print(translate("Encrypted: {path}", language, path=path))
    else:
        print(translate("There is no warehouse yet: the first start makes it encrypted.", language))
    print(
        translate(
            "The key is in {path}. Keep a copy of it elsewhere: without it nobody can read warehouse and "
            "backups.",
            language,
            path=key_file(),
        )
    )
    for old in aside:
        print(translate("Put aside, not encrypted: {path}", language, path=old))
    if aside:
        said = "Start the server, look that all is there, then delete those and older backups."
        print(translate(said, language))
    return 0
