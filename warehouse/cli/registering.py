"""`python -m warehouse import members|purchases|events FILE --map MAP.yaml`: the customer's own register."""

import argparse
from contextlib import closing
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from warehouse.cli.file_importing import add_file_arguments, rows_bar, telling
from warehouse.cli.speaking import language_of
from warehouse.database import DEFAULT_ZONE, open_warehouse
from warehouse.membership.tiers import stated_tiers
from warehouse.registering import RegisterReport, load, prepare
from warehouse.registering.mapping import MODELS
from warehouse.registering.refusals import refusal_file
from warehouse.registering.wording import fault_lines, outcome
from warehouse.texts import translate

if TYPE_CHECKING:
    Kinds = argparse._SubParsersAction[argparse.ArgumentParser]

_HELP = {
    "members": "members of the register, one a row",
    "purchases": "what members bought, one a row",
    "events": "who joined, renewed, lapsed, left or returned, one a row",
}


def add_arguments(kinds: "Kinds", language: str) -> None:
    """One command a kind of file."""
    for kind in MODELS:
        parser = kinds.add_parser(kind, help=translate(_HELP[kind], language))
        add_file_arguments(
            parser,
            language,
            file=translate("the CSV or XLSX file", language),
            mapping=translate("see warehouse/samples/register/README.md", language),
            refused=translate("write the refused rows there; without it, beside the file", language),
        )


def run(arguments: argparse.Namespace) -> int:
    """Check or import, and report. Raises ImportRefusedError and WarehouseError."""
    language = language_of(arguments)
    if arguments.check:
        report = prepare(arguments.file, arguments.map, arguments.kind, ZoneInfo(DEFAULT_ZONE)).report
        _say(report, language, stored=False)
        return 1 if report.takes_nothing else 0
    with closing(open_warehouse()) as warehouse:
        zone, tiers = warehouse.reporting_zone, stated_tiers(warehouse)
        prepared = prepare(arguments.file, arguments.map, arguments.kind, zone, tiers)
        if prepared.report.takes_nothing:
            _say(prepared.report, language, stored=False)
        path = arguments.refused or arguments.file.with_name(f"{arguments.file.name}.refused.csv")
        with rows_bar(language) as bar, refusal_file(path, prepared.header, language) as on_refused:
            report = load(warehouse, prepared, progress=telling(bar), on_refused=on_refused)
    _say(report, language, stored=True)
    if report.refused:
        print(translate("The refused rows stand in {file}.", language, file=path))
    return 0


def _say(report: RegisterReport, language: str, *, stored: bool) -> None:
    print("\n".join([*fault_lines(report, language), *outcome(report, language, stored=stored)]))
