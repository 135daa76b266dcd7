"""How far caps are used up: the same figures by which the ledger cut."""

from decimal import Decimal

import pytest

from contract import Contract, read_contract
from contract.counts import ShareCounts
from contract.deciding import Counted, judge_term
from contract.reading import example_source
from contract.settlement import CapUse, Facts, Settlement, cap_use, decided_result, settle_term


def contract(name: str = "deduction") -> Contract:
    return read_contract(example_source(name), f"{name}.yaml")


def bad_term(agreed: Contract, successes: int = 700) -> tuple[Settlement, ...]:
    """Every period missed far below the floor."""
    facts = []
    for period in agreed.periods:
        target = agreed.target("csat_top2", period.name)
        assert target is not None
        counted = {"csat_top2": Counted(target, ShareCounts(successes, 1200))}
        decided = judge_term([(agreed, counted)])[0]["csat_top2"]
        facts.append(Facts(period, {"csat_top2": decided_result(decided)}))
    return settle_term(agreed, facts)


def test_both_caps_are_used_up_as_the_ledger_deducted() -> None:
    dear = example_source("deduction").partition("  examples:")[0]
    dear = dear.replace("pointValue: {percentOfFee: 1.0}", "pointValue: {percentOfFee: 3.0}")
    agreed = read_contract(dear, "dear.yaml")
    term = bad_term(agreed)
    used = {settled.period.name: cap_use(agreed, settled) for settled in term}
    own, rolling = used["2026Q2"]
    assert own == CapUse("period_cap", 1, Decimal("30000.00"), term[1].deducted)
    assert rolling == CapUse("rolling_cap", 4, Decimal("96000.00"), term[0].deducted + term[1].deducted)
    for place, settled in enumerate(term):
        period, window = used[settled.period.name]
        assert period.used <= period.limit and window.used <= window.limit
        assert window.used == sum(each.deducted for each in term[max(0, place - 3) : place + 1])
    assert any(
        window.left == 0 and "rolling_cap" in {line.kind for line in settled.lines}
        for settled in term
        for _, window in [used[settled.period.name]]
    )


@pytest.mark.parametrize("name", ["pool_and_share", "score_to_pay"])
def test_a_scheme_without_caps_has_none(name: str) -> None:
    agreed = contract(name)
    facts = Facts(agreed.periods[0], {})
    assert cap_use(agreed, settle_term(agreed, [facts])[0]) == ()


def test_a_cap_on_the_period_alone_is_one_line() -> None:
    agreed = contract("tier_table")
    (one,) = cap_use(agreed, settle_term(agreed, [Facts(agreed.periods[0], {})])[0])
    assert (one.kind, one.limit, one.used, one.left) == (
        "period_cap",
        Decimal("12000.00"),
        Decimal(0),
        Decimal("12000.00"),
    )
