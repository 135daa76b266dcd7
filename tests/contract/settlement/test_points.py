"""Service points: gap, severity, repeat, caps, earn-back and bonus, each worked out by hand."""

from decimal import Decimal

import pytest

from contract import Contract, ShareCounts
from contract.deciding import Counted, judge_term
from contract.settlement import Facts, Settlement, decided_result, settle, settle_term
from tests.contract.settlement.making import carried, deduction, facts, relieved

CSAT = "csat_top2"
ONCE = ("    repeat: {within: 1, multiply: 2}\n", "")
NO_CAPS = ("      rolling: {periods: 4, percentOfFees: 8.0}\n", "")


def amounts(settled: Settlement) -> list[tuple[str, Decimal]]:
    return [(line.kind, line.amount) for line in settled.lines]


def miss(contract: Contract, period: str, figure: str = "70") -> Facts:
    return facts(contract, period, results={CSAT: ("missed", figure)})


def met(contract: Contract, period: str, figure: str = "90") -> Facts:
    return facts(contract, period, results={CSAT: ("met", figure)})


def test_a_kept_target_costs_nothing_and_its_line_says_so() -> None:
    contract = deduction()
    settled = settle(contract, met(contract, "2026Q3"))
    assert amounts(settled) == [("base_fee", Decimal("300000.00")), ("deduction", Decimal(0))]
    assert settled.payable == settled.total == Decimal("300000.00")
    assert settled.lines[1].reason.words("en") == "the target is kept: nothing is deducted"
    assert settled.lines[1].clause == "9.1"


@pytest.mark.parametrize(
    ("figure", "severity", "points"),
    [
        ("80.2856", "minor", 1),  # the target is 82.29 in 2026Q3: the gap is 2.0044
        ("80.29", "minor", 1),  # a gap of exactly 2.0
        ("80.28999", "serious", 2),
        ("77.29", "serious", 2),
        ("77.28", "severe", 3),
        ("75", "severe", 3),  # the floor itself is not below the floor
        ("74.99", "below", 4),
    ],
)
def test_the_gap_to_the_target_decides_the_severity_with_its_limit_included(
    figure: str, severity: str, points: int
) -> None:
    contract = deduction()
    target = contract.target(CSAT, "2026Q3")
    assert target is not None and target.value == Decimal("82.29")
    settled = settle(contract, miss(contract, "2026Q3", figure))
    outcome = settled.outcomes[CSAT]
    expected = ("serious", 2) if figure == "80.2856" else (severity, points)
    assert (outcome.severity, outcome.points) == expected
    assert outcome.amount == 3000 * expected[1]


def test_the_line_shows_the_whole_arithmetic_in_both_languages() -> None:
    contract = deduction()
    line = settle(contract, miss(contract, "2026Q3", "80")).lines[1]
    assert line.reason.words("en") == (
        "80 against 82.29: a gap of 2.29, so serious; points: 2 × weight 1 × repeat 1 = 2; "
        "2 × 3,000.00 = 6,000.00"
    )
    assert "差距 2.29" in line.reason.words("zh")
    assert "points" not in line.reason.words("zh")


def test_a_miss_in_the_window_before_doubles_the_points_once() -> None:
    contract = deduction(NO_CAPS)
    settled = settle_term(
        contract, [miss(contract, period, "80") for period in ("2026Q2", "2026Q3", "2026Q4")]
    )
    assert [one.outcomes[CSAT].points for one in settled] == [1, 4, 4]


