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


DOUBT = "minN: 200\n"


def examples(terms: str, written: str, *others: tuple[str, str]) -> str:
    """The contract of service points with these terms for doubt and this one worked example."""
    text = source("deduction").partition("  examples:")[0]
    for old, new in ((DOUBT, f"{DOUBT}        notProven: {terms}\n"), *others):
        assert text.count(old) == 1
        text = text.replace(old, new)
    return f"{text}  examples:\n    - name: {{zh: 算例, en: Example}}\n{written}"


LOW = """      period: 2026Q3
      given: [{metric: csat_top2, successes: 500, n: 620}]
      expect: [{metric: csat_top2, verdict: WORD, amount: MONEY}]
"""


@pytest.mark.parametrize(
    ("terms", "word", "money"),
    [
        ("{leadsTo: nothing}", "not_proven", "0"),
        ("{leadsTo: simple}", "missed", "3000.00"),
        ("{leadsTo: pool_with_next, maxCarries: 2}", "not_proven", "0"),
    ],
)
def test_an_example_follows_what_the_contract_makes_of_doubt(terms: str, word: str, money: str) -> None:
    """80.65 % of 620 against 82.29 % proves nothing; a figure that decides misses by 1.6 points."""
    written = LOW.replace("WORD", word).replace("MONEY", money)
    assert read_contract(examples(terms, written), "contract.yaml").spec.examples
    with pytest.raises(ContractError):
        read_contract(examples(terms, written.replace(word, "met")), "contract.yaml")


def test_what_is_carried_on_costs_nothing_even_where_success_must_be_proven() -> None:
    rule = ("rule: breach_must_be_proven", "rule: success_must_be_proven")
    plain = examples(
        "{leadsTo: nothing}", LOW.replace("WORD", "not_proven").replace("MONEY", "3000.00"), rule
    )
    assert read_contract(plain, "contract.yaml")
    carried = LOW.replace("WORD", "not_proven").replace("MONEY", "0")
    pooled = examples("{leadsTo: pool_with_next, maxCarries: 1}", carried, rule)
    assert read_contract(pooled, "contract.yaml")


def test_an_example_after_a_period_that_is_pooled_with_it_is_refused_since_it_has_no_counts() -> None:
    before = "      before: [{period: 2026Q2, metric: csat_top2, verdict: WAS}]\n"
    written = before + LOW.replace("WORD", "not_proven").replace("MONEY", "0")
    terms = "{leadsTo: pool_with_next, maxCarries: 1}"
    with pytest.raises(ContractError) as caught:
        read_contract(examples(terms, written.replace("WAS", "too_few")), "contract.yaml")
    (problem,) = caught.value.problems
    assert (problem.code, problem.key) == ("not-poolable", "spec.examples[0].before[0]")
    assert "2026Q2" in problem.words("zh") and "合并" in problem.words("zh")
    # What was decided there, or pooled with a period before this one, is no hindrance.
    assert read_contract(examples(terms, written.replace("WAS", "met")), "contract.yaml")
    later = (
        written.replace("WAS", "too_few")
        .replace("period: 2026Q3", "period: 2026Q4")
        .replace("500, n", "515, n")
    )
    assert read_contract(examples(terms, later), "contract.yaml")


def test_under_holm_an_example_is_judged_with_all_the_targets_it_gives() -> None:
    """81 % of 320 misses 84.57 % at 95 %, not at the 97.5 % that two targets ask for."""
    survey = 'clause: "5.1", survey: customer-satisfaction'
    use = f"    - {{id: after_sales, metric: csat_top2, kind: share, direction: higher, {survey}}}\n"
    second = ("decimals: 2}\n", f"decimals: 2}}\n{use}")
    both = "liable: [{metric: csat_top2}, {metric: after_sales}]"
    liable = ("liable: [{metric: csat_top2}]", both)
    ramp = """
    - metric: after_sales
      ramp: {interpolate: step, points: [{at: 2026Q1, value: 80.0}]}
      decision: {rule: breach_must_be_proven, confidence: 0.95, minN: 200}

  multiplicity: MULTIPLICITY
  fees:"""
    written = """      period: 2027Q1
      given: [{metric: csat_top2, successes: 259, n: 320}, {metric: after_sales, successes: 256, n: 320}]
      expect: [{metric: csat_top2, verdict: WORD}]
"""
    for multiplicity, word in (("none", "missed"), ("holm", "not_proven")):
        changes = (second, liable, ("\n  fees:", ramp.replace("MULTIPLICITY", multiplicity)))
        text = examples("{leadsTo: nothing}", written.replace("WORD", word), *changes)
        assert read_contract(text, "contract.yaml").spec.multiplicity == multiplicity
