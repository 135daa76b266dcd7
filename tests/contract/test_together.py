"""Verdicts on several targets that share one confidence, after Holm."""

from decimal import Decimal
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract import (
    CensusCounts,
    Counts,
    MeanCounts,
    NpsCounts,
    ShareCounts,
    Target,
    judge,
    judge_together,
)
from contract.statistics import holm, share_test
from tests.contract.aiming import target as a_target

target = partial(a_target, min_n=1)


shares = st.integers(20, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(shares, st.integers(40, 95)), min_size=2, max_size=5))
def test_what_is_missed_and_met_is_what_holm_rejects(given_: list[tuple[tuple[int, int], int]]) -> None:
    results: list[tuple[Target, Counts]] = [
        (target(str(goal)), ShareCounts(*share)) for share, goal in given_
    ]
    rejected = {
        word: holm([share_test(*share, goal / 100, side).p for share, goal in given_]).rejected
        for word, side in (("missed", "less"), ("met", "greater"))
    }
    expected = [
        "missed" if missed else "met" if met else "not_proven"
        for missed, met in zip(rejected["missed"], rejected["met"], strict=True)
    ]
    assert [verdict.word for verdict in judge_together(results)] == expected


def test_a_miss_that_stands_alone_may_not_stand_among_three() -> None:
    weak = (target("85"), ShareCounts(159, 200))
    good = (target("85"), ShareCounts(172, 200))
    assert judge(*weak).word == "missed"
    alone, *_ = judge_together([weak, good, good])
    assert (alone.word, alone.kept) == ("not_proven", True)


def test_a_clear_miss_leaves_more_room_for_the_next() -> None:
    """At 0.05 / 2 the weak one is not proven; once the clear one is, it has 0.05 to itself."""
    weak, clear = (target("85"), ShareCounts(160, 200)), (target("85"), ShareCounts(100, 200))
    good = (target("85"), ShareCounts(172, 200))
    assert [verdict.word for verdict in judge_together([weak, clear])] == ["missed", "missed"]
    assert [verdict.word for verdict in judge_together([weak, good])] == ["not_proven", "not_proven"]


def test_the_reason_tells_the_stricter_bound_and_what_it_is_for() -> None:
    results: list[tuple[Target, Counts]] = [
        (target("85"), ShareCounts(150, 210)),
        (target("28"), NpsCounts(50, 60, 110)),
        (target("4.0"), MeanCounts({1: 2, 2: 3, 3: 20, 4: 60, 5: 115})),
    ]
    first, second, third = judge_together(results)
    assert first.reason_in("en") == (
        "71.4 % of 210; at most 77.9 % with 98.33 % confidence; target 85.0 %; "
        "missed (95 % confidence for 3 targets together, after Holm)"
    )
    assert first.reason_in("zh") == (
        "210 份中 71.4 %；98.33 % 把握下不高于 77.9 %；目标 85.0 %；"
        "未达标（按 Holm 法，3 项目标合计把握 95 %）"
    )
    assert (first.word, second.word, third.word) == ("missed", "not_proven", "met")
    for verdict in (first, second, third):
        alone = judge(verdict.target, results[(first, second, third).index(verdict)][1])
        assert verdict.estimate == alone.estimate
        assert verdict.bound_low is not None
        assert verdict.bound_high is not None
        assert alone.bound_low is not None
        assert alone.bound_high is not None
        assert verdict.bound_low <= alone.bound_low
        assert verdict.bound_high >= alone.bound_high


def test_a_census_the_simple_rule_and_nothing_at_all_are_judged_by_themselves() -> None:
    results: list[tuple[Target, Counts]] = [
        (target("3", rule="simple", confidence=1.0, min_n=0), CensusCounts(2.5, 1000, 1025)),
        (target("85", rule="simple", confidence=0.9), ShareCounts(169, 200)),
        (target("85"), ShareCounts(0, 0)),
        (target("85"), ShareCounts(158, 200)),
    ]
    assert judge_together(results) == tuple(judge(*result) for result in results)
    assert judge_together([]) == ()


def test_too_few_answers_cannot_be_met_but_a_proven_miss_stands() -> None:
    few = (target("85", min_n=200), ShareCounts(60, 60))
    bad = (target("85", min_n=200), ShareCounts(10, 60))
    other = (target("85", min_n=200), ShareCounts(195, 210))
    assert [verdict.word for verdict in judge_together([few, bad, other])] == ["too_few", "missed", "met"]
    rated = (target("85", min_response_rate=Decimal(15)), ShareCounts(200, 210))
    low = judge_together([rated, bad], [Decimal("12.5"), None])
    assert [verdict.word for verdict in low] == ["too_few", "missed"]


def test_several_confidences_and_rates_without_a_result_are_refused() -> None:
    pair = [
        (target("85"), ShareCounts(1, 2)),
        (target("85", confidence=0.9), ShareCounts(1, 2)),
    ]
    with pytest.raises(ValueError, match="one confidence"):
        judge_together(pair)
    with pytest.raises(ValueError, match="response rates"):
        judge_together(pair, [Fraction(1)])
