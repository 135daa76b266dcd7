"""What proves nothing is pooled with the next period, as the rules of the contract say."""

from decimal import Decimal

from contract import (
    CensusCounts,
    Contract,
    Counts,
    MeanCounts,
    NpsCounts,
    ShareCounts,
    example_source,
    read_contract,
)
from contract.deciding import Counted, Decided, judge_term

CSAT = "csat_top2"
SOURCE = example_source("deduction").partition("  examples:")[0]


def agreed(terms: str, **changes: str) -> Contract:
    """The contract of service points whose target is 80 % throughout, with these terms for doubt."""
    text = SOURCE.replace("minN: 200\n", f"minN: 200\n        notProven: {terms}\n")
    text = text.replace("{at: 2027Q4, value: 88.0}", "{at: 2027Q4, value: 80.0}")
    for old, new in changes.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    return read_contract(text, "contract.yaml")


def term(contract: Contract, first: str, *counts: Counts, metric: str = CSAT) -> list[Decided]:
    names = [period.name for period in contract.periods]
    start = names.index(first)
    periods = []
    for name, found in zip(names[start:], counts, strict=False):
        target = contract.target(metric, name)
        assert target is not None
        periods.append((contract, {metric: Counted(target, found)}))
    return [one[metric] for one in judge_term(periods)]


def test_without_terms_for_doubt_a_period_is_judged_by_itself() -> None:
    first, second = term(
        agreed("{leadsTo: nothing}"), "2026Q2", ShareCounts(500, 640), ShareCounts(900, 1000)
    )
    assert (first.verdict.word, first.carried, first.verdict.kept) == ("not_proven", False, True)
    assert (second.verdict.word, second.pooled) == ("met", ())


def test_what_is_not_proven_is_added_to_the_next_period_which_decides_for_both() -> None:
    contract = agreed("{leadsTo: pool_with_next, maxCarries: 2}")
    first, second, third = term(
        contract, "2026Q2", ShareCounts(500, 640), ShareCounts(480, 640), ShareCounts(600, 640)
    )
    assert (first.verdict.word, first.carried) == ("not_proven", True)
    assert second.counts == ShareCounts(980, 1280)
    assert (second.verdict.word, second.pooled, second.carried) == ("missed", ("2026Q2",), False)
    assert second.verdict.reason_in("en").endswith("missed; pooled with 2026Q2")
    assert second.verdict.reason_in("zh").endswith("与 2026Q2 合并计算")
    assert (third.counts, third.pooled) == (ShareCounts(600, 640), ())  # the pool was used up


def test_after_the_agreed_carries_the_figure_decides_few_or_many() -> None:
    contract = agreed("{leadsTo: pool_with_next, maxCarries: 1}")
    first, second, third = term(
        contract, "2026Q2", ShareCounts(40, 50), ShareCounts(39, 50), ShareCounts(41, 50)
    )
    assert (first.verdict.word, first.carried) == ("too_few", True)
    assert (second.verdict.word, second.verdict.kept, second.carried) == ("missed", False, False)  # 79 of 100
    assert (third.verdict.word, third.carried) == ("too_few", True)  # pooling starts afresh


def test_in_the_last_period_of_the_term_there_is_no_next() -> None:
    contract = agreed("{leadsTo: pool_with_next, maxCarries: 3}")
    (only,) = term(contract, "2027Q4", ShareCounts(39, 50))
    assert (only.verdict.word, only.carried) == ("missed", False)
    (only,) = term(contract, "2027Q4", ShareCounts(41, 50))
    assert (only.verdict.word, only.carried) == ("too_few", False)  # too few answers still meet no target


def test_doubt_is_not_carried_into_a_period_that_cannot_decide() -> None:
    contract = agreed(
        "{leadsTo: pool_with_next, maxCarries: 3}", **{"grace: [2026Q1]": "grace: [2026Q1, 2027Q4]"}
    )
    (only,) = term(contract, "2027Q3", ShareCounts(500, 640))
    assert (only.verdict.word, only.carried) == ("missed", False)


