"""`python -m warehouse link`: prints the signed-in link of a role, also while a server runs."""

import argparse
import re

from warehouse.access import ROLES, Role, link_key
from warehouse.cli.speaking import add_language
from warehouse.exporting.problems import refusal
from warehouse.settings import port
from warehouse.texts import translate

NAME = "link"
SUMMARY = "Prints the signed-in link of a role, also while a server runs."
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+")


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The role, where the server answers, the language."""
    parser.add_argument(
        "role", nargs="?", choices=ROLES, default="operator", metavar="ROLE", help=" | ".join(ROLES)
    )
    parser.add_argument(
        "--url", help=translate("address of the server, such as https://pactboard.example.org", language)
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Print the link. Raises WarehouseError: "link-address", "secret-unreadable"."""
    print(signed_in_link(arguments.url or _own_address(), arguments.role))
    return 0


def signed_in_link(url: str, role: Role) -> str:
    """The link that signs in as this role on the server at `url`. Raises WarehouseError("link-address")."""
    return f"{_address(url)}/signin?key={link_key(role)}"


def survey_link(survey: str, url: str | None = None) -> str:
    """The link of a survey's form on the server at `url`, or on this machine. Raises
    WarehouseError("link-address")."""
    return f"{_address(url or _own_address())}/s/{survey}"


def server_address(url: str | None = None) -> str:
    """How links to the server at `url`, or on this machine, begin. Raises WarehouseError("link-address")."""
    return _address(url or _own_address())


def _own_address() -> str:
    return f"http://127.0.0.1:{port()}"


def _address(url: str) -> str:
    address = url.strip().rstrip("/")
    if not _ORIGIN.fullmatch(address):
        raise refusal("link-address", url)
    return address