def test_a_miss_before_the_window_grace_relief_and_pooling_do_not_count_as_repeats() -> None:
    contract = deduction()
    q1, q2, q3 = miss(contract, "2026Q1"), met(contract, "2026Q2"), miss(contract, "2026Q3", "80")
    assert settle_term(contract, [q1, q2, q3])[-1].outcomes[CSAT].points == 2
    # 2026Q1 is a period of grace, 2026Q2 relieved by both, 2026Q3 pooled with the next.
    freed = facts(contract, "2026Q2", results={CSAT: ("missed", "70")}, relief=(relieved(CSAT, "A", "B"),))
    pooled = carried(miss(contract, "2026Q3"))
    last = miss(contract, "2026Q4", "80")
    settled = settle_term(contract, [q1, freed, pooled, last])
    assert [one.deducted for one in settled[:3]] == [0, 0, 0]
    assert settled[-1].outcomes[CSAT].points == 2


@pytest.mark.parametrize(
    ("ground", "approved", "free"),
    [
        ("force_majeure", ("A", "B"), True),
        ("caused_by_a", ("A", "B"), True),
        ("force_majeure", ("B",), False),
        ("force_majeure", (), False),
        ("caused_by_third_party", ("A", "B"), False),  # no ground of this contract
    ],
)
def test_relief_needs_a_ground_of_the_contract_and_the_approval_of_both(
    ground: str, approved: tuple[str, ...], free: bool
) -> None:
    contract = deduction()
    found = facts(
        contract,
        "2026Q3",
        results={CSAT: ("missed", "70")},
        relief=(relieved(CSAT, *approved, ground=ground),),
    )
    assert settle(contract, found).deducted == (0 if free else 12000)


def test_the_rolling_cap_has_its_full_window_from_the_first_period_on() -> None:
    contract = deduction(("points: 4}", "points: 9}"), ONCE)
    settled = settle_term(contract, [miss(contract, period) for period in ("2026Q2", "2026Q3", "2026Q4")])
    # 8 % of four fees is 96,000.
    assert [one.deducted for one in settled] == [27000, 27000, 27000]
    dear = deduction(("points: 4}", "points: 12}"), ONCE)
    settled = settle_term(dear, [miss(dear, period) for period in ("2026Q2", "2026Q3", "2026Q4", "2027Q1")])
    # 36,000 asked each, of which a period bears 30,000; four together 96,000.
    assert [one.deducted for one in settled] == [30000, 30000, 30000, 6000]
    assert [line.kind for line in settled[3].lines] == ["base_fee", "deduction", "period_cap", "rolling_cap"]
    early = settle(dear, miss(dear, "2026Q2"))
    assert early.deducted == 30000
    assert "8 % of the fees of 4 periods is 96,000.00, of which 90,000.00 is used up" in settled[3].lines[
        3
    ].reason.words("en")


def test_two_periods_met_earn_back_half_of_what_the_miss_cost_after_caps() -> None:
    contract = deduction()
    term = [
        facts(contract, "2026Q2", results={CSAT: ("missed", "70")}),
        met(contract, "2026Q3"),
        met(contract, "2026Q4"),
        met(contract, "2027Q1"),
    ]
    settled = settle_term(contract, term)
    assert settled[0].deducted == 12000
    assert [one.earned_back for one in settled] == [0, 0, 6000, 0]
    assert settled[2].payable == Decimal("306000.00")


def test_a_period_that_is_merely_kept_breaks_the_row_and_relief_does_not() -> None:
    contract = deduction()
    kept = facts(contract, "2026Q3", results={CSAT: ("not_proven", "82")})
    rows = [miss(contract, "2026Q2"), kept, met(contract, "2026Q4"), met(contract, "2027Q1")]
    assert [one.earned_back for one in settle_term(contract, rows)] == [0, 0, 0, 0]
    freed = facts(contract, "2026Q3", results={CSAT: ("missed", "70")}, relief=(relieved(CSAT, "A", "B"),))
    rows[1] = freed
    assert [one.earned_back for one in settle_term(contract, rows)] == [0, 0, 0, 6000]


