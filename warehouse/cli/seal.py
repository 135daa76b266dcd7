"""`python -m warehouse seal [PERIOD]`: keeps what a settled period came to as evidence; `--verify` works it
out again, `--out` writes the text that was hashed; without a period, lists what is sealed."""

import argparse
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from warehouse.cli.speaking import add_language, complain, language_of, table
from warehouse.contracts import contracts
from warehouse.database import Warehouse, open_warehouse
from warehouse.evidence.problems import refusal
from warehouse.evidence.sealed import Seal
from warehouse.evidence.sealing import closed_periods, seal_period
from warehouse.evidence.verifying import Verified, verify
from warehouse.files import write_whole
from warehouse.scorecard import scorecard
from warehouse.texts import translate
from warehouse.wordings import refusal as counting_refusal

NAME = "seal"
SUMMARY = "Seals a settled period as evidence, or works a sealed one out again; without a period, lists them."
HEADINGS = ("Contract", "Period", "Settled on", "Sealed at (UTC)", "Version", "Came since", "SHA-256")


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The period; whether to verify, or to write the text; the language."""
    parser.add_argument("period", nargs="?", metavar="PERIOD", help=translate("such as 2026Q3", language))
    parser.add_argument(
        "--verify",
        action="store_true",
        help=translate("work the period out again from the rows of then; without PERIOD, all", language),
    )
    parser.add_argument(
        "--contract", metavar="ID", help=translate("of this contract; without it, of every one", language)
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help=translate("write the text of the seal, of which sha256sum gives the hash", language),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Seal, verify, write or list; 1 when a check does not come out.

    Raises WarehouseError: "contract-none", "period-unknown", "seal-too-early", "seal-none", "seal-file"."""
    language = language_of(arguments)
    with closing(open_warehouse()) as warehouse:
        if arguments.verify:
            found = verify(warehouse, arguments.period, arguments.contract)
            print(_checked(found, language), end="")
            complain((each for one in found for each in one.problems), language)
            return 1 if any(one.problems for one in found) else 0
        if arguments.period is None:
            print(_listed(warehouse, arguments.contract, language))
            return 0
        made = seal_period(warehouse, arguments.period, arguments.contract)
        known = closed_periods(warehouse, made[0].sealed.contract if made else arguments.contract)
        sealed = {one.period: one.seal for one in known}[arguments.period]
        for seal in made:
            print(_said("Sealed: {period}, SHA-256 {sha256}", seal, language))
        if not made and sealed:
            print(_said("Sealed before: {period}, SHA-256 {sha256}. Nothing changed.", sealed, language))
        if arguments.out is not None and sealed:
            _write(sealed, arguments.out)
    return 0


def _listed(warehouse: Warehouse, contract: str | None, language: str) -> str:
    late: Counter[tuple[str, str]] = Counter()
    known = [one.contract.id for one in contracts(warehouse) if contract in (None, one.contract.id)]
    if not known:
        raise counting_refusal("contract-none")
    for name in known:
        card = scorecard(warehouse, contract=name)
        late.update((name, row.period.name) for row in (card.rows if card else ()) if row.late)
    rows = []
    for one in closed_periods(warehouse, contract):
        came_for = late[one.contract.id, one.period]
        since = translate("for {count} targets", language, count=came_for)
        state = translate("can be sealed", language) if one.is_due else "–"
        seal = ["–", "–", state]
        if one.seal:
            sealed = one.seal.sealed
            came = since if came_for else "–"
            seal = [f"{sealed.sealed_at:%Y-%m-%d %H:%M}", str(sealed.version), came]
        rows.append(
            [
                one.contract.id,
                one.period,
                one.settled_on.isoformat(),
                *seal,
                one.seal.sha256 if one.seal else "–",
            ]
        )
    return table([translate(heading, language) for heading in HEADINGS], rows, right=(4,))


def _checked(found: tuple[Verified, ...], language: str) -> str:
    return "".join(f"{line}\n" for line in _lines(found, language))


def _lines(found: tuple[Verified, ...], language: str) -> Iterator[str]:
    if not found:
        yield translate("No period is sealed yet.", language)
    for one in found:
        if one.seal is None or one.problems:
            yield translate("{period}: differs, see below", language, period=one.period)
        else:
            sealed = one.seal.sealed
            said = {"period": one.period, "targets": len(sealed.targets), "seq": sealed.basis.last_seq}
            said |= {"lines": len(sealed.settlement.lines) if sealed.settlement else 0}
            yield translate(
                "{period}: equal ({targets} targets and {lines} lines, worked out again from responses up to "
                "number {seq})",
                language,
                **said,
            )


def _said(message: str, seal: Seal, language: str) -> str:
    return translate(message, language, period=seal.sealed.period.name, sha256=seal.sha256)


def _write(seal: Seal, path: Path) -> None:
    try:
        write_whole(path, seal.document.encode())
    except OSError as error:
        raise refusal("seal-file", str(path), reason=error.strerror) from error
