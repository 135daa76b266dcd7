"""`python -m contract`: checks, shows and simulates contract files, prints examples and the JSON Schema."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from contract.encodings import not_utf8
from contract.fields import LANGUAGES, canonical_number
from contract.model.contract import Contract
from contract.problems import ContractError, Problem
from contract.reading import examine, example_names, example_source
from contract.schema import json_schema
from contract.simulation import RUNS, read_asked, report, simulate
from contract.simulation.simulating import MOST_RUNS
from contract.texts import translate


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 when all is well, 1 when a file was refused (the reasons are on stderr), 2 when the
    command was misspelt. What only looks like a mistake is a warning on stderr and changes no exit code."""
    parser = argparse.ArgumentParser(prog="python -m contract", description="Contract files of Pactboard.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="checks a contract file and says everything wrong with it")
    show = commands.add_parser("show", help="the same, and what the contract sets in each period")
    for command in (check, show):
        command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument("--language", choices=LANGUAGES, help="of the report; without it, that of LANG")
    simulated = commands.add_parser(
        "simulate",
        help="how often targets would be called met or missed under an assumed truth, and the cost",
    )
    simulated.add_argument("file", type=Path, metavar="FILE")
    simulated.add_argument(
        "--truth",
        nargs="+",
        action="extend",
        default=[],
        metavar="METRIC=TRUTH",
        help="share 0.85, 85%% or 85 (above 1 is percent); NPS 35 or 15/30/55; mean 4.2 or 1:5,2:10,...; "
        "census 2.5 or 2.5~0.8 (normal spread); two of them with .. between move over the term",
    )
    simulated.add_argument(
        "--n", nargs="+", action="extend", default=[], metavar="N", help="answers a period: 200, METRIC=200"
    )
    simulated.add_argument(
        "--response-rate", nargs="+", action="extend", default=[], metavar="RATE", help="35%%, METRIC=35%%"
    )
    simulated.add_argument("--runs", type=_between(1, MOST_RUNS), default=RUNS, help="terms to simulate")
    simulated.add_argument(
        "--seed", type=_between(0, 2**63 - 1), default=1, help="the same seed, the same figures"
    )
    simulated.add_argument("--language", choices=LANGUAGES, help="of the report; without it, that of LANG")
    example = commands.add_parser("example", help="prints an example file; without a name, lists them")
    example.add_argument("name", nargs="?", choices=example_names(), metavar="NAME")
    commands.add_parser("schema", help="prints the JSON Schema of contract files, for editors")
    asked = parser.parse_args(arguments)
    if asked.command == "schema":
        print(json_schema())
    elif asked.command == "example":
        print(example_source(asked.name).rstrip() if asked.name else "\n".join(example_names()))
    elif asked.command == "simulate":
        return _simulate(asked, asked.language or _language(os.environ))
    else:
        return _check(asked.file, asked.language or _language(os.environ), shown=asked.command == "show")
    return 0


def _check(file: Path, language: str, *, shown: bool) -> int:
    read = _read(file, language)
    if read is None:
        return 1
    contract, warnings = read
    print("\n".join(_summary(contract, language)))
    # The catalogue of metrics belongs to the warehouse, which this package does not know.
    command = "python -m warehouse contract FILE --check"
    print(translate("Whether its metrics can be counted says: {command}", language, command=command))
    if shown:
        print("", *_targets(contract, language), sep="\n")
    if warnings:
        print(
            translate("Warnings, to look at again: {count}", language, count=len(warnings)), file=sys.stderr
        )
        _tell(warnings, language)
    return 0


def _simulate(asked: argparse.Namespace, language: str) -> int:
    """2 where the file is sound but what is asked of it is not."""
    read = _read(asked.file, language)
    if read is None:
        return 1
    contract, _ = read
    try:
        given = read_asked(contract, asked.truth, asked.n, asked.response_rate)
    except ContractError as error:
        _refuse(error, language)
        return 2
    simulation = simulate(contract, given.truths, given.n, given.response_rates, asked.runs, asked.seed)
    print("\n".join([*_summary(contract, language), "", *report(contract, simulation, language)]))
    return 0


def _read(file: Path, language: str) -> tuple[Contract, tuple[Problem, ...]] | None:
    """The contract and its warnings; None for a file that was refused, with the reasons on stderr."""
    try:
        data = file.read_bytes()
        return examine(data.decode("utf-8"), file.name)
    except (OSError, UnicodeDecodeError) as error:
        reason: object = error.strerror if isinstance(error, OSError) else ""
        if isinstance(error, UnicodeDecodeError):
            reason = not_utf8(error.object)
        what, todo = (
            "The file cannot be read ({reason})",
            "Give the path of a contract file saved as UTF-8 text",
        )
        _tell([Problem("contract-file", "", what, todo, {"reason": reason}, file=str(file))], language)
        return None
    except ContractError as error:
        _refuse(error, language)
        return None


def _refuse(error: ContractError, language: str) -> None:
    _tell(error.problems, language)
    count = len(error.problems)
    print(translate("Refused: {count} to put right.", language, count=count), file=sys.stderr)


def _between(lowest: int, highest: int) -> Callable[[str], int]:
    """Reads a whole number of this range; argparse says what is wrong with another."""

    def read(text: str) -> int:
        if not text.isdecimal() or not lowest <= int(text) <= highest:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {lowest} to {highest}")
        return int(text)

    return read


def _tell(found: Sequence[Problem], language: str) -> None:
    """Each on a line of its own, with its code, on stderr."""
    for each in found:
        print(each.words(language), f"[{each.code}]", file=sys.stderr)


def _summary(contract: Contract, language: str) -> Iterator[str]:
    title, first, last = contract.title[language], contract.periods[0].name, contract.periods[-1].name
    yield translate(
        "{title} ({id}, version {version})",
        language,
        title=title,
        id=contract.id,
        version=contract.version,
    )
    yield translate(
        "{n} periods, {first} to {last}; metrics with a target: {targets}; worked examples: {examples}",
        language,
        n=len(contract.periods),
        first=first,
        last=last,
        targets=len(contract.spec.targets),
        examples=len(contract.spec.examples),
    )
    yield f"SHA-256 {contract.sha256}"


def _targets(contract: Contract, language: str) -> Iterator[str]:
    """One line a metric: clause, rule, and the target of every period."""
    for terms in contract.spec.targets:
        mine = [target for target in contract.targets if target.metric == terms.metric]
        values = ", ".join(f"{target.period.name} {canonical_number(target.value)}" for target in mine)
        yield translate(
            "{metric} (clause {clause}, {rule}): {values}",
            language,
            metric=terms.metric,
            clause=mine[0].clause,
            rule=terms.decision.rule,
            values=values,
        )


def _language(environment: Mapping[str, str]) -> str:
    """That of the first of LC_ALL, LC_MESSAGES and LANG that is set, when we speak it; else English."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, names), "").lower().startswith("zh") else "en"


if __name__ == "__main__":
    sys.exit(main())