def test_relief_after_the_settlement_gives_back_what_the_miss_cost_once() -> None:
    contract = deduction()
    late = facts(contract, "2026Q3", results={CSAT: ("missed", "80")}, returned=(("2026Q2", CSAT),))
    settled = settle_term(contract, [miss(contract, "2026Q2"), late, met(contract, "2026Q4")])
    assert settled[0].deducted == 12000
    assert settled[1].earned_back == 12000
    assert settled[1].outcomes[CSAT].points == 2  # the relieved miss makes no repeat
    assert [line.clause for line in settled[1].lines if line.kind == "relief"] == ["9.2"]


def test_the_stretch_earns_a_bonus_up_to_its_cap() -> None:
    contract = deduction()
    settled = settle(contract, met(contract, "2026Q3", "93"))
    assert amounts(settled)[-1] == ("bonus", Decimal("3000.00"))
    assert settled.payable == Decimal("303000.00")
    small = deduction(("cap: {percentOfFee: 2.0}", "cap: {amount: 1000.00}"))
    assert settle(small, met(small, "2026Q3", "93")).bonus == 1000


def test_a_period_of_grace_costs_and_earns_nothing() -> None:
    contract = deduction()
    assert settle(contract, met(contract, "2026Q1", "95")).payable == 300000
    assert settle(contract, miss(contract, "2026Q1", "20")).payable == 300000


REPORTS = (
    "  consequences:\n",
    '  governance: {clause: "9.1", reportDueDays: 10, noReport: deemed_missed, disputeWindowDays: 15}\n'
    "  consequences:\n",
)


def test_a_period_without_a_report_is_of_the_worst_severity_whatever_the_figure() -> None:
    contract = deduction(REPORTS)
    silent = facts(contract, "2026Q3", results={CSAT: ("met", "95")}, reported=False)
    settled = settle(contract, silent)
    assert (settled.outcomes[CSAT].severity, settled.deducted, settled.bonus) == ("below", 12000, 0)
    assert settled.lines[1].reason.words("en").startswith("no report came, which counts as missed")
    flagged = deduction((REPORTS[0], REPORTS[1].replace("deemed_missed", "flagged")))
    assert settle(flagged, silent).deducted == 0


def test_added_services_are_paid_by_period_or_by_order_and_no_cap_looks_at_them() -> None:
    services = """  fees:
    addedServices:
      - {id: hotline, clause: "7.1", title: {zh: 热线, en: Hotline}, price: 5000.00, per: period}
      - {id: training, clause: "7.1", title: {zh: 培训, en: Training}, price: 1200.50, per: order}
"""
    contract = deduction(("  fees:\n", services))
    settled = settle(contract, facts(contract, "2026Q3", orders={"training": 3}))
    assert amounts(settled)[1:] == [
        ("added_service", Decimal("5000.00")),
        ("added_service", Decimal("3601.50")),
    ]
    assert settled.payable == 300000
    assert settled.total == Decimal("308601.50")


def test_relief_after_an_earn_back_returns_only_what_the_miss_still_costs() -> None:
    contract = deduction()
    term = [miss(contract, "2026Q2"), met(contract, "2026Q3"), met(contract, "2026Q4")]
    late = facts(contract, "2027Q1", results={CSAT: ("met", "90")}, returned=(("2026Q2", CSAT),))
    settled = settle_term(contract, [*term, late])
    assert [one.earned_back for one in settled] == [0, 0, 6000, 6000]


def test_a_period_without_cases_is_missed_at_the_worst_severity_where_the_contract_says_so() -> None:
    for terms, deducted in (("", 0), ("\n        noCases: missed", 12000)):
        contract = deduction(("minN: 200", f"minN: 200{terms}"))
        target = contract.target(CSAT, "2026Q3")
        assert target is not None
        (decided,) = judge_term([(contract, {CSAT: Counted(target, ShareCounts(0, 0))})])
        (period,) = [one for one in contract.periods if one.name == "2026Q3"]
        found = Facts(period, {CSAT: decided_result(decided[CSAT])})
        assert settle(contract, found).deducted == deducted
