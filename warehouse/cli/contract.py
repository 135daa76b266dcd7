"""`python -m warehouse contract FILE`: checks a contract file, line by line, and puts it in force."""

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from contract import Contract, Target, read_contract
from warehouse.cli.scorecard import number
from warehouse.cli.speaking import Problem, add_language, complain, language_of, table
from warehouse.contracts import contract_warnings, current_contract, disagreements, load_contract, unchecked
from warehouse.database import open_warehouse
from warehouse.metrics import Metric, agreed
from warehouse.texts import translate
from warehouse.wordings import refusal

NAME = "contract"
SUMMARY = "Puts a contract file in force, or only checks it."
HEADINGS = ("Metric", "Clause", "First target", "Last target")


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The file, whether to check only, the language."""
    parser.add_argument(
        "file",
        type=Path,
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
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Check or load, and print what the contract sets; 1 when the catalogue of metrics does not agree.

    Raises ContractError, WarehouseError("contract-file") and those of `load_contract`; then nothing is
    stored."""
    language = language_of(arguments)
    source = _text(arguments.file)
    contract = read_contract(source, arguments.file.name)
    if problems := disagreements(contract):
        complain(problems, language)
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


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise refusal("contract-file", str(path), reason=reason) from error


def _load(contract: Contract, source: str, language: str) -> tuple[Sequence[Problem], str]:
    """Load it; the warnings, and the sentence that says what became of it."""
    with closing(open_warehouse()) as warehouse:
        known = warehouse.read("core/contract_version", contract=contract.id, version=contract.version)
        load_contract(warehouse, source)
        current = current_contract(warehouse)
        warnings = contract_warnings(warehouse, contract)
    if not known:
        return warnings, translate("Loaded: this version is in force.", language)
    same = translate("This version was loaded before with the same content: nothing changed.", language)
    if current is None or current.contract.sha256 == contract.sha256:
        return warnings, same
    later = {"contract": current.contract.id, "version": current.contract.version}
    in_force = translate("In force is {contract}, version {version}: it was loaded later.", language, **later)
    return warnings, f"{same}\n{in_force}"


def _target(target: Target, metric: Metric) -> str:
    return f"{number(float(target.value), metric)} ({target.period.name})"
