"""Contracts that the tests of the pages about them load: the example, its supplement, one without money."""

import warehouse
from contract import Contract, example_source
from tests.supplements import supplement
from warehouse.contract_loading import load_contract

HOSTILE = "**x** <img src=x onerror=alert(1)> :red[y] $\\\\alpha$"


def use_contract(source: str) -> Contract:
    """Load the text as the contract of this test's warehouse."""
    return load_contract(warehouse.serving(), source)


def two_versions() -> None:
    """The file `deduction`, and its supplement that doubles points less and asks for more answers."""
    before = example_source("deduction").split("  examples:\n")[0]
    use_contract(before)
    changes = ("minN: 200", "minN: 250"), ("multiply: 2}", "multiply: 1.5}")
    use_contract(supplement(before, "2027-01-01", *changes))


def without_money() -> Contract:
    """Targets only: no fees, no consequences, no relief, no examples."""
    return use_contract(example_source("deduction").split("  fees:\n")[0])
