"""The contract files that come with the package: each scheme and rule at work, and what they work out."""

import re
from pathlib import Path

import pytest

import contract as package
from contract import ContractError, read_contract
from contract.model.contract import stored_contract

FOLDER = Path(package.__file__).parent / "example"
FILES = sorted(FOLDER.glob("*.yaml"))


def source(name: str) -> str:
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_example_file_loads_and_reads_back_from_its_canonical_text(path: Path) -> None:
    contract = read_contract(path.read_text(encoding="utf-8"), path.name)
    assert contract.periods and contract.targets
    assert stored_contract(contract.canonical_json()) == contract
    assert contract.warnings == ()


def test_the_small_files_show_every_scheme_and_every_rule() -> None:
    contracts = [read_contract(path.read_text(encoding="utf-8"), path.name) for path in FILES]
    schemes = {each.spec.consequences.scheme for each in contracts if each.spec.consequences}
    assert schemes == {"deduction", "pool_and_share", "tier_table", "score_to_pay"}
    rules = {target.rule for each in contracts for target in each.targets}
    assert rules == {"simple", "breach_must_be_proven", "success_must_be_proven"}
    assert {each.term.periods for each in contracts} >= {"month", "quarter", "half_year"}


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("deduction", "successes: 533", "successes: 500", "spec.examples[0].expect[0].verdict"),
        ("tier_table", "successes: 440", "successes: 405", "spec.examples[0].expect[0].verdict"),
        ("pool_and_share", "value: 2.4}", "value: 1.9}", "spec.examples[0].expect[1].verdict"),
        ("score_to_pay", "value: 3.2}", "value: 2.9}", "spec.examples[0].expect[1].verdict"),
    ],
)
def test_an_example_that_comes_out_otherwise_refuses_the_file(
    name: str, old: str, new: str, key: str
) -> None:
    text = source(name)
    assert text.count(old) == 1
    with pytest.raises(ContractError) as caught:
        read_contract(text.replace(old, new), "contract.yaml")
    problem, *of_money = caught.value.problems
    assert (problem.code, problem.key) == ("not-reproduced", key)
    assert {one.code for one in of_money} <= {"not-reproduced"}
    assert "comes out" in problem.words("en")
    assert "实际得出" in problem.words("zh")
    assert "target" not in problem.words("zh")


@pytest.mark.parametrize("name", ["tier_table", "score_to_pay", "pool_and_share"])
def test_consequences_without_fees_are_refused(name: str) -> None:
    text = re.sub(r"  fees: .*\n", "", source(name), count=1)
    with pytest.raises(ContractError) as caught:
        read_contract(text, "contract.yaml")
    assert {problem.code for problem in caught.value.problems} == {"no-fees"}
