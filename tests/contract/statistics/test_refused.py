"""What no statistic can be made of is refused in a sentence, never by an error of numpy."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from contract.statistics import (
    cronbach_alpha,
    difference,
    holm,
    kaplan_meier,
    mean_interval,
    mean_test,
    nps_interval,
    nps_test,
    projection,
    rake,
    relative_importance,
    response_rates,
    sample_size,
    share_difference,
    share_interval,
    share_power,
    share_test,
    weighted_mean,
    xmr_limits,
)

NAN = float("nan")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: share_difference(3, 2, 1, 2),
        lambda: share_difference(1, 2, 1, 2, method="wald"),
        lambda: difference(share_interval(1, 2), share_interval(1, 2, 0.9)),
        lambda: cronbach_alpha([[1, 2, 3]]),
        lambda: cronbach_alpha([[1, NAN], [2, 3]]),
        lambda: cronbach_alpha([[1, 2], [2, 1]]),
        lambda: cronbach_alpha([1, 2, 3]),
        lambda: relative_importance([[1, 2], [2, 4], [3, 6], [4, 8], [5, 11]], [1, 2]),
        lambda: relative_importance([[1, 2], [2, 4], [3, 6], [4, 8], [5, 10]], [1, 2, 4, 3, 5]),
        lambda: relative_importance([[1, 2], [1, 4], [1, 5], [1, 8], [1, 10]], [1, 2, 4, 3, 5]),
        lambda: relative_importance([[1, 2], [2, 1], [3, 5]], [1, 2, 4]),
        lambda: xmr_limits([3]),
        lambda: xmr_limits([3, NAN]),
        lambda: rake([1, 1], [(["a", "b"], {"a": 1.0})]),
        lambda: rake([1, 1], [(["a", "b"], {"a": 0.5, "b": 0.3, "c": 0.2})]),
        lambda: rake([1, -1], [(["a", "b"], {"a": 1, "b": 1})]),
        lambda: rake([1, 1], [(["a", "b"], {"a": 5, "b": 6}), (["c", "d"], {"c": 5, "d": 7})]),
        lambda: rake([[0, 1], [1, 0]], [[3, 7], [4, 6]]),
        lambda: rake([1, 1], []),
        lambda: rake([1, "much"], [(["a", "b"], {"a": 1, "b": 1})]),
        lambda: rake([1, 1], [(["a", "b"], {"a": "half", "b": 1})]),
        lambda: rake([1, 1], [(["a", "b"], [1, 1])]),
        lambda: rake([[30, 20], [10, 40]], {"row": ["x", "y"], "column": [50, 50]}),
        lambda: weighted_mean([1, 2], population=[9, 9, 9]),
        lambda: weighted_mean([1, 2], population={"a": 9}),
        lambda: share_interval(10**400, 10**401),
        lambda: rake([1, 1], None),
        lambda: rake([1, 1], "abc"),
        lambda: rake([1, 1], [(None, {"a": 1})]),
        lambda: weighted_mean([1, 2], strata="ab"),
        lambda: weighted_mean([1, 2], strata=[[1], [2]]),
        lambda: mean_test([1, 2], 2, "less", scale=(1,)),
        lambda: mean_test([1, 2], None, "less", scale=(1, 5)),
        lambda: mean_interval([1, 2, 3], method="bootstrap", resamples=1),
        lambda: sample_size(1e-200),
        lambda: holm([0.1], None),
        lambda: difference(share_interval(1, 2), None),
        lambda: projection({0: 15, 1: 85}, 10, NAN),
        lambda: projection({0: 15, 1: 85}, 10, "a"),
        lambda: share_interval(0, 0),
        lambda: share_interval(5, 10, population=5),
        lambda: share_interval(5, 10, NAN),
        lambda: share_interval(5, 10, 95),
        lambda: share_interval(5, 10, None),
        lambda: share_interval(5, 10, "0.95"),
        lambda: share_interval(5, 10, method=None),
        lambda: share_test(5, 10, None, "less"),
        lambda: share_test(5, 10, NAN, "less"),
        lambda: share_test(5, 10, 85, "less"),
        lambda: share_test(5, 10, 0.5, None),
        lambda: nps_interval(0, 0, 0),
        lambda: nps_interval(NAN, 1, 1),
        lambda: nps_test(1, 1, 1, None, "less"),
        lambda: kaplan_meier([1, NAN], [1, 1]),
        lambda: kaplan_meier([], []),
        lambda: holm([0.5, NAN]),
        lambda: xmr_limits([]),
        lambda: share_interval(-3.0, 9),
        lambda: share_interval(3, 9, method="mid-p", population=20),
        lambda: weighted_mean([1, 2], [1]),
        lambda: weighted_mean([1, 2], [0, 0]),
        lambda: weighted_mean([1, NAN], [1, 1]),
        lambda: weighted_mean([1, 2], [1, 1], population=1),
        lambda: weighted_mean([1, 2], [1, 1], strata=["a", "b"], population=10),
        lambda: weighted_mean([1, 2], [1, 1], strata=["a", "b"], population={"a": 3}),
        lambda: response_rates(-1, 0, 0, 0, 0, 0, 9),
        lambda: response_rates(1, 0, 0, 0, 0, 0, 0, e=2),
        lambda: holm([]),
        lambda: holm([0.5, 1.2]),
        lambda: holm([0.5], alpha=5),
        lambda: kaplan_meier([1, 2], [1]),
        lambda: kaplan_meier([-1, 2], [1, 0]),
        lambda: kaplan_meier([1, 2], [1, 2]),
        lambda: sample_size(0),
        lambda: share_power(100, 1.5, 0.5, "less"),
        lambda: share_power(100, 0.5, 0.5, "two-sided"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
        wrong()


@pytest.mark.parametrize("level", [Decimal("0.95"), Fraction(19, 20), np.float32(0.95)])
def test_levels_and_targets_may_be_decimals_and_fractions_as_contracts_have_them(level: Any) -> None:
    near = pytest.approx
    assert share_interval(8, 10, level).low == near(share_interval(8, 10).low, abs=1e-6)
    assert share_test(8, 10, level, "less", level).p == near(share_test(8, 10, 0.95, "less").p, abs=1e-6)
    assert nps_test(1, 2, 9, Decimal(20), "greater", level).bound == near(
        nps_test(1, 2, 9, 20, "greater").bound, abs=1e-3
    )
    assert mean_test({1: 2, 5: 9}, Decimal(3), "greater", level).p == near(
        mean_test({1: 2, 5: 9}, 3, "greater").p
    )
    assert share_difference(1, 2, 3, 4, level).low == near(share_difference(1, 2, 3, 4).low, abs=1e-6)
    assert kaplan_meier([1, 2, 3], [1, 0, 1], confidence=level).low == near(
        kaplan_meier([1, 2, 3], [1, 0, 1]).low, abs=1e-6
    )


def test_weights_of_any_size_give_one_mean_and_one_that_counts_alone_has_no_interval() -> None:
    for size in (1e-300, 1e300):
        assert weighted_mean([1, 2], [size, size]) == weighted_mean([1, 2], [1, 1])
    alone = weighted_mean([1, 2], [1, 0])
    assert (alone.value, alone.low, alone.high, alone.standard_error) == (1, None, None, None)


def test_a_population_without_end_is_as_good_as_none_and_answers_at_once() -> None:
    endless, none = (
        share_interval(4, 10, method="exact", population=2**53),
        share_interval(4, 10, method="exact"),
    )
    assert (endless.low, endless.high) == pytest.approx((none.low, none.high))


@pytest.mark.parametrize("split", [(0, 200, 0), (0, 12, 0), (1, 11, 0), (0, 20, 0), (10, 380, 10)])
def test_a_score_far_below_the_target_does_not_prove_more_than_it(split: tuple[int, int, int]) -> None:
    above, below = nps_test(*split, 90, "greater"), nps_test(*split, 90, "less")
    assert above.p > 0.5 and below.p < 0.05
    assert above.bound is not None and above.bound < 90


def test_the_bound_of_a_test_at_low_confidence_lies_above_the_figure() -> None:
    bound = nps_test(10, 20, 30, 10, "greater", 0.3).bound
    assert bound is not None and bound > 100 * 20 / 60
