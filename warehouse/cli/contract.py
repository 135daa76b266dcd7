"""`python -m warehouse contract [FILE]`: checks a contract file, line by line, and loads it; without a file,
lists the versions loaded; `--withdraw ID` takes one back that was loaded by mistake."""

import argparse
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from contract import Contract, Target, read_contract, state_on
from contract.encodings import not_utf8
from contract.reading import place_of
from contract.wording import decimals_beside
from warehouse.as_of import as_of
from warehouse.cli.scorecard import number
from warehouse.cli.speaking import Problem, add_language, complain, language_of, table
from warehouse.contract_loading import disagreements, load_contract, withdraw_contract
from warehouse.contract_warnings import contract_warnings, unchecked
from warehouse.contracts import contracts, current_contract
from warehouse.database import open_warehouse
from warehouse.metrics import Metric, agreed
from warehouse.texts import translate
from warehouse.wordings import refusal

NAME = "contract"
SUMMARY = "Loads a contract file, or only checks it; without a file, lists the versions."
HEADINGS = ("Metric", "Clause", "First target", "Last target")
VERSION_HEADINGS = ("Version", "Status", "In force from", "SHA-256")
STATES = {
    "draft": "draft",
    "signed": "signed, not begun",
    "in_force": "in force",
    "superseded": "superseded",
    "ended": "ended",
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The file, whether to check only, the language."""
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE",
        help=translate("a YAML file like contract/example/contract.yaml", language),
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help=translate(
            "report only; opens no warehouse: only loading checks the time zone and the surveys there are",
            language,
        ),
    )
    parser.add_argument(
        "--withdraw",
        metavar="ID",
        help=translate("take back a contract loaded by mistake, of which no period is sealed", language),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Check or load, and print what the contract sets; 1 when the catalogue of metrics does not agree.
    Without a file, list the versions; 1 when there are none; or withdraw.

    Raises ContractError, WarehouseError("contract-file"), "contract-none" and those of `load_contract` and
    `withdraw_contract`; then nothing is stored."""
    language = language_of(arguments)
    if arguments.withdraw is not None:
        with closing(open_warehouse()) as warehouse:
            withdraw_contract(warehouse, arguments.withdraw)
        said = {"contract": arguments.withdraw}
        print(translate("Withdrawn: {contract} does not count any more.", language, **said))
        return 0
    if arguments.file is None:
        print(_versions(language))
        return 0
    source = _text(arguments.file, language)
    contract = read_contract(source, arguments.file.name)
    if problems := disagreements(contract):
        name = arguments.file.name
        placed = [replace(each, where=place_of(source, name, each.where)) for each in problems]
        complain(placed, language)
        return 1
    if arguments.check:
        warnings: Sequence[Problem] = unchecked(contract)
        outcome = translate("Checked only: the contract can be loaded.", language)
    else:
        warnings, outcome = _load(contract, source, language)
    print(words(contract, warnings, language), outcome, sep="\n\n")
    return 0


def words(contract: Contract, found: Sequence[Problem], language: str) -> str:
    """What the contract sets, as a table; then what in it looks like a mistake, and what else was found."""
    name = {"contract": contract.title[language], "id": contract.id, "version": contract.version}
    periods = {"first": contract.periods[0].name, "last": contract.periods[-1].name}
    rows = []
    for use in contract.metrics:
        metric = agreed(use)
        targets = [target for target in contract.targets if target.metric == use.metric]
        ends = (_target(targets[0], metric), _target(targets[-1], metric)) if targets else ("–", "–")
        rows.append([f"{metric.title[language]} ({metric.name})", use.clause, *ends])
    parts = [
        translate("{contract} ({id}, version {version})", language, **name),
        f"SHA-256 {contract.sha256}",
        translate("{n} periods, {first} to {last}", language, n=len(contract.periods), **periods),
        "",
        table([translate(heading, language) for heading in HEADINGS], rows, right=(2, 3)),
    ]
    problems: list[Problem] = [*contract.warnings, *found]
    warnings = [
        translate("Look again: {problem}", language, problem=each.words(language)) for each in problems
    ]
    return "\n".join([*parts, *([""] if warnings else []), *warnings])


def _text(path: Path, language: str) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise refusal("contract-file", str(path), reason=error.strerror) from error
    except UnicodeDecodeError as error:
        reason = not_utf8(error.object).words(language)
        raise refusal("contract-file", str(path), reason=reason) from error


def _load(contract: Contract, source: str, language: str) -> tuple[Sequence[Problem], str]:
    """Load it; the warnings, and the sentence that says what became of it."""
    with closing(open_warehouse()) as warehouse:
        stored = warehouse.read("core/versions_of_contract", contract=contract.id)
        withdrawn = warehouse.read("core/withdrawn", contract=contract.id)
        load_contract(warehouse, source)
        current = current_contract(warehouse)
        warnings = contract_warnings(warehouse, contract)
    if withdrawn:
        done = translate("It was withdrawn and counts again.", language)
    elif contract.version in {version for version, _, _ in stored}:
        done = translate("This version was loaded before with the same content: nothing changed.", language)
    else:
        done = translate("Loaded: it counts from {day} on.", language, day=contract.in_force_from)
    if current is None:
        return warnings, done
    said = {"contract": current.contract.id, "version": current.contract.version}
    in_force = translate("In force is {contract}, version {version}.", language, **said)
    return warnings, f"{done}\n{in_force}"


def _versions(language: str) -> str:
    """Every contract with its versions: what each is on the day of the figures, and its hash."""
    with closing(open_warehouse()) as warehouse:
        known, at = contracts(warehouse), as_of(warehouse)
    if not known:
        raise refusal("contract-none")
    day = at.until - timedelta(days=1)
    parts = []
    for loaded in known:
        rows = []
        for version in loaded.versions:
            state = translate(STATES[state_on(loaded.versions, version, day)], language)
            rows.append([str(version.version), state, version.in_force_from.isoformat(), version.sha256])
        title = {"contract": loaded.contract.title[language], "id": loaded.contract.id}
        head = [translate(heading, language) for heading in VERSION_HEADINGS]
        listed = table(head, rows, right=(0,))
        parts.append(translate("{contract} ({id})", language, **title) + "\n\n" + listed)
    return "\n\n".join(parts)


def _target(target: Target, metric: Metric) -> str:
    decimals = decimals_beside(target.value, metric.unit)
    return f"{number(float(target.value), metric, decimals)} ({target.period.name})"
