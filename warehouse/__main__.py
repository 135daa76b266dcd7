"""`python -m warehouse`: the command line of the warehouse."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

import duckdb

from contract import ContractError
from survey import SurveyError
from warehouse.audit.acting import COMMAND_LINE, acting_as
from warehouse.cli import (
    audit,
    backup,
    bounced,
    contract,
    decrypt,
    doctor,
    embed,
    encrypt,
    exporting,
    importing,
    invitations,
    invite,
    key,
    life,
    link,
    mapping,
    metrics,
    picture,
    publish,
    rebuild,
    records,
    restore,
    revoke,
    scorecard,
    seal,
    select,
    share,
    summary,
    surveys,
)
from warehouse.cli.speaking import complain, language_of
from warehouse.importing import ImportRefusedError
from warehouse.opening import memory_short
from warehouse.problems import WarehouseError
from warehouse.texts import translate

COMMANDS = (
    *(publish, picture, surveys, life, select, invite, invitations, bounced, revoke, share, embed),
    *(importing, mapping, contract, metrics, summary, scorecard, seal, exporting, link, key),
    *(records, backup, restore, rebuild, encrypt, decrypt, doctor, audit),
)
PROGRAM = "python -m warehouse"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 when it is done, 1 when it was refused (the reasons are on stderr), 2 when it was
    misspelt.

    A reader of the output that has enough, as `head` does, is no error."""
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()  # here, since at the end of the program nobody could catch it
    except BrokenPipeError:
        # Else Python complains once more when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: Sequence[str] | None) -> int:
    early = argparse.ArgumentParser(prog=PROGRAM, add_help=False)  # help is in the language asked for too
    early.add_argument("--language")
    language = language_of(early.parse_known_args(arguments)[0])
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description=translate("Surveys, contract, imports, figures and exports of Pactboard.", language),
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    runs: dict[str, Callable[[argparse.Namespace], int]] = {}
    for command in COMMANDS:
        command.add_arguments(
            commands.add_parser(command.NAME, help=translate(command.SUMMARY, language)), language
        )
        runs[command.NAME] = command.run
    asked = parser.parse_args(arguments)
    try:
        with acting_as(COMMAND_LINE):
            return runs[asked.command](asked)
    except WarehouseError as error:
        complain([error.problem], language)
        return 1
    except duckdb.OutOfMemoryException:
        complain([memory_short().problem], language)
        return 1
    except (ImportRefusedError, ContractError, SurveyError) as error:
        complain(error.problems, language)
        return 1
    except KeyboardInterrupt:
        print(translate("Stopped. Nothing of it was stored.", language), file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
