"""What the rules of a contract cost is said by `check` before anybody signs; the file stays sound."""

import re

import pytest

from contract import ContractError, example_source, read_contract
from contract.reading import examine


def bare(name: str, *changes: tuple[str, str]) -> str:
    """An example without its worked examples, with each first text replaced."""
    source = example_source(name).partition("  examples:")[0]
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new, 1)
    return source


GRANTED = '  relief: {clause: "7.1", grounds: [force_majeure], needs: [A, B]}\n'
RELIEF = ("  consequences:\n", f"{GRANTED}  consequences:\n")
BY_FIGURE = ("rule: breach_must_be_proven", "rule: simple")


@pytest.mark.parametrize(
    ("source", "code", "text"),
    [
        (bare("score_to_pay"), "figure-decides", "notProven:"),
        (bare("score_to_pay"), "rate-unknown", "minResponseRate:"),
        (bare("score_to_pay"), "index-by-chance", "- metric: service_index"),
        (bare("tier_table"), "holm-shares", "multiplicity:"),
        (bare("pool_and_share", RELIEF), "relief-of-carried", "unearned:"),
        (bare("deduction", BY_FIGURE), "bonus-by-chance", "stretch:"),
    ],
)
def test_a_rule_that_surprises_is_said_with_the_line_it_stands_in(source: str, code: str, text: str) -> None:
    (found,) = [each for each in examine(source, "contract.yaml")[1] if each.code == code]
    assert text in source.splitlines()[(found.line or 0) - 1]
    assert re.search(r"[\u4e00-\u9fff]", found.words("zh"))


@pytest.mark.parametrize("source", [example_source(), bare("deduction"), bare("pool_and_share")])
def test_a_contract_that_chose_none_of_them_is_told_nothing(source: str) -> None:
    assert examine(source, "contract.yaml")[1] == ()


@pytest.mark.parametrize("metric", ["member_retention", "member_churn", "repeat_purchase"])
def test_a_target_that_no_part_of_a_whole_can_reach_is_refused_with_line_and_key(metric: str) -> None:
    source = example_source().partition("  examples:")[0].partition("  fees:")[0]
    source = source.replace("member_retention", "other").replace("member_growth", metric)
    assert read_contract(source.replace("value: 3.5", "value: 100"), "contract.yaml")
    with pytest.raises(ContractError) as refused:
        read_contract(source.replace("value: 3.5", "value: 120"), "contract.yaml")
    (found,) = refused.value.problems
    assert (found.code, found.key) == ("target-out-of-range", "spec.targets[0].ramp.points[1].value")
    assert "value: 120" in source.replace("value: 3.5", "value: 120").splitlines()[(found.line or 0) - 1]


def test_growth_can_be_more_than_a_hundred_percent_and_a_rename_hides_no_metric() -> None:
    source = example_source().partition("  examples:")[0].partition("  fees:")[0]
    assert read_contract(source.replace("value: 3.5", "value: 120"), "contract.yaml")
    renamed = source.replace("{id: member_growth, ", "{id: kept, metric: member_retention, ")
    with pytest.raises(ContractError, match="between 0 and 100"):
        read_contract(
            renamed.replace("metric: member_growth", "metric: kept").replace("value: 3.5", "value: 120"), "x"
        )
