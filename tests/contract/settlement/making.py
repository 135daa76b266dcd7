"""Contracts of quarters or months whose consequences a test writes, and results without counting anything."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import contract as package
from contract import Contract, read_contract
from contract.settlement import Facts, Relieved, Result
from contract.verdict import Word

_FOLDER = Path(package.__file__).parent / "example"
_DEDUCTION = (_FOLDER / "deduction.yaml").read_text(encoding="utf-8").partition("  examples:")[0]


def deduction(*changes: tuple[str, str]) -> Contract:
    """The contract of service points: 300,000 a quarter, a point is 1 %, target 80 % rising to 88 %."""
    return _read(_DEDUCTION, changes)


def example(name: str, *changes: tuple[str, str]) -> Contract:
    """One of the example files without its worked examples, changed."""
    source = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8").partition("  examples:")[0]
    return _read(source, changes)


def facts(contract: Contract, period: str, **said: object) -> Facts:
    """Facts of a period; `results` gives (word, figure) by metric, the other keywords are those of Facts."""
    results = said.pop("results", {})
    assert isinstance(results, dict)
    (found,) = [one for one in contract.periods if one.name == period]
    made = {metric: came(contract, metric, period, *given) for metric, given in results.items()}
    return Facts(found, made, **said)


def came(contract: Contract, metric: str, period: str, word: Word, figure: str | None) -> Result:
    """The result that a metric came to; kept as the contract's rule says."""
    target = contract.target(metric, period)
    assert target is not None
    kept = {"met": True, "missed": False, "no_cases": None}.get(word, target.rule == "breach_must_be_proven")
    stretched = target.stretch is not None and figure is not None and Decimal(figure) >= target.stretch
    value = None if figure is None else Fraction(figure)
    return Result(target, word, kept, value, at_stretch=stretched)


def carried(found: Facts) -> Facts:
    """The same facts with every result pooled with the next period."""
    return replace(found, results={name: replace(one, carried=True) for name, one in found.results.items()})


def relieved(metric: str, *approved_by: str, ground: str = "force_majeure") -> Relieved:
    return Relieved(metric, ground, frozenset(approved_by))


def _read(source: str, changes: tuple[tuple[str, str], ...]) -> Contract:
    for old, new in changes:
        assert source.count(old) == 1, f"{old!r} stands {source.count(old)} times"
        source = source.replace(old, new)
    return read_contract(source, "contract.yaml")
