"""The contract in plain words: every term of the model is said, in both languages, with its own numbers."""

import re

import pytest

from contract import Contract, read_contract
from contract.explaining import Explained, explain
from contract.reading import example_names, example_source

TITLES = {"csat_top2": "Satisfied customers", "nps": "Recommendation", "member_growth": "Growth"}


def read(name: str) -> Contract:
    return read_contract(example_source(name), f"{name}.yaml")


def words(parts: tuple[Explained, ...]) -> str:
    return " ".join(sentence for part in parts for sentence in part.sentences)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", example_names())
def test_every_example_is_explained_with_no_word_left_open(name: str, language: str) -> None:
    contract = read(name)
    parts = explain(contract, language, {})
    known = {clause.id for clause in contract.clauses}
    assert parts and all(part.clause in known and part.sentences and part.title for part in parts)
    said = words(parts)
    assert not re.search(r"[{}]|None|Decimal", said)
    names = {use.metric for use in contract.metrics}
    if language == "zh":
        found = set(re.findall(r"[a-z][a-z_0-9]{3,}", said)) - names
        assert found <= {"minor", "serious", "severe", "below", "olm"}, found


def test_points_money_and_caps_are_those_of_the_file() -> None:
    said = words(explain(read("deduction"), "en", TITLES))
    for each in (
        "a point is 1 % of the base fee (CNY\N{NO-BREAK SPACE}3,000.00)",
        "Up to 2 percentage points short, limit included: minor, 1 point.",
        "More than 2 percentage points, up to 5 percentage points short: serious, 2 service points.",
        "More than 8 percentage points short: below, 4 service points.",
        "Points count 2 times when the same target was missed in the period before.",
        "A period never costs more than 10 % of the base fee (CNY\N{NO-BREAK SPACE}30,000.00).",
        "Any 4 periods in a row never cost more than 8 % of their base fees.",
        "Met in each of the 2 periods after a miss, 50 % of what it cost comes back.",
        "In 2026Q1 it is measured and shown",
        "At least 80 % in 2026Q1, moving evenly to 88 % in 2027Q4.",
        "Fewer than 200 answers never meet it",
    ):
        assert each in said, each


def test_tables_pools_and_scores_are_said_row_by_row() -> None:
    table = words(explain(read("tier_table"), "en", TITLES))
    assert "75 % or more: 5 % of the base fee." in table and "Else: 10 % of the base fee." in table
    assert "after Holm" in table and "A period never costs more than CNY\N{NO-BREAK SPACE}12,000.00." in table
    pool = words(explain(read("pool_and_share"), "en", TITLES))
    assert "60 % of it hangs on Satisfied customers." in pool and "joins the pool of the next period" in pool
    assert "In steps, at least: 82 % from 2026Q1 on, 85 % from 2027Q1 on." in pool
    score = words(explain(read("score_to_pay"), "en", TITLES))
    assert "from 0 points 80 %, from 90 points 100 %, from 100 points 102 %" in score
    assert "nothing at 40 points, all at 60 points" in score and "with the next period, once;" in score


def test_a_changed_term_changes_its_sentence() -> None:
    source = (
        example_source("deduction").replace("multiply: 2}", "multiply: 3}").replace("within: 1", "within: 2")
    )
    assert source != example_source("deduction")
    changed = read_contract(source.split("  examples:")[0], "changed.yaml")
    assert "Points count 3 times when the same target was missed in the 2 periods before." in words(
        explain(changed, "en", TITLES)
    )


def test_a_contract_without_fees_or_consequences_says_its_targets_only() -> None:
    contract = read("deduction")
    bare = contract.model_copy(
        update={
            "spec": contract.spec.model_copy(
                update={"fees": None, "consequences": None, "relief": None, "examples": ()}
            )
        }
    )
    assert [part.metric for part in explain(bare, "en", TITLES)] == ["csat_top2"]
