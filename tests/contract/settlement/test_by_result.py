"""Tables, pools and scores, each worked out by hand."""

from decimal import Decimal

import pytest

from contract.settlement import settle, settle_term
from tests.contract.settlement.making import example, facts

REPORTS = (
    "  consequences:\n",
    '  governance: {clause: "9.1", reportDueDays: 10, noReport: deemed_missed, disputeWindowDays: 15}\n'
    "  consequences:\n",
)


@pytest.mark.parametrize(
    ("figure", "amount"), [("80", 0), ("79.999", 4500), ("75", 4500), ("74.99", 9000), ("0", 9000)]
)
def test_a_table_charges_the_first_row_that_the_unrounded_figure_reaches(figure: str, amount: int) -> None:
    contract = example("tier_table")
    found = facts(contract, "2026-02", results={"csat_top2": ("missed", figure)})
    assert settle(contract, found).deducted == amount


def test_a_cut_by_a_cap_falls_on_the_lines_in_proportion_and_adds_up() -> None:
    contract = example("tier_table", ("amount: 12000.00", "amount: 1000.01"))
    found = facts(contract, "2026-02", results={"csat_top2": ("missed", "70"), "nps": ("missed", "-5")})
    settled = settle(contract, found)
    assert (settled.outcomes["csat_top2"].amount, settled.outcomes["nps"].amount) == (9000, 4500)
    assert settled.deducted == Decimal("1000.01")
    # 2 : 1 of 1000.01 is 666.67 and 333.34 after the cent left over fell on the first.
    assert [one.deducted for one in settled.history.past] == [Decimal("666.68"), Decimal("333.33")]


def test_without_a_report_a_table_charges_its_last_row() -> None:
    contract = example("tier_table", REPORTS)
    found = facts(contract, "2026-02", results={"csat_top2": ("met", "99")}, reported=False)
    assert settle(contract, found).deducted == 9000


def test_what_a_pool_did_not_pay_joins_the_next_and_ends_with_the_term() -> None:
    contract = example("pool_and_share")
    half = {"csat_top2": ("missed", "77"), "member_growth": ("met", "2.4")}
    first, second = settle_term(
        contract,
        [facts(contract, "2026Q1", results=half), facts(contract, "2026Q2", results=half)],
    )
    assert (first.deducted, first.payable, first.history.pool_rest) == (6000, 194000, 6000)
    # 26,000 in the pot: 60 % of it is 15,600, of which half is earned.
    assert (second.deducted, second.payable) == (7800, 200000 + 6000 - 7800)
    last = settle(
        contract, facts(contract, "2027Q4", results={"csat_top2": ("missed", "70")}), second.history
    )
    assert last.history.pool_rest == 0


def test_a_pool_pays_nothing_below_the_floor_all_when_kept_and_all_without_a_figure() -> None:
    contract = example("pool_and_share")
    for word, figure, deducted in (("missed", "60", 12000), ("met", "82", 0), ("no_cases", None, 0)):
        found = facts(contract, "2026Q1", results={"csat_top2": (word, figure)})
        assert settle(contract, found).deducted == deducted
    strict = example("pool_and_share", ("partly: linear", "partly: nothing"))
    found = facts(strict, "2026Q1", results={"csat_top2": ("missed", "81.9")})
    assert settle(strict, found).deducted == 12000


def test_without_a_report_a_pool_earns_nothing() -> None:
    contract = example("pool_and_share", REPORTS)
    both = {"csat_top2": ("met", "90"), "member_growth": ("met", "5")}
    found = facts(contract, "2026Q1", results=both, reported=False)
    assert settle(contract, found).payable == 180000


def test_the_fee_follows_the_score_and_only_the_payable_is_rounded() -> None:
    contract = example("score_to_pay")
    results = {
        "csat_top2": ("missed", "70"),
        "member_growth": ("met", "3.2"),
        "service_index": ("missed", "55"),
    }
    settled = settle(contract, facts(contract, "FY2026H1", results=results))
    assert settled.payable == Decimal("477777.78")  # score 70: 80 % + 20 % x 70/90
    assert "score 70 from csat_top2 50 %, member_growth 100 %, service_index 75 %" in settled.lines[
        1
    ].reason.words("en")


def test_an_open_target_takes_its_weight_out_of_the_score() -> None:
    contract = example("score_to_pay")
    results = {
        "csat_top2": ("no_cases", None),
        "member_growth": ("met", "3.2"),
        "service_index": ("missed", "50"),
    }
    # 0.3 of 0.5 in full and 0.2 of 0.5 by half: 80; 80 % + 20 % x 80/90 = 97.7778 %
    settled = settle(contract, facts(contract, "FY2026H1", results=results))
    assert settled.payable == Decimal("488888.89")
    nothing = settle(contract, facts(contract, "FY2026H1", results={"csat_top2": ("no_cases", None)}))
    assert nothing.payable == 500000


def test_without_a_report_there_is_no_score() -> None:
    contract = example("score_to_pay", REPORTS)
    results = {"csat_top2": ("met", "99"), "member_growth": ("met", "9")}
    settled = settle(contract, facts(contract, "FY2026H1", results=results, reported=False))
    assert settled.payable == 400000


RELIEF = (
    "  consequences:\n",
    '  relief: {clause: "9.1", grounds: [force_majeure], needs: [A, B]}\n  consequences:\n',
)


def test_relief_of_a_score_after_its_settlement_returns_the_fee_without_the_target() -> None:
    contract = example("score_to_pay", RELIEF)
    results = {
        "csat_top2": ("missed", "60"),
        "member_growth": ("met", "3.2"),
        "service_index": ("met", "60"),
    }
    # 0 of 0.5, all of 0.3 and 0.2: 80 + 20 x 50/90 = 91.1111 %; without csat_top2 the score is 100: 102 %.
    late = facts(contract, "FY2026H2", results={}, returned=(("FY2026H1", "csat_top2"),))
    first, second = settle_term(contract, [facts(contract, "FY2026H1", results=results), late])
    assert (first.payable, second.earned_back) == (Decimal("455555.56"), Decimal("54444.44"))
    again = facts(contract, "FY2027H1", results={}, returned=(("FY2026H1", "csat_top2"),))
    assert settle(contract, again, second.history).earned_back == 0


def test_relief_of_a_carried_pool_returns_nothing_since_the_money_went_on() -> None:
    contract = example("pool_and_share", RELIEF)
    late = facts(contract, "2026Q3", results={}, returned=(("2026Q1", "csat_top2"),))
    missed = facts(contract, "2026Q1", results={"csat_top2": ("missed", "60")})
    kept = facts(contract, "2026Q2", results={"csat_top2": ("met", "90")})
    settled = settle_term(contract, [missed, kept, late])
    assert [one.payable for one in settled] == [188000, 212000, 200000]