def test_a_relieved_period_is_judged_by_itself_and_the_pool_waits() -> None:
    contract = agreed("{leadsTo: pool_with_next, maxCarries: 1}")
    targets = [contract.target(CSAT, name) for name in ("2026Q2", "2026Q3", "2026Q4")]
    found = [ShareCounts(500, 640), ShareCounts(1, 300), ShareCounts(480, 640)]
    periods = [
        (contract, {CSAT: Counted(target, counts, relieved=number == 1)})
        for number, (target, counts) in enumerate(zip(targets, found, strict=True))
        if target
    ]
    _, relieved, last = (one[CSAT] for one in judge_term(periods))
    assert (relieved.verdict.word, relieved.pooled) == ("missed", ())
    assert (last.counts, last.pooled) == (ShareCounts(980, 1280), ("2026Q2",))


def test_the_stretch_has_to_be_proven_with_the_same_answers_and_response_rate() -> None:
    contract = agreed("{leadsTo: nothing}", **{"minN: 200\n": "minN: 200\n        minResponseRate: 30\n"})
    target = contract.target(CSAT, "2026Q3")
    assert target is not None
    for n, rate, at_stretch in ((1000, 50, True), (1000, 10, False), (100, 50, False)):
        counted = Counted(target, ShareCounts(95 * n // 100, n), Decimal(rate))
        (one,) = judge_term([(contract, {CSAT: counted})])
        assert one[CSAT].at_stretch is at_stretch


def test_the_pool_is_held_against_the_mean_of_the_targets_weighted_with_the_answers() -> None:
    contract = agreed(
        "{leadsTo: pool_with_next, maxCarries: 1}",
        **{"{at: 2027Q4, value: 80.0}": "{at: 2027Q4, value: 94.0}", "stretch: 92.0": "stretch: 95.0"},
    )
    targets = [contract.target(CSAT, name) for name in ("2026Q2", "2026Q3")]
    assert [one.value for one in targets if one] == [Decimal(82), Decimal(84)]
    _, second = term(contract, "2026Q2", ShareCounts(246, 300), ShareCounts(84, 100))
    assert second.verdict.target.value == Decimal("82.5")


def test_grace_is_judged_by_itself_and_carries_nothing() -> None:
    contract = agreed("{leadsTo: pool_with_next, maxCarries: 1}")
    first, second = term(contract, "2026Q1", ShareCounts(500, 640), ShareCounts(480, 640))
    assert (first.carried, second.counts) == (False, ShareCounts(480, 640))


def test_simple_lets_the_figure_decide_at_once_but_too_few_stay_too_few() -> None:
    contract = agreed("{leadsTo: simple}")
    first, second = term(contract, "2026Q2", ShareCounts(500, 640), ShareCounts(50, 60))
    assert (first.verdict.word, first.verdict.kept) == ("missed", False)
    assert second.verdict.word == "too_few"


def test_a_single_answer_takes_part_in_the_pool() -> None:
    contract = agreed("{leadsTo: pool_with_next, maxCarries: 2}")
    _, second = term(contract, "2026Q2", ShareCounts(500, 640), ShareCounts(1, 1))
    assert second.counts == ShareCounts(501, 641)
    assert (second.verdict.word, second.carried) == ("not_proven", True)


def test_what_is_carried_waits_while_nobody_answers_and_uses_up_no_carry() -> None:
    contract = agreed("{leadsTo: pool_with_next, maxCarries: 1}")
    first, *silent, last = term(
        contract, "2026Q2", ShareCounts(500, 640), *[ShareCounts(0, 0)] * 3, ShareCounts(600, 640)
    )
    assert first.carried
    assert {(one.verdict.word, one.verdict.kept, one.carried, one.pooled) for one in silent} == {
        ("no_cases", None, False, ())
    }
    assert (last.counts, last.pooled) == (ShareCounts(1100, 1280), ("2026Q2",))


def test_in_the_last_period_what_is_carried_is_judged_though_nobody_answered() -> None:
    contract = agreed("{leadsTo: pool_with_next, maxCarries: 5}")
    *_, last = term(contract, "2027Q3", ShareCounts(500, 640), ShareCounts(0, 0))
    assert (last.verdict.word, last.pooled, last.verdict.final) == ("missed", ("2027Q3",), True)


def test_answers_of_before_do_not_stand_for_a_period_in_which_nobody_was_asked() -> None:
    contract = agreed(
        "{leadsTo: pool_with_next, maxCarries: 2}", **{"minN: 200\n": "minN: 200\n        noCases: missed\n"}
    )
    first, *silent, last = term(
        contract, "2026Q4", ShareCounts(520, 640), *[ShareCounts(0, 0)] * 2, ShareCounts(600, 640)
    )
    assert (first.verdict.word, first.carried, first.verdict.kept) == ("not_proven", True, True)
    assert [(one.verdict.word, one.verdict.kept) for one in silent] == [("no_cases", False)] * 2
    assert last.pooled == ("2026Q4",)
    *_, end = term(contract, "2027Q3", ShareCounts(520, 640), ShareCounts(0, 0))
    assert (end.verdict.word, end.verdict.kept) == ("no_cases", False)


def test_a_low_response_rate_of_a_pooled_period_still_blocks_met() -> None:
    contract = agreed(
        "{leadsTo: pool_with_next, maxCarries: 1}",
        **{"minN: 200\n": "minN: 200\n        minResponseRate: 20\n"},
    )
    targets = [contract.target(CSAT, name) for name in ("2026Q2", "2026Q3")]
    rates = [Decimal(10), Decimal(50)]
    periods = [
        (contract, {CSAT: Counted(target, ShareCounts(590, 640), rate)})
        for target, rate in zip(targets, rates, strict=True)
        if target
    ]
    first, second = (one[CSAT] for one in judge_term(periods))
    assert (first.verdict.word, first.carried) == ("too_few", True)
    assert (second.verdict.word, second.carried) == ("too_few", False)


def test_nps_and_means_are_pooled_answer_by_answer_and_counts_in_full_never() -> None:
    source = example_source("score_to_pay").partition("  examples:")[0]
    contract = read_contract(source, "contract.yaml")
    growth = term(
        contract, "FY2026H1", CensusCounts(1.0, 100, 101), CensusCounts(9.0, 100, 109), metric="member_growth"
    )
    assert [one.verdict.word for one in growth] == ["missed", "met"]
    assert all(one.pooled == () for one in growth)
    text = SOURCE.replace(
        "minN: 200\n", "minN: 200\n        notProven: {leadsTo: pool_with_next, maxCarries: 1}\n"
    )
    nps = text.replace("kind: share", "kind: nps").replace("floor: 75.0", "floor: -75.0")
    _, second = term(read_contract(nps, "x"), "2026Q2", NpsCounts(1, 2, 30), NpsCounts(2, 3, 40))
    assert second.counts == NpsCounts(3, 5, 70)
    means = (
        text.replace("kind: share", "kind: mean")
        .replace("decimals: 2}", "decimals: 2, scale: {lowest: 1, highest: 5}}")
        .replace("value: 80.0", "value: 4.0")
        .replace("value: 88.0", "value: 4.4")
        .replace("floor: 75.0", "floor: 3.0")
        .replace("stretch: 92.0", "stretch: 4.9")
    )
    _, second = term(
        read_contract(means, "x"), "2026Q2", MeanCounts({1: 0, 4: 3, 5: 1}), MeanCounts({1: 2, 5: 4})
    )
    assert second.counts == MeanCounts({1: 2, 4: 3, 5: 5})
