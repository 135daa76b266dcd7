"""What the parts of a contract must agree on, and what in them only looks like a mistake."""

from collections.abc import Iterator

from contract.checks.cautions import cautions
from contract.checks.dealings import check_clauses, check_dealings, warn_of_dealings
from contract.checks.doubtful import warn_of_doubtful
from contract.checks.examples import check_examples
from contract.checks.measures import check_metrics, check_tiers
from contract.checks.parties import check_parties, warn_of_parties
from contract.checks.readable import Readable
from contract.checks.schemes import check_consequences, warn_of_consequences
from contract.checks.targets import check_targets, warn_of_small_targets
from contract.checks.term import check_first_day, check_metadata, check_term
from contract.problems import Problem

__all__ = ["Readable", "cautions", "check", "warn"]


def check(contract: Readable) -> list[Problem]:
    """Everything that contradicts itself, as far as the contract could be read."""
    problems: list[Problem] = []
    if contract.metadata:
        problems += check_metadata(contract.metadata)
    if contract.parties:
        problems += check_parties(contract.parties)
    if contract.term:
        problems += check_term(contract.term)
        if contract.metadata and contract.periods:
            problems += check_first_day(contract.metadata, contract.term)
    problems += check_clauses(contract)
    problems += check_tiers(contract.tiers or ())
    tiers = None if "tiers" in contract.unread else contract.tiers or ()
    problems += check_metrics(contract.metrics or (), tiers)
    problems += check_targets(contract)
    problems += check_dealings(contract)
    problems += check_consequences(contract)
    problems += check_examples(contract)
    return problems


def warn(contract: Readable) -> Iterator[Problem]:
    """What is allowed but looks like a mistake; the contract is sound."""
    if contract.parties:
        yield from warn_of_parties(contract.parties)
    yield from warn_of_small_targets(contract)
    yield from warn_of_dealings(contract)
    yield from warn_of_consequences(contract)
    yield from warn_of_doubtful(contract)
